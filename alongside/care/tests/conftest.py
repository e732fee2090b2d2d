from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import User
from alongside.care.actions import clients, contacts, episodes, goals
from alongside.care.models import Client, Contact, Episode, Referral, Service
from alongside.core import clock

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is noon, so that a morning has been and an afternoon is to come whenever the tests run."""
    now = timezone.make_aware(datetime.combine(timezone.localdate(), time(12)))
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture
def at(noon: datetime) -> Callable[..., datetime]:
    """Return a moment, so many days from today."""

    def moment(days: int, hour: int, minute: int = 0) -> datetime:
        day = timezone.localdate(noon) + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    return moment


@pytest.fixture
def meet(alice: User) -> Callable[..., Contact]:
    """Record a contact with what most tests do not care about."""

    def record(episode: Episode, starts_at: datetime, outcome: str = "planned", **said: object) -> Contact:
        given = {"minutes": 50, "mode": "in person", "place": "Room 2", "note": "", "by": alice} | said
        return contacts.record(episode=episode, starts_at=starts_at, outcome=outcome, **given)

    return record


@pytest.fixture
def add_client(alice: User, service: Service) -> Callable[..., Client]:
    """Add one more person whom Alice works with."""
    numbers = iter(range(1000, 9000))

    def add(name: str = "", *, words: str = "", by: User = alice, **said: object) -> Client:
        client = clients.add(code=f"WS-{next(numbers)}", name=name, by=by, **said)
        referral = episodes.refer(client=client, way=Referral.Way.GP, received_on=clock.today(), by=by)
        today = clock.today()
        episodes.start(referral=referral, service=service, practitioner=by, funder=None, started_on=today, by=by)
        if words:
            goals.add(client=client, words=words, added_on=today, by=by)
        return client

    return add


@pytest.fixture
def come_back() -> Callable[[Browser, User], None]:
    """Sign in again in a browser whose session has ended."""

    def sign_in(browser: Browser, user: User) -> None:
        browser.force_login(user)
        session = browser.session
        session[SECOND_FACTOR] = True
        session.save()

    return sign_in


@pytest.fixture
def end_session() -> Callable[[Browser], None]:
    """Let a browser's session run out."""

    def run_out(browser: Browser) -> None:
        session = browser.session
        session["seen"] = int(clock.now().timestamp()) - 24 * 60 * 60
        session.save()

    return run_out


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that were sent to the database, those around a transaction apart."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [query["sql"] for query in captured if not query["sql"].startswith(NOT_COUNTED)]
