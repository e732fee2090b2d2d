"""What one client's page shows. Each of these is one query, however long the record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from alongside.access.models import Relationship, User
from alongside.access.queries import who_sees
from alongside.audit.models import Entry
from alongside.care.models import Client, Contact, Episode, Event, Goal
from alongside.core import clock
from alongside.core.encryption import encrypted, if_it_opens

AHEAD = 5
MOST_CHANGES = 100


@dataclass(kw_only=True)
class Wish:
    """A goal with its ratings, the earliest first."""

    key: str
    words: str
    added_on: date
    set_aside_on: date | None
    ratings: list[tuple[date, int]] = field(default_factory=list)


def support_of(client: Client) -> QuerySet[Episode]:
    """Everything they receive or received, the latest first, and how they came to it."""
    related = ("service", "practitioner", "funder", "referral__organisation", "referral__previous")
    return client.episodes.select_related(*related).order_by("-started_on", "-made_at")


def support(client: Client) -> list[Episode]:
    """The same, read."""
    return list(support_of(client))


def contacts(client: Client) -> QuerySet[Contact]:
    """Every contact, the latest first."""
    return Contact.objects.filter(episode__client=client).order_by("-starts_at", "-made_at")


def latest_contacts(client: Client, *, most: int) -> list[Contact]:
    """The next few that are planned, and the latest `most` of those whose time has come."""
    now = clock.now()
    ahead = Contact.objects.filter(
        episode__client=client, episode__ended_on=None, outcome=Contact.Outcome.PLANNED, starts_at__gt=now
    ).order_by("starts_at")
    wanted = Q(starts_at__lte=now) | Q(pk__in=ahead.values("pk")[:AHEAD])
    return list(contacts(client).filter(wanted)[: AHEAD + most])


def goals_of(client: Client) -> QuerySet[Goal]:
    """Their goals, the first one first."""
    return client.goals.all()


def goals(client: Client) -> list[Wish]:
    """What they want, and how near they said they were."""
    rows = (
        Goal.objects.filter(client=client)
        .order_by("added_on", "made_at", "ratings__rated_on")
        .values_list("pk", "words", "added_on", "set_aside_on", "ratings__rated_on", "ratings__rating")
    )
    wishes: dict[str, Wish] = {}
    for key, words, added_on, set_aside_on, rated_on, rating in rows:
        wish = wishes.setdefault(
            key, Wish(key=key, words=_words(key, words), added_on=added_on, set_aside_on=set_aside_on)
        )
        if rated_on is not None:
            wish.ratings.append((rated_on, rating))
    return list(wishes.values())


def events(client: Client) -> list[Event]:
    """Things that happened, the earliest first."""
    return list(client.events.order_by("on", "made_at"))


def who_can_see(client: Client, user: User) -> list[Relationship]:
    """People and teams who may open this record; `people` counts a team, `own` says whether this person is in it."""
    ties = who_sees(client.pk).annotate(
        people=Count("team__membership", filter=Q(team__membership__user__is_active=True)),
        own=Count("team__membership", filter=Q(team__membership__user=user)),
    )
    return list(ties.order_by("since"))


def first_goals(keys: list[str]) -> dict[str, str]:
    """What each of these clients wants first, in their words."""
    first: dict[str, str] = {}
    goals = Goal.objects.filter(client__in=keys, set_aside_on=None).order_by("added_on", "made_at")
    for goal in goals.only("client_id", "words"):
        if goal.client_id not in first:
            first[goal.client_id] = if_it_opens(goal, "words", "These words cannot be opened")
    return first


def _words(goal: str, sealed: str) -> str:
    return str(encrypted(Goal, "words").opened(goal, sealed))


def changed_since(client: Client, revision: int) -> dict[str, tuple[str, datetime]]:
    """Who changed each field after this revision, and when. Every change wrote one row of the audit."""
    missed = min(max(client.revision - revision, 0), MOST_CHANGES)
    rows = Entry.objects.filter(subject=f"client:{client.pk}", did="client.changed").order_by("-number")[:missed]
    return _by_field(list(rows))


def _by_field(latest: list[Entry]) -> dict[str, tuple[str, datetime]]:
    names = dict(User.objects.filter(pk__in={row.by for row in latest}).values_list("pk", "name"))
    return {
        field: (names.get(row.by, "Somebody"), row.at) for row in reversed(latest) for field in row.details["fields"]
    }


def contact_changed(contact: Contact) -> dict[str, tuple[str, datetime]]:
    """Who changed each field of a contact last, and when."""
    rows = Entry.objects.filter(subject=f"client:{contact.episode.client_id}", did="contact.changed")
    latest = [row for row in rows.order_by("-number")[:MOST_CHANGES] if row.details["contact"] == contact.pk]
    return _by_field(latest)


def names_of(entries: Iterable[Entry]) -> dict[str, User]:
    """Those who are named in these rows, by key."""
    return User.objects.in_bulk({one.by for one in entries})


def with_code(code: str) -> Client | None:
    """Whoever has this code, seen or not: for an emergency alone."""
    return Client.objects.filter(code=code).first()


def open_in_emergency(ties: Iterable[Relationship], *, user: User) -> Relationship | None:
    """The hour for which this person opened the record, if that is how they see it."""
    mine = [tie for tie in ties if tie.user_id == user.pk or getattr(tie, "own", False)]
    others = any(tie.kind != Relationship.Kind.EMERGENCY for tie in mine)
    return None if others else next(iter(mine), None)
