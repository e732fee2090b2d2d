"""What a client wants, how near they say they are, and things that happened."""

from datetime import date

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.actions.once import already
from alongside.care.models import Client, Event, Goal, GoalRating


@audit.recorded
def add(*, client: Client, words: str, added_on: date, by: User, key: str = "") -> Goal:
    """Add what a client wants, in their words. The same `key` sent twice adds one."""
    if added := already(Goal, key, by=by):
        return added
    goal = Goal(**{"key": key} if key else {}, client=client, words=words, added_on=added_on)
    goal.full_clean()
    goal.save(force_insert=True)
    audit.record(by=by.pk, did="goal.added", subject=f"client:{client.pk}", details={"goal": goal.pk})
    return goal


@audit.recorded
def rate(*, goal: Goal, rating: int, rated_on: date, by: User) -> GoalRating:
    """Keep how near a client says they are; a second rating on a day replaces the first."""
    rated, _ = GoalRating.objects.get_or_create(goal=goal, rated_on=rated_on, defaults={"rating": rating})
    rated.rating = rating
    rated.full_clean()
    rated.save()
    audit.record(by=by.pk, did="goal.rated", subject=f"client:{goal.client_id}", details={"goal": goal.pk})
    return rated


@audit.recorded
def set_aside(*, goal: Goal, on: date, by: User) -> Goal:
    """Set a goal aside for now; it is kept, and so are its ratings."""
    return _moved(goal=goal, on=on, did="goal.set-aside", by=by)


@audit.recorded
def take_up(*, goal: Goal, by: User) -> Goal:
    """Take up again a goal that was set aside."""
    return _moved(goal=goal, on=None, did="goal.taken-up", by=by)


def _moved(*, goal: Goal, on: date | None, did: str, by: User) -> Goal:
    held = Goal.objects.select_for_update().get(pk=goal.pk)
    if (held.set_aside_on is None) == (on is None):
        return held
    held.set_aside_on = on
    held.full_clean()
    held.save(update_fields=["set_aside_on"])
    audit.record(by=by.pk, did=did, subject=f"client:{held.client_id}", details={"goal": held.pk})
    return held


@audit.recorded
def add_event(*, client: Client, on: date, words: str, by: User, key: str = "") -> Event:
    """Mark something that happened on the charts. The same `key` sent twice marks it once."""
    if added := already(Event, key, by=by):
        return added
    event = Event(**{"key": key} if key else {}, client=client, on=on, words=words)
    event.full_clean()
    event.save(force_insert=True)
    audit.record(by=by.pk, did="event.added", subject=f"client:{client.pk}", details={"event": event.pk})
    return event
