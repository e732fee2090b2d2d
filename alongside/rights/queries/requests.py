"""Requests for a copy or for erasure, and how much time there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from alongside.access.models import Relationship, User
from alongside.access.permissions import Permission
from alongside.access.roles import MAY
from alongside.core.sockets import sockets
from alongside.rights.dates import TAKE_DAYS, answer_by, too_old
from alongside.rights.models import LeftOut, Opinion, Request

ANSWER_FOR_RIGHTS = [role for role, may in MAY.items() if Permission.MANAGE_RIGHTS in may]
Kind = Relationship.Kind


def visible_to(user: User) -> QuerySet[Request]:
    """The requests of people whom this user or a team of theirs supports, or did."""
    if sockets.people is None:
        return Request.objects.none()
    return Request.objects.filter(person_key__in=sockets.people.answered_for_by(user)).prefetch_related("pauses")


def open_ones(user: User) -> list[Request]:
    """Those not decided yet, the oldest first."""
    return list(visible_to(user).filter(decision="").order_by("received_on", "made_at"))


def codes_of(people: Iterable[str]) -> dict[str, str]:
    """Their codes, by the key of the person."""
    return sockets.people.codes([*filter(None, people)]) if sockets.people else {}


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What is open about people of other teams: how many, by when the first, and how many nobody can answer."""

    number: int
    first: "Clock"
    with_nobody: int


def elsewhere(user: User, *, today: date) -> Elsewhere | None:
    """Open requests that others answer; None where there are none. It names nobody, and says nothing else of them."""
    others = Request.objects.filter(decision="").exclude(pk__in=visible_to(user).values("pk"))
    clocks = {one: clock_of(one, today=today) for one in others.prefetch_related("pauses")}
    if not clocks:
        return None
    leads = User.objects.filter(is_active=True, role__in=ANSWER_FOR_RIGHTS)
    known = set(
        Relationship.objects.open()
        .filter(Q(user__in=leads) | Q(team__members__in=leads), kind__in=(Kind.CASELOAD, Kind.TEAM))
        .filter(subject_key__in=[one.person_key for one in clocks])
        .values_list("subject_key", flat=True)
    )
    first = min(clocks.values(), key=lambda clock: clock.by)
    return Elsewhere(number=len(clocks), first=first, with_nobody=sum(one.person_key not in known for one in clocks))


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


def may_be_taken(request: Request, *, today: date) -> bool:
    """Whether the copy can be taken today: it was given, not long ago, and what was said about harm still counts."""
    given = request.kind == Request.Kind.COPY and request.decision == Request.Decision.GIVEN
    if not given or request.decided_on is None or (today - request.decided_on).days > TAKE_DAYS:
        return False
    latest = next(iter(opinions(request)), None)
    return latest is not None and not too_old(latest.given_on, today=today)


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
