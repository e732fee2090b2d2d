"""A measure can be walked through as the client sees it, and nothing of that is kept."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.instruments import loader
from alongside.measures.actions import library as deciding
from alongside.measures.models import Questionnaire, Response
from tests.everything import OWN_MEASURE

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    """The lead's browser."""
    return signed_in(lead)


@pytest.mark.parametrize("key", loader.keys())
def test_every_question_of_every_measure_opens_and_leads_on_to_the_next(screen: Browser, key: str) -> None:
    first = screen.get(f"/measures/{key}/preview").content.decode()
    assert "Preview: nothing is kept." in first
    assert "You can leave out any question" in first
    pages = [screen.get(f"/measures/{key}/preview/{number}") for number in range(1, 60)]
    opened = [page.content.decode() for page in pages if page.status_code == 200]
    numbers = [number for number, page in enumerate(pages, 1) if page.status_code == 200]
    form = loader.load(key)
    assert len(opened) == (1 if form.licence.needs else len(form.questions))
    assert f'href="/measures/{key}/preview/{numbers[0]}"' in first
    assert all("Preview: nothing is kept." in text for text in opened)
    for here, following in pairwise(numbers):
        answer = screen.post(f"/measures/{key}/preview/{here}", {"was": ""})
        assert answer["Location"] == f"/measures/{key}/preview/{following}"
    last = screen.post(f"/measures/{key}/preview/{numbers[-1]}", {"was": ""}, follow=True)
    assert "Nothing was kept." in last.content.decode()
    assert (Questionnaire.objects.count(), Response.objects.count()) == (0, 0)


def test_an_answer_is_checked_as_it_would_be_and_forgotten(screen: Browser) -> None:
    wrong = screen.post("/measures/service-evaluation/preview/1", {"was": "", "mark": "11"}).content.decode()
    assert "Type a number from 0 to 10" in wrong
    assert screen.post("/measures/service-evaluation/preview/1", {"was": "", "mark": "6.4"}).status_code == 302
    later = screen.post("/measures/service-evaluation/preview/2", {"was": "", "then": "later"})
    assert later["Location"] == "/measures/service-evaluation/preview"
    assert Response.objects.count() == 0
    assert not Entry.objects.filter(did__startswith="form.").exists()


def test_a_version_that_is_not_on_yet_is_seen_before_it_is_switched_to(screen: Browser, lead: User) -> None:
    second = OWN_MEASURE.replace('version = "1"', 'version = "2"').replace("I slept as I wanted to", "I slept well")
    for text in (OWN_MEASURE, second):
        deciding.add_own(form=loader.parse(text, "ours.toml"), text=text, by=lead)
    deciding.switch_on(measure="our_days", version="1", services=[], was="", by=lead)
    assert "I slept as I wanted to" in screen.get("/measures/our_days/preview/1").content.decode()
    text = screen.get("/measures/our_days/preview/1?version=2").content.decode()
    assert "I slept well" in text
    assert 'href="/measures/our_days/preview?version=2"' in text
    answer = screen.post("/measures/our_days/preview/1?version=2", {"was": ""})
    assert answer["Location"] == "/measures/our_days/preview/2?version=2"
    assert screen.get("/measures/our_days/preview?version=3").status_code == 404
