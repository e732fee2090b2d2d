"""Taking in a request, stopping and moving its clock, and answering it."""

from datetime import date

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.rights.actions.once import made, named
from alongside.rights.models import LeftOut, Opinion, Pause, Request
from alongside.rights.queries import requests as queries


class NotYet(Exception):
    """Something must be done first; `what` says what."""

    def __init__(self, what: list[str]) -> None:
        super().__init__("Not everything is there that must be.")
        self.what = what


class Decided(Exception):
    """This request has been decided, and stays as it is."""


class TooLate(Exception):
    """Two more months can only be taken in the first one."""


@audit.recorded
def take_in(*, person: str, kind: Request.Kind, received_on: date, by: User, key: str = "") -> Request:
    """Open a request. The same `key` sent twice opens one."""
    if opened := made(Request, key):
        return opened
    request = Request(**named(key), person_key=person, kind=kind, received_on=received_on, opened_by=by)
    request.full_clean()
    request.save(force_insert=True)
    _note("request.opened", request, by=by)
    return request


@audit.recorded
def know(*, request: Request, on: date, how: str, by: User) -> None:
    """Note how we made sure who is asking."""
    held = _held(request)
    held.identity_on, held.identity_how = on, how
    _save(held, "identity_on", "identity_how")
    _note("request.identity-checked", held, by=by)


@audit.recorded
def take_longer(*, request: Request, why: str, by: User) -> None:
    """Take two more months, with the reason that the person was told. A better reason later changes no day.

    Raises
    ------
    TooLate : the first month is over
    """
    held = _held(request)
    if held.longer_on is None and queries.clock_of(held, today=clock.today()).left < 0:
        raise TooLate
    held.longer_on, held.longer_why = held.longer_on or clock.today(), why
    _save(held, "longer_on", "longer_why")
    _note("request.longer", held, by=by)


@audit.recorded
def pause(*, request: Request, why: Pause.Why, from_on: date, by: User) -> Pause:
    """Stop the clock while we wait for the person; while it stands, it is not stopped twice."""
    held = _held(request)
    waiting = held.pauses.filter(until_on=None).first()
    if waiting:
        return waiting
    begun = Pause(request=held, why=why, from_on=from_on)
    begun.full_clean()
    begun.save(force_insert=True)
    _note("request.paused", held, by=by, pause=begun.pk)
    return begun


@audit.recorded
def go_on(*, request: Request, on: date, by: User) -> None:
    """Let the clock run again."""
    held = _held(request)
    for waiting in held.pauses.filter(until_on=None):
        waiting.until_on = on
        waiting.full_clean()
        waiting.save(update_fields=["until_on"])
        _note("request.went-on", held, by=by, pause=waiting.pk)


@audit.recorded
def hear(
    *, request: Request, finding: Opinion.Finding, who: str, role: str, given_on: date, by: User, key: str = ""
) -> Opinion:
    """Keep what a health professional said about giving a copy. The same `key` sent twice keeps one."""
    held = _held(request)
    if kept := made(Opinion, key):
        return kept
    opinion = Opinion(**named(key), request=held, finding=finding, who=who, role=role, given_on=given_on, by=by)
    opinion.full_clean()
    opinion.save(force_insert=True)
    _note("request.opinion-kept", held, by=by, opinion=opinion.pk)
    return opinion


@audit.recorded
def leave_out(
    *, request: Request, model: str, record: str, field: str, why: LeftOut.Why, reason: str, by: User
) -> LeftOut:
    """Leave one thing out of the copy, and say why."""
    held = _held(request)
    thing = LeftOut.objects.filter(request=held, record=record, field=field).first()
    thing = thing or LeftOut(request=held, model=model, record=record, field=field)
    thing.why, thing.reason, thing.by = why, reason, by
    thing.full_clean()
    thing.save()
    _note("request.left-out", held, by=by, left_out=thing.pk)
    return thing


@audit.recorded
def put_in(*, request: Request, record: str, field: str, by: User) -> None:
    """Put it in after all."""
    held = _held(request)
    for one in LeftOut.objects.filter(request=held, record=record, field=field):
        key = one.pk
        one.delete()
        _note("request.put-in", held, by=by, left_out=key)


@audit.recorded
def release(*, request: Request, by: User) -> Request:
    """Let the copy be given.

    Raises
    ------
    NotYet : nobody has checked who asks, the clock is stopped, or no professional has said that it does no harm
    """
    held = _held(request)
    if what := queries.missing(held, today=clock.today()):
        raise NotYet(what)
    return decide(request=held, decision=Request.Decision.GIVEN, why="", by=by)


@audit.recorded
def decide(*, request: Request, decision: Request.Decision, why: str, by: User) -> Request:
    """Say what became of a request, and why. It is decided once."""
    held = _held(request)
    held.decision, held.decided_on, held.decided_by, held.decided_why = decision, clock.today(), by, why
    _save(held, "decision", "decided_on", "decided_by", "decided_why")
    _note(f"request.{decision}", held, by=by)
    return held


def _held(request: Request) -> Request:
    held = Request.objects.select_for_update().get(pk=request.pk)
    if held.decision:
        raise Decided
    return held


def _save(request: Request, *changed: str) -> None:
    request.full_clean()
    request.save(update_fields=changed)


def _note(did: str, request: Request, *, by: User, **which: str) -> None:
    details: dict[str, object] = {"request": request.pk, **which}
    audit.record(by=by.pk, did=did, subject=f"client:{request.person_key}", details=details)
