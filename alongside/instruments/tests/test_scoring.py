"""A score has a number and how it came about, or no number and the reason."""

from dataclasses import fields

import pytest

from alongside.instruments import loader
from alongside.instruments.marks import BadAnswer
from alongside.instruments.scoring import NeverScored, Score, Scorer

PHQ = (loader.DEFINITIONS / "phq9.toml").read_text("utf-8")


def phq(missing: str, more: str = "") -> Scorer:
    """The PHQ-9 of an organisation that has chosen another rule for what is missing."""
    text = PHQ.replace('missing = "all"', f'missing = "{missing}"')
    return Scorer(loader.parse(text.replace('rule = "sum"', f'rule = "sum"\n{more}'), "phq9.toml"))


def test_a_score_says_everything_about_itself() -> None:
    assert [field.name for field in fields(Score)] == [
        *("value", "answered", "items", "rule", "status", "why", "band", "version")
    ]
    made = Scorer(loader.load("phq9")).score([2] * 9)["total"]
    assert made == Score(18, 9, 9, "sum of 9 questions, all answered", "scored", None, "moderately severe", "1")


# eight answers of 2: 16 / 8 × 9 = 18; seven: 14 / 7 × 9 = 18; six are too few
@pytest.mark.parametrize(("left_out", "value"), [((), 18), ((3,), 18), ((3, 5), 18), ((3, 5, 7), None)])
def test_filling_in_is_chosen_counted_and_said(left_out: tuple[int, ...], value: float | None) -> None:
    answers = {f"q{number}": 2 for number in range(1, 10) if number not in left_out}
    made = phq("prorate max 2").score(answers)["total"]
    assert made.value == value
    if left_out and value:
        assert made.why == f"prorated: {9 - len(left_out)} of 9 questions are answered"
    assert Scorer(loader.load("phq9")).score(answers)["total"].status == ("not_scored" if left_out else "scored")


def test_a_question_that_is_never_filled_in_stops_the_score() -> None:
    scorer = phq("prorate max 2", "never_prorated = [9]")
    answers = {f"q{number}": 1 for number in range(1, 9)}
    made = scorer.score(answers)["total"]
    assert (made.value, made.why) == (None, "question 9 is not answered")
    assert scorer.score(answers | {"q9": 0, "q8": None})["total"].value == pytest.approx(7 / 8 * 9)


# 8 / 8 × 9 = 9 has not reached 10; 9 / 8 × 9 = 10.125 has
def test_a_filled_in_score_has_the_band_it_has_reached() -> None:
    answers = dict(zip([f"q{number}" for number in range(1, 9)], [2, 2, 1, 1, 1, 1, 0, 0], strict=True))
    made = phq("prorate max 2").score(answers)["total"]
    assert (made.value, made.band) == (9, "mild")
    made = phq("prorate max 2").score(answers | {"q8": 1} | {"q7": None, "q9": 0})["total"]
    assert made.value == pytest.approx(10.125)
    assert made.band == "moderate"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (4, "question 3 goes from 0 to 3, but the answer is “4”; correct it."),
        (-1, "question 3 goes from 0 to 3, but the answer is “-1”; correct it."),
        ("1.5", "question 3 goes in steps of 1, but the answer is “1.5”; correct it."),
        ("often", "question 3 takes a number, but the answer is “often”; correct it."),
        ("1a", "question 3 takes a number, but the answer is “1a”; correct it."),
        (float("nan"), "question 3 goes from 0 to 3, but the answer is “nan”; correct it."),
        ("nan", "question 3 takes a number, but the answer is “nan”; correct it."),
        ("١", "question 3 takes a number, but the answer is “١”; correct it."),
        (True, "question 3 takes a number, but the answer is “True”; correct it."),
        ([1, 2], "question 3 takes a number, but the answer is “[1, 2]”; correct it."),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_place(answer: object, said: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        Scorer(loader.load("phq9")).score({"q3": answer})  # type: ignore[dict-item]
    assert str(refused.value) == said


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_nothing_marked_is_not_zero(blank: str | None) -> None:
    made = Scorer(loader.load("gad7")).score([blank, *[0] * 6])["total"]
    assert (made.value, made.answered) == (None, 6)


def test_a_line_takes_one_decimal_and_not_two() -> None:
    scorer = Scorer(loader.load("service-evaluation"))
    assert scorer.score({"q1": "0.3"})["q1"].value == 0.3
    with pytest.raises(BadAnswer, match=r"^question 1 goes in steps of 0\.1"):
        scorer.score({"q1": "0.35"})


def test_a_question_that_is_not_on_the_form_is_refused() -> None:
    with pytest.raises(BadAnswer, match=r"^there is no question “q11” on PHQ-9; correct or remove it\.$"):
        Scorer(loader.load("phq9")).score({"q11": 1})
    with pytest.raises(BadAnswer, match="PHQ-9 has 10 questions, but there are 11 answers"):
        Scorer(loader.load("phq9")).score([1] * 11)
    with pytest.raises(BadAnswer, match="GAD-7 has 7 questions, but there are 6 answers"):
        Scorer(loader.load("gad7")).score([1] * 6)


@pytest.mark.parametrize("key", ["goals", "five_aspects", "seraf", "ssf4"])
def test_what_is_never_scored_says_why(key: str) -> None:
    with pytest.raises(NeverScored, match=r"(is|are) never scored"):
        Scorer(loader.load(key))


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("phq9", [9]),
        ("bdi2", [9]),
        ("core10", [6]),
        ("isas", [6, 19, 32]),
        ("service-evaluation", [3, 4]),
        ("gad7", []),
    ],
)
def test_any_mark_above_the_lowest_opens_a_check_in_and_changes_no_score(key: str, numbers: list[int]) -> None:
    form = loader.load(key)
    scorer = Scorer(form)
    lowest = {f"q{item.number}": item.low for item in form.items}
    assert scorer.check_ins(lowest) == ()
    assert scorer.check_ins({}) == ()
    raised = {name: mark + (1 if int(name[1:]) in numbers else 0) for name, mark in lowest.items()}
    assert [item.number for item in scorer.check_ins(raised)] == numbers
    others = {name: mark + 1 for name, mark in lowest.items() if int(name[1:]) not in numbers}
    assert scorer.check_ins(others) == ()
