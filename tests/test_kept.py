"""What somebody was writing when their session ended waits for them, and for nobody else."""

import copy
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import kept
from alongside.access.middleware import NOT_SAVED, SECOND_FACTOR
from alongside.access.models import KeptForm, User
from alongside.care.models import Client
from alongside.core import clock
from alongside.todo import actions as todo

pytestmark = pytest.mark.django_db

GARDEN = "We talked about the garden 🌱"

type SignedIn = Callable[[User], Browser]


@pytest.fixture
def browser(alice: User, signed_in: SignedIn) -> Browser:
    """Alice's, signed in and used a moment ago."""
    used = signed_in(alice)
    used.get(reverse("home"))
    return used


@pytest.fixture
def pause(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    def pass_time(length: timedelta) -> None:
        now = clock.now() + length

        def then() -> datetime:
            return now

        monkeypatch.setattr(clock, "now", then)

    return pass_time


@pytest.fixture
def pages(client_of_alice: Client) -> list[str]:
    """Pages on which one writes of the client."""
    return [reverse(f"care:{name}", args=[client_of_alice.pk]) for name in ("contact", "goal", "event", "episode")]


def come_back(browser: Browser, user: User) -> None:
    """Sign in with password and code in the same browser."""
    browser.force_login(user)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()


def test_what_two_tabs_were_sending_is_kept_for_both(
    browser: Browser, alice: User, pages: list[str], pause: Callable[[timedelta], None]
) -> None:
    pause(timedelta(minutes=16))
    assert browser.post(pages[0], {"note": GARDEN}).status_code == 302
    assert browser.post(pages[1], {"words": "To sleep through the night"}).status_code == 302
    come_back(browser, alice)
    assert GARDEN in browser.get(pages[0]).content.decode()
    assert "To sleep through the night" in browser.get(pages[1]).content.decode()
    assert GARDEN not in browser.get(pages[0]).content.decode()


def test_tabs_that_are_signed_out_at_one_moment_both_keep_what_was_written(
    browser: Browser, alice: User, pages: list[str], pause: Callable[[timedelta], None]
) -> None:
    second = Browser()
    second.cookies = copy.deepcopy(browser.cookies)
    pause(timedelta(minutes=16))
    browser.post(pages[0], {"note": GARDEN})
    second.post(pages[1], {"words": "To sleep through the night"})
    come_back(browser, alice)
    assert GARDEN in browser.get(pages[0]).content.decode()
    assert "To sleep through the night" in browser.get(pages[1]).content.decode()


def test_what_nobody_came_back_for_is_gone_after_a_week(
    browser: Browser, alice: User, bob: User, pages: list[str], signed_in: SignedIn, pause: Callable[[timedelta], None]
) -> None:
    pause(timedelta(minutes=16))
    browser.post(pages[0], {"note": GARDEN})
    pause(kept.LONGEST)
    other = signed_in(bob)
    other.get(reverse("home"))
    pause(timedelta(minutes=16))
    other.post(pages[1], {"words": "Somebody else's"})
    assert KeptForm.objects.get().user == bob


def test_what_waits_outlives_another_pause(
    browser: Browser, alice: User, pages: list[str], pause: Callable[[timedelta], None]
) -> None:
    pause(timedelta(minutes=16))
    browser.post(pages[0], {"note": GARDEN})
    come_back(browser, alice)
    browser.get(reverse("home"))
    pause(timedelta(minutes=16))
    browser.get(reverse("home"))
    assert SESSION_KEY not in browser.session
    come_back(browser, alice)
    assert GARDEN in browser.get(pages[0]).content.decode()


def test_what_was_being_written_is_unreadable_and_only_for_the_same_person(
    browser: Browser, bob: User, pages: list[str], pause: Callable[[timedelta], None]
) -> None:
    pause(timedelta(minutes=16))
    browser.post(pages[0], {"note": GARDEN})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_keptform")
        assert "garden" not in str(cursor.fetchall())
    come_back(browser, bob)
    assert "garden" not in browser.get(pages[0]).content.decode()


def test_a_note_left_open_overnight_is_kept(
    browser: Browser, alice: User, pages: list[str], pause: Callable[[timedelta], None]
) -> None:
    pause(timedelta(hours=15))
    assert browser.session.get_expiry_date() > clock.now()
    browser.post(pages[0], {"note": GARDEN})
    assert SESSION_KEY not in browser.session
    come_back(browser, alice)
    assert GARDEN in browser.get(pages[0]).content.decode()
    assert settings.STAFF_LONGEST_SECONDS == 12 * 60 * 60


def test_a_very_long_note_is_kept_and_one_beyond_that_is_said(
    browser: Browser, alice: User, pages: list[str], pause: Callable[[timedelta], None]
) -> None:
    long = "x" * (kept.MOST - 1000)
    pause(timedelta(minutes=16))
    answer = browser.post(pages[0], {"note": long})
    assert "could not keep" not in browser.get(answer.url).content.decode()
    answer = browser.post(pages[1], {"words": "x" * (kept.MOST + 1)})
    assert "We could not keep all that you had written" in browser.get(answer.url).content.decode()
    come_back(browser, alice)
    assert long in browser.get(pages[0]).content.decode()


def test_the_newest_are_kept_and_the_rest_is_said(
    browser: Browser, alice: User, pages: list[str], pause: Callable[[timedelta], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FORMS", 2)
    pause(timedelta(minutes=16))
    for number, page in enumerate(pages[:3]):
        pause(timedelta(minutes=1))
        answer = browser.post(page, {"note" if not number else "words": f"Words of page {number}"})
    assert "We could not keep all that you had written" in browser.get(answer.url).content.decode()
    come_back(browser, alice)
    shown = [f"Words of page {number}" in browser.get(page).content.decode() for number, page in enumerate(pages[:3])]
    assert shown == [False, True, True]


def test_a_button_pressed_too_late_says_that_nothing_was_saved(
    browser: Browser, alice: User, client_of_alice: Client, pause: Callable[[timedelta], None]
) -> None:
    task = todo.ask(
        kind="check in",
        title="Ring back",
        subject_key=client_of_alice.pk,
        link="/",
        worker=alice,
        cover=None,
        due_at=clock.now(),
        by=alice.pk,
    )
    finish = reverse("todo:finish", args=[task.pk])
    pause(timedelta(minutes=16))
    browser.post(finish)
    come_back(browser, alice)
    assert NOT_SAVED in browser.get(finish, follow=True).content.decode()
    assert NOT_SAVED not in browser.get(finish, follow=True).content.decode()
    task.refresh_from_db()
    assert task.done_at is None
