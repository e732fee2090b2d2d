"""Recovery codes: made with the first authenticator, shown once, each good once, and never readable in the database."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from alongside.access.models import User
from alongside.access.tests.test_signing import code_now, set_up, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committing")]


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li>(\d{8})</li>", page)


@pytest.fixture
def browser(alice: User, password: str) -> Browser:
    """A browser in which Alice has just set up her authenticator."""
    used = with_password(alice, password)
    set_up(used, password)
    return used


@pytest.fixture
def codes(browser: Browser) -> list[str]:
    return codes_on(browser.get(reverse("mfa_view_recovery_codes")).content.decode())


def test_setting_up_the_first_authenticator_leads_to_ten_codes(alice: User, password: str) -> None:
    browser = with_password(alice, password)
    browser.get(reverse("mfa_activate_totp"))
    answer = browser.post(
        reverse("mfa_activate_totp"), {"code": code_now(browser.session["mfa.totp.secret"])}, follow=True
    )
    assert len(codes_on(answer.content.decode())) == 10


def test_they_are_shown_once(browser: Browser, codes: list[str]) -> None:
    again = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in codes)
    assert "We showed your codes once" in again
    assert "10 codes left" in again
    index = browser.get(reverse("mfa_index")).content.decode()
    assert not any(code in index for code in codes)
    with pytest.raises(NoReverseMatch):
        reverse("mfa_download_recovery_codes")


def test_each_lets_in_once(codes: list[str], alice: User, password: str) -> None:
    first, second, third = (with_password(alice, password) for _ in range(3))
    first.post(reverse("mfa_authenticate"), {"code": codes[0]})
    second.post(reverse("mfa_authenticate"), {"code": codes[0]})
    third.post(reverse("mfa_authenticate"), {"code": codes[1]})
    assert [SESSION_KEY in one.session for one in (first, second, third)] == [True, False, True]
    assert "8 codes left" in third.get(reverse("mfa_index")).content.decode()


def test_new_ones_end_the_old_ones(browser: Browser, codes: list[str], alice: User, password: str) -> None:
    page = browser.post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode()
    new = codes_on(page)
    assert len(new) == 10
    assert not set(new) & set(codes)
    late = with_password(alice, password)
    late.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert SESSION_KEY not in late.session
    late.post(reverse("mfa_authenticate"), {"code": new[0]})
    assert SESSION_KEY in late.session


def test_neither_they_nor_what_they_are_made_from_can_be_read_in_the_database(codes: list[str], alice: User) -> None:
    kept = Authenticator.objects.get(user=alice, type=Authenticator.Type.RECOVERY_CODES)
    assert kept.data["seed"].startswith("k")
    with connection.cursor() as cursor:
        for table in ("mfa_authenticator", "access_session"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = str(cursor.fetchall())
            assert not any(code in stored for code in codes)


def test_the_authenticators_secret_is_not_readable_while_it_is_being_set_up(alice: User, password: str) -> None:
    browser = with_password(alice, password)
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session["mfa.totp.secret"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM access_session")
        assert secret not in str(cursor.fetchall())


def test_they_are_asked_for_again_before_new_ones_are_made(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, signed_in: Callable[[User], Browser]
) -> None:
    session = browser.session
    session["shown_at"] -= 600
    session["account_authentication_methods"] = []
    session.save()
    answer = browser.post(reverse("mfa_generate_recovery_codes"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
