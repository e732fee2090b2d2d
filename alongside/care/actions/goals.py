"""What a client wants, how near they say they are, and things that happened."""

from datetime import date

from django.db import transaction

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.models import Client, Event, Goal, GoalRating


@transaction.atomic
def add(*, client: Client, words: str, added_on: date, by: User) -> Goal:
    """Add what a client wants, in their words."""
    goal = Goal(client=client, words=words, added_on=added_on)
    goal.full_clean()
    goal.save(force_insert=True)
    audit.record(by=by.pk, did="goal.added", subject=f"client:{client.pk}", details={"goal": goal.pk})
    return goal


@transaction.atomic
def rate(*, goal: Goal, rating: int, rated_on: date, by: User) -> GoalRating:
    """Keep how near a client says they are; a second rating on a day replaces the first."""
    rated, _ = GoalRating.objects.get_or_create(goal=goal, rated_on=rated_on, defaults={"rating": rating})
    rated.rating = rating
    rated.full_clean()
    rated.save()
    audit.record(by=by.pk, did="goal.rated", subject=f"client:{goal.client_id}", details={"goal": goal.pk})
    return rated


@transaction.atomic
def add_event(*, client: Client, on: date, words: str, by: User) -> Event:
    """Mark something that happened on the charts."""
    event = Event(client=client, on=on, words=words)
    event.full_clean()
    event.save(force_insert=True)
    audit.record(by=by.pk, did="event.added", subject=f"client:{client.pk}", details={"event": event.pk})
    return event
