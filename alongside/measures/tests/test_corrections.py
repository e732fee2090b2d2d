"""Putting a wrong answer right after it was sent: the old one stays, with who, when and why."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Episode
from alongside.measures.models import Correction, Questionnaire, Response
from alongside.todo.models import Task

Occasion = Questionnaire.Occasion
SAID = {"became": "mark", "mark": "4,6", "why": "I typed it the wrong way round", "revision": "12"}


@pytest.fixture
def sent(send_form, episode: Episode) -> Response:
    """A form that Rowan sent a week ago, every line at 5 and none on suicidal thoughts and planning."""
    response = send_form(episode, 7, suicidal_thoughts=0.0, suicidal_planning=0.0)
    assert response.revision == 12
    return response


def address(response: Response, number: int = 5) -> str:
    return f"/responses/{response.pk}/{number}/correct"


def test_the_answer_changes_and_the_old_one_stays(together: Browser, sent: Response, alice: User) -> None:
    assert together.post(address(sent), SAID)["Location"] == f"/responses/{sent.pk}/"
    sent.refresh_from_db()
    assert sent.answers["tolerate_distress"] == {"value": 4.6, "how": "number"}
    correction = Correction.objects.get()
    assert correction.was == {"value": 5.0, "how": "line"}
    assert correction.became == {"value": 4.6, "how": "number"}
    assert correction.by == alice
    page = " ".join(together.get(f"/responses/{sent.pk}/").text.split())
    assert "Said 5.0 until Alice Adeyemi changed it to 4.6" in page
    assert "I typed it the wrong way round" in page


@pytest.mark.parametrize(("became", "kept"), [("declined", {"declined": True}), ("blank", None)])
def test_it_can_become_no_mark_at_all(became: str, kept: object, together: Browser, sent: Response) -> None:
    together.post(address(sent), SAID | {"became": became})
    sent.refresh_from_db()
    assert sent.answers.get("tolerate_distress") == kept


@pytest.mark.parametrize(
    ("said", "sorry"),
    [
        ({"why": ""}, "Say why it is changed"),
        ({"why": "  "}, "Say why it is changed"),
        ({"mark": "12"}, "Type a number from 0 to 10, such as 6.4"),
        ({"mark": ""}, "Type a number from 0 to 10, such as 6.4"),
        ({"became": ""}, "Choose what it should say"),
        ({"mark": "5"}, "It says that already. Choose what it should say instead."),
        ({"revision": "x"}, "Open this page again"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_stays(
    said: dict[str, str], sorry: str, together: Browser, sent: Response
) -> None:
    page = together.post(address(sent), SAID | said).text
    assert sorry in page
    if "why" not in said:
        assert "I typed it the wrong way round" in page
    assert not Correction.objects.exists()


def test_the_second_of_two_workers_is_shown_what_changed(
    together: Browser, signed_in: Callable[[User], Browser], bob: User, sent: Response
) -> None:
    signed_in(bob).post(address(sent), SAID | {"mark": "3.3", "why": "Rowan said so"})
    page = " ".join(together.post(address(sent), SAID).text.split())
    assert "This answer was changed since you opened the page" in page
    assert "Bob Brandt changed it from 5.0 to 3.3" in page
    assert "Rowan said so" in page
    assert 'value="4,6"' in page
    assert 'name="revision" value="13"' in page
    assert Correction.objects.count() == 1
    together.post(address(sent), SAID | {"revision": "13"})
    sent.refresh_from_db()
    assert sent.answers["tolerate_distress"]["value"] == 4.6


def test_two_workers_on_two_questions_do_not_disturb_each_other(
    together: Browser, signed_in: Callable[[User], Browser], bob: User, sent: Response
) -> None:
    signed_in(bob).post(address(sent, 6), SAID)
    assert together.post(address(sent, 5), SAID).status_code == 302
    assert Correction.objects.count() == 2


def test_putting_a_mark_above_0_where_there_was_none_asks_for_a_check_in(together: Browser, sent: Response) -> None:
    assert not Task.objects.exists()
    together.post(address(sent, 4), SAID | {"mark": "0.1"})
    assert Task.objects.get().title == "Please check in with Rowan"


def test_one_row_says_that_it_was_corrected_and_not_to_what(together: Browser, sent: Response) -> None:
    together.post(address(sent), SAID)
    row = Entry.objects.get(did="form.corrected")
    assert row.details == {
        "response": sent.pk, "item": "tolerate_distress", "correction": Correction.objects.get().pk
    }  # fmt: skip


def test_a_look_writes_one_row(together: Browser, sent: Response) -> None:
    before = Entry.objects.count()
    together.get(f"/responses/{sent.pk}/")
    assert Entry.objects.count() == before + 1


def test_charlie_sees_and_changes_nothing(signed_in: Callable[[User], Browser], charlie: User, sent: Response) -> None:
    browser = signed_in(charlie)
    assert browser.get(f"/responses/{sent.pk}/").status_code == 404
    assert browser.post(address(sent), SAID).status_code == 404
    assert not Correction.objects.exists()


def test_a_form_that_was_not_sent_is_not_there_to_correct(together: Browser, asked: Questionnaire) -> None:
    assert together.get(f"/responses/{asked.response.pk}/").status_code == 404
    assert together.post(address(asked.response), SAID).status_code == 404


def test_before_and_after_a_session_lead_to_each_other(together: Browser, send_form, episode: Episode) -> None:
    before = send_form(episode, 0, occasion=Occasion.BEFORE)
    after = send_form(episode, 0, occasion=Occasion.AFTER)
    assert f"/responses/{after.pk}/" in together.get(f"/responses/{before.pk}/").text
    assert f"/responses/{before.pk}/" in together.get(f"/responses/{after.pk}/").text
    assert together.get(address(before, 10)).status_code == 404
