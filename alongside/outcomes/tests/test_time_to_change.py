"""Time to the first improvement is what R's survival package says it is."""

import csv
import math
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.disclosure import STRICT, treat
from alongside.outcomes.time_to_change import first_improvement, kaplan_meier, log_rank

REFERENCE = Path(__file__).parent / "reference" / "time_to_change.csv"


def reference_cases() -> list[dict[str, str]]:
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def numbers(text: str) -> list[float]:
    return [math.nan if number in {"NA", "NaN"} else float(number) for number in text.split()]


def nan_if_none(values: list[float | None]) -> list[float]:
    return [math.nan if value is None else value for value in values]


@pytest.mark.parametrize("case", reference_cases(), ids=lambda case: case["case"])
def test_the_curve_is_what_r_gives(case: dict[str, str]) -> None:
    found = kaplan_meier(numbers(case["days"]), [x == 1 for x in numbers(case["improved"])])
    columns = {
        "day": [step.day for step in found.steps],
        "at_risk": [step.n for step in found.steps],
        "happened": [step.improved for step in found.steps],
        "left": [step.left for step in found.steps],
        "not_yet": [step.not_yet for step in found.steps],
        "se": [step.se for step in found.steps],
        "low": [step.ci95 and step.ci95[0] for step in found.steps],
        "high": [step.ci95 and step.ci95[1] for step in found.steps],
        "median": [found.median_days],
        "median_low": [found.median_low],
        "median_high": [found.median_high],
    }
    for name, values in columns.items():
        expected = numbers(case[name])
        assert nan_if_none(values) == pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True), name


@pytest.mark.parametrize("case", reference_cases(), ids=lambda case: case["case"])
def test_the_test_between_groups_is_what_r_gives(case: dict[str, str]) -> None:
    improved = [x == 1 for x in numbers(case["improved"])]
    found = log_rank(numbers(case["days"]), improved, case["group"].split())
    assert [one.improved for one in found.groups.values()] == numbers(case["observed"])
    assert [one.expected for one in found.groups.values()] == pytest.approx(numbers(case["expected"]), rel=1e-9)
    assert found.chi2 == pytest.approx(float(case["chi2"]), rel=1e-8)
    assert found.df == float(case["df"])
    assert found.p == pytest.approx(float(case["p"]), rel=1e-8)


@pytest.mark.parametrize("case", reference_cases(), ids=lambda case: case["case"])
def test_the_middle_time_of_a_group_is_that_of_its_people_alone(case: dict[str, str]) -> None:
    days, improved = np.array(numbers(case["days"])), np.array(numbers(case["improved"])) == 1
    group = np.array(case["group"].split())
    for level, found in log_rank(days, improved, group).groups.items():
        alone = kaplan_meier(days[group == level], improved[group == level])
        assert (found.n, found.improved, found.median_days) == (alone.n, alone.improved, alone.median_days)
        assert (found.median_low, found.median_high) == (alone.median_low, alone.median_high)


def test_time_runs_to_the_first_form_that_is_better_and_otherwise_to_the_last() -> None:
    client = [1, 1, 1, 2, 2, 3, 4, 4]
    day = [0, 30, 60, 10, 70, 0, 0, 20]
    found = first_improvement(client, day, [9, 4, 9, 9, 5, 9, 4.1, 9.1], by=5, lower_is_better=True)
    assert (found.client.tolist(), found.days.tolist()) == ([1, 2, 4], [30, 60, 20])
    assert found.improved.tolist() == [True, False, False]
    higher = first_improvement(client, day, [9, 4, 9, 9, 5, 9, 4.1, 9.1], by=5, lower_is_better=False)
    assert higher.improved.tolist() == [False, False, True]


def test_nobody_is_no_trouble() -> None:
    nobody = first_improvement([], [], [], by=1, lower_is_better=True)
    found = kaplan_meier(nobody.days, nobody.improved)
    assert (found.n, found.median_days, found.steps) == (0, None, ())
    assert found.why
    test = log_rank([], [], [])
    assert (test.n, test.chi2, test.p) == (0, None, None)
    assert test.why


@pytest.mark.parametrize(
    ("improved", "group"),
    [([True] * 4, ["a"] * 4), ([False] * 4, ["a", "a", "b", "b"])],
)
def test_one_group_or_no_improvement_gives_no_test(improved: list[bool], group: list[str]) -> None:
    found = log_rank([10, 20, 30, 40], improved, group)
    assert (found.chi2, found.df, found.p) == (None, None, None)
    assert found.why


def test_everybody_improved_on_the_same_day() -> None:
    found = kaplan_meier([30, 30, 30], [True] * 3)
    assert (found.median_days, found.median_low, found.median_high) == (30, None, None)
    assert found.why
    assert log_rank([30, 30, 30], [True] * 3, ["a", "b", "b"]).p is None


def test_fewer_than_half_improved_says_why_there_is_no_middle() -> None:
    assert "Fewer than half" in (kaplan_meier([10, 20, 30], [True, False, False]).why or "")


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf])
def test_a_time_that_cannot_be_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=r"below 0|finite"):
        kaplan_meier([10, bad], [True, True])


def test_arrays_must_fit_and_a_threshold_be_above_0() -> None:
    with pytest.raises(ValueError, match="same people"):
        kaplan_meier([10, 20], [True])
    with pytest.raises(ValueError, match="same people"):
        log_rank([10, 20], [True, True], ["a"])
    with pytest.raises(ValueError, match="above 0"):
        first_improvement([1], [0], [5], by=0, lower_is_better=True)


def test_no_day_of_one_person_is_published() -> None:
    days = np.arange(40) * 7.0 + 14
    shown = treat(kaplan_meier(days, [True] * 30 + [False] * 10), STRICT)
    assert (shown.n, shown.improved, shown.median_days) == (40, 30, 150.5)
    assert {(step.day, step.not_yet, step.se, step.ci95, step.improved) for step in shown.steps} <= {
        (None, None, None, None, None),
        (None, None, None, None, 0),
    }
    test = treat(log_rank(days, [True] * 40, ["a"] * 37 + ["b"] * 3), STRICT)
    assert (test.chi2, test.groups["b"].n, test.groups["b"].improved) == (None, None, None)


forms = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 200), st.integers(0, 100).map(lambda tenth: tenth / 10)),
    unique_by=lambda form: form[:2],
    min_size=1,
    max_size=40,
)


@given(forms, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[int, int, float]], chance: random.Random) -> None:
    first = first_improvement(*zip(*rows, strict=True), by=2, lower_is_better=True)
    chance.shuffle(rows)
    again = first_improvement(*zip(*rows, strict=True), by=2, lower_is_better=True)
    assert (first.days.tolist(), first.improved.tolist()) == (again.days.tolist(), again.improved.tolist())
    curve = kaplan_meier(first.days, first.improved)
    assert sum((step.improved or 0) + (step.left or 0) for step in curve.steps) == curve.n
    shares = [step.not_yet for step in curve.steps if step.not_yet is not None]
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
