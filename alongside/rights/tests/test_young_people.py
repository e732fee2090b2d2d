"""What somebody under 16 understands: who thought so, when and why, and nothing to a parent unless they agreed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.core import clock
from alongside.rights.models import CompetenceNote
from alongside.rights.queries import consents

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(alice: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(alice)


def note(**changed: object) -> dict[str, object]:
    today = clock.today()
    return {
        "key": "d" * 32, "why": "They said what would happen", "own_words": "I want this for me",
        "may_tell_parents": "no", "noted_on_day": today.day, "noted_on_month": today.month,
        "noted_on_year": today.year, **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        ({"why": ""}, "Enter why you think so"),
        ({"safeguarding_lead": ""}, "Choose who leads on safeguarding"),
        ({"may_tell_parents": ""}, "Choose whether we may"),
        ({"noted_on_day": "", "noted_on_month": "", "noted_on_year": ""}, "Enter the day you talked about it"),
    ],
)
def test_a_note_says_who_when_and_why_and_who_leads_on_safeguarding(
    left_out: dict[str, str], says: str, browser: Browser, client_of_alice: Any, lead: User
) -> None:
    place = reverse("rights:competence", args=[client_of_alice.pk])
    page = browser.post(place, {**note(safeguarding_lead=lead.pk), **left_out}).content.decode()
    assert says in page
    assert not CompetenceNote.objects.exists()
    assert "I want this for me" in page


def test_a_note_stands_on_the_page_with_their_own_words(
    browser: Browser, client_of_alice: Any, alice: User, lead: User
) -> None:
    place = reverse("rights:competence", args=[client_of_alice.pk])
    assert " checked" not in browser.get(place).content.decode()
    for _ in range(2):
        browser.post(place, note(safeguarding_lead=lead.pk))
    made = CompetenceNote.objects.get()
    assert (made.by, made.noted_on, made.safeguarding_lead) == (alice, clock.today(), lead)
    page = browser.get(reverse("rights:consents", args=[client_of_alice.pk])).content.decode()
    for words in ("I want this for me", "Alice Adeyemi", "Leads on safeguarding: Jo Marsh", "Nothing goes to a parent"):
        assert words in page


def test_a_parent_is_told_only_where_the_latest_note_says_that_they_agreed(
    browser: Browser, client_of_alice: Any, lead: User
) -> None:
    place = reverse("rights:competence", args=[client_of_alice.pk])
    for number, (answer, may) in enumerate([("no", False), ("yes", True), ("no", False)]):
        browser.post(place, note(key=f"{number}" * 32, may_tell_parents=answer, safeguarding_lead=lead.pk))
        assert consents.may_tell_parents(client_of_alice.pk) is may
