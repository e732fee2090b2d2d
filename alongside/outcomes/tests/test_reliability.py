"""Reliability is what R says it is, and gives no number where none can stand."""

import csv
import dataclasses
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.disclosure import STRICT, treat
from alongside.outcomes.reliability.alpha import alpha
from alongside.outcomes.reliability.intraclass import ICC_NAMES, intraclass
from alongside.outcomes.reliability.retest import Retest, bland_altman, retest, spearman

REFERENCE = Path(__file__).parent / "reference" / "reliability.csv"

scores = st.integers(0, 100).map(lambda tenths: tenths / 10)
pairs = st.lists(st.tuples(scores, scores), min_size=5, max_size=30)
tables = st.integers(2, 5).flatmap(
    lambda items: st.lists(st.lists(scores, min_size=items, max_size=items), min_size=3, max_size=20)
)


def reference_cases() -> list[dict[str, str]]:
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def numbers(text: str) -> list[float]:
    return [float(number) for number in text.split()]


def table_of(case: dict[str, str]) -> np.ndarray:
    return np.array(numbers(case["scores"])).reshape(-1, int(case["k"]))


def names(k: int) -> list[str]:
    return [f"item {place}" for place in range(k)]


def flat(value: Any) -> list[float]:
    """Every number that a result has, in order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [number for field in dataclasses.fields(value) for number in flat(getattr(value, field.name))]
    if isinstance(value, dict):
        return [number for part in value.values() for number in flat(part)]
    if isinstance(value, tuple):
        return [number for part in value for number in flat(part)]
    return [value] if isinstance(value, int | float) else []


@pytest.mark.parametrize("case", reference_cases(), ids=lambda case: case["case"])
def test_intraclass_correlations_are_rs(case: dict[str, str]) -> None:
    found = intraclass(table_of(case))
    assert tuple(found) == ICC_NAMES
    expected = numbers(case["icc"])
    assert flat(found) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    "case", [case for case in reference_cases() if case["k"] == "2"], ids=lambda case: case["case"]
)
def test_two_occasions_are_rs(case: dict[str, str]) -> None:
    found = retest(*table_of(case).T)
    p = numbers(case["agreement"])[3]
    assert found.pearson.p == pytest.approx(p, rel=1e-9)
    parts = (found.pearson.r, found.pearson.ci95, found.pearson.p, found.spearman.rho)
    said = flat((*parts, found.bland_altman, found.sem, found.sdc))
    assert said == pytest.approx(numbers(case["agreement"]), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("case", reference_cases(), ids=lambda case: case["case"])
def test_alpha_is_rs(case: dict[str, str]) -> None:
    k = int(case["k"])
    found = alpha(table_of(case), names(k))
    said = [found.alpha, *(found.ci95 or ()), *(found.if_deleted or {}).values()]
    assert [number for number in said if number is not None] == pytest.approx(numbers(case["alpha"]), rel=1e-9)


def test_nobody_asked_twice_gives_no_number() -> None:
    found = retest([], [], left_out=4)
    assert (found.n, found.left_out, found.sem, found.sdc) == (0, 4, None, None)
    assert found.why == "Nobody was asked twice."
    assert set(flat(found)) == {0, 4}


def test_one_person_has_a_difference_and_nothing_else() -> None:
    found = retest([3.0], [5.0])
    assert found.bland_altman.bias == 2.0
    assert (found.pearson.r, found.spearman.rho, found.bland_altman.sd, found.sdc) == (None,) * 4
    assert "One person" in (found.why or "")


def test_the_same_scores_again_do_not_prove_that_any_change_is_real() -> None:
    found = retest([3, 5, 8, 9], [3, 5, 8, 9])
    assert {icc.value for icc in found.icc.values()} == {1.0}
    assert {icc.low for icc in found.icc.values()} == {None}
    assert "agree exactly" in (found.icc["ICC2"].why or "")
    assert (found.pearson.r, found.pearson.ci95) == (1.0, None)
    assert (found.bland_altman.bias, found.bland_altman.sd, found.bland_altman.loa) == (0.0, 0.0, None)
    assert (found.sem, found.sdc) == (None, None)
    assert "differ by the same amount" in (found.why or "")


def test_a_shift_that_is_the_same_for_everybody_counts_for_icc2_only() -> None:
    found = retest([4.1, 5.3, 6.2, 9.9], [3.1, 4.3, 5.2, 8.9])
    icc2, icc3 = found.icc["ICC2"], found.icc["ICC3"]
    assert icc3.value == 1.0
    assert icc2.value is not None
    assert icc2.value < 1
    assert (icc2.low, icc3.low, found.sdc) == (None, None, None)


@pytest.mark.parametrize("second", [[4.0, 4.0, 4.0], [4.0, 5.0, 6.0]])
def test_the_same_score_for_everybody_is_no_correlation(second: list[float]) -> None:
    found = retest([4.0, 4.0, 4.0], second)
    assert (found.pearson.r, found.spearman.rho) == (None, None)
    assert found.pearson.why
    assert found.spearman.why


def test_a_constant_measure_has_no_intraclass_correlation() -> None:
    found = intraclass(np.full((5, 2), 0.1))
    assert {icc.value for icc in found.values()} == {None}
    assert "same score" in (found["ICC1"].why or "")


def test_people_who_do_not_differ_have_no_correlation_of_the_mean() -> None:
    found = intraclass([[1, 3], [3, 1], [1, 3], [3, 1]])
    assert found["ICC1"].value == pytest.approx(-1)
    assert (found["ICC1k"].value, found["ICC3k"].value) == (None, None)
    assert found["ICC1k"].why


def test_two_people_and_an_outlier_give_no_infinite_number() -> None:
    for first, second in (([1, 2], [2, 1]), ([1, 2], [2, 4]), ([1e9, 1.0, 2, 3], [2, 1, 4, 3]), ([1, 1], [2, 2])):
        for number in flat(retest(first, second)):
            assert math.isfinite(number)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_score_that_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        retest([1.0, bad], [2.0, 3.0])
    with pytest.raises(ValueError, match="finite"):
        intraclass([[1.0, bad], [2.0, 3.0]])
    with pytest.raises(ValueError, match="finite"):
        alpha([[1.0, math.inf], [2.0, 3.0]], ["a", "b"])


def test_different_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same people"):
        bland_altman([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="same people"):
        spearman([1.0, 2.0], [1.0])


def test_a_flat_list_is_no_table() -> None:
    with pytest.raises(ValueError, match="two dimensions"):
        intraclass([1.0, 2.0])
    with pytest.raises(ValueError, match="one name for each item"):
        alpha([[1.0, 2.0]], ["a"])


def test_alpha_leaves_out_whoever_left_an_item_out() -> None:
    whole = [[1.0, 2.0, 1.0], [2.0, 3.0, 3.0], [4.0, 4.0, 5.0], [5.0, 5.0, 4.0]]
    found = alpha([*whole, [3.0, math.nan, 3.0]], names(3))
    assert dataclasses.replace(found, left_out=0) == alpha(whole, names(3))
    assert found.left_out == 1


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([[1.0, 2.0]], "two people"),
        ([[math.nan, 2.0], [1.0, math.nan]], "two people"),
        ([[0.1, 0.1], [0.1, 0.1], [0.1, 0.1]], "total is the same"),
        ([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]], "total is the same"),
        ([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]], "agree exactly"),
        ([[1.0, 1.0], [2.0, 3.0], [4.0, 2.0]], "one is left"),
    ],
)
def test_alpha_says_why_a_number_is_missing(table: list[list[float]], says: str) -> None:
    found = alpha(table, names(2))
    assert says in (found.why or "")
    assert (found.if_deleted or {}).keys() == set(names(2))


def test_one_item_is_no_scale() -> None:
    assert "two items" in (alpha([[1.0], [2.0]], ["a"]).why or "")


def test_an_item_worded_the_other_way_round_is_named() -> None:
    found = alpha([[1, 2, 1, 5], [2, 3, 3, 4], [4, 4, 5, 2], [5, 5, 4, 1]], ["calm", "rested", "hopeful", "tense"])
    assert "tense" in found.against
    assert found.if_deleted is not None
    assert found.alpha is not None
    assert (found.if_deleted["tense"] or 0) > found.alpha


def test_a_constant_item_beside_one_other_leaves_nothing_and_says_so() -> None:
    found = alpha([[1, 7, 7], [2, 7, 7], [4, 7, 7]], ["a", "b", "c"])
    assert found.if_deleted is not None
    assert found.if_deleted["a"] is None
    assert "cannot be told apart" in (found.why or "")


def test_published_reliability_keeps_only_rounded_counts() -> None:
    shown = treat(retest(*np.array([[n, n + n % 3] for n in range(41)]).T, left_out=3), STRICT)
    assert (shown.n, shown.left_out) == (40, None)
    assert (shown.sem, shown.sdc, shown.bland_altman.bias, shown.icc["ICC1"].value) == (None,) * 4
    items = treat(alpha([[n, n + n % 3] for n in range(41)], ["a", "b"]), STRICT)
    assert (items.n, items.items, items.alpha, items.if_deleted) == (40, 2, None, None)


def scaled(found: Retest) -> list[float]:
    """The numbers of a comparison that have no unit."""
    return flat((found.pearson, found.spearman, found.icc))


@given(pairs)
def test_moving_all_scores_changes_only_where_they_stand(together: list[tuple[float, float]]) -> None:
    first, second = np.array(together).T
    here, there = retest(first, second), retest(first + 64, second + 64)
    assert scaled(there) == pytest.approx(scaled(here), rel=1e-6, abs=1e-6)
    assert flat((there.sdc,)) == pytest.approx(flat((here.sdc,)), rel=1e-9)


@given(pairs)
def test_other_units_scale_the_errors_and_nothing_else(together: list[tuple[float, float]]) -> None:
    first, second = np.array(together).T
    points, quarters = retest(first, second), retest(first * 4, second * 4)
    assert scaled(quarters) == pytest.approx(scaled(points), rel=1e-9, abs=1e-9)
    if points.sdc is not None:
        assert quarters.sdc == pytest.approx(4 * points.sdc)


@given(pairs)
def test_turning_time_round_turns_only_the_bias_round(together: list[tuple[float, float]]) -> None:
    first, second = np.array(together).T
    there, back = retest(first, second), retest(second, first)
    assert scaled(back) == pytest.approx(scaled(there), rel=1e-9, abs=1e-9)
    assert back.bland_altman.bias == pytest.approx(-(there.bland_altman.bias or 0), abs=1e-12)


@given(pairs)
def test_every_value_lies_inside_its_interval(together: list[tuple[float, float]]) -> None:
    for icc in retest(*np.array(together).T).icc.values():
        if icc.value is not None and icc.low is not None and icc.high is not None:
            assert icc.low <= icc.value + 1e-9
            assert icc.value <= icc.high + 1e-9
            assert icc.high <= 1


@given(tables)
def test_the_order_of_items_and_people_does_not_matter_to_alpha(rows: list[list[float]]) -> None:
    table = np.array(rows)
    found, turned = alpha(table, names(table.shape[1])), alpha(table[::-1, ::-1], names(table.shape[1]))
    assert flat((turned.alpha,)) == pytest.approx(flat((found.alpha,)), rel=1e-9, abs=1e-9)
    assert found.alpha is None or found.alpha <= 1 + 1e-12


@given(tables)
def test_alpha_is_the_icc_of_the_mean_of_the_items(rows: list[list[float]]) -> None:
    table = np.array(rows)
    of_mean = intraclass(table)["ICC3k"].value
    if of_mean is not None:
        assert alpha(table, names(table.shape[1])).alpha == pytest.approx(of_mean, rel=1e-6, abs=1e-9)
