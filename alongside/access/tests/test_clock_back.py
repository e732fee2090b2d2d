"""The server's clock is set back a day: nothing lives longer for it, and nobody meets an error."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.links import links
from alongside.access.models import User
from alongside.core import clock

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def set_back(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    real, real_time = clock.now, time.time

    def back(length: timedelta) -> None:
        def earlier() -> datetime:
            return real() - length

        monkeypatch.setattr(clock, "now", earlier)
        monkeypatch.setattr(time, "time", lambda: real_time() - length.total_seconds())

    return back


def test_a_session_ends_and_one_signs_in_again(
    alice: User, signed_in: Callable[[User], Browser], set_back: Callable[[timedelta], None]
) -> None:
    browser = signed_in(alice)
    browser.get(reverse("home"))
    set_back(DAY)
    assert browser.get(reverse("today")).url.startswith(reverse("account_login"))
    assert SESSION_KEY not in browser.session
    again = signed_in(alice)
    assert again.get(reverse("today")).status_code == 200


def test_a_few_seconds_do_no_harm(
    alice: User, signed_in: Callable[[User], Browser], set_back: Callable[[timedelta], None]
) -> None:
    browser = signed_in(alice)
    browser.get(reverse("home"))
    set_back(timedelta(seconds=20))
    assert browser.get(reverse("today")).status_code == 200


def test_a_link_made_before_opens_nothing_until_its_time_has_come(
    alice: User, set_back: Callable[[timedelta], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    alice.set_unusable_password()
    alice.save()
    address = reverse("access:begin", args=[alice.pk, links.make_token(alice)])
    assert Browser().get(address).status_code == 200
    set_back(DAY)
    answer = Browser().get(address)
    assert answer.status_code == 404
    assert "This link no longer works" in answer.content.decode()


def test_a_code_of_yesterday_is_not_taken_again(
    alice: User, password: str, set_back: Callable[[timedelta], None]
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(alice, secret)
    step = int(time.time()) // 30
    assert came_in(alice, password, format_hotp_value(hotp_value(secret, step)))
    cache.clear()  # what it remembered of used codes has run out
    set_back(DAY)
    yesterday = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert not came_in(alice, password, yesterday)


def came_in(user: User, password: str, code: str) -> bool:
    browser = Browser()
    browser.post(reverse("account_login"), {"login": user.email, "password": password})
    answer = browser.post(reverse("mfa_authenticate"), {"code": code})
    assert answer.status_code in {200, 302}
    return SESSION_KEY in browser.session
