"""A grant, the people it pays for, and what is said in a report about them."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.models import Client, Contact, Episode, Referral, Service
from alongside.core import clock
from alongside.instruments import loader
from alongside.measures.models import Questionnaire, Response
from alongside.reporting.actions import grants, make
from alongside.reporting.models import Grant, Report

ITEMS = [item.key for item in loader.load("service-evaluation").items]
YEAR = (date(2025, 4, 1), date(2026, 3, 31))
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")

type Support = Callable[..., list[Client]]
type MakeReport = Callable[..., Report]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is a noon in May 2026; the year asked about is over."""
    now = datetime(2026, 5, 14, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture
def grant(funder: Organisation, service: Service, lead: User) -> Grant:
    return grants.add(
        funder=funder, title="Someone to talk to", starts_on=YEAR[0], ends_on=date(2028, 3, 31), services=[service],
        by=lead,
    )  # fmt: skip


@pytest.fixture
def make_report(grant: Grant, lead: User) -> MakeReport:
    def made(**other: object) -> Report:
        return make(**{"grant": grant, "starts_on": YEAR[0], "ends_on": YEAR[1], "by": lead, **other})

    return made


@pytest.fixture
def support(service: Service, funder: Organisation, alice: User) -> Support:
    """Return a way to support many people at once, each with as many forms and meetings as asked for."""

    def add(
        people: int, *, forms: int = 0, came: int = 0, began: date = date(2025, 5, 1), gender: str = "woman",
        age: int = 30, marks: Callable[[int, int], dict[str, float]] | None = None, **other: object,
    ) -> list[Client]:  # fmt: skip
        start = Client.objects.count()
        clients = [
            Client(code=f"WS-{start + n + 5000}", name=f"Person {n}", gender=gender, born=date(2025 - age, 1, 1))
            for n in range(people)
        ]
        Client.objects.bulk_create(clients)
        referrals = [Referral(client=client, way="self", received_on=began) for client in clients]
        Referral.objects.bulk_create(referrals)
        whole = {"service": service, "funder": funder, "practitioner": alice, "started_on": began, **other}
        episodes = [Episode(client=one.client, referral=one, **whole) for one in referrals]
        Episode.objects.bulk_create(episodes)
        for number, episode in enumerate(episodes):
            for place in range(forms):
                said = (marks or _marks)(number, place)
                send(episode, began + timedelta(days=14 * place), said)
            Contact.objects.bulk_create(
                Contact(episode=episode, starts_at=_noon(began + timedelta(days=7 * n)), mode="phone", outcome="came")
                for n in range(came)
            )
        return clients

    return add


def send(
    episode: Episode, on: date, said: dict[str, float], *, occasion: str = "fortnight", hour: int = 12
) -> Response:
    """Keep a form that somebody sent on a day."""
    asked = Questionnaire.objects.create(
        client=episode.client, episode=episode, instrument="service-evaluation", version="1", occasion=occasion,
        reader=episode.practitioner, opened_by=episode.practitioner,
    )  # fmt: skip
    answers = {item: {"value": value, "how": "line"} for item, value in said.items()}
    at = _noon(on).replace(hour=hour)
    return Response.objects.create(questionnaire=asked, answers=answers, given="together", sent_at=at)


def _marks(number: int, place: int) -> dict[str, float]:
    """Marks that differ from person to person and get lower on every form."""
    return {item: round(7.3 - place - 0.1 * (number % 7) + 0.2 * n, 1) for n, item in enumerate(ITEMS)}


def _noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=UTC)


def text_of_pdf(report: Report) -> str:
    pdf = pypdfium2.PdfDocument(bytes(report.pdf))
    return " ".join(page.get_textpage().get_text_range() for page in pdf)


def tables_of(report: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(bytes(report.tables))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def everything_said(report: Report) -> str:
    """All that a report says, wherever it says it."""
    kept = json.dumps(report.results, ensure_ascii=False)
    return "\n".join([report.page, text_of_pdf(report), *tables_of(report).values(), kept])


@contextmanager
def counting() -> Iterator[list[str]]:
    """The queries of the block, without those that only open and close transactions."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield asked
    asked += [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(NOT_COUNTED)]
