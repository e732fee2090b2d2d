"""The shipped definitions keep their licences, their directions and their past."""

import hashlib
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from alongside.instruments import loader
from alongside.instruments.schema import Instrument
from alongside.instruments.scoring import Scorer

FORMS = {key: loader.load(key) for key in loader.keys()}  # noqa: SIM118 - a function of a module
NEVER = {key for key, form in FORMS.items() if form.never_scored}
EARLIER = Path(__file__).with_name("scored_before.json")
ASKED = {
    *("service-evaluation", "phq9", "gad7", "bdi2", "tgi_sr", "isas", "aq_adult", "aq_adolescent", "aq_child"),
    *("upps_p", "supps_p", "core10", "wsas", "goals", "five_aspects", "seraf", "ssf4"),
}
OURS = {"goals", "five_aspects"}


def test_every_measure_of_the_organisation_is_here() -> None:
    assert set(FORMS) == ASKED
    assert {"goals", "five_aspects", "seraf", "ssf4"} == NEVER


# ---- licences ----


def test_wording_ships_only_where_it_may() -> None:
    worded = {key for key, form in FORMS.items() if any(question.wording for question in form.questions) or form.stem}
    assert worded == {"service-evaluation", "phq9", "gad7", *OURS}
    assert {key for key, form in FORMS.items() if form.licence.status == "numbers only"} == set(FORMS) - worded


@pytest.mark.parametrize("key", sorted(set(FORMS) - {"service-evaluation", "phq9", "gad7", *OURS}))
def test_numbers_only_has_a_number_and_a_short_topic_for_each_question(key: str) -> None:
    form = FORMS[key]
    for question in form.questions:
        assert re.fullmatch(r"Question \d+( \(.+\))?", question.title)
        assert len(question.topic) <= 50
        assert not getattr(question, "options", ())


# The public copies: CamCOPS's phq9.xml at b7d36c8 and gad7.xml at bf41776, numbers before the questions left out.
@pytest.mark.parametrize(
    ("key", "checksum"),
    [
        ("phq9", "e312714fe119363e8c8e59f7d34464c51853876a90fdabcf1eb4a4d25f4e74ac"),
        ("gad7", "2dd82987ece2d7eb5afba1ab3f57ec884205cb2008315be3bcbabd0c15e2acb1"),
    ],
)
def test_open_wording_has_not_drifted(key: str, checksum: str) -> None:
    form = FORMS[key]
    assert form.licence.status == "open"
    words = [form.stem or "", *(item.wording or "" for item in form.items), *form.items[0].options]
    if key == "phq9":
        words += form.items[9].options
    assert hashlib.sha256("\n".join(words).encode()).hexdigest() == checksum


def test_the_lowest_answer_of_gad7_is_not_at_all() -> None:
    assert {item.low_words for item in FORMS["gad7"].items} == {"Not at all"}


@pytest.mark.parametrize("key", FORMS)
def test_every_licence_names_its_holder_terms_source_and_date(key: str) -> None:
    licence = FORMS[key].licence
    assert all([licence.holder, licence.terms, licence.source, licence.date])
    assert (licence.needs == "a CAMS-care licence") == (key == "ssf4")


@pytest.mark.parametrize("key", FORMS)
def test_every_measure_says_what_it_is_for_and_what_not(key: str) -> None:
    assert FORMS[key].purpose
    assert FORMS[key].not_for


# ---- what is never built ----


def test_ssf4_has_five_constructs_and_no_sixth() -> None:
    assert [item.key for item in FORMS["ssf4"].items] == ["pain", "stress", "agitation", "hopelessness", "self_hate"]
    assert [question.kind for question in FORMS["ssf4"].questions if question.kind == "text"] == ["text"]


def test_seraf_has_no_number_at_all() -> None:
    assert FORMS["seraf"].items == ()
    assert FORMS["seraf"].scores == ()


def test_isas_is_its_39_functions_and_nothing_else() -> None:
    assert len(FORMS["isas"].questions) == 39
    assert "total" not in {score.key for score in FORMS["isas"].scores}


@pytest.mark.parametrize("key", FORMS)
def test_no_band_is_a_label_of_risk(key: str) -> None:
    said = {band.name for score in FORMS[key].scores for band in score.bands}
    assert said <= {"minimal", "mild", "moderate", "moderately severe", "moderate-to-severe", "severe"}
    assert set(FORMS) & {"phq9", "gad7", "bdi2", "core10"} >= ({key} if said else set())


@pytest.mark.parametrize("key", ["tgi_sr", "isas", "upps_p", "supps_p", "aq_adult", "wsas", "service-evaluation"])
def test_no_reliable_change_where_none_was_published(key: str) -> None:
    assert all(score.reliable_change is None and score.caseness is None for score in FORMS[key].scores)


def test_published_thresholds() -> None:
    published = {
        key: (score.caseness and score.caseness.at, score.reliable_change and score.reliable_change.by)
        for key, form in FORMS.items()
        for score in form.scores
        if score.caseness or score.reliable_change
    }
    assert published == {"phq9": (10, 6), "gad7": (8, 4), "core10": (11, 5)}


def test_traits_have_no_trend() -> None:
    assert {key for key, form in FORMS.items() if not form.over_time} == {
        *("aq_adult", "aq_adolescent", "aq_child", "isas", "seraf")
    }


@pytest.mark.parametrize(
    ("key", "better"),
    [
        ("phq9", True),
        ("gad7", True),
        ("bdi2", True),
        ("core10", True),
        ("wsas", True),
        ("tgi_sr", True),
        ("isas", None),
    ],
)
def test_which_way_is_better(key: str, better: bool | None) -> None:
    assert {score.lower_is_better for score in FORMS[key].scores} == {better}


# ---- size, and the past ----


def test_the_phq9_is_short() -> None:
    assert len((loader.DEFINITIONS / "phq9.toml").read_text("utf-8").splitlines()) <= 60


def responses(form: Instrument) -> list[list[float | None]]:
    """The same few responses each time, some with a gap."""
    chance = random.Random(form.key)
    rows: list[list[float | None]] = []
    for place in range(4):
        marks: list[float | None] = [
            round(item.low + chance.randrange(round((item.high - item.low) / item.step) + 1) * item.step, 9)
            for item in form.items
        ]
        if place == 3:
            marks[chance.randrange(len(marks))] = None
        rows.append(marks)
    return rows


def scored_now() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, form in FORMS.items():
        if key not in NEVER:
            scorer = Scorer(form)
            found[f"{key}@{form.version}"] = [
                {
                    "answers": row,
                    "scores": {
                        name: [made.value, made.answered, made.band] for name, made in scorer.score(row).items()
                    },
                }
                for row in responses(form)
            ]
    return found


def test_an_old_response_scores_as_it_did() -> None:
    """If a change fails here, give the definition a new version and keep the old one in `earlier`."""
    before = json.loads(EARLIER.read_text("utf-8"))
    for name, rows in before.items():
        key, _, version = name.partition("@")
        scorer = Scorer(loader.load(key, version))
        for row in rows:
            made = scorer.score(row["answers"])
            assert {one: [score.value, score.answered, score.band] for one, score in made.items()} == row["scores"]
    assert set(scored_now()) <= set(before)


def test_a_version_that_never_was_is_refused() -> None:
    with pytest.raises(loader.UnknownInstrument, match="phq9 has no version “7”; the newest is 1"):
        loader.load("phq9", "7")
