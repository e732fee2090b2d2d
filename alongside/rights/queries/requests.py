"""Requests for a copy or for erasure, and how much time there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from alongside.access.models import User
from alongside.core.sockets import sockets
from alongside.rights.dates import answer_by, too_old
from alongside.rights.models import LeftOut, Opinion, Request


def visible_to(user: User) -> QuerySet[Request]:
    """The requests of people whom this user may see."""
    if sockets.people is None:
        return Request.objects.none()
    return Request.objects.filter(person_key__in=sockets.people.seen_by(user)).prefetch_related("pauses")


def open_ones(user: User) -> list[Request]:
    """Those not decided yet, the oldest first."""
    return list(visible_to(user).filter(decision="").order_by("received_on", "made_at"))


def codes_of(asked: Iterable[Request]) -> dict[str, str]:
    """Their codes, by the key of the person."""
    return sockets.people.codes([one.person_key for one in asked]) if sockets.people else {}


def decided(user: User) -> list[Request]:
    """Those that are decided, the latest first."""
    return list(visible_to(user).exclude(decision="").order_by("-decided_on", "-made_at")[:50])


def opinions(request: Request) -> list[Opinion]:
    """What professionals said, the latest first."""
    return list(request.opinions.select_related("by"))


def left_out(request: Request) -> dict[tuple[str, str], LeftOut]:
    """What is left out, by record and field."""
    return {(one.record, one.field): one for one in request.left_out.all()}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How much time there is to answer."""

    by: date
    left: int
    paused: bool


def clock_of(request: Request, *, today: date) -> Clock:
    """The last day to answer, as things stand today."""
    pauses = [(one.from_on, one.until_on) for one in request.pauses.all()]
    by = answer_by(request.received_on, longer=request.longer_on is not None, pauses=pauses, today=today)
    return Clock(by=by, left=(by - today).days, paused=any(until is None for _, until in pauses))


def missing(request: Request, *, today: date) -> list[str]:
    """What must still be done before a copy may be given; each says what to do."""
    found = []
    if request.identity_on is None:
        found.append("Note how you made sure who is asking.")
    if clock_of(request, today=today).paused:
        found.append("Say that you have heard from them: the clock is stopped.")
    latest = next(iter(opinions(request)), None)
    if latest is None:
        found.append("Record what a health professional says about serious harm, or that the person knows it already.")
    elif too_old(latest.given_on, today=today):
        found.append("Ask again: what was said about serious harm is older than six months.")
    return found
