"""Every measure scores as its sources say: against a second scorer, and against sums shown by hand."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.instruments import loader
from alongside.instruments.scoring import Score, Scorer
from alongside.instruments.tests import reference

SECOND: dict[str, Callable[[reference.Marks], dict[str, float]]] = {
    "phq9": reference.phq9,
    "gad7": reference.sums,
    "bdi2": reference.sums,
    "tgi_sr": reference.sums,
    "wsas": reference.sums,
    "core10": reference.core10,
    "upps_p": reference.upps_p,
    "supps_p": reference.supps_p,
    "aq_adult": reference.aq_adult,
    "isas": reference.isas,
}


def scored(key: str, answers: object) -> dict[str, Score]:
    return Scorer(loader.load(key)).score(answers)  # type: ignore[arg-type]


def values(key: str, answers: object) -> dict[str, float | None]:
    return {name: score.value for name, score in scored(key, answers).items()}


def all_but(key: str, mark: int, **others: object) -> dict[str, object]:
    """The same mark on every question, except where another is given."""
    return {f"q{item.number}": mark for item in loader.load(key).items} | others


@pytest.mark.parametrize("key", SECOND)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_second_scorer_agrees(key: str, data: st.DataObject) -> None:
    form = loader.load(key)
    marks = [data.draw(st.integers(int(item.low), int(item.high))) for item in form.items]
    assert values(key, marks) == pytest.approx(SECOND[key](marks), abs=1e-9)


# nine answers of 3 + 3 + … by hand; the tenth question never counts
@pytest.mark.parametrize(
    ("total", "band"),
    [
        *((0, "minimal"), (4, "minimal"), (5, "mild"), (9, "mild"), (10, "moderate"), (14, "moderate")),
        *((15, "moderately severe"), (19, "moderately severe"), (20, "severe"), (27, "severe")),
    ],
)
def test_phq9_has_its_published_bands(total: int, band: str) -> None:
    marks = [max(0, min(3, total - 3 * place)) for place in range(9)]
    for tenth in (None, 0, 3):
        made = scored("phq9", [*marks, tenth])["total"]
        assert (made.value, made.band, made.answered, made.items, made.status) == (total, band, 9, 9, "scored")


@pytest.mark.parametrize(
    ("total", "band"),
    [
        *((0, "minimal"), (4, "minimal"), (5, "mild"), (9, "mild"), (10, "moderate"), (14, "moderate")),
        *((15, "severe"), (21, "severe")),
    ],
)
def test_gad7_has_its_published_bands(total: int, band: str) -> None:
    made = scored("gad7", [max(0, min(3, total - 3 * place)) for place in range(7)])["total"]
    assert (made.value, made.band) == (total, band)


@pytest.mark.parametrize(
    ("total", "band"),
    [
        *((0, "minimal"), (10, "minimal"), (13, "minimal"), (14, "mild"), (18, "mild"), (19, "mild")),
        *((20, "moderate"), (28, "moderate"), (29, "severe"), (30, "severe"), (63, "severe")),
    ],
)
def test_bdi2_has_its_own_bands_and_not_those_of_the_old_bdi(total: int, band: str) -> None:
    made = scored("bdi2", [max(0, min(3, total - 3 * place)) for place in range(21)])["total"]
    assert (made.value, made.band) == (total, band)


@pytest.mark.parametrize(
    ("mark", "counts"), [("0", 0), ("1a", 1), ("1b", 1), ("2A", 2), ("2b", 2), ("3a", 3), ("3b", 3)]
)
def test_bdi2_counts_the_letters_of_sleep_and_appetite_alike(mark: str, counts: int) -> None:
    assert values("bdi2", all_but("bdi2", 0, q16=mark, q18=mark)) == {"total": 2 * counts}


@pytest.mark.parametrize("several", ["1a 2b", "2a;1b", "1, 2", "0/2"])
def test_bdi2_counts_the_highest_of_several_marks(several: str) -> None:
    assert values("bdi2", all_but("bdi2", 0, q16=several)) == {"total": 2}
    assert values("bdi2", all_but("bdi2", 0, q5=[1, 2, 0])) == {"total": 2}


# questions 2 and 3 turned: all 0 gives 4 + 4; all 4 gives 8 × 4; and 3 and 4 turned instead would give 12
def test_core10_turns_questions_2_and_3_and_no_others() -> None:
    assert values("core10", [0] * 10) == {"total": 8}
    assert values("core10", [4] * 10) == {"total": 32}
    assert values("core10", all_but("core10", 0, q2=4)) == {"total": 4}
    assert values("core10", all_but("core10", 0, q4=4)) == {"total": 12}


def test_core10_is_never_made_from_one_answer() -> None:
    made = scored("core10", {"q1": 4})["total"]
    assert (made.value, made.status, made.answered, made.band) == (None, "not_scored", 1, None)


@pytest.mark.parametrize(
    ("marks", "total", "band"),
    [
        ([0, 4, 4, 2, 2, 2, 2, 2, 0, 0], 10, None),
        ([0, 4, 4, 2, 2, 2, 2, 2, 1, 0], 11, "mild"),
        ([2, 4, 4, 2, 2, 2, 2, 2, 2, 1], 15, "moderate"),
        ([4, 4, 4, 4, 4, 4, 4, 0, 0, 0], 20, "moderate-to-severe"),
        ([4, 4, 4, 4, 4, 4, 4, 4, 1, 0], 25, "severe"),
        ([4, 0, 0, 4, 4, 4, 4, 4, 4, 4], 40, "severe"),
    ],
)
def test_core10_has_bands_from_the_cut_off_upwards(marks: list[int], total: int, band: str | None) -> None:
    made = scored("core10", marks)["total"]
    assert (made.value, made.band) == (total, band)


# CamCOPS 2.4 gives 6 “Mild” for two answers, 0 “None” for none
def test_an_incomplete_phq9_has_neither_number_nor_band() -> None:
    two = scored("phq9", {"q1": 3, "q2": 3})["total"]
    none = scored("phq9", {})["total"]
    assert [(made.value, made.band, made.status) for made in (two, none)] == [(None, None, "not_scored")] * 2
    assert two.why == "questions 3, 4, 5, 6, 7, 8 and 9 are not answered"
    assert none.why == "no question is answered"


def test_wsas_without_work_is_scored_on_four_and_says_so() -> None:
    four = scored("wsas", {"q2": 8, "q3": 8, "q4": 8, "q5": 8})["total"]
    assert (four.value, four.answered, four.items, four.status) == (32, 4, 4, "scored")
    assert four.why is not None
    assert "four questions, without question 1 (work)" in four.why
    five = scored("wsas", [8] * 5)["total"]
    assert (five.value, five.items, five.why) == (40, 5, None)
    without_home = scored("wsas", {"q1": 8, "q3": 8, "q4": 8, "q5": 8})["total"]
    assert (without_home.value, without_home.why) == (None, "question 2 is not answered")
    assert scored("wsas", {"q1": 8})["total"].status == "not_scored"


# the misprint “13, 36, 39” would put question 36 into autonomy; it is the third of toughness (10, 23, 36)
def test_isas_autonomy_is_13_26_and_39() -> None:
    assert values("isas", all_but("isas", 0, q13=2, q26=2, q39=2))["autonomy"] == 6
    toughness = values("isas", all_but("isas", 0, q36=2))
    assert (toughness["toughness"], toughness["autonomy"]) == (2, 0)


# functions 1, 3, 5, 6, 11 are intrapersonal: 1 at 6, 3 at 3 gives 9 / 5; the other eight: 2 at 4 gives 4 / 8
def test_isas_is_a_profile_with_two_means_and_no_total() -> None:
    made = values("isas", all_but("isas", 0, q1=2, q14=2, q27=2, q3=1, q16=1, q29=1, q2=2, q15=2))
    assert (made["intrapersonal"], made["interpersonal"]) == (1.8, 0.5)
    assert list(made) == [*reference.ISAS, "intrapersonal", "interpersonal"]


def test_isas_needs_all_three_of_a_function() -> None:
    made = scored("isas", all_but("isas", 1, q14=None))
    assert made["affect_regulation"].why == "question 14 is not answered"
    assert made["intrapersonal"].why == "affect_regulation is not scored"
    assert made["interpersonal"].value == 3


# all “definitely agree” earns the 24 agree questions: 3 + 5 + 6 + 6 + 4; all disagree the other 26
@pytest.mark.parametrize(
    ("mark", "totals"), [(0, (24, 3, 5, 6, 6, 4)), (1, (24, 3, 5, 6, 6, 4)), (3, (26, 7, 5, 4, 4, 6))]
)
def test_aq_gives_the_point_for_either_degree(mark: int, totals: tuple[int, ...]) -> None:
    assert tuple(values("aq_adult", [mark] * 50).values()) == totals


def test_aq_question_1_earns_its_point_for_disagreeing() -> None:
    assert values("aq_adult", all_but("aq_adult", 0, q1=3))["total"] == 25
    assert values("aq_adult", all_but("aq_adult", 0, q1=2))["social"] == 4


@pytest.mark.parametrize("key", ["aq_adolescent", "aq_child"])
def test_aq_of_the_young_waits_for_its_key(key: str) -> None:
    made = scored(key, [1] * 50)
    assert list(made) == ["total", "social", "switching", "detail", "communication", "imagination"]
    assert {(one.value, one.status, one.why, one.band) for one in made.values()} == {
        (None, "not_scored", "key not confirmed", None)
    }


# all 1 (agree strongly): eleven of NU turn to 4 and 53 stays 1: 45 / 12; PERS two turn: 16 / 10; PU all turn
def test_upps_p_turns_49_and_54_and_not_53_or_55() -> None:
    ones = values("upps_p", [1] * 59)
    assert ones == {
        "negative_urgency": 3.75,
        "lack_of_premeditation": 1,
        "lack_of_perseverance": 1.6,
        "sensation_seeking": 4,
        "positive_urgency": 4,
    }
    assert values("upps_p", all_but("upps_p", 1, q53=4))["negative_urgency"] == 4
    assert values("upps_p", all_but("upps_p", 1, q55=4))["lack_of_premeditation"] == pytest.approx(14 / 11, abs=1e-9)
    assert values("upps_p", all_but("upps_p", 1, q49=4, q54=4))["positive_urgency"] == pytest.approx(50 / 14, abs=1e-9)


def test_supps_p_is_means_from_1_to_4_and_not_sums() -> None:
    assert tuple(values("supps_p", [1] * 20).values()) == (4, 1, 1, 4, 4)
    assert tuple(values("supps_p", [4] * 20).values()) == (1, 4, 4, 1, 1)


def test_tgi_sr_is_a_sum_with_no_band() -> None:
    low, high = (scored("tgi_sr", [mark] * 18)["total"] for mark in (1, 5))
    assert [(made.value, made.band) for made in (low, high)] == [(18, None), (90, None)]


def test_the_service_evaluation_form_gives_each_mark_by_itself() -> None:
    made = scored("service_evaluation", {"q1": "7.3", "q2": 0, "q11": 10})
    assert list(made) == [f"q{number}" for number in range(1, 12)]
    assert (made["q1"].value, made["q2"].value, made["q11"].value) == (7.3, 0, 10)
    assert (made["q3"].value, made["q3"].why) == (None, "no question is answered")
