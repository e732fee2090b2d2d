"""What this room holds of people, and who they are: for copies, erasure and keeping times."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from alongside.access.models import Relationship, User
from alongside.access.queries import subject_keys
from alongside.care.models import Client, Contact, Episode
from alongside.care.queries import visible_to
from alongside.core.sockets import Holding, Known, Life, People

type Span = tuple[date, date | None]

# in the order in which a copy shows them; they are erased from the last to the first
HOLDINGS = (
    Holding(
        model="care.Client",
        title="Who you are",
        purpose="support",
        place=10,
        path="pk",
        names_others=("someone_close",),
        audited_as="client",
    ),
    Holding(model="care.Referral", title="How you came to us", purpose="support", place=10, path="client"),
    Holding(model="care.Episode", title="Support you received", purpose="support", place=10, path="client"),
    Holding(
        model="care.Contact",
        title="Meetings and calls",
        purpose="support",
        place=10,
        path="episode__client",
        names_others=("note",),
    ),
    Holding(
        model="care.Goal", title="What you wanted", purpose="support", place=10, path="client", names_others=("words",)
    ),
    Holding(
        model="care.GoalRating", title="How near you said you were", purpose="support", place=10, path="goal__client"
    ),
    Holding(
        model="care.Event",
        title="Things that happened",
        purpose="support",
        place=10,
        path="client",
        names_others=("words",),
    ),
)


def _known(client: Client | None) -> Known | None:
    return Known(pk=client.pk, code=client.code, called=client.first_name) if client else None


def _may_see(user: object, key: str) -> Known | None:
    return _known(visible_to(_user(user)).filter(pk=key).first())


def _may_answer_for(user: object, key: str) -> Known | None:
    return _known(_supported_by(user).filter(pk=key).first())


def _by_code(user: object, code: str) -> Known | None:
    return _known(_supported_by(user).filter(code=code).first())


def _answered_for_by(user: object) -> Iterable[str]:
    return _supported_by(user).values_list("pk", flat=True)


def _supported_by(user: object) -> QuerySet[Client]:
    """Those on their caseload and those of their teams, but not those whom they opened in an emergency."""
    return Client.objects.filter(pk__in=subject_keys(_user(user), Relationship.Kind.CASELOAD, Relationship.Kind.TEAM))


def _codes(keys: Collection[str]) -> dict[str, str]:
    return dict(Client.objects.filter(pk__in=keys).values_list("pk", "code"))


def _user(user: object) -> User:
    if not isinstance(user, User):
        raise TypeError("Only somebody who signs in sees people.")
    return user


def lives(key: str | None = None) -> list[Life]:
    """Everybody, or one person: when they were born, when support ended and when they were last seen."""
    only = Q(pk=key) if key else Q()
    spans: dict[str, list[Span]] = {}
    rows = Episode.objects.filter(Q(client=key) if key else Q()).values_list("client", "started_on", "ended_on")
    for client, started, ended in rows:
        spans.setdefault(client, []).append((started, ended))
    came = Contact.objects.filter(Q(episode__client=key) if key else Q(), outcome=Contact.Outcome.CAME)
    seen = dict(came.order_by().values_list("episode__client").annotate(last=Max("starts_at")))
    return [
        _life(client, timezone.localdate(client.made_at), spans.get(client.pk, []), seen.get(client.pk))
        for client in Client.objects.filter(only).only("code", "born", "made_at")
    ]


def _life(client: Client, added_on: date, spans: list[Span], seen: datetime | None) -> Life:
    open_now = any(ended is None for _, ended in spans)
    days = [added_on, *(ended or started for started, ended in spans), *([timezone.localdate(seen)] if seen else [])]
    ended_on = None if open_now else max((ended for _, ended in spans if ended), default=added_on)
    return Life(
        key=client.pk, code=client.code, born=client.born, ended_on=ended_on, last_seen_on=max(days), goes_on=open_now
    )


PEOPLE = People(
    model="care.Client",
    may_see=_may_see,
    may_answer_for=_may_answer_for,
    by_code=_by_code,
    answered_for_by=_answered_for_by,
    lives=lives,
    codes=_codes,
)
