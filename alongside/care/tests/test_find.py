from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import episodes
from alongside.care.models import Client, Episode
from alongside.care.queries import people
from alongside.core import clock

PEOPLE = ("Rowan Ellery", "Łukasz Wójcik", "Anne-Marie O’Dowd", "ROWENA Ellis", "🌻 Kit")


@pytest.fixture
def named(add_client) -> dict[str, Client]:
    return {name: add_client(name) for name in PEOPLE}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("row", ["Rowan Ellery", "ROWENA Ellis"]),
        ("el row", ["Rowan Ellery", "ROWENA Ellis"]),
        ("ellery", ["Rowan Ellery"]),
        ("lery", []),
        ("LUKASZ wojcik", ["Łukasz Wójcik"]),
        ("łuk", ["Łukasz Wójcik"]),
        ("marie", ["Anne-Marie O’Dowd"]),
        ("o'dowd", ["Anne-Marie O’Dowd"]),
        ("🌻", ["🌻 Kit"]),
        ("  ", []),
        ("-", []),
    ],
)
def test_somebody_is_found_by_how_a_name_begins(alice: User, named, words: str, found: list[str]) -> None:
    assert [client.name for client in people.shown(alice, people.found(alice, words))] == found


def test_somebody_is_found_by_code_and_by_what_they_are_called(alice: User, add_client) -> None:
    sam = add_client("Samantha Field", known_as="Sparrow")
    assert [people.found(alice, words) for words in ("spar", sam.code, sam.code.lower(), sam.code[3:])] == [
        [sam.pk]
    ] * 4


def test_a_code_is_found_without_its_noughts(alice: User, client_of_alice: Client) -> None:
    assert people.found(alice, "412") == [client_of_alice.pk]


def test_nobody_finds_those_they_may_not_see(charlie: User, bob: User, named) -> None:
    assert people.found(charlie, "row") == []
    assert len(people.found(bob, "row")) == 2


def test_what_is_looked_for_stands_in_no_address_and_no_record(
    signed_in: Callable[[User], Browser], alice: User, named
) -> None:
    browser = signed_in(alice)
    before = Entry.objects.count()
    answer = browser.post(reverse("care:find"), {"q": "Rowan"})
    assert "Rowan Ellery" in answer.content.decode()
    (row,) = Entry.objects.order_by("number")[before:]
    assert (row.did, row.details) == ("clients.searched", {})
    empty = browser.get(reverse("care:find"), {"q": "Rowan"}).content.decode()
    assert "Rowan Ellery</a>" not in empty, "an address is not read"
    assert 'method="post" action="/clients/find"' in empty


def test_nobody_found_is_said_kindly(signed_in: Callable[[User], Browser], alice: User) -> None:
    page = signed_in(alice).post(reverse("care:find"), {"q": "Nobody <b>"}).content.decode()
    assert "Nobody whose record you can see is called that." in page
    assert "<b>" not in page


def test_clients_stand_a_to_z_with_those_of_the_team(
    signed_in: Callable[[User], Browser], alice: User, bob: User, charlie: User, named
) -> None:
    page = signed_in(bob).get(reverse("care:clients")).content.decode()
    places = [page.index(name) for name in ("Anne-Marie", "Łukasz", "Rowan Ellery", "ROWENA")]
    assert places == sorted(places)
    assert "Alice Adeyemi" in page
    assert "Rowan" not in signed_in(charlie).get(reverse("care:clients")).content.decode()


def test_those_who_have_left_stand_apart(
    signed_in: Callable[[User], Browser], alice: User, client_of_alice: Client, episode: Episode, add_client
) -> None:
    add_client("Ali Rahman")
    episodes.end(episode=episode, ended_on=clock.today(), ending=Episode.Ending.PLANNED, by=alice)
    browser = signed_in(alice)
    now, left = (browser.get(reverse("care:clients") + more).content.decode() for more in ("", "?left"))
    assert ("Ali Rahman" in now, "Rowan Ellery" in now) == (True, False)
    assert ("Ali Rahman" in left, "Rowan Ellery" in left) == (False, True)


def test_fifty_to_a_page(signed_in: Callable[[User], Browser], alice: User, add_client) -> None:
    for number in range(51):
        add_client(f"Pat {number:02}")
    browser = signed_in(alice)
    first, second, beyond = (browser.get(f"/clients?page={page}").content.decode() for page in (1, 2, "x"))
    assert ("Pat 49" in first, "Pat 50" in first, "Pat 50" in second) == (True, False, True)
    assert "Page 1 of 2" in beyond
