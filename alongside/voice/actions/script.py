"""Writing the script: groups, their sessions, and the parts of each, as long as a part is to come."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db.models import F, Max

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.voice import refusals
from alongside.voice.models import Group, Phase, Session, Workshop
from alongside.voice.refusals import Refused
from alongside.voice.templates import Step


@audit.recorded
def add_group(*, workshop: Workshop, name: str, sessions: Sequence[Sequence[Step]], by: User) -> Group:
    """Add a group with a script of its own."""
    last = Group.objects.filter(workshop=workshop).aggregate(last=Max("place"))["last"] or 0
    group = Group(workshop=workshop, name=name, place=last + 1)
    group.full_clean()
    group.save(force_insert=True)
    audit.record(by=by.pk, did="workshop.group-added", subject=f"workshop:{workshop.pk}", details={"group": group.pk})
    for number, steps in enumerate(sessions, start=1):
        session = Session(group=group, number=number)
        session.full_clean()
        session.save(force_insert=True)
        for place, step in enumerate(steps, start=1):
            _saved(Phase(session=session, place=place, **asdict(step)))
    return group


@audit.recorded
def add_session(*, group: Group, by: User) -> Session:
    """Add a sitting at the end, without parts."""
    last = Session.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    session = Session(group=group, number=last + 1)
    session.full_clean()
    session.save(force_insert=True)
    _record(group.workshop_id, "session-added", by, session=session.pk)
    return session


@audit.recorded
def change_session(*, session: Session, title: str, starts_at: datetime | None, by: User) -> Session:
    """Say what a session is called and when it begins."""
    session.title, session.starts_at = title, starts_at
    session.full_clean()
    session.save(update_fields=["title", "starts_at"])
    _record(session.group.workshop_id, "session-changed", by, session=session.pk)
    return session


@audit.recorded
def remove_session(*, session: Session, by: User) -> None:
    """Take a session out, while all of it is to come."""
    if Phase.objects.filter(session=session).exclude(state=Phase.State.TO_COME).exists():
        raise Refused(refusals.HAS_BEGUN, status=409)
    _record(session.group.workshop_id, "session-removed", by, session=session.pk)
    session.delete()


@audit.recorded
def add(*, session: Session, by: User, **said: object) -> Phase:
    """Add a part at the end of a session."""
    last = Phase.objects.filter(session=session).aggregate(last=Max("place"))["last"] or 0
    phase = _saved(Phase(session=session, place=last + 1, **said))
    audit.record(by=by.pk, did="phase.added", subject=f"phase:{phase.pk}")
    return phase


@audit.recorded
def change(*, phase: Phase, by: User, **said: object) -> Phase:
    """Plan a part differently."""
    held = _to_come(phase)
    for name, value in said.items():
        setattr(held, name, value)
    held.full_clean()
    held.save(update_fields=list(said))
    audit.record(by=by.pk, did="phase.changed", subject=f"phase:{held.pk}", details={"fields": sorted(said)})
    return held


@audit.recorded
def move(*, phase: Phase, up: bool, by: User) -> Phase:
    """Change places with the part before or after; what has begun is not passed."""
    held = _to_come(phase)
    others = Phase.objects.filter(session=held.session_id, state=Phase.State.TO_COME)
    beside = others.filter(place__lt=held.place).last() if up else others.filter(place__gt=held.place).first()
    if beside is None:
        return held
    mine, theirs = held.place, beside.place
    free = (Phase.objects.filter(session=held.session_id).aggregate(last=Max("place"))["last"] or 0) + 1
    for one, place in ((held, free), (beside, mine), (held, theirs)):  # no two may ever stand in one place
        one.place = place
        one.save(update_fields=["place"])
    audit.record(by=by.pk, did="phase.moved", subject=f"phase:{held.pk}")
    return held


@audit.recorded
def remove(*, phase: Phase, by: User) -> None:
    """Take a part out of the script."""
    held = _to_come(phase)
    audit.record(by=by.pk, did="phase.removed", subject=f"phase:{held.pk}")
    session, place = held.session_id, held.place
    held.delete()
    for after in Phase.objects.filter(session=session, place__gt=place).order_by("place"):
        Phase.objects.filter(pk=after.pk).update(place=F("place") - 1)


def _to_come(phase: Phase) -> Phase:
    held = Phase.objects.select_for_update().filter(pk=phase.pk, state=Phase.State.TO_COME).first()
    if held is None:
        raise Refused(refusals.HAS_BEGUN, status=409)
    return held


def _saved(phase: Phase) -> Phase:
    phase.full_clean()
    phase.save(force_insert=True)
    return phase


def _record(workshop: str, did: str, by: User, **details: object) -> None:
    audit.record(by=by.pk, did=f"workshop.{did}", subject=f"workshop:{workshop}", details=details)
