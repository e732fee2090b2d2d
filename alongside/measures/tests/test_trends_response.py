"""The page of one response: every kind of answer, and its scores with how they came about."""

import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from alongside.care.models import Episode
from alongside.measures.models import Response


@pytest.fixture
def page_of(together: Browser) -> Callable[[Response], str]:
    """Return what Alice reads of a response, without marks of the page."""

    def read(response: Response) -> str:
        answer = together.get(f"/responses/{response.pk}/")
        assert answer.status_code == 200
        page = answer.content.decode().split("<h1>")[1].split("</main>")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())

    return read


def test_a_score_says_of_what_it_is_made_and_by_which_version(page_of, send_measure, episode: Episode) -> None:
    page = page_of(send_measure(episode, "phq9", 0, 2))
    assert page.startswith("Rowan’s PHQ-9, ")
    assert "Marks from 0 to 3. The time asked about: the last 2 weeks." in page
    assert "1 Little interest or pleasure in doing things 2 More than half the days" in page
    assert "Scored by version 1 of PHQ-9." in page
    assert "Total 18 9 of 9 moderately severe the sum of questions 1 to 9, 0 to 27" in page


def test_no_score_says_why(page_of, send_measure, episode: Episode) -> None:
    page = page_of(send_measure(episode, "gad7", 0, 2, worry=None))
    assert "Total Not scored question 3 is not answered 6 of 7 – the sum of questions 1 to 7, 0 to 21" in page
    assert "3 Worrying too much about different things No mark" in page


def test_a_score_on_fewer_questions_says_so(page_of, send_measure, episode: Episode) -> None:
    page = page_of(send_measure(episode, "wsas", 0, 2, work=None))
    assert "Total 8 scored on four questions, without question 1 (work): 0 to 32" in page


def test_words_are_read_as_they_were_written_and_nothing_is_counted(page_of, send_measure, episode: Episode) -> None:
    page = page_of(send_measure(episode, "goals", 0, None, goal_1="Sleep <well>", goal_1_near=4))
    assert "1 What would you like to be different? Sleep &lt;well&gt;" in page
    assert "2 How near are you to it today? 4 from 0 (not at all) to 10 (I am there)" in page
    assert "3 Is there something else you would like to be different? No words" in page
    assert "Scores Personal goals are never scored" in page
    assert "Scored by" not in page


def test_the_service_form_reads_as_it_did_and_has_no_scores(page_of, send_form, episode: Episode) -> None:
    page = page_of(send_form(episode, 0, 6.4))
    assert page.startswith("Rowan’s form, ")
    assert "Marks from 0.0 (left end) to 10.0 (right end)." in page
    assert "not at all to very often; marked on the line" in page
    assert "Scores" not in page


def test_questions_without_wording_are_read_by_their_topic(page_of, send_measure, episode: Episode) -> None:
    page = page_of(send_measure(episode, "bdi2", 0, 1))
    assert "16 Changes in sleeping pattern 1 from 0 to 3" in page
    assert "Total 21 21 of 21 moderate" in page


@pytest.mark.parametrize("measure", ["ssf4", "seraf", "five_aspects", "aq_child", "isas", "supps_p", "tgi_sr"])
def test_every_measure_can_be_read(page_of, send_measure, episode: Episode, measure: str) -> None:
    page = page_of(send_measure(episode, measure, 0, 2))
    assert "Scores" in page
