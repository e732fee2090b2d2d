from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.care.actions import goals
from alongside.care.models import Client, Event, Goal
from alongside.care.presenters import wishes
from alongside.care.queries.record import Wish
from alongside.core import clock
from alongside.core.models import new_key


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    return signed_in(alice)


@pytest.fixture
def goal(client_of_alice: Client, alice: User) -> Goal:
    return goals.add(client=client_of_alice, words="Walk the dog", added_on=clock.today(), by=alice)


def dated(name: str, on: date) -> dict[str, str]:
    return {f"{name}_{part}": f"{getattr(on, part)}" for part in ("day", "month", "year")}


def test_a_goal_is_added_once_in_their_words_and_unreadable(browser: Browser, client_of_alice: Client) -> None:
    address = reverse("care:goal", args=[client_of_alice.pk])
    form = {"key": new_key(), "words": "Sleep. Just SENTINEL."}
    browser.post(address, form)
    browser.post(address, form)
    assert client_of_alice.goals.get().words == "Sleep. Just SENTINEL."
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM care_goal")
        assert "SENTINEL" not in cursor.fetchone()[0]
    assert browser.post(address, {"key": new_key()}).content.decode().count("Enter what they want, in their words") == 2


def test_a_rating_is_theirs_and_none_is_chosen_beforehand(
    browser: Browser, client_of_alice: Client, goal: Goal
) -> None:
    address = reverse("care:rate", args=[client_of_alice.pk, goal.pk])
    page = browser.get(address).content.decode()
    assert page.count('name="rating"') == 11
    assert "checked" not in page
    today = dated("rated_on", clock.today())
    assert "Choose a number from 0 to 10" in browser.post(address, today).content.decode()
    assert "Choose a number from 0 to 10" in browser.post(address, today | {"rating": "11"}).content.decode()
    later = dated("rated_on", clock.today() + timedelta(days=1))
    assert "It cannot be to come" in browser.post(address, later | {"rating": "3"}).content.decode()
    browser.post(address, today | {"rating": "0"})
    browser.post(address, today | {"rating": "4"})
    assert goal.ratings.get().rating == 4, "the last word of a day counts"


def test_a_goal_is_set_aside_and_taken_up_again(browser: Browser, client_of_alice: Client, goal: Goal) -> None:
    address = reverse("care:aside", args=[client_of_alice.pk, goal.pk])
    browser.get(address)
    goal.refresh_from_db()
    assert goal.set_aside_on is None, "opening an address changes nothing"
    page = browser.post(address, follow=True).content.decode()
    assert "Set aside for now (1)" in page
    page = browser.post(address, {"again": "1"}, follow=True).content.decode()
    assert "“Walk the dog”" in page
    assert "Set aside for now" not in page


def test_an_event_is_marked_once(browser: Browser, client_of_alice: Client) -> None:
    address = reverse("care:event", args=[client_of_alice.pk])
    form = {"key": new_key(), "words": "Moved into own flat", **dated("on", clock.today())}
    browser.post(address, form)
    assert "Moved into own flat" in browser.post(address, form, follow=True).content.decode()
    assert Event.objects.count() == 1
    later = form | dated("on", clock.today() + timedelta(days=1)) | {"key": new_key()}
    assert "It cannot be to come" in browser.post(address, later).content.decode()


def test_the_line_of_a_goal_stands_by_date_between_0_and_10() -> None:
    ratings = [(date(2026, 5, 1), 0), (date(2026, 5, 11), 10), (date(2026, 6, 10), 5)]
    line = wishes.line(Wish(key="", words="", added_on=date(2026, 5, 1), set_aside_on=None, ratings=ratings))
    assert line is not None
    assert line.dots == [(16.0, 60.0), (63.0, 10.0), (204.0, 35.0)]
    assert (line.first, line.last) == (0, 5)


def test_a_goal_in_words() -> None:
    def said(*ratings: tuple[date, int]) -> str:
        wish = Wish(key="", words="", added_on=clock.today(), set_aside_on=None, ratings=list(ratings))
        return wishes.sentence(wish)

    today = clock.today()
    assert said() == "Added today"
    assert said((today, 3)) == "3 today"
    assert said((date(2020, 5, 1), 2), (today - timedelta(days=1), 6)) == "2 on 1 May 2020, 6 yesterday"
