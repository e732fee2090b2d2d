"""Each thing is asked by itself, nothing is chosen beforehand, and taking back says what it does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.core import clock
from alongside.rights.actions import consents as actions
from alongside.rights.models import About, Consent
from alongside.rights.queries import consents

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(alice: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(alice)


def said(answer: str, version: int = 1) -> dict[str, object]:
    return {
        "version": version, "key": answer.ljust(32, "0").encode().hex()[:32], "answer": answer, "how": "phone",
        "said_on_day": clock.today().day, "said_on_month": clock.today().month,
        "said_on_year": clock.today().year,
    }  # fmt: skip


@pytest.mark.parametrize("about", About.values)
def test_no_box_is_ticked_beforehand_and_none_asks_two_things(
    about: str, browser: Browser, client_of_alice: Any
) -> None:
    page = browser.get(reverse("rights:consent", args=[client_of_alice.pk, about])).content.decode()
    form = page[page.index('<form class="stack"') :]
    assert set(re.findall(r'name="(\w+)"', form)) == {
        "csrfmiddlewaretoken", "key", "version", "answer", "how", "said_on_day", "said_on_month", "said_on_year",
    }  # fmt: skip
    assert " checked" not in form
    assert "If you take this back" in page


def test_an_answer_stands_on_the_page_and_its_history_stays(
    browser: Browser, client_of_alice: Any, alice: User
) -> None:
    place = reverse("rights:consent", args=[client_of_alice.pk, "story"])
    for answer in ("yes", "yes", "taken back"):
        browser.post(place, said(answer))
    assert [one.answer for one in consents.history(client_of_alice.pk)] == ["taken back", "yes"]
    assert consents.current(client_of_alice.pk)["story"].answer == Consent.Answer.TAKEN_BACK
    page = browser.get(reverse("care:client", args=[client_of_alice.pk])).content.decode()
    assert "What Rowan has agreed to" in page
    assert "Taken back" in page
    assert page.count("Not asked yet") >= len(About) - 1


def test_a_new_wording_leaves_old_answers_their_words(
    browser: Browser, client_of_alice: Any, alice: User, lead: User
) -> None:
    first = consents.wording("contact")
    actions.say(
        person=client_of_alice.pk, wording=first, answer=Consent.Answer.YES, how=Consent.How.PHONE,
        said_on=clock.today(), by=alice,
    )  # fmt: skip
    second = actions.word_anew(about="contact", asks="May we write to you?", taking_back="We stop.", by=lead)
    assert (second.version, consents.wording("contact").asks) == (2, "May we write to you?")
    assert consents.current(client_of_alice.pk)["contact"].wording == first


def test_an_answer_stays_with_the_words_that_were_on_the_page(
    browser: Browser, client_of_alice: Any, lead: User
) -> None:
    actions.word_anew(about="contact", asks="May we write to you?", taking_back="We stop.", by=lead)
    place = reverse("rights:consent", args=[client_of_alice.pk, "contact"])
    browser.post(place, said("yes", version=1))
    assert consents.current(client_of_alice.pk)["contact"].wording.version == 1
    assert "May we write to you?" in browser.get(place).content.decode()
    browser.post(place, said("taken back", version=2))
    assert consents.current(client_of_alice.pk)["contact"].wording.version == 2


@pytest.mark.parametrize("agreed", [True, False])
def test_nothing_goes_to_a_parent_unless_the_young_person_agreed(
    agreed: bool, client_of_alice: Any, alice: User, lead: User
) -> None:
    assert not consents.may_tell_parents(client_of_alice.pk)
    actions.note_competence(
        person=client_of_alice.pk, noted_on=clock.today(), why="They said what would happen", own_words="",
        may_tell_parents=agreed, safeguarding_lead=lead, by=alice,
    )  # fmt: skip
    assert consents.may_tell_parents(client_of_alice.pk) is agreed
