"""Measures besides the service evaluation form: every kind of question, asked, kept, and never half kept."""

import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.care.models import Client, Episode
from alongside.instruments import loader
from alongside.instruments.scoring import Scorer
from alongside.measures import actions
from alongside.measures.answers import Unfit, check
from alongside.measures.models import Measure, Questionnaire, Response, Words
from alongside.todo.models import Task

Occasion = Questionnaire.Occasion

OWN = """
key = "our_days"
name = "Our days"
version = "1"
informant = "the client"
reference_period = "the last week"
never_scored = "Our days is never scored: it is for talking over."
missing = "none"
items = [
  { key = "places", kind = "choices", topic = "Places", wording = "Where?", options = ["Home", "Work", "Out"] },
  { key = "steps", kind = "number", low = 0, high = 20, topic = "Walks", wording = "Walks?", lower_is_better = false },
]

[licence]
status = "wording supplied"
holder = "Our organisation"
terms = "Ours"
source = "Minutes"
date = "2026-03-03"
"""


@pytest.fixture
def begin(episode: Episode, alice: User) -> Callable[..., Questionnaire]:
    """Return how a form of some measure is opened, which is switched on for it."""

    def opened(measure: str, definition: str = "") -> Questionnaire:
        Measure.objects.create(instrument=measure, version="1", on=True, definition=definition)
        return actions.open_form(episode=episode, occasion=Occasion.ONCE, measure=measure, by=alice)

    return opened


@pytest.fixture
def put(together: Browser) -> Callable[..., str]:
    """Return what the page says after Continue on one question, and after following where it leads."""

    def send(form: Questionnaire, number: int, **said: object) -> str:
        return together.post(f"/forms/{form.pk}/{number}/", said, follow=True).text

    return send


def answers(form: Questionnaire) -> dict[str, object]:
    return Response.objects.get(questionnaire=form).answers


def test_a_choice_is_asked_in_its_own_words_and_kept_as_its_mark(begin, put, together: Browser) -> None:
    form = begin("phq9")
    page = together.get(f"/forms/{form.pk}/1/").text
    assert "Little interest or pleasure in doing things" in page
    assert "Over the last 2 weeks, how often" in page
    assert [text in page for text in ("Not at all", "Several days", "Nearly every day")] == [True] * 3
    assert "checked" not in page
    put(form, 1, mark="2")
    assert answers(form) == {"interest": {"value": 2.0, "how": "choice"}}
    assert 'value="2" checked' in together.get(f"/forms/{form.pk}/1/").text


@pytest.mark.parametrize("mark", ["4", "-1", "1.5", "two", "2b", "1 2", "9" * 50])
def test_what_is_no_choice_is_refused_and_nothing_is_kept(mark: str, begin, put) -> None:
    form = begin("phq9")
    assert "Type a whole number from 0 to 3" in put(form, 1, mark=mark)
    assert answers(form) == {}


def test_an_answer_is_taken_off_or_declined(begin, put) -> None:
    form = begin("gad7")
    put(form, 1, mark="3")
    put(form, 1, mark="3", off="1", was="3")
    assert answers(form) == {}
    put(form, 1, mark="3", declined="on")
    assert answers(form) == {form_key(form, 1): {"declined": True}}


def form_key(form: Questionnaire, number: int) -> str:
    return loader.load(form.instrument).questions[number - 1].key


def test_marks_with_letters_are_kept_with_their_letter(begin, put, together: Browser) -> None:
    form = begin("bdi2")
    page = together.get(f"/forms/{form.pk}/16/").text
    assert re.findall(r'name="mark" value="(\w+)"', page) == ["0", "1a", "1b", "2a", "2b", "3a", "3b"]
    put(form, 16, mark="2b")
    assert answers(form) == {"q16": {"value": 2.0, "how": "choice", "mark": "2b"}}


def test_without_its_words_a_question_is_its_number_and_topic(begin, together: Browser) -> None:
    form = begin("bdi2")
    page = together.get(f"/forms/{form.pk}/5/").text
    assert "Question 5 (Guilty feelings)" in page
    assert "The words of this question are on the paper form. Alice can give it to you." in " ".join(page.split())


def test_words_are_kept_apart_and_unreadable_in_the_database(begin, put, together: Browser) -> None:
    form = begin("five_aspects")
    put(form, 1, words="On the bus\r\nby the window")
    assert answers(form) == {"situation": {"words": True}}
    kept = Words.objects.get()
    assert kept.words == "On the bus\nby the window"
    assert str(Words.objects.values_list("words", flat=True).get()).startswith("r1.")
    assert "by the window" in together.get(f"/forms/{form.pk}/1/").text
    assert "by the window" in together.get(f"/forms/{form.pk}/check").text


def test_words_that_are_too_long_are_shown_again(begin, put) -> None:
    form = begin("five_aspects")
    page = put(form, 1, words="long " * 1000)
    assert "Say it in 4,000 letters or fewer" in page
    assert "long long" in page
    assert not Words.objects.exists()


def test_words_on_two_screens_are_not_lost(begin, put, together: Browser) -> None:
    form = begin("five_aspects")
    stamp = re.search(r'name="was" value="(.*?)"', together.get(f"/forms/{form.pk}/1/").text)[1]
    put(form, 1, words="First said", was=stamp)
    page = put(form, 1, words="Said elsewhere", was=stamp)
    assert "This answer was changed on another screen" in page
    assert "Said elsewhere" in page
    assert Words.objects.get().words == "First said"


def test_words_go_when_a_form_is_taken_back(begin, put, alice: User) -> None:
    form = begin("goals")
    put(form, 1, words="Sleep through")
    put(form, 2, mark="4")
    assert answers(form)["goal_1_near"] == {"value": 4.0, "how": "figure"}
    actions.take_back(questionnaire=form, by=alice.pk)
    assert not Words.objects.exists()
    assert answers(form) == {}


def test_choices_and_numbers_of_an_own_measure(begin, put, together: Browser) -> None:
    form = begin("our_days", OWN)
    assert "Where?" in together.get(f"/forms/{form.pk}/1/").text
    put(form, 1, chosen=["Out", "Home"])
    assert answers(form) == {"places": {"chosen": ["Home", "Out"]}}
    assert "Choose from what stands on the page" in put(form, 1, chosen=["The moon"])
    assert "Type a whole number from 0 to 20" in put(form, 2, mark="21")
    put(form, 2, mark="20")
    assert "Home, Out" in together.get(f"/forms/{form.pk}/check").text


@pytest.mark.parametrize(
    "kept",
    [
        {"interest": {"value": 4, "how": "choice"}},
        {"interest": {"value": 1, "how": "choice", "mark": "1a"}},
        {"interest": {"words": True}},
        {"interest": {"chosen": ["1"]}},
        {"interest": {"value": True, "how": "choice"}},
        {"pleasure": {"declined": True}},
    ],
)
def test_what_cannot_be_an_answer_is_never_kept(kept: dict[str, object], begin) -> None:
    with pytest.raises(Unfit):
        check(kept, asked_of=begin("phq9"))


# --- who may have the screen


@pytest.mark.parametrize(("measure", "alone"), [("phq9", True), ("aq_child", True), ("five_aspects", False)])
def test_a_form_that_is_never_answered_alone_is_never_handed_over(
    measure: str, alone: bool, begin, together: Browser
) -> None:
    form = begin(measure)
    assert ("Sign me out and hand over" in together.get(f"/forms/{form.pk}/").text) == alone
    together.post(f"/forms/{form.pk}/hand-over")
    given = Response.objects.get(questionnaire=form).given
    assert (given == Response.Given.HANDED_OVER) == alone


# --- choosing which form


def test_with_one_measure_in_use_the_page_is_as_it_was(together: Browser, client_of_alice: Client) -> None:
    assert "When is it taken?" in together.get(f"/clients/{client_of_alice.pk}/forms/new").text


def test_with_more_the_first_page_asks_which(together: Browser, client_of_alice: Client) -> None:
    Measure.objects.create(instrument="gad7", version="1", on=True)
    Measure.objects.create(instrument="wsas", version="1", on=False)
    page = together.get(f"/clients/{client_of_alice.pk}/forms/new").text
    assert "Which form do you take with Rowan?" in page
    assert "GAD-7" in page
    assert "WSAS" not in page
    second = f"/clients/{client_of_alice.pk}/forms/new/gad7"
    assert "When is it taken?" in together.get(second).text
    together.post(second, {"occasion": "once"})
    form = Questionnaire.objects.get()
    assert (form.instrument, form.version, form.occasion) == ("gad7", "1", "once")


@pytest.mark.parametrize("measure", ["wsas", "nothing-like-it"])
def test_a_measure_that_is_off_is_not_there(measure: str, together: Browser, client_of_alice: Client) -> None:
    assert together.get(f"/clients/{client_of_alice.pk}/forms/new/{measure}").status_code == 404


def test_a_measure_of_some_services_is_not_offered_in_others(
    episode: Episode, together: Browser, client_of_alice: Client, alice: User, team
) -> None:
    elsewhere = type(episode.service).objects.create(name="Bereavement", tier="postvention", team=team)
    Measure.objects.create(instrument="tgi_sr", version="1", on=True).services.add(elsewhere)
    assert together.get(f"/clients/{client_of_alice.pk}/forms/new/tgi_sr").status_code == 404
    with pytest.raises(actions.NotOffered):
        actions.open_form(episode=episode, occasion=Occasion.ONCE, measure="tgi_sr", by=alice)


def test_forms_of_two_measures_can_be_open_at_once(begin) -> None:
    assert begin("phq9").pk != begin("gad7").pk
    assert Questionnaire.objects.filter(open=True).count() == 2


def test_the_service_evaluation_charts_know_nothing_of_other_measures(begin, put, together: Browser, alice) -> None:
    form = begin("phq9")
    actions.send(questionnaire=form, by=alice.pk)
    page = together.get(f"/clients/{form.client_id}").text
    assert "No form yet. There is a place for the first one." in page


# --- R1.9: PHQ-9 question 9, and what an empty place does


@pytest.mark.parametrize(
    ("mark", "panel", "task"), [("0", False, False), ("1", True, True), ("2", True, True), ("3", True, True)]
)
def test_question_9_opens_one_neutral_check_in(
    mark: str, panel: bool, task: bool, begin, put, together: Browser, alice: User
) -> None:
    form = begin("phq9")
    page = put(form, 9, mark=mark)
    assert ("Thank you for saying so" in page) == panel
    actions.send(questionnaire=form, by=alice.pk)
    assert [one.title for one in Task.objects.all()] == ["Please check in with Rowan"] * task


@pytest.mark.parametrize("said", [{}, {"declined": "on"}])
def test_question_9_left_empty_asks_gently(said: dict[str, str], begin, put, together: Browser, alice: User) -> None:
    form = begin("phq9")
    for number in range(1, 9):
        put(form, number, mark="1")
    put(form, 9, **said)
    check_page = " ".join(together.get(f"/forms/{form.pk}/check").text.split())
    assert "You left question 9 empty. That is fine. Alice may gently ask how you are." in check_page
    assert not Task.objects.exists()
    together.post(f"/forms/{form.pk}/send")
    assert [one.title for one in Task.objects.all()] == ["Please check in with Rowan"]


def test_other_empty_questions_ask_nothing(begin, put, together: Browser) -> None:
    form = begin("gad7")
    together.post(f"/forms/{form.pk}/send")
    assert not Task.objects.exists()


# --- a form answered on paper


def test_a_paper_form_is_typed_in_on_one_page_and_scored(begin, together: Browser) -> None:
    form = begin("bdi2")
    said = {f"q{number}-mark": "1" for number in range(1, 22)} | {"q16-mark": "3a"}
    answer = together.post(f"/forms/{form.pk}/type-in", said)
    assert answer["Location"] == f"/forms/{form.pk}/check"
    response = Response.objects.get(questionnaire=form)
    assert response.given == Response.Given.ON_PAPER
    marks = {key: one["value"] for key, one in response.answers.items()}
    assert Scorer(loader.load("bdi2")).score(marks)["total"].value == 23


def test_one_wrong_mark_keeps_none_and_shows_all(begin, together: Browser) -> None:
    form = begin("bdi2")
    page = together.post(f"/forms/{form.pk}/type-in", {"q1-mark": "1", "q2-mark": "7"}).text
    assert "Question 2: Type a whole number from 0 to 3" in page
    assert re.search(r'name="q1-mark" value="1" checked', page)
    assert answers(form) == {}


def test_a_screen_handed_over_types_nothing_in(begin, together: Browser) -> None:
    form = begin("phq9")
    together.post(f"/forms/{form.pk}/hand-over")
    assert together.get(f"/forms/{form.pk}/type-in").status_code == 404
    assert together.get(f"/forms/{form.pk}/1/").status_code == 200


def test_typing_in_after_another_screen_changed_it_keeps_what_was_typed(begin, put, together: Browser) -> None:
    form = begin("gad7")
    first, second = (one.key for one in loader.load("gad7").questions[:2])
    put(form, 1, mark="3")
    page = together.post(f"/forms/{form.pk}/type-in", {f"{first}-mark": "1", f"{second}-mark": "2"}).text
    assert "nothing was kept yet" in page
    assert answers(form) == {first: {"value": 3.0, "how": "choice"}}
    stamp = re.search(rf'name="{first}-was" value="(.*?)"', page)[1]
    again = {f"{first}-mark": "1", f"{first}-was": stamp, f"{second}-mark": "2"}
    together.post(f"/forms/{form.pk}/type-in", again)
    assert {key: one["value"] for key, one in answers(form).items()} == {first: 1.0, second: 2.0}


# --- putting right


@pytest.mark.parametrize(
    ("measure", "number", "said", "now"),
    [
        ("phq9", 1, {"became": "mark", "mark": "3"}, {"value": 3.0, "how": "choice"}),
        ("bdi2", 16, {"became": "mark", "mark": "1b"}, {"value": 1.0, "how": "choice", "mark": "1b"}),
        ("goals", 2, {"became": "mark", "mark": "10"}, {"value": 10.0, "how": "figure"}),
        ("five_aspects", 1, {"became": "mark", "words": "In the park"}, {"words": True}),
        ("phq9", 1, {"became": "declined"}, {"declined": True}),
    ],
)
def test_an_answer_of_any_kind_is_put_right(
    measure: str, number: int, said: dict[str, str], now: object, begin, together: Browser, alice: User
) -> None:
    form = begin(measure)
    response = actions.send(questionnaire=form, by=alice.pk)
    page = together.get(f"/responses/{response.pk}/{number}/correct").text
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    told = {**said, "why": "Read wrongly", "revision": revision}
    assert together.post(f"/responses/{response.pk}/{number}/correct", told).status_code == 302
    assert answers(form)[form_key(form, number)] == now


def test_words_put_right_keep_what_they_were(begin, put, together: Browser, alice: User) -> None:
    form = begin("five_aspects")
    put(form, 1, words="In the park")
    response = actions.send(questionnaire=form, by=alice.pk)
    revision = Response.objects.get().revision
    said = {"became": "mark", "words": "In the square", "why": "They said so", "revision": revision}
    together.post(f"/responses/{response.pk}/1/correct", said)
    page = " ".join(together.get(f"/responses/{response.pk}/").text.split())
    assert "Said In the park until Alice" in page
    assert "changed it to In the square" in page
    assert Words.objects.get().words == "In the square"


def test_a_mark_that_does_not_fit_is_asked_for_again(begin, together: Browser, alice: User) -> None:
    form = begin("phq9")
    response = actions.send(questionnaire=form, by=alice.pk)
    said = {"became": "mark", "mark": "7", "why": "Read wrongly", "revision": response.revision}
    page = together.post(f"/responses/{response.pk}/1/correct", said).text
    assert "Type a whole number from 0 to 3" in page
    assert "Read wrongly" in page
