"""Whose time is over, what holds a record longer, and what was erased."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from alongside.access.models import User
from alongside.core.sockets import Known, Life, sockets
from alongside.rights.dates import Years, keep_until
from alongside.rights.models import Certificate, Hold, KeepingTime, Kept, Request

HELD = "This record is held. Let go of the hold first, if its reason is over."
WAITS = "They have asked for a copy. Answer that first: what they asked for must not be erased."


def seen(user: User, key: str) -> Known | None:
    """One person, if this user may open their page."""
    return sockets.people.may_see(user, key) if sockets.people else None


def answered_for(user: User, key: str) -> Known | None:
    """One person, if this user or a team of theirs supports them, or did."""
    return sockets.people.may_answer_for(user, key) if sockets.people else None


def by_code(user: User, code: str) -> Known | None:
    """The same, by their code."""
    return sockets.people.by_code(user, code) if sockets.people else None


def holds(key: str) -> QuerySet[Hold]:
    """Every hold there was, the latest first."""
    return Hold.objects.filter(person_key=key).select_related("by")


def times() -> QuerySet[KeepingTime]:
    """Every class, A to Z."""
    return KeepingTime.objects.all()


def years_of(time: KeepingTime) -> Years:
    """The rule of a class."""
    return Years(
        years=time.years, child_until=time.child_until, at_17_until=time.at_17_until, after_death=time.years_after_death
    )


def until(life: Life, time: KeepingTime, died_on: date | None) -> date | None:
    """The first day on which this record may be erased; None while support goes on, or where a person decides."""
    if time.trigger == KeepingTime.Trigger.BY_HAND or (life.goes_on and died_on is None):
        return None
    from_on = life.ended_on if time.trigger == KeepingTime.Trigger.ENDED else life.last_seen_on
    return keep_until(years_of(time), from_on=from_on, born=life.born, died_on=died_on)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How long one record is kept, and whether it may be erased, as things stand today.

    `until` is None while support goes on, or where somebody decides by hand; `asked` is what they wait for.
    """

    today: date
    times: list[KeepingTime]
    kept: Kept | None
    life: Life | None
    holds: list[Hold]
    asked: set[str]

    @property
    def time(self) -> KeepingTime:
        """The class this record is in."""
        return (self.kept and self.kept.time) or next(time for time in self.times if time.usual)

    @property
    def until(self) -> date | None:
        """The first day on which its time is over."""
        return until(self.life, self.time, self.kept.died_on if self.kept else None) if self.life else None

    @property
    def over(self) -> bool:
        """Whether its time is over, or somebody decides that it is."""
        return self.time.trigger == KeepingTime.Trigger.BY_HAND or (self.until is not None and self.until <= self.today)

    @property
    def ground(self) -> Certificate.Why | None:
        """Why it may be erased now: they asked, or its time is over; None where it is neither."""
        if Request.Kind.ERASURE in self.asked:
            return Certificate.Why.ASKED
        return Certificate.Why.TIME if self.over else None

    @property
    def against(self) -> list[str]:
        """What forbids erasing it now; each says what to do."""
        held = any(not one.lifted_on and (not one.until_on or one.until_on >= self.today) for one in self.holds)
        return [*([HELD] if held else []), *([WAITS] if Request.Kind.COPY in self.asked else [])]


def standing(key: str, *, today: date) -> Standing:
    """All of it about one person."""
    return Standing(
        today=today,
        times=list(KeepingTime.objects.all()),
        kept=Kept.objects.filter(person_key=key).select_related("time").first(),
        life=next(iter(sockets.people.lives(key)), None) if sockets.people else None,
        holds=list(holds(key)),
        asked=set(Request.objects.filter(person_key=key, decision="").values_list("kind", flat=True)),
    )


@dataclass(frozen=True, kw_only=True)
class Due:
    """Somebody whose time is over."""

    key: str
    code: str
    since: date
    time: KeepingTime
    held: bool
    born_unknown: bool


@dataclass(frozen=True, kw_only=True)
class Review:
    """This month's list: those whom the person who looks answers for, and how many there are besides."""

    due: list[Due]
    others: int


def due(user: User, *, today: date) -> Review:
    """Everybody whose time is over, the longest over first; a handful of queries however many there are."""
    if sockets.people is None:
        return Review(due=[], others=0)
    usual = KeepingTime.objects.get(usual=True)
    special = {one.person_key: one for one in Kept.objects.select_related("time")}
    in_force = Hold.objects.filter(Q(until_on=None) | Q(until_on__gte=today), lifted_on=None)
    held_now = set(in_force.values_list("person_key", flat=True))
    over = []
    for life in sockets.people.lives(None):
        one = special.get(life.key)
        time = (one and one.time) or usual
        since = until(life, time, one.died_on if one else None)
        if since and since <= today:
            over.append(
                Due(
                    key=life.key, code=life.code, since=since, time=time, held=life.key in held_now,
                    born_unknown=life.born is None,
                )
            )  # fmt: skip
    theirs = set(sockets.people.answered_for_by(user)) if over else set()
    mine = sorted((one for one in over if one.key in theirs), key=lambda one: (one.since, one.code))
    return Review(due=mine, others=len(over) - len(mine))


def certificates() -> QuerySet[Certificate]:
    """Proof of every erasure, the latest first; they name nobody, so any lead may read them."""
    return Certificate.objects.select_related("by")
