"""Days and times that were typed: too far away, of support to come, and on the nights when the clocks change."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.care.models import Client, Contact, Episode, Service
from alongside.care.queries import visible_to
from alongside.care.tests.test_contacts import hidden
from alongside.core import clock
from alongside.core.models import new_key

TOO_FAR = "Enter a day that is no more than a year away"
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # when the clocks change


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    return signed_in(alice)


def typed(name: str, on: date) -> dict[str, str]:
    return {f"{name}_{part}": f"{getattr(on, part)}" for part in ("day", "month", "year")}


@pytest.fixture
def begin(browser: Browser, service: Service, alice: User) -> Callable[[date], str]:
    """Return the page that is shown after somebody new was to begin on a day."""

    def send(on: date) -> str:
        said = {"key": new_key(), "name": "Ines Costa", "way": "self", "service": service.pk, "practitioner": alice.pk}
        form = said | typed("received_on", min(on, clock.today())) | typed("started_on", on)
        return browser.post(reverse("care:add"), form, follow=True).content.decode()

    return send


@pytest.fixture
def contact_form() -> Callable[..., dict[str, str]]:
    """Return what the form of a contact sends."""

    def form(on: date, at: str, **said: str) -> dict[str, str]:
        given = {"key": new_key(), "at": at, "minutes": "50", "mode": "phone", "outcome": "came", "note": "We talked"}
        return typed("on", on) | given | said

    return form


@pytest.mark.parametrize("on", [date(9999, 12, 25), date(9999, 12, 31)])
def test_support_does_not_begin_in_another_age(on: date, begin, browser: Browser) -> None:
    page = begin(on)
    assert page.count(TOO_FAR) == 2, "once on top and once at the field"
    assert "Ines Costa" in page
    assert not Client.objects.exists()
    assert browser.get("/today").status_code == 200


def test_support_begins_within_a_year(begin, browser: Browser) -> None:
    assert TOO_FAR in begin(clock.today() + timedelta(days=366))
    assert "Support has begun." in begin(clock.today() + timedelta(days=365))
    assert browser.get("/today").status_code == 200


def test_support_did_not_begin_before_anybody_was_born(begin) -> None:
    assert begin(date(1899, 12, 31)).count("Enter a date that exists") == 4, "when they asked, and when it began"
    assert not Client.objects.exists()


def test_a_contact_is_not_planned_for_another_age(browser: Browser, episode: Episode, contact_form) -> None:
    address = reverse("care:contact", args=[episode.client_id])
    for on in (date(9999, 12, 31), clock.today() + timedelta(days=366)):
        page = browser.post(address, contact_form(on, "11:00", outcome="planned")).content.decode()
        assert page.count(TOO_FAR) == 2
    assert not Contact.objects.exists()


def test_support_to_come_is_withdrawn_by_ending_it_on_its_first_day(begin, browser: Browser, alice: User) -> None:
    first = clock.today() + timedelta(days=30)
    begin(first)
    support = Episode.objects.get()
    address = reverse("care:end", args=[support.client_id, support.pk])
    assert f'name="ended_on_year" type="text" value="{first.year}"' in browser.get(address).content.decode()
    for other in (clock.today(), first + timedelta(days=1)):
        page = browser.post(address, typed("ended_on", other) | {"ending": "planned"}).content.decode()
        assert page.count(f"It begins on {first.day} {first:%B %Y}. Enter that day to withdraw it") == 2
    browser.post(address, typed("ended_on", first) | {"ending": "unplanned"})
    support.refresh_from_db()
    assert (support.started_on, support.ended_on, support.ending) == (first, first, "unplanned")
    assert visible_to(alice).get() == support.client
    assert [browser.get(page).status_code for page in ("/today", f"/clients/{support.client_id}")] == [200, 200]


def test_support_that_goes_on_does_not_end_tomorrow(browser: Browser, episode: Episode) -> None:
    address = reverse("care:end", args=[episode.client_id, episode.pk])
    tomorrow = clock.today() + timedelta(days=1)
    page = browser.post(address, typed("ended_on", tomorrow) | {"ending": "planned"}).content.decode()
    assert page.count("Enter the day it ended. It cannot be to come") == 2


@pytest.fixture
def in_winter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))


def test_a_note_put_right_does_not_move_a_contact_to_the_first_of_two_half_past_ones(
    browser: Browser, episode: Episode, meet, contact_form, in_winter: None
) -> None:
    second = datetime(2026, 10, 25, 1, 30, 20, tzinfo=UTC)
    contact = meet(episode, second, "came", note="We takled")
    address = reverse("care:contact_change", args=[episode.client_id, contact.pk])
    page = browser.get(address).content.decode()
    assert 'value="01:30"' in page
    browser.post(address, contact_form(AUTUMN, "01:30", seen=hidden(page, "seen")))
    contact.refresh_from_db()
    assert (contact.starts_at, contact.note) == (second, "We talked")


def test_another_time_does_move_it(browser: Browser, episode: Episode, meet, contact_form, in_winter: None) -> None:
    contact = meet(episode, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "came")
    address = reverse("care:contact_change", args=[episode.client_id, contact.pk])
    seen = hidden(browser.get(address).content.decode(), "seen")
    browser.post(address, contact_form(AUTUMN, "02:30", seen=seen))
    contact.refresh_from_db()
    assert contact.starts_at == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_asked_for_again(
    browser: Browser, episode: Episode, contact_form, in_winter: None
) -> None:
    address = reverse("care:contact", args=[episode.client_id])
    page = browser.post(address, contact_form(SPRING, "01:30")).content.decode()
    assert page.count("The clocks go forward that night and skip this time. Enter another time") == 2
    assert "We talked" in page
    browser.post(address, contact_form(SPRING, "02:30"))
    assert Contact.objects.get().starts_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
