"""What is missing is told: who, whether they differed, and what it would take to change the result."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.change import paired
from alongside.outcomes.disclosure import STRICT, treat
from alongside.outcomes.missing import answered, answered_by, bounds, start_of_those_who_left, tipping_point

REFERENCE = Path(__file__).parent / "reference" / "missing.csv"


def reference_cases() -> list[dict[str, str]]:
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("case", reference_cases(), ids=lambda case: case["case"])
def test_the_comparison_of_those_who_left_is_what_r_gives(case: dict[str, str]) -> None:
    left, stayed = ([float(x) for x in case[name].split()] for name in ("left", "stayed"))
    found = start_of_those_who_left(left, stayed)
    for name in ("difference", "t", "df", "p"):
        assert getattr(found, name) == pytest.approx(float(case[name]), rel=1e-9), name
    assert found.ci95 == pytest.approx((float(case["low"]), float(case["high"])), rel=1e-9)


@pytest.mark.parametrize(
    ("left", "stayed", "why"),
    [
        ([], [5, 6], "Everybody has a second form"),
        ([5, 6], [], "Nobody has a second form"),
        ([5], [5, 6, 7], "one person"),
        ([5, 5], [7, 7], "no spread"),
        ([0.3, 0.1 + 0.2], [7, 7], "no spread"),
    ],
)
def test_groups_that_cannot_be_compared_say_why(left: list[float], stayed: list[float], why: str) -> None:
    found = start_of_those_who_left(left, stayed)
    assert (found.ci95, found.t, found.df, found.p) == (None,) * 4
    assert why in (found.why or "")


def test_the_difference_is_hidden_when_few_left() -> None:
    shown = treat(start_of_those_who_left([8.0, 9.0] * 4, [5.0, 6.0] * 30), STRICT)
    assert (shown.difference, shown.ci95, shown.left.mean) == (None, None, None)
    assert shown.stayed.mean == 5.5


def test_who_answered_is_told_whole_and_by_group() -> None:
    forms, group = [2, 5, 1, 0, 1, 2], ["a", "a", "a", "b", "b", "b"]
    whole, parts = answered(forms), answered_by(forms, group)
    assert (whole.n, whole.paired, whole.first_only, whole.none, whole.share_paired) == (6, 3, 2, 1, 0.5)
    for name in ("n", "paired", "first_only", "none"):
        assert sum(getattr(part, name) for part in parts.values()) == getattr(whole, name)
    assert (answered([]).share_paired, answered([]).why is None) == (None, False)
    with pytest.raises(ValueError, match="below 0"):
        answered([1, -1])
    with pytest.raises(ValueError, match="same people"):
        answered_by([1, 2], ["a"])


def test_the_tipping_point_brings_the_intervals_end_to_nothing() -> None:
    change = paired([8, 7, 9, 6, 8, 7, 9, 8], [5, 6, 5, 4, 7, 4, 6, 6])
    found = tipping_point(change, missing=4)
    assert found.points_worse is not None
    assert change.ci95 is not None
    assert change.ci95[1] + found.points_worse * 4 / 12 == pytest.approx(0, abs=1e-12)
    assert found.their_change == pytest.approx((change.mean_change or 0) + found.points_worse)
    up = tipping_point(paired([5, 6, 5, 4, 7, 4, 6, 6], [8, 7, 9, 6, 8, 7, 9, 8]), missing=4)
    assert up.points_worse == pytest.approx(found.points_worse)
    assert up.their_change == pytest.approx(-(found.their_change or 0))


@pytest.mark.parametrize(
    ("first", "last", "missing", "why"),
    [
        ([], [], 3, "Nobody has two forms"),
        ([5], [4], 3, "One person"),
        ([5, 6, 7], [4, 5, 6], 3, "same amount"),
        ([5, 6, 7], [6, 5, 7], 3, "includes no change already"),
        ([8, 7, 9, 6], [5, 5, 5, 4], 0, "nothing is missing"),
    ],
)
def test_no_tipping_point_says_why(first: list[float], last: list[float], missing: int, why: str) -> None:
    found = tipping_point(paired(first, last), missing)
    assert (found.points_worse, found.their_change) == (None, None)
    assert why in (found.why or "")


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        tipping_point(paired([5, 6], [4, 4]), missing=-1)
    for count, of, missing in ((3, 2, 0), (-1, 2, 0), (1, 2, -1)):
        with pytest.raises(ValueError, match="must"):
            bounds(count, of=of, missing=missing)


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        start_of_those_who_left([math.nan], [5])


def test_bounds_of_nobody() -> None:
    assert (bounds(0, of=0, missing=0).lowest, bounds(0, of=0, missing=0).highest) == (None, None)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_whatever_the_missing_did_the_share_lies_within_the_bounds(count: int, rest: int, missing: int) -> None:
    found = bounds(count, of=count + rest, missing=missing)
    if found.lowest is None or found.highest is None:
        return
    for better in (0, missing // 2, missing):
        assert found.lowest <= (count + better) / (count + rest + missing) <= found.highest


@given(st.integers(1, 50), st.integers(1, 50))
def test_the_more_are_missing_the_less_it_takes(few: int, more: int) -> None:
    change = paired([8, 7, 9, 6, 8, 7], [5, 6, 5, 4, 7, 4])
    one, other = tipping_point(change, few), tipping_point(change, few + more)
    assert (other.points_worse or 0) < (one.points_worse or 0)
