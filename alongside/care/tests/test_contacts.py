from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Client, Contact, Episode, Service
from alongside.core import clock
from alongside.core.models import new_key

NOTE = "SENTINEL words about the choir 🌻"


@pytest.fixture
def address(client_of_alice: Client) -> str:
    return reverse("care:contact", args=[client_of_alice.pk])


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    return signed_in(alice)


@pytest.fixture
def sent(at: Callable[..., datetime]) -> Callable[..., dict[str, str]]:
    """Return what the form sends."""

    def form(days: int = -1, **said: str) -> dict[str, str]:
        on = at(days, 11)
        given = {
            "key": new_key(), "on_day": f"{on.day}", "on_month": f"{on.month}", "on_year": f"{on.year}", "at": "2.30pm",
            "minutes": "50", "mode": "in person", "outcome": "came", "place": "Room 2", "note": NOTE,
        }  # fmt: skip
        return given | said

    return form


def test_a_contact_is_recorded_and_the_record_of_it_holds_no_words(
    browser: Browser, address: str, sent, episode: Episode, alice: User, at
) -> None:
    answer = browser.post(address, sent(), follow=True)
    assert "The contact is recorded." in answer.content.decode()
    contact = episode.contacts.get()
    assert (contact.starts_at, contact.note, contact.outcome) == (at(-1, 14, 30), NOTE, "came")
    row = Entry.objects.filter(did="contact.recorded").get()
    assert row.details == {"contact": contact.pk}
    with connection.cursor() as cursor:
        cursor.execute("SELECT note, place FROM care_contact")
        assert not [text for text in cursor.fetchone() if "SENTINEL" in text or "Room" in text]


def test_the_same_press_arriving_twice_is_one_contact(browser: Browser, address: str, sent, episode: Episode) -> None:
    form = sent()
    browser.post(address, form)
    answer = browser.post(address, form)
    assert answer.status_code == 302
    assert episode.contacts.count() == 1
    assert Entry.objects.filter(did="contact.recorded").count() == 1


@pytest.mark.parametrize(
    ("wrong", "say"),
    [
        ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the date of the contact"),
        ({"on_day": "31", "on_month": "2", "on_year": "2026"}, "Enter a date that exists"),
        ({"at": ""}, "Enter the time it began"),
        ({"at": "2.30"}, "Say whether 2.30 is am or pm"),
        ({"at": "25:00"}, "Enter the time, such as 14:30"),
        ({"at": "13pm"}, "Enter the time, such as 14:30"),
        ({"at": "soon"}, "Enter the time, such as 14:30"),
        ({"minutes": "0"}, "Enter how long it was"),
        ({"minutes": "an hour"}, "Enter how long it was"),
        ({"minutes": "601"}, "Enter 600 minutes or fewer"),
        ({"mode": ""}, "Choose how you meet"),
        ({"mode": "telepathy"}, "Choose how you meet"),
        ({"outcome": ""}, "Choose what became of it"),
        ({"outcome": "planned"}, "This time has passed"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do_and_nothing_typed_is_lost(
    browser: Browser, address: str, sent, wrong: dict[str, str], say: str
) -> None:
    page = browser.post(address, sent(**wrong)).content.decode()
    assert page.count(say) == 2, "once on top and once at the field"
    assert NOTE in page
    assert "<title>Error: " in page
    assert not Contact.objects.exists()


@pytest.mark.parametrize("outcome", ["came", "did not come"])
def test_what_is_to_come_has_not_become_anything_yet(browser: Browser, address: str, sent, outcome: str) -> None:
    assert "This time is still to come" in browser.post(address, sent(1, outcome=outcome)).content.decode()


@pytest.mark.parametrize("outcome", ["planned", "cancelled"])
def test_a_contact_to_come_can_be_planned_or_cancelled(browser: Browser, address: str, sent, outcome: str) -> None:
    browser.post(address, sent(8, outcome=outcome))
    assert Contact.objects.get().outcome == outcome


def test_with_two_kinds_of_support_one_says_which(
    browser: Browser, address: str, sent, client_of_alice: Client, bob: User, team
) -> None:
    from alongside.care.actions import arrivals, services

    housing = services.add(name="Housing", tier=Service.Tier.INTERVENTION, team=team, uses_form=False, by="test")
    today = clock.today()
    second = arrivals.begin(
        client=client_of_alice, way="self", sent_by=None, received_on=today, service=housing, practitioner=bob,
        funder=None, started_on=today, by=bob,
    )  # fmt: skip
    assert "Housing with Bob Brandt" in browser.get(address).content.decode()
    assert "Choose which support it belongs to" in browser.post(address, sent()).content.decode()
    browser.post(address, sent(episode=second.pk))
    assert Contact.objects.get().episode == second


def test_what_was_being_written_when_the_session_ended_is_given_back(
    browser: Browser, address: str, sent, alice: User, episode: Episode, end_session, come_back
) -> None:
    browser.get(address)
    end_session(browser)
    form = sent()
    assert browser.post(address, form).url.startswith("/accounts/login/")
    assert not episode.contacts.exists()
    come_back(browser, alice)
    page = browser.get(address).content.decode()
    assert "We kept what you had written" in page
    assert NOTE in page
    assert form["key"] in page, "sending it again is still the same press"
    browser.post(address, form)
    assert episode.contacts.get().note == NOTE


def test_what_alice_was_writing_is_not_given_to_bob(
    browser: Browser, address: str, sent, alice: User, bob: User, end_session, come_back
) -> None:
    browser.get(address)
    end_session(browser)
    browser.post(address, sent())
    come_back(browser, bob)
    assert NOTE not in browser.get(address).content.decode()


def test_one_says_what_became_of_a_planned_contact(
    browser: Browser, client_of_alice: Client, episode: Episode, meet, at, sent
) -> None:
    planned = meet(episode, at(-1, 14, 30))
    address = reverse("care:contact_change", args=[client_of_alice.pk, planned.pk])
    page = browser.get(address).content.decode()
    assert 'value="14:30"' in page
    assert "checked" not in page.split("What became of it")[1].split("</fieldset>")[0], "nothing is chosen beforehand"
    browser.post(address, sent(seen=hidden(page, "seen")))
    planned.refresh_from_db()
    assert (planned.outcome, planned.note) == ("came", NOTE)
    row = Entry.objects.filter(did="contact.changed").get()
    assert row.details == {"contact": planned.pk, "fields": ["note", "outcome"]}


def test_of_two_workers_on_one_contact_the_second_is_shown_what_the_first_wrote(
    browser: Browser, signed_in, bob: User, client_of_alice: Client, episode: Episode, meet, at, sent
) -> None:
    planned = meet(episode, at(-1, 14, 30))
    address = reverse("care:contact_change", args=[client_of_alice.pk, planned.pk])
    seen = hidden(browser.get(address).content.decode(), "seen")
    signed_in(bob).post(address, sent(seen=seen, note="Bob was there", outcome="cancelled"))
    page = browser.post(address, sent(seen=seen)).content.decode()
    assert "Somebody else changed this while you were writing" in page
    assert "Bob was there" in page
    assert "Bob Brandt, " in page
    assert NOTE in page
    browser.post(address, sent(seen=hidden(page, "seen")))
    planned.refresh_from_db()
    assert planned.note == NOTE


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
