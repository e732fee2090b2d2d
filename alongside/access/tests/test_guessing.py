"""Nobody learns who has an account, and nobody is kept out of theirs by somebody who guesses."""

import json
import re
from collections.abc import Callable, Iterator
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.adapters import INCORRECT_PASSKEY
from alongside.access.links import links
from alongside.access.models import User
from alongside.access.tests.test_signing import code_now
from alongside.audit.models import Entry

pytestmark = pytest.mark.django_db

WRONG = "not the password at all"
NOBODY = "nobody@wrenstreet.example"


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def give(browser: Browser, email: str, password: str = WRONG) -> HttpResponse:
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def without_what_is_new(answer: HttpResponse, *typed: str) -> str:
    page = re.sub(r'(nonce|name="csrfmiddlewaretoken" value)="[^"]+"', "", answer.content.decode())
    for one in typed:
        page = page.replace(one, "")
    return page


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[mock.Mock]:
    """Every run of the hasher."""
    with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as runs:
        yield runs


# ---- nobody learns who has an account ----


def test_every_email_costs_as_many_runs_of_the_hasher(alice: User, bob: User, charlie: User, hashed: mock.Mock) -> None:
    bob.set_unusable_password()
    bob.save()
    charlie.is_active = False
    charlie.save()
    runs = {}
    for email in (NOBODY, alice.email, bob.email, charlie.email):
        before = hashed.call_count
        answer = give(Browser(), email)
        runs[email] = (hashed.call_count - before, answer.status_code, without_what_is_new(answer, email))
    assert len(set(runs.values())) == 1
    assert next(iter(runs.values()))[0] >= 1


def test_the_wait_after_many_tries_is_the_same_for_any_email(alice: User) -> None:
    said = []
    for email, place in ((alice.email, "203.0.113.1"), (NOBODY, "203.0.113.2")):
        for _ in range(6):
            answer = give(Browser(REMOTE_ADDR=place), email)
        said.append((answer.status_code, without_what_is_new(answer, email)))
    assert said[0] == said[1]
    assert "Wait five minutes" in said[0][1]


def test_asking_for_a_passkey_says_nothing_of_who_has_one() -> None:
    asked = Browser().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    public = asked["request_options"]["publicKey"]
    assert not public.get("allowCredentials")
    assert public["userVerification"] == "required"


SENT: list[object] = [
    None, {}, [], "x", 7, {"id": "AA"}, {"response": None}, {"response": {"userHandle": None}}, {"response": []},
    {"response": {"userHandle": "%%%"}}, {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}},
]  # fmt: skip


def a_passkey_of(user_key: str) -> dict[str, object]:
    from fido2.utils import websafe_encode

    said = {"userHandle": websafe_encode(user_key.encode()), "clientDataJSON": "e30", "authenticatorData": "AA"}
    return {"id": "AA", "rawId": "AA", "type": "public-key", "response": {**said, "signature": "AA"}}


@pytest.mark.parametrize("sent", [*map(json.dumps, SENT), "", "no JSON", "*))\0x"], ids=repr)
def test_whatever_is_sent_as_a_passkey_is_refused_alike(sent: str) -> None:
    browser = Browser()
    browser.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = browser.post(reverse("mfa_login_webauthn"), {"credential": sent, "next": "/today"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('account_login')}?next=%2Ftoday", 302)]
    assert INCORRECT_PASSKEY in answer.content.decode()
    assert SESSION_KEY not in browser.session


def test_a_wrong_passkey_looks_the_same_for_somebody_and_nobody(alice: User) -> None:
    said = []
    for key in (alice.pk, "0" * 32):
        browser = Browser()
        browser.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
        sent = {"credential": json.dumps(a_passkey_of(key))}
        said.append(without_what_is_new(browser.post(reverse("mfa_login_webauthn"), sent, follow=True)))
    assert said[0] == said[1]
    assert Entry.objects.filter(did="user.passkey-refused", by="nobody", subject="user:nobody").count() == 2


def test_a_link_that_is_none_looks_the_same_for_somebody_and_nobody(alice: User, bob: User) -> None:
    bob.set_unusable_password()
    bob.save()
    token = links.make_token(alice)
    pages = {
        without_what_is_new(Browser().get(reverse("access:begin", args=[key, token])))
        for key in (alice.pk, bob.pk, "0" * 32)
    }
    assert len(pages) == 1


# ---- nobody is kept out ----


@pytest.fixture
def own(alice: User, password: str) -> Browser:
    """Alice's browser, in which she has signed in before and is signed out now."""
    secret = generate_totp_secret()
    TOTP.activate(alice, secret)
    browser = Browser(REMOTE_ADDR="198.51.100.1")
    give(browser, alice.email, password)
    browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert SESSION_KEY in browser.session
    browser.post(reverse("account_logout"))
    return browser


def test_guessing_from_everywhere_does_not_keep_her_out_of_her_own_browser(
    own: Browser, alice: User, password: str
) -> None:
    for number in range(61):
        give(Browser(REMOTE_ADDR=f"203.0.113.{number}"), alice.email)
    for number in range(11):
        give(Browser(REMOTE_ADDR="198.51.100.1"), f"n{number}@wrenstreet.example")
    assert "Wait five minutes" in give(Browser(), alice.email, password).content.decode()
    assert give(own, alice.email, password).url == reverse("mfa_authenticate")


def test_her_own_browser_may_not_guess_without_end_either(own: Browser, alice: User, password: str) -> None:
    for _ in range(5):
        give(own, alice.email)
    assert "Wait five minutes" in give(own, alice.email, password).content.decode()


def test_a_mark_of_one_person_does_nothing_for_another(own: Browser, bob: User, password: str) -> None:
    for number in range(61):
        give(Browser(REMOTE_ADDR=f"203.0.113.{number}"), bob.email)
    assert "Wait five minutes" in give(own, bob.email, password).content.decode()


def test_a_made_up_mark_does_nothing(alice: User, password: str) -> None:
    for _ in range(5):
        give(Browser(), alice.email)
    browser = Browser()
    browser.cookies["browser"] = "." + ".".join(["a" * 43, "", "0" * 32])
    assert "Wait five minutes" in give(browser, alice.email, password).content.decode()


def test_guessing_passwords_keeps_nobody_from_using_a_passkey(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    passkey = Authenticator.objects.create(
        user=alice, type=Authenticator.Type.WEBAUTHN, data={"name": "", "credential": {}}
    )
    for number in range(61):
        give(Browser(REMOTE_ADDR=f"203.0.113.{number}"), alice.email)

    def right(*_: object) -> Authenticator:
        return passkey

    monkeypatch.setattr(auth, "parse_authentication_response", right)
    monkeypatch.setattr(auth, "complete_authentication", right)
    browser = Browser()
    answer = browser.post(
        reverse("mfa_login_webauthn"), {"credential": json.dumps(a_passkey_of(alice.pk)), "next": "/today"}
    )
    assert answer.url == "/today"
    assert browser.get("/today").status_code == 200
    assert Entry.objects.filter(did="user.signed-in", by=alice.pk).count() == 1


def test_a_leaver_s_passkey_opens_nothing(
    alice: User, monkeypatch: pytest.MonkeyPatch, signed_in: Callable[[User], Browser]
) -> None:
    passkey = Authenticator.objects.create(
        user=alice, type=Authenticator.Type.WEBAUTHN, data={"name": "", "credential": {}}
    )
    alice.is_active = False
    alice.save()

    def right(*_: object) -> Authenticator:
        return passkey

    monkeypatch.setattr(auth, "parse_authentication_response", right)
    monkeypatch.setattr(auth, "complete_authentication", right)
    browser = Browser()
    browser.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(a_passkey_of(alice.pk))})
    assert SESSION_KEY not in browser.session
