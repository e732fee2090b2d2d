"""Nobody's licence is broken: words only under a recorded one, and no longer than it holds."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Episode
from alongside.core import clock
from alongside.instruments import loader
from alongside.measures import actions
from alongside.measures.actions import library as deciding
from alongside.measures.answers import Answer, How, questions
from alongside.measures.models import LicenceRecord, Questionnaire, Response, Wording
from alongside.measures.queries import forms, library

pytestmark = pytest.mark.django_db
Occasion = Questionnaire.Occasion
WSAS = loader.load("wsas")
SAID = {one.key: f"Invented words number {one.number}" for one in WSAS.questions}
TYPED = {"version": "1", "stem": "", **{f"words_of_{key}": words for key, words in SAID.items()}}


@pytest.fixture
def screen(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    """The lead's browser."""
    return signed_in(lead)


def recorded(measure: str, by: User, *, days_ago: int = 0, ends_in: int | None = None) -> LicenceRecord:
    today = clock.today()
    return deciding.record_licence(
        measure=measure, holder="The holder", allows="On paper and on a screen", kept_at="Blue folder",
        given_on=today - timedelta(days=days_ago), by=by,
        ends_on=None if ends_in is None else today + timedelta(days=ends_in),
    )  # fmt: skip


def opened(measure: str, episode: Episode, by: User) -> Questionnaire:
    return actions.open_form(episode=episode, occasion=Occasion.ONCE, by=by, measure=measure)


def again(form: Questionnaire) -> Questionnaire:
    found = forms.held(form.pk)
    assert found is not None
    return found


def parts(day: date, name: str = "given_on") -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_a_licence_is_recorded_with_where_it_is_kept_and_never_changed(screen: Browser, lead: User) -> None:
    typed = {"holder": "Pearson", "allows": "Ten forms a year", "kept_at": "Safe", **parts(clock.today())}
    assert screen.post("/measures/bdi2/licence", {**typed, "key": "a" * 32}).status_code == 302
    screen.post("/measures/bdi2/licence", {**typed, "key": "a" * 32})
    licence = LicenceRecord.objects.get()
    assert (licence.holder, licence.recorded_by, licence.holds) == ("Pearson", lead, True)
    text = screen.get("/measures/bdi2/").content.decode()
    assert "Ten forms a year" in text
    assert "Kept at: Safe" in text
    assert [row.subject for row in Entry.objects.filter(did="licence.recorded")] == ["measure:bdi2"]


def test_what_is_missing_from_a_licence_is_asked_for_and_what_was_typed_stays(screen: Browser) -> None:
    typed = {"holder": "Pearson", **parts(clock.today()), **parts(clock.today() - timedelta(days=1), "ends_on")}
    text = screen.post("/measures/bdi2/licence", {**typed, "key": "a" * 32}).content.decode()
    for said in ("Write what the licence allows", "Enter where the licence is kept", "It would end before it begins"):
        assert said in text
    assert 'value="Pearson"' in text
    assert LicenceRecord.objects.count() == 0


def test_a_licence_is_ended_and_a_wrong_day_is_refused(screen: Browser, lead: User) -> None:
    licence = recorded("wsas", lead, days_ago=10)
    where = f"/measures/wsas/licence/{licence.pk}/end"
    wrong = screen.post(where, parts(clock.today() - timedelta(days=11), "ends_on"))
    assert "It was given later than that." in wrong.content.decode()
    screen.post(where, parts(clock.today() - timedelta(days=1), "ends_on"))
    licence.refresh_from_db()
    assert not licence.holds
    assert "It does not hold today." in screen.get("/measures/wsas/").content.decode()
    assert "This licence has ended." in screen.post(where, parts(clock.today(), "ends_on")).content.decode()
    assert Entry.objects.filter(did="licence.ended", subject="measure:wsas").count() == 1
    assert screen.get(f"/measures/bdi2/licence/{licence.pk}/end").status_code == 404


@pytest.mark.parametrize(
    ("why", "licence"),
    [
        ("none is recorded", None),
        ("it has ended", {"days_ago": 10, "ends_in": -1}),
        ("it has not begun", {"days_ago": -5}),
        ("it is for another measure", {"measure": "bdi2"}),
    ],
)
def test_words_are_refused_without_a_licence_that_holds(
    screen: Browser, lead: User, why: str, licence: dict | None
) -> None:
    if licence is not None:
        recorded(**{"measure": "wsas", "by": lead, **licence})
    assert "Record the licence first" in screen.get("/measures/wsas/wording").content.decode()
    text = screen.post("/measures/wsas/wording", TYPED).content.decode()
    assert "No licence is recorded that holds today. Record the licence first" in text
    assert "Invented words number 3" in text, "what was typed is lost"
    assert Wording.objects.count() == 0, why


def test_words_that_come_with_a_measure_are_not_added(screen: Browser, lead: User) -> None:
    recorded("phq9", lead)
    text = screen.get("/measures/phq9/wording").content.decode()
    assert "The words come with it" in text
    assert "<textarea" not in text
    with pytest.raises(deciding.Refused, match="The words come with this measure"):
        deciding.add_wording(measure="phq9", version="1", stem="", items={}, options={}, by=lead)


def test_words_are_kept_whole_or_not_at_all(screen: Browser, lead: User) -> None:
    recorded("wsas", lead)
    missing = {name: words for name, words in TYPED.items() if name != f"words_of_{WSAS.questions[3].key}"}
    text = screen.post("/measures/wsas/wording", {**missing, "choices": "Never\nAlways"}).content.decode()
    assert "Enter the words of question 4" in text
    assert "There are 2 lines for the marks 0 to 8. Write 9, one for each mark" in text
    assert "Invented words number 5" in text
    assert Wording.objects.count() == 0


def test_words_are_asked_as_they_were_added_and_earlier_forms_read_as_they_were_asked(
    screen: Browser, lead: User, alice: User, episode: Episode
) -> None:
    recorded("wsas", lead)
    deciding.switch_on(measure="wsas", version="1", services=[], was="", by=lead)
    marks = "\n".join(f"Choice {number}" for number in range(9))
    screen.post("/measures/wsas/wording", {**TYPED, "choices": marks, "stem": "Invented stem"})
    first = again(opened("wsas", episode, alice))
    assert [one.title for one in questions(first)] == list(SAID.values())
    assert questions(first)[0].options[8] == "Choice 8"
    actions.send(questionnaire=first, by=alice.pk)
    changed = {name: words.replace("Invented", "Other") for name, words in TYPED.items()}
    screen.post("/measures/wsas/wording", changed)
    screen.post("/measures/wsas/wording", changed)
    assert questions(again(first))[0].title == "Invented words number 1"
    assert questions(again(opened("wsas", episode, alice)))[0].title == "Other words number 1"
    assert Wording.objects.filter(retired_at=None).count() == 1
    dids = [row.did for row in Entry.objects.filter(subject="measure:wsas", did__startswith="wording.")]
    assert sorted(dids) == ["wording.added", "wording.added", "wording.retired"]


def test_a_question_may_have_choices_of_its_own(screen: Browser, lead: User) -> None:
    recorded("bdi2", lead)
    form = loader.load("bdi2")
    typed = {"version": "1", **{f"words_of_{one.key}": "Invented" for one in form.questions}}
    wrong = screen.post("/measures/bdi2/wording", {**typed, "choices_of_q4": "One\nTwo"}).content.decode()
    assert "Question 4: There are 2 lines for the marks 0 to 3. Write 4, one for each mark" in wrong
    screen.post("/measures/bdi2/wording", {**typed, "choices": "A\nB\nC\nD", "choices_of_q4": "E\nF\nG\n\nH"})
    known = library.one_measure("bdi2")
    assert known is not None
    assert [known.worded.items[place].options for place in (2, 3)] == [("A", "B", "C", "D"), ("E", "F", "G", "H")]
    assert "Your own words, by leave of The holder" in screen.get("/measures/").content.decode()


def test_words_of_a_licence_that_has_ended_are_shown_to_nobody_even_on_open_forms(
    screen: Browser, lead: User, alice: User, episode: Episode, signed_in: Callable[[User], Browser]
) -> None:
    licence = recorded("wsas", lead, days_ago=5)
    deciding.switch_on(measure="wsas", version="1", services=[], was="", by=lead)
    deciding.add_wording(measure="wsas", version="1", stem="", items=SAID, options={}, by=lead)
    form = opened("wsas", episode, alice)
    worker = signed_in(alice)
    assert "Invented words number 2" in worker.get(f"/forms/{form.pk}/2/").content.decode()
    deciding.end_licence(licence=licence, ends_on=clock.today() - timedelta(days=1), by=lead)
    text = worker.get(f"/forms/{form.pk}/2/").content.decode()
    assert "Invented" not in text
    assert WSAS.questions[1].title in text
    assert opened("wsas", episode, alice) == form
    assert library.one_measure("wsas").wording is None  # type: ignore[union-attr]


def test_ssf4_takes_a_note_until_its_licence_is_recorded_and_then_all_its_questions(
    screen: Browser, lead: User, alice: User, episode: Episode
) -> None:
    assert "Until you record it, only a note may be kept" in screen.get("/measures/ssf4/").content.decode()
    screen.post("/measures/ssf4/on", {"version": "1", "was": "", "where": "all"})
    noted = again(opened("ssf4", episode, alice))
    assert [one.key for one in questions(noted)] == ["kept"]
    actions.answer(questionnaire=noted, item="kept", given=Answer(text="Blue folder"), was="", by=alice.pk)
    actions.send(questionnaire=noted, by=alice.pk)
    recorded("ssf4", lead)
    later = again(opened("ssf4", episode, alice))
    assert [one.key for one in questions(later)] == [one.key for one in loader.load("ssf4").questions]
    assert [one.key for one in questions(again(noted))] == ["kept"]


def test_what_was_answered_under_a_needed_licence_is_still_read_once_it_has_ended(
    lead: User, alice: User, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = recorded("ssf4", lead, ends_in=0)
    deciding.switch_on(measure="ssf4", version="1", services=[], was="", by=lead)
    sent, begun = opened("ssf4", episode, alice), None
    given = Answer(value=4.0, how=How.FIGURE)
    actions.answer(questionnaire=sent, item="pain", given=given, was="", by=alice.pk)
    actions.send(questionnaire=sent, by=alice.pk)
    begun = opened("ssf4", episode, alice)
    actions.answer(questionnaire=begun, item="pain", given=given, was="", by=alice.pk)
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert not licence.holds
    assert len(questions(again(sent))) == 6
    assert [one.key for one in questions(again(begun))] == ["kept"]
    actions.send(questionnaire=begun, by=alice.pk)
    assert Response.objects.get(questionnaire=begun).answers["pain"]["value"] == 4.0
