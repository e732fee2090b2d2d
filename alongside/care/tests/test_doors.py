"""Who may open what: Alice works with the client, Bob is on her team, Charlie must never get in."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import goals
from alongside.care.models import Client, Contact, Episode
from alongside.core import clock

type SignedIn = Callable[[User], Browser]

OWN = ["today", "care:clients", "care:find", "care:add", "care:contact_pick"]
RECORD = ["client", "change", "contacts", "contact", "contact_change", "goal", "rate", "event", "episode", "end"]


@pytest.fixture
def addresses(client_of_alice: Client, episode: Episode, alice: User, meet, at) -> dict[str, str]:
    goal = goals.add(client=client_of_alice, words="Walk the dog", added_on=clock.today(), by=alice)
    contact: Contact = meet(episode, at(1, 11))
    more = {"contact_change": [contact.pk], "rate": [goal.pk], "end": [episode.pk], "aside": [goal.pk]}
    names = [*RECORD, "aside"]
    return {name: reverse(f"care:{name}", args=[client_of_alice.pk, *more.get(name, [])]) for name in names}


@pytest.mark.parametrize("name", RECORD)
def test_alice_and_her_team_open_the_record_and_nobody_else_does(
    name: str, addresses: dict[str, str], signed_in: SignedIn, alice: User, bob: User, charlie: User, reader: User
) -> None:
    answers = {user.name: signed_in(user).get(addresses[name]).status_code for user in (alice, bob, charlie, reader)}
    assert answers == {alice.name: 200, bob.name: 200, charlie.name: 404, reader.name: 404}


@pytest.mark.parametrize("name", [*sorted(set(RECORD) - {"client", "contacts"}), "aside"])
def test_charlie_changes_nothing(
    name: str, addresses: dict[str, str], signed_in: SignedIn, charlie: User, client_of_alice: Client
) -> None:
    before = Entry.objects.count()
    assert signed_in(charlie).post(addresses[name], {"words": "Mine now", "rating": "1"}).status_code == 404
    (row,) = Entry.objects.order_by("number")[before:]
    assert (row.did, row.by) == ("page.denied", charlie.pk)


@pytest.mark.parametrize("name", RECORD)
def test_every_look_at_a_record_is_written_once_and_names_nobody(
    name: str, addresses: dict[str, str], signed_in: SignedIn, alice: User, client_of_alice: Client
) -> None:
    before = Entry.objects.count()
    signed_in(alice).get(addresses[name])
    (row,) = Entry.objects.order_by("number")[before:]
    assert (row.did, row.by, row.subject) == ("client.viewed", alice.pk, f"client:{client_of_alice.pk}")
    assert "Rowan" not in f"{row.details}{row.why}"


@pytest.mark.parametrize("name", OWN)
def test_staff_open_their_own_pages_and_a_funders_reader_does_not(
    name: str, signed_in: SignedIn, alice: User, reader: User
) -> None:
    assert signed_in(alice).get(reverse(name)).status_code == 200
    assert signed_in(reader).get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", OWN)
def test_whoever_has_not_signed_in_is_asked_to(name: str, db: None) -> None:
    assert Browser().get(reverse(name)).url.startswith("/accounts/login/")


def test_a_record_of_another_client_is_not_reached_through_ones_own(
    addresses: dict[str, str],
    add_client,
    client_of_alice: Client,
    signed_in: SignedIn,
    alice: User,
    charlie: User,
    meet,
) -> None:
    other = add_client("Ali Rahman")
    contact = meet(other.episodes.get(), clock.now())
    goal = goals.add(client=other, words="Sleep", added_on=clock.today(), by=alice)
    browser = signed_in(alice)
    for name, key in (("contact_change", contact.pk), ("rate", goal.pk), ("end", other.episodes.get().pk)):
        assert browser.get(reverse(f"care:{name}", args=[client_of_alice.pk, key])).status_code == 404
