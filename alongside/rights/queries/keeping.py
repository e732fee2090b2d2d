"""Whose time is over, what holds a record longer, and what was erased."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from alongside.access.models import User
from alongside.core.sockets import Known, Life, sockets
from alongside.rights.dates import Years, keep_until
from alongside.rights.models import Certificate, Hold, KeepingTime, Kept


def person(user: User, key: str) -> Known | None:
    """One person, if this user may see them."""
    return sockets.people.may_see(user, key) if sockets.people else None


def by_code(user: User, code: str) -> Known | None:
    """The person of this code, if this user may see them."""
    return sockets.people.by_code(user, code) if sockets.people else None


def in_force(today: date) -> Q:
    """What makes a hold hold today."""
    return Q(lifted_on=None) & (Q(until_on=None) | Q(until_on__gte=today))


def holds_now(hold: Hold, *, today: date) -> bool:
    """The same, of a hold that was read."""
    return hold.lifted_on is None and (hold.until_on is None or hold.until_on >= today)


def held(key: str, *, today: date) -> bool:
    """Whether a hold forbids erasing this person's record."""
    return Hold.objects.filter(in_force(today), person_key=key).exists()


def holds(key: str) -> QuerySet[Hold]:
    """Every hold there was, the latest first."""
    return Hold.objects.filter(person_key=key).select_related("by")


def kept(key: str) -> Kept | None:
    """What else keeping this record goes by."""
    return Kept.objects.filter(person_key=key).select_related("time").first()


def usual_time() -> KeepingTime:
    """The class of whoever is in no other one."""
    return KeepingTime.objects.get(usual=True)


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
    """This month's list: those whom the person who looks may see, and how many there are besides."""

    due: list[Due]
    others: int


def due(user: User, *, today: date) -> Review:
    """Everybody whose time is over, the longest over first; a handful of queries however many there are."""
    if sockets.people is None:
        return Review(due=[], others=0)
    usual = usual_time()
    special = {one.person_key: one for one in Kept.objects.select_related("time")}
    held_now = set(Hold.objects.filter(in_force(today)).values_list("person_key", flat=True))
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
    seen = set(sockets.people.seen_by(user)) if over else set()
    mine = sorted((one for one in over if one.key in seen), key=lambda one: (one.since, one.code))
    return Review(due=mine, others=len(over) - len(mine))


def certificates() -> QuerySet[Certificate]:
    """Proof of every erasure, the latest first; they name nobody, so any lead may read them."""
    return Certificate.objects.select_related("by")
