"""Answering: what can be typed, what is kept, and that nothing is lost."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.test import Client as Browser
from hypothesis import given
from hypothesis import strategies as st

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.instruments import loader
from alongside.measures import actions
from alongside.measures.answers import Answer, How, Unfit, check, read
from alongside.measures.models import Questionnaire, Response

SORRY = "Type a number from 0 to 10, such as 6.4"
OFTEN = loader.load("service-evaluation").items[0]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("6.4", 6.4), ("6,4", 6.4), (" 6.4 ", 6.4), ("0", 0.0), ("10", 10.0), ("10.0", 10.0), (".5", 0.5)],
)
def test_a_number_is_kept_at_once(typed: str, value: float, say, kept, asked: Questionnaire) -> None:
    answer = say(1, mark=typed, how="line")
    assert answer["Location"] == f"/forms/{asked.pk}/2/"
    assert kept(1) == {"value": value, "how": "line"}


@pytest.mark.parametrize(
    "typed",
    ["12", "-1", "six", "6.45", "nan", "NaN", "inf", "-inf", "1e1", "🙂", "6.4.1", "٦", "½", ".", "\x00", "9" * 5000],
)
def test_what_is_not_on_the_line_is_asked_for_again_and_shown(typed: str, say, kept) -> None:
    page = say(1, mark=typed, how="number").text
    assert SORRY in page
    assert typed.strip("\x00")[:20] in page
    assert kept(1) is None


def test_an_earlier_mark_stays_when_the_new_one_does_not_fit(say, kept) -> None:
    say(1, mark="3")
    say(1, mark="31", was="3.0")
    assert kept(1) == {"value": 3.0, "how": "number"}


@pytest.mark.parametrize("how", ["line", "keys", "number", "taps"])
def test_how_it_was_marked_is_kept(how: str, say, kept) -> None:
    say(1, mark="6.4", how=how)
    assert kept(1) == {"value": 6.4, "how": how}


def test_an_unknown_way_of_marking_is_not_kept(say, kept) -> None:
    say(1, mark="6.4", how="telepathy")
    assert kept(1) == {"value": 6.4, "how": "number"}


def test_a_question_can_be_left_without_a_word(say, kept, asked: Questionnaire) -> None:
    assert say(1)["Location"] == f"/forms/{asked.pk}/2/"
    assert kept(1) is None


def test_choosing_not_to_answer_is_kept_and_not_as_a_number(say, kept) -> None:
    say(1, declined="on")
    assert kept(1) == {"declined": True}


def test_a_mark_can_be_taken_off(say, kept) -> None:
    say(1, mark="6.4")
    say(1, mark="", was="6.4")
    assert kept(1) is None


def test_without_javascript_nothing_is_chosen_beforehand(together: Browser, asked: Questionnaire) -> None:
    page = together.get(f"/forms/{asked.pk}/1/").text
    assert page.count('type="radio" name="whole"') == 11
    assert "checked" not in page
    assert 'name="mark" value=""' in page


@pytest.mark.parametrize(
    ("first", "then", "kept_then"),
    [
        ({}, {"whole": "7"}, {"value": 7.0, "how": "radio"}),
        ({"whole": "7"}, {"whole": "3", "mark": "7.0", "was": "7.0"}, {"value": 3.0, "how": "radio"}),
        ({"whole": "7"}, {"whole": "7", "mark": "7.3", "was": "7.0"}, {"value": 7.3, "how": "number"}),
        ({"mark": "6.4"}, {"whole": "7", "mark": "6.4", "was": "6.4"}, {"value": 7.0, "how": "radio"}),
        ({"mark": "6.4"}, {"mark": "6.4", "was": "6.4", "declined": "on"}, {"declined": True}),
        ({"declined": "on"}, {"whole": "0", "was": "declined", "declined": "on"}, {"value": 0.0, "how": "radio"}),
        ({"whole": "7"}, {"whole": "7", "mark": "7.0", "was": "7.0", "off": "1"}, None),
    ],
    ids=["button", "other button", "number after button", "button after number", "declined after", "mark after", "off"],
)
def test_without_javascript_the_last_thing_done_counts(first, then, kept_then, say, kept) -> None:
    say(1, **first)
    say(1, **then)
    assert kept(1) == kept_then


def test_without_javascript_a_number_typed_over_a_button_was_typed(say, kept, together: Browser, asked) -> None:
    say(1, whole="7")
    assert 'name="how" value=""' in together.get(f"/forms/{asked.pk}/1/").text
    say(1, whole="7", mark="7.4", was="7.0", how="radio")
    assert kept(1) == {"value": 7.4, "how": "number"}


def test_how_it_was_marked_is_shown_again_with_what_did_not_fit(say) -> None:
    assert 'name="how" value="keys"' in say(1, mark="12", how="keys").text


def test_every_question_is_reached_and_the_last_leads_to_the_check(
    together: Browser, say, asked: Questionnaire
) -> None:
    for number in range(1, 11):
        assert say(number, mark="5")["Location"] == f"/forms/{asked.pk}/{number + 1}/"
    assert say(11, mark="5")["Location"] == f"/forms/{asked.pk}/check"
    assert together.get(f"/forms/{asked.pk}/12/").status_code == 404
    assert together.get(f"/forms/{asked.pk}/0/").status_code == 404


def test_changing_one_answer_leads_back_to_the_check(together: Browser, asked: Questionnaire) -> None:
    changed = together.post(f"/forms/{asked.pk}/2/?change", {"mark": "4"})
    assert changed["Location"] == f"/forms/{asked.pk}/check"


def test_saving_to_come_back_keeps_what_is_on_the_screen(together: Browser, say, kept, asked: Questionnaire) -> None:
    later = say(2, mark="4.4", then="later")
    assert later["Location"] == f"/forms/{asked.pk}/later"
    assert kept(2) == {"value": 4.4, "how": "number"}
    assert "Your answers so far are kept" in together.get(later["Location"]).text
    assert f"/forms/{asked.pk}/1/" in together.get(f"/forms/{asked.pk}/").text


def test_another_screen_changed_it_meanwhile(
    say, kept, asked: Questionnaire, signed_in: Callable[[User], Browser], bob: User
) -> None:
    signed_in(bob).post(f"/forms/{asked.pk}/1/", {"mark": "3.0", "was": ""})
    page = say(1, mark="6.4", was="").text
    assert "There it is 3.0" in page
    assert 'value="6.4"' in page
    assert 'name="was" value="3.0"' in page
    assert kept(1) == {"value": 3.0, "how": "number"}
    say(1, mark="6.4", was="3.0")
    assert kept(1) == {"value": 6.4, "how": "number"}


def test_pressed_twice_it_is_kept_once(say, kept, asked: Questionnaire) -> None:
    assert [say(1, mark="6.4", was="").status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(did="form.answered").count() == 1


def test_what_was_typed_when_the_session_had_ended_is_given_back(
    together: Browser, say, kept, asked: Questionnaire, alice: User, noon
) -> None:
    session = together.session
    session["seen"] = int(noon.timestamp()) - 24 * 60 * 60
    session.save()
    assert "/accounts/login/" in say(1, mark="six point four")["Location"]
    together.force_login(alice)
    session = together.session
    session["second_factor"] = True
    session.save()
    page = together.get(f"/forms/{asked.pk}/1/").text
    assert "We kept what you had put" in page
    assert "six point four" in page


def test_the_check_shows_marks_gaps_and_choices(together: Browser, say, asked: Questionnaire) -> None:
    say(1, mark="3.2")
    say(2, declined="on")
    page = together.get(f"/forms/{asked.pk}/check").text
    assert 'cx="32.0%"' in page
    assert page.count("You chose not to answer") == 1
    assert page.count("No mark yet") == 9
    assert page.count("?change") == 11


def test_sent_twice_is_sent_once(together: Browser, say, asked: Questionnaire) -> None:
    say(1, mark="3.2")
    first = together.post(f"/forms/{asked.pk}/send")
    sent_at = Response.objects.get().sent_at
    assert together.post(f"/forms/{asked.pk}/send")["Location"] == first["Location"] == f"/forms/{asked.pk}/thanks"
    assert Response.objects.get().sent_at == sent_at
    assert Entry.objects.filter(did="form.sent").count() == 1
    assert "Thank you" in together.get(first["Location"]).text


def test_after_sending_the_way_back_leads_to_thanks(together: Browser, asked: Questionnaire) -> None:
    together.post(f"/forms/{asked.pk}/send")
    for page in ("", "1/", "check", "later", "delete"):
        assert together.get(f"/forms/{asked.pk}/{page}")["Location"] == f"/forms/{asked.pk}/thanks"


def test_an_answer_that_comes_after_sending_is_not_added_and_said_so(together: Browser, say, kept, asked) -> None:
    together.post(f"/forms/{asked.pk}/send")
    page = say(1, mark="9").text
    assert "This form was sent already" in page
    assert kept(1) is None


def test_a_copy_to_keep_has_the_answers_and_no_name(together: Browser, say, asked: Questionnaire) -> None:
    say(1, mark="3.2")
    together.post(f"/forms/{asked.pk}/send")
    page = together.get(f"/forms/{asked.pk}/copy").text
    main = page.split("<main")[1]
    assert "It does not hold your name." in main
    assert "3.2 out of 10" in main
    assert "Rowan" not in main


def test_every_page_says_the_same_of_who_sees_it(together: Browser, asked: Questionnaire) -> None:
    pages = [together.get(f"/forms/{asked.pk}/{page}").text for page in ("", "check")]
    assert "We also count answers in reports to funders, without names." in pages[0]
    for page in pages:
        assert "You and Alice will see it, and talk about it together. Alice’s team can see it too." in page
    together.post(f"/forms/{asked.pk}/send")
    assert "Alice’s team can see it too." in together.get(f"/forms/{asked.pk}/thanks").text


def test_taken_back_nothing_is_kept(together: Browser, say, asked: Questionnaire) -> None:
    say(1, mark="3.2")
    assert "cannot be got back" in together.get(f"/forms/{asked.pk}/delete").text
    together.post(f"/forms/{asked.pk}/delete")
    asked.refresh_from_db()
    assert asked.taken_back_at is not None
    assert asked.response.answers == {}
    assert Entry.objects.filter(did="form.taken-back").count() == 1
    page = together.get(f"/forms/{asked.pk}/1/")
    assert (page.status_code, "This form was deleted" in page.text) == (410, True)


def test_a_form_that_was_sent_cannot_be_taken_back(together: Browser, asked: Questionnaire, alice: User) -> None:
    actions.send(questionnaire=asked, by=alice.pk)
    assert "This form was sent already" in together.post(f"/forms/{asked.pk}/delete").text
    with pytest.raises(actions.Closed):
        actions.take_back(questionnaire=asked, by=alice.pk)


def test_every_look_and_every_answer_writes_one_row_and_no_value(together: Browser, say, asked: Questionnaire) -> None:
    rows = Entry.objects.filter(subject=f"client:{asked.client_id}")
    before = rows.count()
    together.get(f"/forms/{asked.pk}/1/")
    assert rows.count() == before + 1
    say(1, mark="7.7")
    assert rows.count() == before + 2
    assert "7.7" not in str(list(rows.values()))


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_mark_on_the_line_or_refused(typed: str) -> None:
    with suppress(Unfit):
        value = read(typed, OFTEN)
        assert 0 <= value <= 10
        assert round(value, 1) == value


@pytest.mark.parametrize(
    "answers",
    [
        {"nonsense": {"declined": True}},
        {"future": {"value": 10.1, "how": "line"}},
        {"future": {"value": 6.45, "how": "line"}},
        {"future": {"value": float("nan"), "how": "line"}},
        {"future": {"value": True, "how": "line"}},
        {"future": {"value": 6.4, "how": "guess"}},
        {"future": {"value": 6.4}},
        {"future": {"declined": False}},
        {"future": 6.4},
        [6.4],
    ],
)
def test_no_response_keeps_what_is_not_an_answer(answers: object, asked: Questionnaire) -> None:
    with pytest.raises(Unfit):
        check(answers, asked_of=asked)


def test_an_answer_survives_being_kept() -> None:
    for answer in (Answer(), Answer(declined=True), Answer(value=6.4, how=How.TAPS)):
        assert Answer.kept(answer.to_keep()) == answer
