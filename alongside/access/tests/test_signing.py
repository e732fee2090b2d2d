"""A code counts for the session it was given in; what is done to a sign-in is in the audit; nobody is shut out."""

import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry

pytestmark = pytest.mark.django_db

WRONG = "not the password at all"
NEW = "another long password"


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def secret(alice: User) -> str:
    made = generate_totp_secret()
    TOTP.activate(alice, made)
    return made


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_password(user: User, password: str, **where: str) -> Browser:
    browser = Browser(**where)
    browser.post(reverse("account_login"), {"login": user.email, "password": password})
    return browser


def with_code(user: User, password: str, secret: str) -> Browser:
    browser = with_password(user, password)
    browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    return browser


def sure(browser: Browser, password: str) -> None:
    """Show once more who it is, as changing a sign-in asks."""
    browser.post(reverse("account_reauthenticate"), {"password": password})


def set_up(browser: Browser, password: str) -> None:
    sure(browser, password)
    browser.get(reverse("mfa_activate_totp"))
    browser.post(reverse("mfa_activate_totp"), {"code": code_now(browser.session["mfa.totp.secret"])})


def verbs() -> list[str]:
    return [entry.did for entry in Entry.objects.order_by("number") if entry.did != "user.added"]


@pytest.mark.usefixtures("committing")
def test_a_session_on_a_password_alone_never_becomes_safe_by_the_authenticator_of_another(
    alice: User, password: str
) -> None:
    thief, hers = with_password(alice, password), with_password(alice, password)
    assert thief.get(reverse("home")).url == reverse("mfa_activate_totp")
    set_up(hers, password)
    assert hers.get(reverse("home")).url == reverse("today")
    assert thief.get(reverse("home")).url.startswith(reverse("account_login"))
    assert SESSION_KEY not in thief.session


@pytest.mark.parametrize(
    "page", ["home", "mfa_index", "mfa_deactivate_totp", "account_change_password", "account_set_password"]
)
def test_a_session_without_a_code_opens_nothing_once_there_is_an_authenticator(
    page: str, alice: User, password: str
) -> None:
    thief = with_password(alice, password)
    TOTP.activate(alice, generate_totp_secret())
    assert thief.get(reverse(page)).url.startswith(reverse("account_login"))
    assert SESSION_KEY not in thief.session


def test_taking_the_authenticator_away_leads_to_setting_one_up_everywhere(
    alice: User, bob: User, password: str, secret: str, signed_in: Callable[[User], Browser]
) -> None:
    here, elsewhere, of_bob = with_code(alice, password, secret), signed_in(alice), signed_in(bob)
    assert here.get(reverse("today")).status_code == 200
    sure(here, password)
    here.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=alice).exists()
    assert here.get(reverse("today")).url == reverse("mfa_activate_totp")
    assert elsewhere.get(reverse("today")).url.startswith(reverse("account_login"))
    assert of_bob.get(reverse("today")).status_code == 200


def test_every_way_in_is_in_the_audit_without_an_email(alice: User, password: str, secret: str) -> None:
    with_password(alice, WRONG)
    Browser().post(reverse("account_login"), {"login": "nobody@wrenstreet.example", "password": WRONG})
    browser = with_password(alice, password)
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert verbs() == ["user.sign-in-refused", "user.sign-in-refused", "user.code-refused", "user.signed-in"]
    known, unknown, _code, came = Entry.objects.exclude(did="user.added")
    assert (known.by, known.subject) == ("nobody", f"user:{alice.pk}")
    assert (unknown.by, unknown.subject) == ("nobody", "user:nobody")
    assert (came.by, came.subject) == (alice.pk, f"user:{alice.pk}")
    assert not any("wrenstreet" in str(vars(entry)) for entry in Entry.objects.all())


@pytest.mark.usefixtures("committing")
def test_every_change_of_a_sign_in_is_in_the_audit(alice: User, password: str) -> None:
    browser = with_password(alice, password)
    set_up(browser, password)
    browser.post(reverse("mfa_generate_recovery_codes"))
    said = {"oldpassword": password, "password1": NEW, "password2": NEW}
    browser.post(reverse("account_change_password"), said)
    browser.post(reverse("mfa_deactivate_totp"))
    assert verbs() == [
        "user.signed-in",
        "user.shown-again",
        "user.authenticator-added",
        "user.recovery-codes-added",
        "user.recovery-codes-added",
        "user.password-changed",
        "user.authenticator-removed",
        "user.recovery-codes-removed",
    ]
    assert {(row.by, row.subject) for row in Entry.objects.exclude(did="user.added")} == {
        (alice.pk, f"user:{alice.pk}")
    }


def test_wrong_passwords_from_elsewhere_do_not_shut_the_right_person_out(
    alice: User, password: str, secret: str
) -> None:
    for _ in range(9):
        with_password(alice, WRONG, REMOTE_ADDR="203.0.113.9")
    browser = Browser(REMOTE_ADDR="198.51.100.1")
    answer = browser.post(reverse("account_login"), {"login": alice.email, "password": password})
    assert answer.url == reverse("mfa_authenticate")


def test_after_five_wrong_passwords_the_right_one_waits_at_that_place(alice: User, password: str) -> None:
    for _ in range(5):
        with_password(alice, WRONG)
    answer = Browser().post(reverse("account_login"), {"login": alice.email.upper(), "password": password})
    assert "Wait five minutes" in answer.content.decode()


def test_signing_in_rightly_is_no_try(alice: User, password: str) -> None:
    for _ in range(7):
        browser = with_password(alice, password)
    assert SESSION_KEY in browser.session


def test_one_account_is_not_tried_from_everywhere(alice: User, password: str) -> None:
    for number in range(60):
        with_password(alice, WRONG, REMOTE_ADDR=f"203.0.113.{number}")
    answer = Browser().post(reverse("account_login"), {"login": alice.email, "password": password})
    assert "Wait five minutes" in answer.content.decode()


def test_one_place_does_not_try_every_account(alice: User, password: str) -> None:
    for number in range(10):
        Browser().post(reverse("account_login"), {"login": f"n{number}@wrenstreet.example", "password": WRONG})
    answer = Browser().post(reverse("account_login"), {"login": alice.email, "password": password})
    assert "Wait five minutes" in answer.content.decode()


def test_asking_too_often_is_answered_with_a_way_out_and_help(settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for _ in range(2):
        answer = Browser().post(reverse("account_login"), {"login": "a@wrenstreet.example", "password": WRONG})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Please wait a minute" in page
    assert "116 123" in page
    assert f'href="{reverse("front")}"' in page


def test_somebody_let_in_without_a_password_sets_one(alice: User, signed_in: Callable[[User], Browser]) -> None:
    alice.set_unusable_password()
    alice.save()
    browser = signed_in(alice)
    page = browser.get(reverse("account_change_password"), follow=True)
    assert "You have no password yet." in page.content.decode()
    browser.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})
    alice.refresh_from_db()
    assert alice.check_password(NEW)
