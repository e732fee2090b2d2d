"""A manager reads about every measure, switches them on and off, and retires versions."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import services
from alongside.care.models import Episode, Service
from alongside.instruments import loader
from alongside.measures import actions
from alongside.measures.actions import library as deciding
from alongside.measures.answers import Answer, How, instrument
from alongside.measures.models import Measure, Questionnaire, Response
from alongside.measures.queries import library
from tests.everything import OWN_MEASURE

pytestmark = pytest.mark.django_db
Occasion = Questionnaire.Occasion
KEYS = loader.keys()
SECOND = OWN_MEASURE.replace('version = "1"', 'version = "2"').replace("I slept as I wanted to", "I slept well")


@pytest.fixture
def screen(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    """The lead's browser."""
    return signed_in(lead)


@pytest.fixture
def phq9(lead: User, service: Service) -> Measure:
    """PHQ-9, switched on in every service."""
    return deciding.switch_on(measure="phq9", version="1", services=[], was="", by=lead)


@pytest.fixture
def own(lead: User) -> Measure:
    """A measure of their own, in its first version, switched on."""
    add(OWN_MEASURE, lead)
    return deciding.switch_on(measure="our_days", version="1", services=[], was="", by=lead)


def add(text: str, by: User) -> Measure:
    return deciding.add_own(form=loader.parse(text, "ours.toml"), text=text, by=by)


def rows(measure: str) -> list[str]:
    return [row.did for row in Entry.objects.filter(subject=f"measure:{measure}").order_by("number")]


def page(screen: Browser, where: str) -> str:
    return " ".join(screen.get(where).content.decode().split())


def test_every_measure_stands_in_the_list_a_to_z_and_says_where_its_words_are(screen: Browser, phq9: Measure) -> None:
    text = page(screen, "/measures/")
    used, _, others = text.partition(">Not in use</h2>")
    assert used.index("PHQ-9") < used.index("Service evaluation form")
    names = [loader.load(key).name for key in KEYS if key not in {"phq9", "service-evaluation"}]
    places = [others.index(f">{name}</a>") for name in sorted(names, key=str.casefold)]
    assert places == sorted(places)
    assert "Words come with it" in used
    assert "Numbers only: the paper form is beside you" in others
    assert "A note only, until you record a CAMS-care licence" in others


def test_a_page_says_what_a_measure_is_for_and_not_for_how_it_is_scored_and_who_says_so(screen: Browser) -> None:
    text = page(screen, "/measures/phq9/")
    form = loader.load("phq9")
    for said in (form.purpose, form.not_for, form.scores[0].bands_source, form.licence.terms):
        assert said in text
    assert "The sum of questions 1 to 9, 0 to 27." in text
    assert "A change of 6 or more is reliable." in text
    assert "Any mark above the lowest on question 9 opens one check-in with the person" in text


@pytest.mark.parametrize("key", KEYS)
def test_every_measure_has_a_page(screen: Browser, key: str) -> None:
    assert screen.get(f"/measures/{key}/").status_code == 200
    assert screen.get(f"/measures/{key}/wording").status_code == 200


def test_switching_on_offers_it_in_the_services_that_were_chosen(
    screen: Browser, lead: User, service: Service, episode: Episode, alice: User
) -> None:
    other = services.add(name="Text line", tier=Service.Tier.PREVENTION, team=service.team, uses_form=False, by="test")
    said = {"version": "1", "was": "", "where": "some", "services": [other.pk]}
    assert screen.post("/measures/gad7/on", said).status_code == 302
    with pytest.raises(actions.NotOffered):
        actions.open_form(episode=episode, occasion=Occasion.ONCE, by=alice, measure="gad7")
    said = {"version": "1", "was": "1", "where": "some", "services": [service.pk]}
    screen.post("/measures/gad7/on", said)
    assert actions.open_form(episode=episode, occasion=Occasion.ONCE, by=alice, measure="gad7").version == "1"
    screen.post("/measures/gad7/on", said)
    assert rows("gad7") == ["measure.switched-on", "measure.switched-on"]
    assert Entry.objects.filter(did="measure.switched-on", by=lead.pk).count() == 2


def test_some_services_are_at_least_one_and_what_was_chosen_stays_on_the_page(screen: Browser) -> None:
    answer = screen.post("/measures/gad7/on", {"version": "1", "was": "", "where": "some"})
    assert "Choose at least one service" in answer.content.decode()
    assert Measure.objects.count() == 0


def test_the_service_evaluation_form_is_switched_in_each_service(screen: Browser, lead: User, service: Service) -> None:
    text = page(screen, "/measures/service-evaluation/")
    assert "This form is switched on for each service by itself" in text
    assert "Counselling" in text
    assert screen.get("/measures/service-evaluation/on").status_code == 404
    with pytest.raises(deciding.Refused):
        deciding.switch_off(measure="service_evaluation", by=lead)


def test_switched_off_it_is_not_asked_and_what_is_open_can_be_finished(
    screen: Browser, phq9: Measure, episode: Episode, alice: User
) -> None:
    form = actions.open_form(episode=episode, occasion=Occasion.ONCE, by=alice, measure="phq9")
    screen.post("/measures/phq9/off")
    with pytest.raises(actions.NotOffered):
        actions.open_form(episode=episode, occasion=Occasion.REVIEW, by=alice, measure="phq9")
    given = Answer(value=1.0, how=How.CHOICE)
    actions.answer(questionnaire=form, item="interest", given=given, was="", by=alice.pk)
    assert actions.send(questionnaire=form, by=alice.pk).sent_at is not None
    screen.post("/measures/phq9/off")
    assert rows("phq9") == ["measure.switched-on", "measure.switched-off"]


def test_a_newer_version_takes_the_place_of_the_one_that_is_on_and_old_answers_stay_what_they_were(
    screen: Browser, own: Measure, episode: Episode, alice: User, lead: User
) -> None:
    form = actions.open_form(episode=episode, occasion=Occasion.ONCE, by=alice, measure="our_days")
    actions.answer(questionnaire=form, item="sleep", given=Answer(value=2.0, how=How.CHOICE), was="", by=alice.pk)
    old = actions.send(questionnaire=form, by=alice.pk)
    add(SECOND, lead)
    assert "There is a newer version, 2." in page(screen, "/measures/our_days/")
    screen.post("/measures/our_days/on", {"version": "2", "was": "1", "where": "all"})
    known = library.one_measure("our_days")
    assert known is not None
    assert known.form.version == "2"
    assert list(Measure.objects.filter(on=True).values_list("version", flat=True)) == ["2"]
    kept = Response.objects.select_related("questionnaire").get(pk=old.pk)
    assert instrument(kept.questionnaire).version == "1"
    assert instrument(kept.questionnaire).questions[0].wording == "I slept as I wanted to"
    assert "I slept as I wanted to" in page(screen, f"/responses/{old.pk}/")
    assert rows("our_days")[-2:] == ["measure.switched-off", "measure.switched-on"]


def test_two_people_at_once_switch_on_one_version(screen: Browser, own: Measure, lead: User) -> None:
    add(SECOND, lead)
    screen.post("/measures/our_days/on", {"version": "2", "was": "1", "where": "all"})
    answer = screen.post("/measures/our_days/on", {"version": "1", "was": "1", "where": "all"})
    assert "Somebody changed this measure since you opened the page." in answer.content.decode()
    assert list(Measure.objects.filter(on=True).values_list("version", flat=True)) == ["2"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(on=True)


def test_where_both_write_at_the_same_moment_the_database_lets_one(
    own: Measure, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(SECOND, lead)
    add(SECOND.replace('version = "2"', 'version = "3"'), lead)
    both_saw = library.one_measure("our_days")
    deciding.switch_on(measure="our_days", version="2", services=[], was="1", by=lead)
    monkeypatch.setattr(library, "one_measure", lambda _key: both_saw)
    with pytest.raises(deciding.Refused, match="Somebody changed this measure"):
        deciding.switch_on(measure="our_days", version="3", services=[], was="1", by=lead)
    assert list(Measure.objects.filter(on=True).values_list("version", flat=True)) == ["2"]


def test_a_retired_version_is_asked_no_more_until_it_is_brought_back(screen: Browser, own: Measure, lead: User) -> None:
    where = f"/measures/our_days/versions/{own.pk}"
    assert "Nobody is asked this version from now on." in page(screen, f"{where}/retire")
    screen.post(f"{where}/retire")
    screen.post(f"{where}/retire")
    assert "Retired on" in page(screen, "/measures/our_days/")
    answer = screen.post("/measures/our_days/on", {"version": "1", "was": "", "where": "all"})
    assert "This version was retired. Bring it back first." in answer.content.decode()
    screen.post(f"{where}/bring-back")
    screen.post("/measures/our_days/on", {"version": "1", "was": "", "where": "all"})
    done = [did for did in rows("our_days") if did != "measure.viewed"]
    assert done[-3:] == ["measure.retired", "measure.brought-back", "measure.switched-on"]


def test_a_version_is_found_under_its_own_measure_only(screen: Browser, own: Measure, phq9: Measure) -> None:
    assert screen.get(f"/measures/phq9/versions/{own.pk}/retire").status_code == 404
    assert screen.get("/measures/no_such_thing/").status_code == 404
