"""A measure of the organisation's own is one file: checked as it is sent, kept as it was, and never in half."""

import json
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from alongside.access.models import KeptForm, User
from alongside.audit.models import Entry
from alongside.care.models import Episode
from alongside.measures import actions
from alongside.measures.actions import library as deciding
from alongside.measures.answers import questions
from alongside.measures.models import Measure
from tests.everything import OWN_MEASURE

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    """The lead's browser."""
    return signed_in(lead)


def added(screen: Browser, text: str) -> str:
    return screen.post("/measures/add", {"text": text}, follow=True).content.decode()


def changed(was: str, becomes: str) -> str:
    assert was in OWN_MEASURE
    return OWN_MEASURE.replace(was, becomes, 1)


def test_a_file_becomes_a_measure_that_can_be_asked(screen: Browser, lead: User, alice: User, episode: Episode) -> None:
    text = added(screen, OWN_MEASURE.replace("\n", "\r\n"))
    assert "It is added." in text
    assert "Our days" in text
    row = Measure.objects.get()
    assert (row.instrument, row.version, row.on, row.definition) == ("our_days", "1", False, OWN_MEASURE)
    deciding.switch_on(measure="our_days", version="1", services=[], was="", by=lead)
    form = actions.open_form(episode=episode, occasion="once", by=alice, measure="our_days")
    assert [one.title for one in questions(form)][:2] == ["I slept as I wanted to", "I did what I had planned"]
    assert Entry.objects.filter(did="measure.added", subject="measure:our_days", by=lead.pk).count() == 1


def test_what_was_pasted_as_the_session_ended_is_given_back(screen: Browser, lead: User) -> None:
    KeptForm.objects.create(user=lead, path="/measures/add", said=json.dumps({"text": ["half a file"]}))
    session = screen.session
    session["kept"] = True
    session.save()
    text = screen.get("/measures/add").content.decode()
    assert "We kept what you had written" in text
    assert "half a file" in text


@pytest.mark.parametrize("key", ["paper", "add"])
def test_a_measure_does_not_hide_behind_another_page(key: str, screen: Browser) -> None:
    text = added(screen, changed('"our_days"', f'"{key}"'))
    assert f"{key} is the address of another page" in text
    assert not Measure.objects.exists()
    assert "Bring in forms" in screen.get("/measures/paper/").content.decode()


def test_its_file_is_given_back_as_it_was(screen: Browser) -> None:
    added(screen, OWN_MEASURE)
    answer = screen.get("/measures/our_days/file")
    assert answer.content.decode() == OWN_MEASURE
    assert answer["Content-Disposition"] == 'attachment; filename="our_days.toml"'
    assert screen.get("/measures/phq9/file").status_code == 404


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Paste the text of your file"),
        ("   \n", "name is missing; add it."),
        ("not a definition", "is not valid TOML"),
        ("a = " + "[" * 90_000, "is not valid TOML"),
        ("a = " + "9" * 5_000, "is not valid TOML"),
        ("x" * 200_001, "A file has 200,000 letters or fewer"),
        (changed('purpose = "How', 'purpos = "How'), "Your file, line 6: purpos is not a known key"),
        (changed('missing = "all"', 'missing = "all"\nreversed = [13]'), "line 9: reversed: 13 is no question"),
        (changed('rule = "sum"', 'rule = "sum"\nbands = [{ name = "low", low = 0, high = 4 }]'), "bands_source"),
        (changed('wording = "I slept as I wanted to"', 'occasion = "session"'), "has no wording"),
        (changed('version = "1"', f'version = "{"1" * 21}"'), "version: use 20 letters or fewer"),
        (changed('"our_days"', f'"{"d" * 61}"'), "key: use 60 letters or fewer"),
        (changed("the last week", "the \\u0000 week"), "no page can show"),
        (changed('"our_days"', '"phq9"'), "phq9 comes with the software. Give your measure another key"),
        (changed('"our_days"', '"service_evaluation"'), "service_evaluation comes with the software"),
    ],
)
def test_every_refusal_says_what_to_put_right_keeps_nothing_and_gives_the_text_back(
    screen: Browser, text: str, says: str
) -> None:
    answer = added(screen, text)
    assert says in answer
    assert Measure.objects.count() == 0
    if "purpos " in text:
        assert "purpos = &#34;How the days were.&#34;" in answer


def test_what_to_put_right_stands_in_the_order_of_the_file(screen: Browser) -> None:
    text = changed('rule = "sum"', 'rule = "sums"').replace('purpose = "How', 'purpos = "How')
    answer = added(screen, text)
    assert answer.index("Your file, line 6:") < answer.index("Your file, line 23:")


def test_too_many_questions_are_refused(screen: Browser) -> None:
    one = '  { key = "sleep", topic = "Sleep", wording = "I slept as I wanted to" },\n'
    many = "".join(one.replace('"sleep"', f'"sleep_{number}"') for number in range(200))
    assert "a form here has 200 or fewer" in added(screen, changed(one, one + many))
    assert Measure.objects.count() == 0


def test_the_same_file_twice_is_one_measure_and_another_text_needs_another_version(screen: Browser) -> None:
    added(screen, OWN_MEASURE)
    assert "It is added." in added(screen, OWN_MEASURE)
    assert "give the changed file a new version" in added(screen, changed("I slept as I wanted to", "I slept well"))
    assert "This measure is called our_days here." in added(screen, changed('"our_days"', '"our-days"'))
    second = changed("I slept as I wanted to", "I slept well").replace('version = "1"', 'version = "2"')
    assert "It is added." in added(screen, second)
    assert sorted(Measure.objects.values_list("version", flat=True)) == ["1", "2"]
    assert Entry.objects.filter(did="measure.added").count() == 2
