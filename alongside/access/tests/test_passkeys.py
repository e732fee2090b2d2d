"""Passkeys as a server sees them. What a browser does with them is in tests/journeys/test_signing_in.py."""

import json
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.adapters import SealedSecrets
from alongside.access.models import User
from alongside.access.tests.test_signing import with_password
from alongside.audit.models import Entry

pytestmark = pytest.mark.django_db

ADD = reverse("mfa_add_webauthn")


def a_passkey(user: User, name: str = "Work laptop") -> Authenticator:
    said = {"name": SealedSecrets().encrypt(name), "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=said)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("127.0.0.1:8000", 'href="http://localhost:8000/accounts/2fa/passkeys/add/"'),
        ("10.0.0.7:8000", "Open the site by its name."),
        ("localhost:8000", "Set up this passkey"),
        ("testserver", "Set up this passkey"),
    ],
)
def test_an_address_that_is_a_number_cannot_have_them_and_the_page_says_what_to_open(
    host: str, said: str, alice: User, signed_in: Callable[[User], Browser], settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = signed_in(alice).get(ADD, headers={"host": host}).content.decode()
    assert said in page
    assert ("this one is a number" in page) is ("Set up this passkey" not in page)


def test_without_a_name_or_with_something_broken_it_asks_again(
    alice: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(alice)
    page = browser.post(ADD, {"name": "", "credential": "{}"}).content.decode()
    assert "Enter a name, such as “Work laptop”" in page
    for sent in ("null", "[]", "7", '{"id": "AA", "response": {}}', "nonsense"):
        answer = browser.post(ADD, {"name": "Work laptop", "credential": sent})
        assert answer.status_code == 200
        assert "Work laptop" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_one_alone_is_a_second_factor(alice: User, password: str) -> None:
    a_passkey(alice)
    browser = with_password(alice, password)
    assert browser.get(reverse("today")).url.startswith(reverse("account_login"))
    answer = browser.post(reverse("account_login"), {"login": alice.email, "password": password})
    assert answer.url == reverse("mfa_authenticate")


def test_its_name_is_not_readable_in_the_database(alice: User, signed_in: Callable[[User], Browser]) -> None:
    one = a_passkey(alice)
    browser = signed_in(alice)
    browser.post(reverse("mfa_edit_webauthn", args=[one.pk]), {"name": "Alice’s phone"})
    one.refresh_from_db()
    assert "phone" not in json.dumps(one.data)
    assert "Alice’s phone" in browser.get(reverse("mfa_index")).content.decode()


def test_another_s_is_not_there(alice: User, bob: User, signed_in: Callable[[User], Browser]) -> None:
    one = a_passkey(alice)
    browser = signed_in(bob)
    for page in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert browser.get(reverse(page, args=[one.pk])).status_code == 404
        assert browser.post(reverse(page, args=[one.pk]), {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=one.pk).exists()
    assert Entry.objects.filter(did="page.denied", by=bob.pk).count() == 4


def test_removing_one_is_in_the_audit_and_ends_other_sessions(
    alice: User, signed_in: Callable[[User], Browser]
) -> None:
    one, _other = a_passkey(alice), a_passkey(alice, "Phone")
    here, elsewhere = signed_in(alice), signed_in(alice)
    here.get(reverse("home"))
    here.post(reverse("mfa_remove_webauthn", args=[one.pk]))
    assert here.get(reverse("today")).status_code == 200
    assert elsewhere.get(reverse("today")).url.startswith(reverse("account_login"))
    row = Entry.objects.get(did="user.passkey-removed")
    assert (row.by, row.subject) == (alice.pk, f"user:{alice.pk}")


def test_removing_the_last_leads_to_setting_one_up(alice: User, signed_in: Callable[[User], Browser]) -> None:
    one = a_passkey(alice)
    browser = signed_in(alice)
    browser.post(reverse("mfa_remove_webauthn", args=[one.pk]))
    assert browser.get(reverse("today")).url == reverse("mfa_activate_totp")


def test_the_page_of_one_s_sign_in_asks_as_little_however_many_there_are(
    alice: User, signed_in: Callable[[User], Browser], django_assert_max_num_queries
) -> None:
    for number in range(8):
        a_passkey(alice, f"Phone {number}")
        signed_in(alice).get(reverse("home"))
    browser = signed_in(alice)
    browser.get(reverse("mfa_index"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("mfa_index"))
