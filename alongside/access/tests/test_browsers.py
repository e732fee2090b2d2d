"""A session opens in the browser in which it began; a copy of its cookie opens nothing, and its owner hears of it."""

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.browsers import in_words
from alongside.access.middleware import USED_ELSEWHERE
from alongside.access.models import KeptForm, Session, User
from alongside.access.tests.test_signing import code_now
from alongside.audit.models import Entry

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 20_1 like Mac OS X) AppleWebKit/605.1.15 Version/20.1 Mobile Safari/604.1"


@pytest.fixture
def hers(alice: User, password: str) -> Browser:
    """Her browser, in which she signed in with password and code."""
    secret = generate_totp_secret()
    TOTP.activate(alice, secret)
    browser = Browser(HTTP_USER_AGENT=FIREFOX)
    browser.post(reverse("account_login"), {"login": alice.email, "password": password})
    browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert browser.get(reverse("today")).status_code == 200
    return browser


def thief_with(hers: Browser, *names: str, agent: str = FIREFOX) -> Browser:
    thief = Browser(HTTP_USER_AGENT=agent)
    for name in names:
        thief.cookies[name] = hers.cookies[name].value
    return thief


def sees_sign_in(browser: Browser) -> bool:
    answer = browser.get(reverse("today"))
    return answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


def test_a_copied_session_cookie_opens_nothing_and_ends_the_session(hers: Browser, alice: User) -> None:
    thief = thief_with(hers, settings.SESSION_COOKIE_NAME)
    assert sees_sign_in(thief)
    assert SESSION_KEY not in hers.session
    row = Entry.objects.get(did="user.session-used-elsewhere")
    assert (row.by, row.subject) == ("nobody", f"user:{alice.pk}")


def test_its_owner_is_told_what_to_do_and_the_thief_is_not(hers: Browser) -> None:
    thief = thief_with(hers, settings.SESSION_COOKIE_NAME)
    assert USED_ELSEWHERE not in thief.get(reverse("today"), follow=True).content.decode()
    assert USED_ELSEWHERE in hers.get(reverse("today"), follow=True).content.decode()
    assert USED_ELSEWHERE not in hers.get(reverse("account_login")).content.decode()


def test_both_cookies_in_another_kind_of_browser_open_nothing(hers: Browser) -> None:
    thief = thief_with(hers, settings.SESSION_COOKIE_NAME, settings.BROWSER_COOKIE_NAME, agent=EDGE)
    assert sees_sign_in(thief)


def test_a_thief_s_words_are_not_kept_for_the_owner(hers: Browser) -> None:
    name = settings.SESSION_COOKIE_NAME
    value = hers.cookies[name].value
    for _ in range(2):
        thief = Browser(HTTP_USER_AGENT=FIREFOX)
        thief.cookies[name] = value
        thief.post(reverse("care:add"), {"name": "Somebody"})
    assert not KeptForm.objects.exists()


def test_what_the_owner_was_writing_then_is_kept(hers: Browser, alice: User) -> None:
    thief_with(hers, settings.SESSION_COOKIE_NAME).get(reverse("today"))
    hers.post(reverse("care:add"), {"name": "Somebody"})
    assert KeptForm.objects.get().user_id == alice.pk


def test_the_cookies_are_kept_from_scripts_and_from_other_sites(hers: Browser) -> None:
    for name in (settings.SESSION_COOKIE_NAME, settings.BROWSER_COOKIE_NAME):
        assert hers.cookies[name]["httponly"]
        assert hers.cookies[name]["samesite"] == "Lax"
        assert not hers.cookies[name]["domain"]
        assert hers.cookies[name]["path"] == "/"


def test_nothing_of_a_session_is_readable_in_the_database_and_moved_it_does_not_open(hers: Browser) -> None:
    session = hers.session
    session["wrote"] = "in the garden"
    session.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM access_session")
        stored = [row[0] for row in cursor.fetchall()]
        assert "garden" not in str(stored)
        other = Browser()
        other.get(reverse("account_login"))
        other.session.create()
        target = other.session
        target["x"] = 1
        target.save()
        key = target.session_key
        cursor.execute("UPDATE access_session SET session_data = %s WHERE session_key = %s", [stored[0], key])
    other.cookies[settings.SESSION_COOKIE_NAME] = key
    other.cookies[settings.BROWSER_COOKIE_NAME] = hers.cookies[settings.BROWSER_COOKIE_NAME].value
    assert sees_sign_in(other)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on an iPhone"),
        ("", "A browser"),
        ("<script>alert(1)</script>", "A browser"),
    ],
)
def test_a_browser_is_named_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words


def test_one_s_sessions_are_listed_and_ended_one_by_one_or_all_others(
    hers: Browser, alice: User, bob: User, signed_in: Callable[[User], Browser]
) -> None:
    phone, tablet, of_bob = (signed_in(one) for one in (alice, alice, bob))
    for browser in (phone, tablet, of_bob):
        browser.get(reverse("home"), HTTP_USER_AGENT=IPHONE)
    page = hers.get(reverse("mfa_index")).content.decode()
    assert page.count("Safari on an iPhone</strong>") == 2
    assert page.count("This one") == 1
    assert not any(key in page for key in Session.objects.values_list("pk", flat=True))
    which = page.split('name="which" value="')[1].split('"')[0]
    hers.post(reverse("end_sessions"), {"which": which})
    assert sorted([SESSION_KEY in phone.session, SESSION_KEY in tablet.session]) == [False, True]
    hers.post(reverse("end_sessions"), {"which": "others"})
    assert not any(SESSION_KEY in browser.session for browser in (phone, tablet))
    assert SESSION_KEY in hers.session
    assert SESSION_KEY in of_bob.session
    assert Entry.objects.filter(did="user.session-ended", by=alice.pk, subject=f"user:{alice.pk}").count() == 2


def test_nobody_ends_another_s_session(hers: Browser, bob: User, signed_in: Callable[[User], Browser]) -> None:
    page = hers.get(reverse("mfa_index")).content.decode()
    assert "others" not in page.split("Where you are signed in")[1].split("</ul>")[1]
    of_bob = signed_in(bob)
    of_bob.get(reverse("home"))
    of_bob.post(reverse("end_sessions"), {"which": "others"})
    assert hers.get(reverse("today")).status_code == 200


def test_another_password_ends_every_other_session_and_says_so_in_the_list(
    hers: Browser, alice: User, password: str, signed_in: Callable[[User], Browser]
) -> None:
    phone = signed_in(alice)
    phone.get(reverse("home"))
    new = "seven green umbrellas"
    hers.post(reverse("account_change_password"), {"oldpassword": password, "password1": new, "password2": new})
    assert sees_sign_in(phone)
    assert hers.get(reverse("today")).status_code == 200
    assert [one.pk for one in Session.objects.filter(user=alice)] == [hers.session.session_key]
