"""What anybody sees: help now and a way out on every page, nothing from another host, and headers that keep it so."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.information import actions

pytestmark = pytest.mark.django_db

PAGES = ["/", "/help", "/looking-after-words", "/accounts/login/", "/complain", "/complain/thanks", "/nowhere"]
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//(?!www\.bbc)""")


@pytest.fixture
def helplines() -> None:
    actions.add_default_helplines(by="test", checked_on=date(2026, 11, 1))


@pytest.mark.parametrize("page", PAGES)
def test_every_public_page_offers_help_now_and_a_way_to_leave(page: str, helplines: None) -> None:
    text = Browser().get(page).content.decode()
    assert "Help now" in text
    assert "Leave this page" in text
    assert 'href="tel:116123"' in text
    assert 'href="tel:999"' in text


@pytest.mark.parametrize("page", PAGES)
def test_help_is_there_before_anybody_has_entered_a_helpline(page: str) -> None:
    assert 'href="tel:116123"' in Browser().get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_comes_from_another_host_and_nothing_is_inline(page: str) -> None:
    answer = Browser().get(page)
    text = answer.content.decode()
    assert not FOREIGN.search(text)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert not re.search(r"assets/images|nhsuk-logo|frutiger", text, re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES)
def test_headers(page: str) -> None:
    headers = Browser().get(page).headers
    policy = headers["Content-Security-Policy"]
    assert "'unsafe" not in policy
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_the_front_page_needs_no_sign_in() -> None:
    assert Browser().get("/").status_code == 200


@pytest.mark.parametrize(
    ("nation", "shown", "hidden"),
    [
        ("england", "Choose the mental health option", "Press 2"),
        ("wales", "Press 2", "Choose the mental health option"),
        ("scotland", "mental health hub", "Press 2"),
    ],
)
def test_help_follows_the_nation(nation: str, shown: str, hidden: str, helplines: None) -> None:
    text = Browser().get("/help", {"nation": nation}).content.decode()
    assert shown in text
    assert hidden not in text


def test_a_number_that_nobody_has_confirmed_is_not_shown(helplines: None) -> None:
    text = Browser().get("/help", {"nation": "northern-ireland"}).content.decode()
    assert "0808 808 8000" not in text
    assert 'href="tel:116123"' in text


def test_leaving_forgets_the_visit(alice: User, signed_in: Callable[[User], Browser]) -> None:
    browser = signed_in(alice)
    assert browser.get(reverse("leave")).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_help_stands_on_the_page_that_says_something_broke(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr("alongside.information.queries.offers", broken)
    monkeypatch.setattr("alongside.information.queries.about_us", broken)
    browser = Browser(raise_request_exception=False)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert 'href="tel:116123"' in answer.content.decode()
