"""Whatever asks for a page of a record, each page that is shown is written in the audit, once."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import goals
from alongside.care.models import Client, Contact, Episode
from alongside.care.tests.test_contacts import hidden
from alongside.core import clock

PLAIN = ["client", "contacts"]
FORMS = ["change", "contact", "contact_change", "goal", "rate", "event", "episode", "end"]


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    return signed_in(alice)


@pytest.fixture
def addresses(client_of_alice: Client, episode: Episode, alice: User, meet, at) -> dict[str, str]:
    goal = goals.add(client=client_of_alice, words="Walk the dog", added_on=clock.today(), by=alice)
    contact: Contact = meet(episode, at(1, 11))
    more = {"contact_change": [contact.pk], "rate": [goal.pk], "end": [episode.pk], "aside": [goal.pk]}
    names = [*PLAIN, *FORMS, "aside"]
    return {name: reverse(f"care:{name}", args=[client_of_alice.pk, *more.get(name, [])]) for name in names}


def written(since: int) -> list[tuple[str, str]]:
    return list(Entry.objects.filter(number__gt=since).values_list("did", "subject"))


@pytest.fixture
def before(addresses: dict[str, str]) -> int:
    return Entry.objects.latest("number").number


@pytest.mark.parametrize("name", PLAIN)
def test_a_page_that_takes_nothing_is_not_shown_to_whoever_sends_something(
    name: str, addresses: dict[str, str], browser: Browser, before: int
) -> None:
    answer = browser.post(addresses[name])
    assert (answer.status_code, answer.content, written(before)) == (405, b"", [])


@pytest.mark.parametrize("address", ["today", "care:clients", "care:contact_pick"])
def test_nor_is_a_list(address: str, browser: Browser, before: int) -> None:
    assert browser.post(reverse(address)).status_code == 405
    assert written(before) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_shown_again_is_a_page_that_is_looked_at(
    name: str, addresses: dict[str, str], browser: Browser, before: int, client_of_alice: Client
) -> None:
    answer = browser.post(addresses[name], {"revision": "one"})
    assert "Rowan" in answer.content.decode()
    assert written(before) == [("client.viewed", f"client:{client_of_alice.pk}")]


def test_what_was_seen_of_one_record_shows_nothing_of_another(
    addresses: dict[str, str], browser: Browser, client_of_alice: Client, add_client
) -> None:
    other = add_client("Ali Rahman")
    seen = hidden(browser.get(reverse("care:change", args=[other.pk])).content.decode(), "seen")
    before = Entry.objects.latest("number").number
    page = browser.post(addresses["change"], {"revision": "0", "seen": seen, "name": "Ali Rahman"}).content.decode()
    assert "01632 960 412" not in page
    assert "Brook Lane" not in page
    assert written(before) == [("client.viewed", f"client:{client_of_alice.pk}")]


def test_what_was_seen_of_one_contact_is_nothing_that_was_seen_of_another(
    addresses: dict[str, str], browser: Browser, episode: Episode, meet, at
) -> None:
    of_another = hidden(browser.get(addresses["contact_change"]).content.decode(), "seen")
    other = meet(episode, at(1, 11), note="Bring the letter")
    on = at(1, 11)
    said = {"on_day": f"{on.day}", "on_month": f"{on.month}", "on_year": f"{on.year}", "at": "11:00", "minutes": "50"}
    more = {"mode": "in person", "outcome": "planned", "place": "Room 2", "note": "", "key": "a" * 32}
    address = reverse("care:contact_change", args=[episode.client_id, other.pk])
    page = browser.post(address, said | more | {"seen": of_another}).content.decode()
    assert "Bring the letter" not in page, "it is not taken for a note that somebody else added meanwhile"


def test_a_way_to_somewhere_else_shows_nothing(addresses: dict[str, str], browser: Browser, before: int) -> None:
    assert browser.get(addresses["aside"]).url == addresses["client"]
    assert written(before) == []
