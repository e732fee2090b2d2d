"""Reliable change by Jacobson and Truax: thresholds, counts, cut-offs, and no threshold without a source."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.disclosure import STRICT, treat
from alongside.outcomes.regression import regression_to_the_mean
from alongside.outcomes.reliable_change import (
    cut_offs,
    jacobson_truax,
    published,
    reliable_change,
    threshold_from_both,
    threshold_from_first,
)


def test_the_papers_own_example() -> None:
    threshold = jacobson_truax(sd=7.5, reliability=0.8, source="Jacobson and Truax 1991")
    assert threshold.points == pytest.approx(9.29709632089503, rel=1e-12)
    one = {"lower_is_better": False, "without_second": 0, "cutoff": 50}
    found = reliable_change([32.5], [47.5], threshold=threshold, **one)
    assert (found.improved, found.recovered and found.recovered.count) == (1, 0)


def test_cut_offs_lie_between_the_groups_whichever_way_is_better() -> None:
    low = cut_offs(clinical_mean=60, clinical_sd=10, functional_mean=40, functional_sd=5)
    assert (low.a, low.b, low.c) == (40, 50, pytest.approx(46.6667, abs=1e-4))
    with pytest.raises(ValueError, match="above 0"):
        cut_offs(clinical_mean=60, clinical_sd=0, functional_mean=40, functional_sd=5)
    with pytest.raises(ValueError, match="the same"):
        cut_offs(clinical_mean=40, clinical_sd=5, functional_mean=40, functional_sd=5)


@pytest.mark.parametrize("source", ["", "  "])
def test_there_is_no_threshold_without_a_source(source: str) -> None:
    for make in (
        lambda: published(5, source=source),
        lambda: jacobson_truax(sd=2, reliability=0.9, source=source),
        lambda: threshold_from_first([1, 2, 3], reliability=0.9, source=source),
        lambda: regression_to_the_mean([1], population_mean=3, reliability=0.9, source=source),
    ):
        with pytest.raises(ValueError, match="source"):
            make()


@pytest.mark.parametrize("reliability", [-0.1, 1, 1.2, math.nan])
def test_a_reliability_that_cannot_be_is_refused(reliability: float) -> None:
    with pytest.raises(ValueError, match="reliability"):
        threshold_from_first([1, 2, 3], reliability=reliability, source="a study")


@pytest.mark.parametrize("sd", [0, -1, math.nan, math.inf])
def test_a_spread_that_cannot_be_is_refused(sd: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        jacobson_truax(sd=sd, reliability=0.9, source="a study")


@pytest.mark.parametrize("first", [[], [5], [4.1, 4.1, 4.1], [0.3, 0.1 + 0.2, 0.3]])
def test_scores_without_spread_give_no_threshold_and_the_reason(first: list[float]) -> None:
    for threshold in (
        threshold_from_first(first, reliability=0.9, source="a study"),
        threshold_from_both(first, first, reliability=0.9, source="a study"),
    ):
        found = reliable_change(first, first, threshold=threshold, lower_is_better=True, without_second=3, cutoff=2)
        assert (threshold.points, found.improved, found.unchanged, found.deteriorated) == (None,) * 4
        assert (found.n, found.without_second, found.recovered) == (len(first), 3, None)
        assert found.why


@pytest.mark.parametrize("first", [round(1 + tenth / 10, 1) for tenth in range(90)])
def test_a_change_of_exactly_the_threshold_counts_whatever_binary_makes_of_it(first: float) -> None:
    five = published(0.7, source="a study")
    found = reliable_change(
        [first, first], [round(first - 0.7, 1), round(first + 0.7, 1)],
        threshold=five, lower_is_better=True, without_second=0,
    )  # fmt: skip
    assert (found.improved, found.deteriorated) == (1, 1)


def test_recovered_is_at_the_cut_off_at_first_reliably_better_and_below_it_at_last() -> None:
    first, last = [14, 14, 13, 30, 15], [8, 9, 3, 14, 8]
    found = reliable_change(
        first, last, threshold=published(6, source="a study"), lower_is_better=True, without_second=0, cutoff=14
    )
    assert found.improved == 4
    assert found.recovered is not None
    assert (found.recovered.count, found.recovered.n) == (2, 4)
    mirrored = reliable_change(
        [-x for x in first], [-x for x in last],
        threshold=published(6, source="a study"), lower_is_better=False, without_second=0, cutoff=-14,
    )  # fmt: skip
    assert (mirrored.improved, mirrored.recovered) == (found.improved, found.recovered)


def test_regression_to_the_mean_is_barnetts_for_a_group_picked_beyond_a_cut_off() -> None:
    from scipy.stats import norm

    picked = norm.ppf((np.arange(200_000) + 0.5) / 200_000, 20, 8)
    picked = picked[picked >= 28]
    found = regression_to_the_mean(picked, population_mean=20, reliability=0.7, source="a survey")
    z = (28 - 20) / 8
    assert found.expected_change == pytest.approx(-(1 - 0.7) * 8 * norm.pdf(z) / norm.sf(z), abs=1e-3)


def test_nobody_regresses_to_nothing() -> None:
    found = regression_to_the_mean([], population_mean=20, reliability=0.7, source="a survey")
    assert (found.expected_change, found.why) == (None, "Nobody answered.")


def test_what_is_published_keeps_the_rule_and_hides_the_few() -> None:
    first, last = [20.0] * 40, [10.0] * 25 + [20.0] * 12 + [30.0] * 3
    exact = reliable_change(
        first, last, threshold=published(6, source="a study"), lower_is_better=True, without_second=11, cutoff=14
    )
    shown = treat(exact, STRICT)
    assert (shown.improved, shown.unchanged, shown.deteriorated, shown.n, shown.without_second) == (
        25,
        None,  # hidden so that the total does not give the next away
        None,
        40,
        10,
    )
    assert (shown.threshold, shown.cutoff, shown.rule) == (6, 14, "Published threshold")
    assert shown.recovered is not None
    assert (shown.recovered.count, shown.recovered.ci95) == (25, None)


scores = st.integers(0, 60)


@given(st.lists(st.tuples(scores, scores), max_size=60), st.integers(1, 20), scores)
def test_everybody_is_in_one_count_and_recovery_is_improvement(
    people: list[tuple[int, int]], points: int, cutoff: int
) -> None:
    first, last = zip(*people, strict=True) if people else ((), ())
    found = reliable_change(
        first, last, threshold=published(points, source="s"), lower_is_better=True, without_second=0, cutoff=cutoff
    )
    assert (found.improved or 0) + (found.unchanged or 0) + (found.deteriorated or 0) == found.n == len(people)
    assert found.recovered is not None
    assert (found.recovered.count or 0) <= (found.improved or 0)
