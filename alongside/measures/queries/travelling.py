"""Responses that may leave in a file: those of one client, or those of many under codes."""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from alongside.access.models import User
from alongside.care import queries as care
from alongside.instruments.exchange import Answered
from alongside.measures.models import Correction, Response, Words
from alongside.measures.queries import library
from alongside.measures.travelling import leaving

AT_ONCE = 2000


def of_client(user: User, client_key: str) -> QuerySet[Response]:
    """Everything that one client has sent, the service evaluation form included."""
    return Response.objects.sent().filter(care.may_see(user, "questionnaire__client"), questionnaire__client=client_key)


def measures(responses: QuerySet[Response]) -> list[tuple[str, str, str, int]]:
    """The versions of measures that responses answer: key, version, name, and how many; A to Z."""
    counted = responses.order_by().values_list("questionnaire__instrument", "questionnaire__version")
    rows = list(counted.annotate(times=Count("pk")))
    forms = library.definitions({(instrument, version) for instrument, version, _ in rows})
    found = [(instrument, version, forms[instrument, version].name, times) for instrument, version, times in rows]
    return sorted(found, key=lambda one: (one[2].casefold(), one[1]))


def leaving_of(
    responses: QuerySet[Response],
    *,
    instrument: str,
    version: str,
    code: Callable[[str], str],
    named: Callable[[str], str] = str,
    words: bool,
) -> Iterator[Answered]:
    """These responses to one version of a measure, the oldest first, for a file.

    `code` gives the code of a client, `named` that of a response, by their keys.
    """
    corrected = Exists(Correction.objects.filter(response=OuterRef("pk")))
    chosen = responses.filter(questionnaire__instrument=instrument, questionnaire__version=version)
    rows = chosen.annotate(amended=corrected).order_by("sent_at", "pk")
    wanted = ("pk", "questionnaire__client", "sent_at", "answers", "amended")
    for some in batched(rows.values_list(*wanted).iterator(AT_ONCE), AT_ONCE, strict=False):
        said = _words([row[0] for row in some]) if words else {}
        for key, client, sent_at, answers, amended in some:
            kept = answers if words else _without_words(answers)
            yield leaving(
                key=named(key), person=code(client), on=sent_at, version=version, answers=kept,
                words=said.get(key, {}), amended=amended,
            )  # fmt: skip


def _words(responses: Iterable[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in Words.objects.filter(response__in=list(responses)):
        found.setdefault(one.response_id, {})[one.item] = one.words
    return found


def _without_words(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: kept for name, kept in answers.items() if "words" not in kept}
