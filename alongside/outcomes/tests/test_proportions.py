"""Intervals of shares are R's, and never leave where a share can be."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.proportions import answers, at_or_above, clopper_pearson, difference, proportion, wilson

# R 4.2.2: for (x in list(c(0,10), c(1,10), c(5,10), c(10,10), c(75,120)))
#   print(prop.test(x[1], x[2], correct = FALSE)$conf.int, digits = 15)
FROM_R = {
    (0, 10): (0.0, 0.277532799862889),
    (1, 10): (0.0178762130950729, 0.404150026795238),
    (5, 10): (0.236593090512564, 0.763406909487436),
    (10, 10): (0.722467200137111, 1.0),
    (75, 120): (0.535769506259792, 0.706475702135532),
}


REFERENCE = Path(__file__).parent / "reference" / "proportions.csv"
# Newcombe (1998), Table II, method 10, as printed
NEWCOMBE = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (10, 10, 0, 10): (0.6075, 1.0),
}


def reference_cases() -> list[dict[str, float]]:
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [{name: float(value) for name, value in row.items()} for row in rows]


@pytest.mark.parametrize("case", reference_cases())
def test_exact_intervals_and_differences_are_what_r_gives(case: dict[str, float]) -> None:
    x1, n1, x2, n2 = (int(case[name]) for name in ("x1", "n1", "x2", "n2"))
    assert clopper_pearson(x1, n1) == pytest.approx((case["exact_low"], case["exact_high"]), abs=1e-12)
    found = difference(proportion(x1, n1), proportion(x2, n2))
    assert found.difference == pytest.approx(case["difference"], abs=1e-12)
    assert found.ci95 == pytest.approx((case["low"], case["high"]), abs=1e-12)


@pytest.mark.parametrize(("groups", "interval"), NEWCOMBE.items())
def test_differences_are_those_of_the_paper(groups: tuple[int, int, int, int], interval: tuple[float, float]) -> None:
    found = difference(proportion(*groups[:2]), proportion(*groups[2:]))
    assert found.ci95 == pytest.approx(interval, abs=5e-5)


def test_an_empty_group_is_compared_with_nothing() -> None:
    found = difference(proportion(3, 4), proportion(0, 0))
    assert (found.difference, found.ci95) == (None, None)
    assert "empty" in (found.why or "")


def test_a_mark_of_exactly_seven_counts_whatever_binary_makes_of_it() -> None:
    found = at_or_above([0.7 * 10, 2.1 + 4.9, 6.9, 7.1], 7)
    assert (found.count, found.n) == (3, 4)
    assert at_or_above([], 7).share is None


def test_answers_to_a_survey_are_shares_of_those_who_answered() -> None:
    found = answers(["more", "same", "more", "more", "less"])
    assert list(found) == ["more", "less", "same"]
    assert (found["more"].share, found["more"].n) == (0.6, 5)
    assert answers([]) == {}


@pytest.mark.parametrize(("share", "interval"), FROM_R.items())
def test_the_interval_is_what_r_gives(share: tuple[int, int], interval: tuple[float, float]) -> None:
    assert wilson(*share) == pytest.approx(interval, abs=1e-12)


def test_a_share_of_nobody_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert clopper_pearson(0, 0) is None


@pytest.mark.parametrize(("count", "n"), [(-1, 10), (11, 10), (1, 0)])
def test_what_is_no_share_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(count, n)
    with pytest.raises(ValueError, match="not a share"):
        clopper_pearson(count, n)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(share: tuple[int, int]) -> None:
    count, n = share
    low, high = wilson(count, n) or (1, 0)
    assert 0 <= low <= count / n <= high <= 1
    exact_low, exact_high = clopper_pearson(count, n) or (1, 0)
    assert 0 <= exact_low <= count / n <= exact_high <= 1


groups = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(groups, groups)
def test_a_difference_turned_round_changes_its_sign_only(one: tuple[int, int], other: tuple[int, int]) -> None:
    there = difference(proportion(*one), proportion(*other))
    back = difference(proportion(*other), proportion(*one))
    assert there.ci95 is not None
    assert back.ci95 is not None
    assert there.ci95 == pytest.approx((-back.ci95[1], -back.ci95[0]), abs=1e-12)
    assert -1 <= there.ci95[0] <= (there.difference or 0) <= there.ci95[1] <= 1
