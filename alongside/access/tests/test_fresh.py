"""What is grave asks once more who it is, and what was being sent then is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import fresh
from alongside.access.models import User
from alongside.access.roles import Role
from alongside.access.tests.test_signing import code_now
from alongside.audit.models import Entry
from alongside.core import clock

pytestmark = pytest.mark.django_db

GRAVE = ["access:change", "access:end", "access:new_link", "access:restore"]
type Pass = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Pass:
    def pass_time(length: timedelta) -> None:
        then = clock.now() + length

        def now() -> datetime:
            return then

        monkeypatch.setattr(clock, "now", now)

    return pass_time


@pytest.fixture
def browser(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    used = signed_in(lead)
    used.get(reverse("home"))
    return used


def asks_who(browser: Browser, address: str) -> bool:
    answer = browser.get(address)
    return answer.status_code == 302 and answer.url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("page", GRAVE)
def test_a_grave_page_asks_again_after_five_minutes(page: str, browser: Browser, alice: User, later: Pass) -> None:
    address = reverse(page, args=[alice.pk])
    later(timedelta(minutes=4))
    assert not asks_who(browser, address)
    later(timedelta(minutes=2))
    assert asks_who(browser, address)


def test_a_stranger_is_told_there_is_no_such_page_before_being_asked(
    bob: User, alice: User, signed_in: Callable[[User], Browser], later: Pass
) -> None:
    browser = signed_in(bob)
    later(timedelta(minutes=6))
    assert browser.get(reverse("access:end", args=[alice.pk])).status_code == 404


def test_a_password_opens_it_again_and_the_audit_says_so(
    browser: Browser, lead: User, alice: User, later: Pass, password: str
) -> None:
    address = reverse("access:end", args=[alice.pk])
    later(timedelta(minutes=6))
    asked = browser.get(address).url
    browser.post(asked, {"password": "not the password at all"})
    assert asks_who(browser, address)
    answer = browser.post(asked, {"password": password})
    assert answer.url == address
    assert browser.get(address).status_code == 200
    row = Entry.objects.get(did="user.shown-again")
    assert (row.by, row.subject) == (lead.pk, f"user:{lead.pk}")
    assert Entry.objects.filter(did="user.sign-in-refused", subject=f"user:{lead.pk}").count() == 1


def test_a_code_opens_it_as_well(browser: Browser, lead: User, alice: User, later: Pass) -> None:
    secret = generate_totp_secret()
    TOTP.activate(lead, secret)
    address = reverse("access:end", args=[alice.pk])
    later(timedelta(minutes=6))
    assert asks_who(browser, address)
    answer = browser.post(f"{reverse('mfa_reauthenticate')}?next={address}", {"code": code_now(secret)})
    assert answer.url == address
    assert browser.get(address).status_code == 200


def test_a_role_that_was_being_changed_is_kept_and_nothing_is_done_before_they_press_again(
    browser: Browser, alice: User, later: Pass, password: str
) -> None:
    address = reverse("access:change", args=[alice.pk])
    later(timedelta(minutes=6))
    asked = browser.post(address, {"role": Role.LEAD, "teams": []})
    alice.refresh_from_db()
    assert alice.role == Role.PRACTITIONER
    back = browser.post(asked.url, {"password": password}, follow=True).content.decode()
    assert "We kept what you had written" in back
    assert 'value="lead" checked' in back
    alice.refresh_from_db()
    assert alice.role == Role.PRACTITIONER
    browser.post(address, {"role": Role.LEAD, "teams": []})
    alice.refresh_from_db()
    assert alice.role == Role.LEAD


def test_a_clock_set_back_makes_nothing_fresh(browser: Browser, alice: User, later: Pass) -> None:
    session = browser.session
    session[fresh.SHOWN_AT] = int((clock.now() + timedelta(days=1)).timestamp())
    session.save()
    assert asks_who(browser, reverse("access:end", args=[alice.pk]))


@pytest.mark.parametrize("demo", [True, False])
def test_only_the_demos_people_have_nothing_to_show_again(
    demo: bool, browser: Browser, lead: User, alice: User, later: Pass, signed_in: Callable[[User], Browser], settings
) -> None:
    settings.DEMO = demo
    lead.set_unusable_password()
    lead.save()
    of_lead = signed_in(lead)
    later(timedelta(minutes=6))
    assert asks_who(of_lead, reverse("access:end", args=[alice.pk])) is not demo
