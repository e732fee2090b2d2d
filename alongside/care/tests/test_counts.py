"""A page costs the same, whoever many people there are."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.care.actions import goals
from alongside.care.models import Client, Episode
from alongside.care.tests.conftest import counted
from alongside.core import clock

MOST = 12


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    browser = signed_in(alice)
    browser.get("/today")  # the first page of a session notes when it began
    return browser


@pytest.mark.parametrize("name", ["today", "care:clients", "care:find", "care:contact_pick", "care:add"])
def test_lists_cost_the_same_for_3_and_for_40(name: str, browser: Browser, add_client, meet, at) -> None:
    def cost() -> int:
        with counted() as statements:
            answer = browser.post(reverse(name), {"q": "p"}) if name == "care:find" else browser.get(reverse(name))
        assert answer.status_code == 200
        return len(statements)

    def add(number: int) -> None:
        for _ in range(number):
            client = add_client("Pat Poole", words="Sleep", needs=["Large print"])
            meet(client.episodes.get(), at(0, 15))

    add(3)
    few = cost()
    add(37)
    assert cost() == few
    assert few <= MOST


@pytest.mark.parametrize("name", ["client", "contacts", "contact", "change", "episode"])
def test_a_record_costs_the_same_however_long_it_is(
    name: str, browser: Browser, client_of_alice: Client, episode: Episode, alice: User, meet, at
) -> None:
    def cost() -> int:
        with counted() as statements:
            assert browser.get(reverse(f"care:{name}", args=[client_of_alice.pk])).status_code == 200
        return len(statements)

    def add(number: int) -> None:
        for _ in range(number):
            days = episode.contacts.count()
            meet(episode, at(-days - 1, 9), "came", note="We talked")
            meet(episode, at(days + 1, 9))
            goal = goals.add(client=client_of_alice, words="Sleep", added_on=clock.today(), by=alice)
            goals.rate(goal=goal, rating=4, rated_on=clock.today(), by=alice)
            goals.add_event(client=client_of_alice, on=clock.today(), words="Moved", by=alice)

    add(2)
    few = cost()
    add(20)
    assert cost() == few
    assert few <= MOST
