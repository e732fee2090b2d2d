"""What is needed to fit forms from a file to people and their support: three queries, however many forms."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils import timezone

from alongside.access.models import User
from alongside.care import queries as care
from alongside.care.models import Client, Episode
from alongside.measures.models import Response


def by_code(user: User, codes: Collection[str]) -> dict[str, Client]:
    """The clients that somebody may see, by their codes."""
    return {one.code: one for one in care.visible_to(user).filter(code__in=codes)}


def support(clients: Iterable[Client]) -> dict[str, list[Episode]]:
    """Everything that these clients received, by client."""
    found: dict[str, list[Episode]] = {}
    rows = Episode.objects.filter(client__in=[one.pk for one in clients])
    for episode in rows.select_related("client", "service", "practitioner"):
        found.setdefault(episode.client_id, []).append(episode)
    return found


def here(clients: Iterable[Client], measure: str) -> set[tuple[str, date]]:
    """The days on which these clients answered a measure."""
    rows = Response.objects.sent().filter(
        questionnaire__client__in=[one.pk for one in clients], questionnaire__instrument=measure
    )
    return {
        (client, timezone.localtime(sent_at).date())
        for client, sent_at in rows.values_list("questionnaire__client", "sent_at")
    }
