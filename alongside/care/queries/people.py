"""Clients: which ones somebody may see, by name, and those they work with."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alongside.access.models import Relationship, User
from alongside.access.queries import subject_keys
from alongside.care import names
from alongside.care.models import Client, Contact, Episode
from alongside.core import clock


def visible_to(user: User) -> QuerySet[Client]:
    """Those on this person's caseload, and those of their teams."""
    kinds = (Relationship.Kind.CASELOAD, Relationship.Kind.TEAM)
    return Client.objects.filter(pk__in=subject_keys(user, *kinds))


def a_to_z(user: User, *, left: bool = False) -> list[Client]:
    """Those whose support goes on, or those who have left us, by name.

    Names are encrypted, so all of them are read to be put in order: only what they are called, in one query.
    """
    goes_on = Exists(Episode.objects.open().filter(client=OuterRef("pk")))
    return names.in_order(_called(visible_to(user).filter(~goes_on if left else goes_on)))


def found(user: User, words: str) -> list[Client]:
    """Those with a name, or a code, that has words beginning like these; nobody if there are no words."""
    if not names.words(words):
        return []
    return names.in_order(client for client in _called(visible_to(user)) if names.answers_to(client, words))


def _called(clients: QuerySet[Client]) -> QuerySet[Client]:
    return clients.only("code", "name", "known_as")


def support_of(clients: Sequence[Client]) -> dict[str, list[Episode]]:
    """What each of these receives or received, the latest first, with what they have asked for."""
    episodes = (
        Episode.objects.filter(client__in=clients)
        .select_related("client", "service", "practitioner")
        .only(
            "client__needs", "client__needs_checked_on", "service__name", "practitioner__name", "started_on", "ended_on"
        )
        .order_by("-started_on", "-made_at")
    )
    by_client: dict[str, list[Episode]] = {}
    for episode in episodes:
        by_client.setdefault(episode.client_id, []).append(episode)
    return by_client


def working_with(user: User) -> QuerySet[Episode]:
    """The support that this person gives now; `next_at` is when they meet next."""
    planned = Contact.objects.filter(
        episode=OuterRef("pk"), outcome=Contact.Outcome.PLANNED, starts_at__gte=clock.now()
    ).order_by("starts_at")
    return (
        Episode.objects.open()
        .worked_by(user)
        .filter(client__in=visible_to(user))
        .select_related("client", "service")
        .annotate(next_at=Subquery(planned.values("starts_at")[:1]))
        .order_by("started_on", "made_at")
    )
