"""How sign-in behaves: a password is not enough, sessions end, and what was being written is kept."""

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import Session, User
from alongside.access.roles import Role
from alongside.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(alice: User) -> str:
    made = generate_totp_secret()
    TOTP.activate(alice, made)
    return made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    def pass_time(length: timedelta) -> None:
        now = clock.now() + length

        def then() -> datetime:
            return now

        monkeypatch.setattr(clock, "now", then)

    return pass_time


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_password(browser: Browser, email: str, password: str):
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def as_anybody_sees(answer: HttpResponse, email: str) -> str:
    """The whole page without what is new each time, and without the email that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r'nonce="[^"]+"', "", page).replace(email, "")


def test_a_staff_page_asks_to_sign_in_first() -> None:
    answer = Browser().get(reverse("home"))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={reverse('home')}"


def test_a_password_alone_leads_only_to_setting_up_the_authenticator(alice: User, password: str) -> None:
    browser = Browser()
    give_password(browser, alice.email, password)
    assert browser.get(reverse("home")).url == reverse("mfa_activate_totp")


def test_password_and_code_open_the_site(alice: User, password: str, secret: str) -> None:
    browser = Browser()
    answer = give_password(browser, alice.email, password)
    assert answer.url == reverse("mfa_authenticate")
    assert browser.get(reverse("home")).url.startswith(reverse("account_login"))
    answer = browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert answer.url == reverse("home")


def test_a_code_works_once(alice: User, password: str, secret: str) -> None:
    code = code_now(secret)
    first, second = Browser(), Browser()
    for browser in (first, second):
        give_password(browser, alice.email, password)
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_an_unknown_email_and_a_wrong_password_look_the_same(alice: User) -> None:
    known, unknown = (
        give_password(Browser(), email, "not the password at all")
        for email in (alice.email, "nobody@wrenstreet.example")
    )
    assert known.status_code == unknown.status_code == 200
    assert as_anybody_sees(known, alice.email) == as_anybody_sees(unknown, "nobody@wrenstreet.example")
    assert "Check your email and password" in known.content.decode()


def test_nobody_can_sign_themselves_up() -> None:
    assert Browser().get("/accounts/signup/").status_code == 404


def test_somebody_who_has_left_cannot_come_in(alice: User, signed_in: Callable[[User], Browser]) -> None:
    browser = signed_in(alice)
    alice.is_active = False
    alice.save()
    assert browser.get(reverse("home")).url.startswith(reverse("account_login"))


def test_the_authenticator_s_secret_is_not_readable_in_the_database(alice: User, secret: str) -> None:
    stored = Authenticator.objects.get(user=alice).data["secret"]
    assert secret not in stored
    assert stored.startswith("k1.")


@pytest.mark.parametrize(
    ("minutes", "still_in"), [(14, True), (16, False)], ids=["fourteen minutes", "sixteen minutes"]
)
def test_a_quiet_session_ends_after_fifteen_minutes(
    minutes: int, still_in: bool, alice: User, signed_in: Callable[[User], Browser], later
) -> None:
    browser = signed_in(alice)
    browser.get(reverse("home"))
    later(timedelta(minutes=minutes))
    browser.get(reverse("home"))
    assert ("_auth_user_id" in browser.session) is still_in


def test_asking_to_stay_keeps_the_session(alice: User, signed_in: Callable[[User], Browser], later) -> None:
    browser = signed_in(alice)
    browser.get(reverse("home"))
    for _ in range(3):
        later(timedelta(minutes=14))
        assert browser.post(reverse("stay")).status_code == 204


def test_a_session_ends_after_twelve_hours_however_busy(
    alice: User, signed_in: Callable[[User], Browser], later
) -> None:
    browser = signed_in(alice)
    for _ in range(12 * 60 // 10 + 1):
        browser.post(reverse("stay"))
        later(timedelta(minutes=10))
    assert browser.post(reverse("stay")).status_code == 401


def test_a_leaver_s_sessions_die_at_once_and_nothing_of_them_is_left(
    alice: User, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    here, there, at_the_desk = signed_in(alice), signed_in(alice), signed_in(lead)
    for browser in (here, there):
        assert browser.get(reverse("today")).status_code == 200
    at_the_desk.post(reverse("access:end", args=[alice.pk]))
    for browser in (here, there):
        assert browser.get(reverse("today")).url.startswith(reverse("account_login"))
    assert not Session.objects.filter(user=alice).exists()


def test_another_role_takes_effect_on_the_next_page(
    alice: User, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    browser, at_the_desk = signed_in(alice), signed_in(lead)
    assert browser.get(reverse("today")).status_code == 200
    at_the_desk.post(reverse("access:change", args=[alice.pk]), {"role": Role.FUNDER_READER, "teams": []})
    assert browser.get(reverse("today")).status_code == 404
