"""What waits for a person: forms that may be in the record already, forms that lack a page, pages nobody could read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.care.models import Episode
from alongside.core import clock
from alongside.measures import actions
from alongside.measures.actions.paper import forgetting
from alongside.measures.answers import Answer, How
from alongside.measures.models import Correction, Mark, Page, PaperForm, Questionnaire, Response
from alongside.measures.tests.paper import marked, printed, said_of, scanned
from alongside.todo.models import Task

pytest.importorskip("cv2")
pytest.importorskip("zxingcpp")
SILENT = {"suicidal_thoughts": None, "suicidal_planning": None}


def type_in(episode: Episode, by: User, value: float = 4.0, **other: object) -> Response:
    """What a worker typed in by hand from the paper."""
    occasion = other.get("occasion", Questionnaire.Occasion.FORTNIGHT)
    asked = actions.open_form(episode=episode, occasion=Questionnaire.Occasion(str(occasion)), by=by)
    given = Answer(value=value, how=How.NUMBER)
    actions.type_in(questionnaire=asked, answers={"future": (given, "")}, by=by.pk)
    return actions.send(questionnaire=asked, by=by.pk)


def test_a_form_that_was_typed_in_before_it_was_scanned_waits_for_a_person(
    one, bring, episode: Episode, alice: User, together: Browser
) -> None:
    form, paper = one
    typed = type_in(episode, alice)
    page = bring(marked(paper, form))
    assert Response.objects.get() == typed
    said = said_of(together, page)
    assert "Read, and not taken in: a form like this, typed in or read from paper on" in said
    assert f"/responses/{typed.pk}/" in said
    assert "1 page that waits for you to decide" in " ".join(together.get("/today").text.split())
    assert "Read, and not taken in" in together.get("/measures/paper/").text
    assert "Nothing to look at" in together.get("/measures/paper/look", follow=True).text


def test_the_same_form_lands_once_and_what_was_typed_stays(
    one, bring, episode: Episode, alice: User, together: Browser
) -> None:
    form, paper = one
    typed = type_in(episode, alice)
    page = bring(marked(paper, form))
    together.post(f"/measures/paper/pages/{page.pk}/", {"do": "same"})
    typed.refresh_from_db()
    form.refresh_from_db()
    assert Response.objects.get() == typed
    assert typed.answers == {"future": {"value": 4.0, "how": "number"}}
    assert form.questionnaire == typed.questionnaire
    assert "It was in the record already" in said_of(together, page)
    assert "waits for you" not in together.get("/today").text
    again = bring(marked(paper, form))
    assert (again.outcome, Response.objects.count()) == ("duplicate", 1)


def test_another_form_lands_beside_it(one, bring, episode: Episode, alice: User, together: Browser) -> None:
    form, paper = one
    type_in(episode, alice)
    page = bring(marked(paper, form), keep=False)
    together.post(f"/measures/paper/pages/{page.pk}/", {"do": "another"})
    for mark in Mark.objects.filter(settled=""):
        together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": f"{mark.was:.1f}", "do": "keep"})
    assert Response.objects.count() == 2
    assert "Read, and in the record." in said_of(together, page)


def test_a_form_typed_in_while_its_marks_wait_is_asked_about_too(
    one, bring, episode: Episode, alice: User, together: Browser
) -> None:
    form, paper = one
    page = bring(marked(paper, form, future=None), keep=False)
    type_in(episode, alice)
    for mark in Mark.objects.filter(settled=""):
        together.post(f"/measures/paper/marks/{mark.pk}/", {"do": "missing"})
    assert Response.objects.count() == 1
    assert "Read, and not taken in" in said_of(together, page)


def test_what_was_there_before_the_form_was_printed_asks_nothing(
    episode: Episode, alice: User, bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() - timedelta(days=14))
    type_in(episode, alice)
    monkeypatch.setattr(clock, "now", real)
    pdf = printed(episode, alice)
    bring(marked(scanned(pdf), PaperForm.objects.get()))
    assert Response.objects.count() == 2


def test_the_form_before_a_session_is_not_taken_for_the_one_after(episode: Episode, alice: User, bring) -> None:
    type_in(episode, alice, occasion=Questionnaire.Occasion.BEFORE)
    pdf = printed(episode, alice, occasion=Questionnaire.Occasion.AFTER)
    bring(marked(scanned(pdf), PaperForm.objects.get()))
    assert Response.objects.count() == 2


def test_a_page_scanned_again_after_an_answer_was_put_right_changes_nothing(
    one, bring, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, paper = one
    bring(marked(paper, form))
    response = Response.objects.get()
    actions.correct(
        response=response, item="future", became=Answer(value=1.0, how=How.NUMBER), why="Misread",
        revision=response.revision, by=alice,
    )  # fmt: skip
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=3))
    again = bring(marked(paper, form), keep=False)
    assert again.outcome == "duplicate"
    assert Response.objects.get().answers["future"]["value"] == 1.0
    assert Correction.objects.count() == 1


def test_a_page_on_which_somebody_moved_a_cross_after_it_was_in_the_record_says_so(
    one, bring, together: Browser
) -> None:
    form, paper = one
    bring(marked(paper.copy(), form))
    before = Response.objects.get().answers
    again = bring(marked(paper, form, future=1.0, relationships=9.0, daily_activities=2.0))
    assert again.outcome == "conflict"
    said = said_of(together, again)
    assert "with other marks, and those are in the record." in said
    assert "Put right what is wrong in the record" in said
    assert f"/responses/{Response.objects.get().pk}/" in said
    assert "This page is the right one" not in said
    assert Response.objects.get().answers == before


def test_a_form_whose_other_page_never_comes_is_seen_and_kept_without_it(two, bring, together: Browser) -> None:
    form, pdf = two
    page = bring(marked(scanned(pdf, 0), form, 1))
    assert not Response.objects.exists()
    shown = " ".join(together.get("/measures/paper/").text.split())
    assert "Forms that wait for a page" in shown
    assert "Page 2 has not come in. What is here came on" in shown
    assert "1 form of which a page has not come in" in together.get("/today").text
    assert "Page 2 has not come in" in said_of(together, page)
    together.post(f"/measures/paper/pages/{page.pk}/", {"do": "short"})
    first = {mark.item for mark in Mark.objects.all()}
    assert set(Response.objects.get().answers) == first
    assert len(first) < 11
    assert "Forms that wait" not in together.get("/measures/paper/").text


def test_a_lost_page_that_comes_after_all_is_named_and_asks_for_a_check_in(two, bring, together: Browser) -> None:
    form, pdf = two
    page = bring(marked(scanned(pdf, 1), form, 2))
    together.post(f"/measures/paper/pages/{page.pk}/", {"do": "short"})
    kept = Response.objects.get().answers
    assert not Task.objects.exists()
    late = bring(marked(scanned(pdf, 0), form, 1))
    assert late.outcome == "conflict"
    assert "in the record without a page" in said_of(together, late)
    assert Response.objects.get().answers == kept
    assert Task.objects.get().title == "Please check in with Rowan"


def test_the_rest_is_typed_in_by_hand(two, bring, together: Browser, alice: User) -> None:
    form, pdf = two
    bring(marked(scanned(pdf, 1), form, 2))
    where = f"/measures/paper/forms/{form.pk}/rest"
    shown = together.get(where).text
    assert "Page 1" in shown
    wrong = together.post(where, {"self_harm_frequency-mark": "eleven", "suicidal_thoughts-mark": "2"})
    assert 'value="eleven"' in wrong.text
    assert "Type a number from 0 to 10" in wrong.text
    assert not Response.objects.exists()
    together.post(where, {"self_harm_frequency-mark": "2,4", "suicidal_thoughts-mark": "2"})
    answers = Response.objects.get().answers
    assert answers["self_harm_frequency"]["value"] == 2.4
    assert "self_harm_severity" not in answers
    assert {item for item in answers if "mark" not in item} >= {mark.item for mark in Mark.objects.filter(was__gt=0)}
    assert Task.objects.get().worker == alice
    assert together.get(where, follow=True).redirect_chain == []  # it is in the record: there is nothing here


def test_a_page_that_was_typed_in_is_not_taken_again_when_it_is_found(two, bring, together: Browser) -> None:
    form, pdf = two
    bring(marked(scanned(pdf, 0), form, 1))
    lost = marked(scanned(pdf, 1), form, 2)
    keys = [one.key for one in _on(form, 2)]
    together.post(f"/measures/paper/forms/{form.pk}/rest", {f"{key}-mark": "5" for key in keys})
    assert len(Response.objects.get().answers) == 11
    assert bring(lost).outcome == "duplicate"
    other = bring(marked(scanned(pdf, 1), form, 2, **{keys[0]: 9.0}))
    assert "with other marks, and those are in the record" in said_of(together, other)


def _on(form: PaperForm, number: int) -> list:  # type: ignore[type-arg]
    from alongside.measures.queries.paper_waiting import on_page

    return on_page(form, number)


def test_a_page_of_theirs_that_cannot_be_read_asks_their_worker_to_look(
    one, bring, together: Browser, alice: User
) -> None:
    form, paper = one
    page = bring(paper.resize((paper.width // 3, paper.height // 3)))
    assert (page.outcome, page.form) == ("unreadable", form)
    task = Task.objects.get()
    assert (task.title, task.worker, task.link) == (
        "Please look at a page of Rowan’s that could not be read", alice, f"/measures/paper/pages/{page.pk}/",
    )  # fmt: skip
    assert task.due_at <= clock.next_working_afternoon(clock.now())
    today = " ".join(together.get("/today").text.split())
    assert "1 page that waits for you to decide" in today
    assert "Open the page" in today
    bring(marked(paper, form))
    assert "waits for you to decide" not in together.get("/today").text


def test_nobody_else_decides_for_another_team(two, bring, charlie: User, signed_in: Callable[[User], Browser]) -> None:
    form, pdf = two
    page = bring(marked(scanned(pdf, 0), form, 1))
    his = signed_in(charlie)
    assert his.post(f"/measures/paper/pages/{page.pk}/", {"do": "short"}).status_code == 404
    assert his.get(f"/measures/paper/forms/{form.pk}/rest").status_code == 404
    assert "Rowan" not in his.get("/measures/paper/").text


def test_a_late_page_is_kept_as_long_as_any_other(two, bring, together: Browser) -> None:
    form, pdf = two
    page = bring(marked(scanned(pdf, 0), form, 1))
    together.post(f"/measures/paper/pages/{page.pk}/", {"do": "short"})
    long_ago = clock.now() - timedelta(days=91)
    PaperForm.objects.update(landed_at=long_ago)
    Page.objects.update(made_at=long_ago)
    late = bring(marked(scanned(pdf, 1), form, 2), keep=False)
    assert forgetting.forget_old_pages() == 1
    assert Page.objects.get() == late
