"""A client sees who opened their record: at their worker's, and by a link of their own that works once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import OwnLink, User
from alongside.audit.models import Entry
from alongside.care.models import Client
from alongside.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(alice: User, client_of_alice: Client, signed_in: Callable[[User], Browser]) -> str:
    """The link that Alice makes for Rowan."""
    page = signed_in(alice).post(reverse("care:own_link", args=[client_of_alice.pk])).content.decode()
    found = re.search(r"http://testserver(/yours/[\w-]+)", page)
    assert found
    return found[1]


def test_the_list_names_everybody_who_looked(
    alice: User, bob: User, client_of_alice: Client, signed_in: Callable[[User], Browser]
) -> None:
    signed_in(bob).get(reverse("care:client", args=[client_of_alice.pk]))
    page = signed_in(alice).get(reverse("care:looks", args=[client_of_alice.pk])).content.decode()
    assert re.search(r"Bob Brandt.*?Practitioner.*?Looked at it", page, re.DOTALL)
    assert "Began this record" in page


def test_a_link_opens_once_and_shows_no_name_and_no_words(address: str, client_of_alice: Client) -> None:
    phone = Browser()
    for _ in range(2):  # a program that reads mail opens it first
        assert "The link works once" in phone.get(address).content.decode()
    page = phone.post(address, follow=True).content.decode()
    assert "Alice Adeyemi" in page
    for theirs in ("Rowan", "Ellery", "WS-0412", "Brook Lane", "01632"):
        assert theirs not in page
    for method in ("get", "post"):
        again = getattr(Browser(), method)(address)
        assert again.status_code == 404
        assert "This link is used up" in again.content.decode()
    assert Entry.objects.filter(by=f"client:{client_of_alice.pk}", did="client.link-used").count() == 1


def test_the_link_opens_nothing_else(address: str, client_of_alice: Client) -> None:
    phone = Browser()
    phone.post(address)
    assert phone.get(reverse("care:yours")).status_code == 200
    for page in (reverse("care:client", args=[client_of_alice.pk]), reverse("today")):
        assert phone.get(page).status_code == 302
    assert Browser().get(reverse("care:yours")).status_code == 404


def test_it_ends_after_a_week_and_with_the_next_one(
    address: str,
    alice: User,
    client_of_alice: Client,
    signed_in: Callable[[User], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = clock.now() + timedelta(days=7, seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        assert Browser().post(address).status_code == 404
    signed_in(alice).post(reverse("care:own_link", args=[client_of_alice.pk]))
    assert Browser().post(address).status_code == 404
    assert OwnLink.objects.count() == 1


def test_leaving_ends_it(address: str) -> None:
    phone = Browser()
    phone.post(address)
    phone.get(reverse("leave"))
    assert phone.get(reverse("care:yours")).status_code == 404


def test_opening_it_signs_a_worker_out_of_that_screen(
    address: str, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    screen = signed_in(alice)
    screen.post(address)
    assert screen.get(reverse("care:clients")).status_code == 302
    assert screen.get(reverse("care:yours")).status_code == 200
