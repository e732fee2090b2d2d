"""How somebody begins: a link that is shown once, works once, for three days."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import actions
from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core import clock

pytestmark = pytest.mark.django_db

NEW = "seven green umbrellas"


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], lead: User) -> Browser:
    return signed_in(lead)


@pytest.fixture
def link(browser: Browser, alice: User) -> str:
    """Return the link that the lead was shown for Alice."""
    return shown(browser, browser.post(reverse("access:new_link", args=[alice.pk])).url)


def shown(browser: Browser, address: str) -> str:
    found = re.search(r"http://testserver(/begin/[^<\s]+)", browser.get(address).content.decode())
    assert found
    return found[1]


def both(password: str) -> dict[str, str]:
    return {"password": password, "again": password}


def sign_in(user: User, password: str) -> Browser:
    browser = Browser()
    browser.post(reverse("account_login"), {"login": user.email, "password": password})
    return browser


def test_a_link_leads_from_a_new_password_to_the_authenticator(link: str, alice: User) -> None:
    browser = Browser()
    page = browser.get(link).content.decode()
    assert alice.email in page
    assert browser.post(link, both(NEW)).url == reverse("account_login")
    browser = sign_in(alice, NEW)
    assert browser.get(reverse("home")).url == reverse("mfa_activate_totp")
    assert Entry.objects.filter(did="user.password-set", by=alice.pk).count() == 1


def test_a_link_is_shown_once_and_kept_nowhere(browser: Browser, alice: User) -> None:
    address = browser.post(reverse("access:new_link", args=[alice.pk])).url
    token = shown(browser, address).rsplit("/", maxsplit=1)[1]
    assert token not in str(dict(browser.session))
    again = browser.get(address).content.decode()
    assert "/begin/" not in again
    assert "make a new link" in again
    assert Entry.objects.filter(did="user.link-given").count() == 1
    assert not any(token in str(row.details) for row in Entry.objects.all())


def test_a_link_works_once(link: str, alice: User) -> None:
    Browser().post(link, both(NEW))
    for answer in (Browser().get(link), Browser().post(link, both("another long password"))):
        assert answer.status_code == 404
        assert "ask the person who gave you the link" in answer.content.decode()
    alice.refresh_from_db()
    assert alice.check_password(NEW)


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (73, 404)], ids=["within three days", "after three days"])
def test_a_link_lasts_three_days(hours: int, status: int, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now() + timedelta(hours=hours)

    def then() -> datetime:
        return now

    monkeypatch.setattr(clock, "now", then)
    assert Browser().get(link).status_code == status


def test_a_link_is_for_one_person(link: str, bob: User, lead: User) -> None:
    token = link.rsplit("/", maxsplit=1)[1]
    actions.forget_sign_in(user=bob, by=lead)
    for key, tried in ((bob.pk, token), ("0" * 32, token), (bob.pk, "x"), (bob.pk, "zz-🌱")):
        assert Browser().get(reverse("access:begin", args=[key, tried])).status_code == 404


def test_a_new_link_ends_the_old_one(link: str, browser: Browser, alice: User) -> None:
    newer = shown(browser, browser.post(reverse("access:new_link", args=[alice.pk])).url)
    assert Browser().get(link).status_code == 404
    assert Browser().get(newer).status_code == 200


def test_a_link_dies_with_the_account(link: str, alice: User, lead: User) -> None:
    actions.end_account(user=alice, by=lead)
    assert Browser().get(link).status_code == 404
    actions.bring_back(user=alice, by=lead)
    assert Browser().get(link).status_code == 404


def test_a_new_link_forgets_password_authenticator_and_sessions(
    browser: Browser, alice: User, password: str, signed_in: Callable[[User], Browser]
) -> None:
    TOTP.activate(alice, generate_totp_secret())
    hers = signed_in(alice)
    browser.post(reverse("access:new_link", args=[alice.pk]))
    assert hers.get(reverse("home")).url.startswith(reverse("account_login"))
    assert not Authenticator.objects.filter(user=alice).exists()
    assert "_auth_user_id" not in sign_in(alice, password).session


def test_ending_an_account_ends_its_sessions_and_bringing_it_back_wakes_none(
    browser: Browser, alice: User, password: str, signed_in: Callable[[User], Browser]
) -> None:
    at_home, at_work = signed_in(alice), signed_in(alice)
    browser.post(reverse("access:end", args=[alice.pk]))
    assert at_work.get(reverse("today")).url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in sign_in(alice, password).session
    link = shown(browser, browser.post(reverse("access:restore", args=[alice.pk])).url)
    assert at_home.get(reverse("today")).url.startswith(reverse("account_login"))
    Browser().post(link, both(NEW))
    assert "_auth_user_id" in sign_in(alice, NEW).session


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"password": "", "again": ""}, "Enter a password"),
        (both("too short"), "Enter at least 14 letters, numbers or signs"),
        (both("alice@wrenstreet.example"), "Enter a password that is not like your email"),
        (both("1q2w3e4r5t6y7u8i9o0p"), "Enter another password. Others have used this one"),
        ({"password": NEW, "again": "seven green hats"}, "Enter the same password twice"),
    ],
)
def test_what_a_password_lacks_is_said_as_what_to_do(
    typed: dict[str, str], answer: str, link: str, alice: User
) -> None:
    page = Browser().post(link, typed)
    assert page.status_code == 200
    assert answer in page.content.decode()
    alice.refresh_from_db()
    assert not alice.has_usable_password()


def test_a_link_opened_where_somebody_else_is_signed_in_signs_them_out(link: str, browser: Browser) -> None:
    browser.post(link, both(NEW))
    assert "_auth_user_id" not in browser.session


def test_no_link_is_shown_for_somebody_who_has_a_password(browser: Browser, alice: User) -> None:
    session = browser.session
    session["show_link_of"] = alice.pk
    session.save()
    assert "/begin/" not in browser.get(reverse("access:link", args=[alice.pk])).content.decode()


def test_looking_ahead_at_a_link_uses_nothing_up(link: str, alice: User) -> None:
    before = Entry.objects.count()
    for _ in range(3):
        assert Browser().get(link).status_code == 200
        assert Browser().head(link).status_code == 200
    assert Entry.objects.count() == before
    Browser().post(link, both(NEW))
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_a_link_is_dead_once_its_password_is_set_and_once_that_has_changed(link: str, alice: User) -> None:
    Browser().post(link, both(NEW))
    for password in (NEW, "another seven green umbrellas"):
        alice.set_password(password)
        alice.save()
        answer = Browser().post(link, both("a third password of mine"))
        assert answer.status_code == 404
        assert "This link no longer works" in answer.content.decode()
        alice.refresh_from_db()
        assert alice.check_password(password)
