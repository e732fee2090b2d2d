"""What has come back from a client on every measure besides the service evaluation form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from alongside.access.models import User
from alongside.care import queries as care
from alongside.core.encryption import if_it_opens
from alongside.instruments.schema import Instrument
from alongside.measures.answers import Answer
from alongside.measures.models import Response, Words
from alongside.measures.queries import library


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One form that came back; `words` are what was written on it, by question."""

    key: str
    questionnaire: str
    occasion: str
    before: str | None
    sent_on: date
    answers: Mapping[str, Any]
    words: Mapping[str, str]

    def answer(self, item: str) -> Answer:
        """What was said to one question."""
        return Answer.kept(self.answers.get(item), self.words.get(item, ""))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One version of a measure and the forms that came back on it, the oldest first."""

    form: Instrument
    sent: list[Sent] = field(default_factory=list)


def taken(user: User, client_key: str) -> list[Taken]:
    """Everything that came back, by measure A to Z and the newest version first: at most three queries."""
    rows: list[tuple[Any, ...]] = list(
        _sent(user, client_key)
        .order_by("sent_at")
        .values_list(
            "pk", "questionnaire", "questionnaire__occasion", "questionnaire__before", "questionnaire__instrument",
            "questionnaire__version", "sent_at", "answers",
        )
    )  # fmt: skip
    words = _words([row[0] for row in rows if any("words" in kept for kept in row[7].values())])
    forms = library.definitions({(row[4], row[5]) for row in rows})
    found: dict[tuple[str, str], Taken] = {}
    for key, asked, occasion, before, instrument, version, sent_at, answers in rows:
        which = instrument, version
        sent = Sent(
            key=key, questionnaire=asked, occasion=occasion, before=before, sent_on=_day(sent_at), answers=answers,
            words=words.get(key, {}),
        )  # fmt: skip
        found.setdefault(which, Taken(form=forms[which])).sent.append(sent)
    newest_first = sorted(found.values(), key=lambda one: one.sent[-1].sent_on, reverse=True)
    return sorted(newest_first, key=lambda one: (one.form.name.casefold(), one.form.key))


def _sent(user: User, client_key: str) -> QuerySet[Response]:
    seen = Response.objects.sent().filter(care.may_see(user, "questionnaire__client"), questionnaire__client=client_key)
    return seen.exclude(questionnaire__instrument=library.SERVICE_EVALUATION)


def _words(responses: list[str]) -> dict[str, dict[str, str]]:
    """What was written on these forms; what can no longer be opened says so in its place."""
    found: dict[str, dict[str, str]] = {}
    for one in Words.objects.filter(response__in=responses) if responses else ():
        words = if_it_opens(one, "words", "These words cannot be opened")
        found.setdefault(one.response_id, {})[one.item] = words
    return found


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
