"""Asking a measure of a client: how often, when it is due, and who sees that."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import contacts, episodes
from alongside.care.models import Client, Contact, Episode
from alongside.care.tests.conftest import counted
from alongside.core import clock
from alongside.measures import actions
from alongside.measures.actions import schedules
from alongside.measures.models import Measure, Questionnaire, Schedule
from alongside.measures.presenters.due import asked_for
from alongside.measures.queries import due
from alongside.measures.schedules import Due, around_sessions, next_due

Occasion, Rhythm = Questionnaire.Occasion, Schedule.Rhythm
MAY_5 = date(2026, 5, 5)


@pytest.fixture
def phq9(db: None) -> Measure:
    return Measure.objects.create(instrument="phq9", version="1", on=True)


@pytest.fixture
def ask(episode: Episode, alice: User, phq9: Measure) -> Callable[..., Schedule]:
    """Return how PHQ-9 is asked of Rowan."""

    def asked(rhythm: Rhythm, *, days: int = 0, **how: object) -> Schedule:
        first_on = clock.today() + timedelta(days=days)
        return schedules.ask_for(episode=episode, measure="phq9", rhythm=rhythm, first_on=first_on, by=alice, **how)

    return asked


def schedule(rhythm: Rhythm, every_days: int = 84) -> Schedule:
    return Schedule(rhythm=rhythm, first_on=MAY_5, every_days=every_days)


# --- when


@pytest.mark.parametrize(
    ("rhythm", "last_on", "expected"),
    [
        (Rhythm.ONCE, None, Due(on=MAY_5, occasion="once")),
        (Rhythm.ONCE, date(2026, 5, 4), Due(on=MAY_5, occasion="once")),
        (Rhythm.ONCE, date(2026, 5, 9), None),
        (Rhythm.FORTNIGHT, None, Due(on=MAY_5, occasion="once")),
        (Rhythm.FORTNIGHT, date(2026, 5, 9), Due(on=date(2026, 5, 23), occasion="once")),
        (Rhythm.REVIEW, date(2026, 5, 9), Due(on=date(2026, 8, 1), occasion="review")),
    ],
)
def test_when_it_is_due_next(rhythm: Rhythm, last_on: date | None, expected: Due | None) -> None:
    assert next_due(schedule(rhythm), last_on) == expected


@given(st.sampled_from([Rhythm.FORTNIGHT, Rhythm.REVIEW]), st.integers(7, 366), st.dates(MAY_5, date(2030, 1, 1)))
def test_the_next_is_always_later_than_the_last(rhythm: Rhythm, every: int, last_on: date) -> None:
    assert next_due(schedule(rhythm, every), last_on).on > last_on


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=timezone.get_current_timezone())


@pytest.mark.parametrize(
    ("now", "given_today", "expected"),
    [
        (at(5, 9), [], Due(on=MAY_5, occasion="before")),
        (at(5, 9), ["before"], Due(on=MAY_5, occasion="after")),
        (at(5, 12), [], Due(on=MAY_5, occasion="after")),
        (at(5, 12), ["after"], Due(on=date(2026, 5, 12), occasion="before")),
        (at(5, 9), ["before", "after"], Due(on=date(2026, 5, 12), occasion="before")),
    ],
)
def test_before_a_session_until_it_begins_and_after_it_that_day(
    now: datetime, given_today: list[str], expected: Due
) -> None:
    assert around_sessions([at(5, 11), at(12, 11)], given_today=given_today, now=now) == expected


def test_without_a_session_nothing_is_due() -> None:
    assert around_sessions([], given_today=[], now=at(5, 9)) is None


# --- asking, stopping


def test_asked_on_the_page_it_stands_there_and_is_noted(
    phq9: Measure, together: Browser, client_of_alice: Client
) -> None:
    page = f"/clients/{client_of_alice.pk}/forms/asked"
    today = clock.today()
    when = {"first_on_day": today.day, "first_on_month": today.month, "first_on_year": today.year}
    answer = together.post(page, {"measure": "phq9", "rhythm": "review", "weeks": "6", **when})
    assert answer["Location"] == page
    asked = Schedule.objects.get()
    assert (asked.instrument, asked.rhythm, asked.every_days, asked.first_on) == ("phq9", "review", 42, today)
    shown = " ".join(together.get(page).text.split())
    assert "At reviews, every 6 weeks. None yet. Due today, for the review." in shown
    assert Entry.objects.filter(did="measure.asked-for", subject=f"client:{client_of_alice.pk}").count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"measure": "wsas"}, "Choose a form from the list"),
        ({"rhythm": "hourly"}, "Choose how often"),
        ({"weeks": "0"}, "Type a whole number of weeks from 1 to 52"),
        ({"first_on_day": "31", "first_on_month": "2"}, "Enter a date that exists, such as 27 3 2026"),
        ({"first_on_year": "2020"}, "Enter today or a day to come"),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_chosen_stays(
    said: dict[str, str], told: str, phq9: Measure, together: Browser, client_of_alice: Client
) -> None:
    ahead = clock.today() + timedelta(days=20)
    whole = {"measure": "phq9", "rhythm": "review", "weeks": "6", "first_on_day": ahead.day}
    whole |= {"first_on_month": ahead.month, "first_on_year": ahead.year}
    page = together.post(f"/clients/{client_of_alice.pk}/forms/asked", {**whole, **said}).text
    assert told in page
    assert not Schedule.objects.exists()


def test_asking_anew_ends_what_was_asked_before(ask) -> None:
    first, second = ask(Rhythm.FORTNIGHT), ask(Rhythm.REVIEW)
    first.refresh_from_db()
    assert first.stopped_at is not None
    assert second.stopped_at is None


def test_the_database_refuses_a_second_one(ask, episode: Episode, alice: User) -> None:
    ask(Rhythm.ONCE)
    second = Schedule(
        client=episode.client, episode=episode, instrument="phq9", rhythm="once", first_on=MAY_5, set_by=alice
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_stopped_it_is_asked_no_more_and_twice_is_once(ask, together: Browser, alice: User) -> None:
    asked = ask(Rhythm.FORTNIGHT)
    for _ in range(2):
        together.post(f"/schedules/{asked.pk}/stop")
    assert due.due_for(alice) == []
    assert Entry.objects.filter(did="measure.asked-no-more").count() == 1


def test_a_stranger_can_stop_nothing(ask, signed_in: Callable[[User], Browser], charlie: User) -> None:
    asked = ask(Rhythm.FORTNIGHT)
    assert signed_in(charlie).post(f"/schedules/{asked.pk}/stop").status_code == 404
    asked.refresh_from_db()
    assert asked.stopped_at is None


def test_a_measure_that_is_off_cannot_be_asked(ask, phq9: Measure) -> None:
    phq9.on = False
    phq9.save()
    with pytest.raises(actions.NotOffered):
        ask(Rhythm.ONCE)


# --- due


def test_due_and_overdue(ask, alice: User, monkeypatch, noon: datetime) -> None:
    ask(Rhythm.FORTNIGHT)
    only = due.due_for(alice)[0]
    assert (only.is_due, only.overdue, only.last_on) == (True, False, None)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=3))
    late = due.due_for(alice)[0]
    assert late.overdue
    assert asked_for(late).due == f"Overdue since {noon.day} {noon:%B}"


def test_what_came_back_is_not_due_until_the_next(ask, episode: Episode, alice: User, send_measure) -> None:
    ask(Rhythm.FORTNIGHT)
    send_measure(episode, "phq9", 0)
    assert due.due_for(alice) == []
    assert due.of_client(alice, episode.client_id)[0].due.on == clock.today() + timedelta(days=14)


def test_once_is_done_when_it_came_back(ask, episode: Episode, alice: User, send_measure) -> None:
    ask(Rhythm.ONCE)
    send_measure(episode, "phq9", 0)
    assert due.of_client(alice, episode.client_id)[0].due is None


def test_around_sessions_it_follows_the_diary(ask, episode: Episode, alice: User, noon: datetime, send_measure) -> None:
    ask(Rhythm.SESSION)
    assert due.due_for(alice) == []
    contacts.record(
        episode=episode, starts_at=noon + timedelta(hours=1), minutes=50, mode=Contact.Mode.PHONE,
        outcome=Contact.Outcome.PLANNED, place="", note="", by=alice,
    )  # fmt: skip
    assert due.due_for(alice)[0].due == Due(on=noon.date(), occasion="before")
    send_measure(episode, "phq9", 0, occasion=Occasion.BEFORE)
    assert due.due_for(alice)[0].due == Due(on=noon.date(), occasion="after")


def test_it_ends_with_the_support_and_when_the_measure_is_switched_off(
    ask, episode: Episode, alice: User, phq9: Measure
) -> None:
    ask(Rhythm.FORTNIGHT)
    phq9.on = False
    phq9.save()
    assert due.due_for(alice) == []
    phq9.on = True
    phq9.save()
    episodes.end(episode=episode, ended_on=clock.today(), ending=Episode.Ending.PLANNED, by=alice)
    assert due.due_for(alice) == []


def test_today_shows_what_is_due_to_whoever_works_with_them(
    ask, signed_in: Callable[[User], Browser], alice: User, bob: User
) -> None:
    ask(Rhythm.FORTNIGHT)
    hers, his = (" ".join(signed_in(who).get("/today").text.split()) for who in (alice, bob))
    assert "Forms due" in hers
    assert "PHQ-9. Due today." in hers
    assert "Forms due" not in his


def test_the_longest_due_stands_first_whatever_was_answered(
    ask, episode: Episode, alice: User, send_measure, monkeypatch, noon: datetime
) -> None:
    Measure.objects.create(instrument="gad7", version="1", on=True)
    ask(Rhythm.FORTNIGHT)
    schedules.ask_for(episode=episode, measure="gad7", rhythm=Rhythm.FORTNIGHT, first_on=clock.today(), by=alice)
    send_measure(episode, "gad7", 0, mark=3.0)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=20))
    assert [one.name for one in due.due_for(alice)] == ["PHQ-9", "GAD-7"]


def test_what_is_due_is_one_query_for_many_clients(ask, episode: Episode, alice: User) -> None:
    ask(Rhythm.FORTNIGHT)
    with counted() as statements:
        due.due_for(alice)
    assert len(statements) == 1
