"""Planning, opening and closing a workshop."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.voice.actions import forgetting, moderating, phases, script
from alongside.voice.actions.pairs import last_place
from alongside.voice.models import Assessment, Board, Group, Note, Phase, Seat, Told, Workshop
from alongside.voice.templates import Step

NOT_SIGNED = "Before it opens, somebody signs an assessment of it that is in date today."
NO_LEAD = "People under 18 take part, so name who answers for safeguarding before it opens."
LISTS_LAST = timedelta(days=90)  # after it closes, unless its facilitators choose another day


@audit.recorded
def plan(
    *,
    title: str,
    slug: str,
    by: User,
    groups: Iterable[str] = (),
    sessions: Sequence[Sequence[Step]] = (),
    **said: object,
) -> Workshop:
    """Begin a workshop; whoever plans it leads it. Each of its groups gets a script of these sessions."""
    workshop = Workshop(title=title, slug=slug, **said)
    workshop.full_clean()
    workshop.save(force_insert=True)
    workshop.leads.add(by)
    audit.record(by=by.pk, did="workshop.planned", subject=f"workshop:{workshop.pk}")
    for name in groups:
        script.add_group(workshop=workshop, name=name, sessions=sessions, by=by)
    return workshop


@audit.recorded
def change(*, workshop: Workshop, leads: Iterable[User], by: User, **said: object) -> Workshop:
    """Say something else of a workshop, and who leads it; whoever changes it goes on leading it."""
    held = Workshop.objects.select_for_update().get(pk=workshop.pk)
    for name, value in said.items():
        setattr(held, name, value)
    held.full_clean()
    if not fits(held):
        raise ValidationError(NO_LEAD)
    held.save(update_fields=list(said))
    held.leads.set({*leads, by})
    audit.record(
        by=by.pk, did="workshop.changed", subject=f"workshop:{held.pk}", details={"fields": sorted([*said, "leads"])}
    )
    return held


def fits(workshop: Workshop) -> bool:
    """Whether an open workshop may be as it is said to be: somebody answers for people under 18."""
    return workshop.state != Workshop.State.OPEN or not workshop.under_18 or workshop.safeguarding_lead_id is not None


@audit.recorded
def open_it(*, workshop: Workshop, by: User) -> Workshop:
    """Let people join. A rehearsal needs no assessment, since nobody real takes part."""
    held = Workshop.objects.select_related("assessment").get(pk=workshop.pk)
    if lacks := missing(held):
        raise ValidationError(lacks)
    held.state = Workshop.State.OPEN
    held.save(update_fields=["state"])
    audit.record(by=by.pk, did="workshop.opened", subject=f"workshop:{held.pk}")
    return held


def missing(workshop: Workshop) -> list[str]:
    """What there has to be before it opens, a sentence for each."""
    unsigned = workshop.assessment is None or not workshop.assessment.in_date
    nobody = workshop.under_18 and workshop.safeguarding_lead_id is None
    return [*([NOT_SIGNED] if unsigned and not workshop.rehearsal else []), *([NO_LEAD] if nobody else [])]


@audit.recorded
def close(*, workshop: Workshop, by: User) -> Workshop:
    """Close it: what goes on ends, the seats are gone, and no note is joined to one any more."""
    held = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if held.state == Workshop.State.CLOSED:
        return held
    for phase in Phase.objects.filter(session__group__workshop=held, state=Phase.State.OPEN):
        phases.end(phase=phase, by=by)
    Note.objects.filter(board__workshop=held).exclude(seat="", offered=False).update(seat="", offered=False)
    Seat.objects.filter(workshop=held).delete()
    transaction.on_commit(forgetting.clear_away)
    held.state = Workshop.State.CLOSED
    held.lists_until = held.lists_until or clock.today() + LISTS_LAST
    held.save(update_fields=["state", "lists_until"])
    audit.record(by=by.pk, did="workshop.closed", subject=f"workshop:{held.pk}")
    return held


@audit.recorded
def remove_rehearsal(*, workshop: Workshop, by: User) -> None:
    """Take a rehearsal away with all that was invented for it."""
    held = Workshop.objects.select_for_update().get(pk=workshop.pk, rehearsal=True)
    for phase in Phase.objects.filter(session__group__workshop=held, state=Phase.State.OPEN):
        phases.end(phase=phase, by=by)
    audit.record(by=by.pk, did="workshop.removed", subject=f"workshop:{held.pk}")
    moderating.forget(held)
    Board.objects.filter(workshop=held).delete()
    held.delete()


@audit.recorded
def keep_lists_until(*, workshop: Workshop, day: date, by: User) -> None:
    """Say on which day the lists of emails and needs are deleted."""
    Workshop.objects.filter(pk=workshop.pk).update(lists_until=day)
    audit.record(by=by.pk, did="lists.time-set", subject=f"workshop:{workshop.pk}")


@audit.recorded
def delete_lists(*, workshop: Workshop, by: str) -> None:
    """Delete the lists of emails and needs."""
    if Told.objects.filter(workshop=workshop).delete()[0]:
        audit.record(by=by, did="lists.deleted", subject=f"workshop:{workshop.pk}")


def delete_lists_that_are_over() -> None:
    """Delete the lists whose day has come."""
    for workshop in Workshop.objects.filter(lists_until__lte=clock.today(), told__isnull=False):
        delete_lists(workshop=workshop, by="nobody")


@audit.recorded
def sign(*, workshop: Workshop, by: User, **said: object) -> Assessment:
    """Keep the signed assessment of a workshop."""
    assessment = Assessment(**said)
    assessment.full_clean()
    assessment.save(force_insert=True)
    Workshop.objects.filter(pk=workshop.pk).update(assessment=assessment)
    audit.record(by=by.pk, did="workshop.assessed", subject=f"workshop:{workshop.pk}")
    return assessment


@audit.recorded
def add_pairs(*, group: Group, phase: Phase, count: int, by: User) -> list[Board]:
    """Lay out boards of their own for so many pairs."""
    there = last_place(phase)
    made = [
        Board(
            workshop=group.workshop, group=group, phase=phase, kind=Board.Kind.BREAKOUT, title=f"Pair {place}",
            place=place,
        )
        for place in range(there + 1, there + count + 1)
    ]  # fmt: skip
    Board.objects.bulk_create(made)
    audit.record(by=by.pk, did="workshop.pairs-added", subject=f"workshop:{group.workshop_id}", details={"n": count})
    return made


@transaction.atomic
def note_for_later(*, workshop: Workshop, email: str, needs: str) -> None:
    """Keep an email, or what somebody needs, in the workshop’s lists, each in a new order."""
    Told.objects.get_or_create(workshop=workshop)
    told = Told.objects.select_for_update().get(workshop=workshop)
    told.updates = _shuffled({*told.updates, *filter(None, [email.strip()])})
    told.needs = _shuffled({*told.needs, *filter(None, [needs.strip()])})
    told.save(update_fields=["updates", "needs"])
    audit.note_for_the_day(board=workshop.pk, kind="list.added-to")


def _shuffled(lines: set[str]) -> list[str]:
    order = list(lines)
    secrets.SystemRandom().shuffle(order)
    return order
