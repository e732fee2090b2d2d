"""Pearson's correlation is R's, and says why when there is none."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.correlation import pearson

REFERENCE = Path(__file__).parent / "reference"


def rows(name: str) -> dict[str, dict[str, str]]:
    lines = (REFERENCE / name).read_text(encoding="utf-8").splitlines()
    return {row["case"]: row for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


@pytest.mark.parametrize("case", rows("effects.csv"))
def test_every_figure_is_what_r_gives(case: str) -> None:
    pairs, r = rows("paired.csv")[case], rows("effects.csv")[case]
    found = pearson([float(x) for x in pairs["first"].split()], [float(x) for x in pairs["last"].split()])
    assert found.r == pytest.approx(float(r["r"]), rel=1e-9, abs=1e-12)
    assert found.p == pytest.approx(float(r["p"]), rel=1e-8, abs=1e-300)
    if r["low"] == "NA":
        assert found.ci95 is None
    else:
        assert found.ci95 == pytest.approx((float(r["low"]), float(r["high"])), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "y", "why"),
    [
        ([], [], "Fewer than two"),
        ([1], [2], "Fewer than two"),
        ([4.1, 4.1, 4.1], [1, 2, 3], "the same for everybody"),
        ([1, 2, 3], [0.3, 0.1 + 0.2, 0.3], "the same for everybody"),
        ([1, 2, 4], [1, 3, 2], "Fewer than four"),
        ([1, 2, 3, 4], [2, 4, 6, 8], "one line"),
    ],
)
def test_what_cannot_be_given_says_why(x: list[float], y: list[float], why: str) -> None:
    found = pearson(x, y)
    assert found.ci95 is None
    assert why in (found.why or "")


def test_both_must_be_the_same_people() -> None:
    with pytest.raises(ValueError, match="same people"):
        pearson([1, 2], [1])


def test_a_wild_score_and_a_wide_unit_do_no_harm() -> None:
    assert pearson([1, 2, 3, 1e9], [2, 1, 3, 4]).r == pytest.approx(0.7746, abs=1e-4)
    assert pearson([1e300, 2e300, 4e300, 3e300], [1, 2, 3, 4]).r == pytest.approx(0.8)


marks = st.floats(0, 10).map(lambda mark: round(mark, 1))


@given(st.lists(st.tuples(marks, marks), min_size=4, max_size=40))
def test_it_is_the_same_both_ways_and_in_any_unit(people: list[tuple[float, float]]) -> None:
    x, y = zip(*people, strict=True)
    there, back, scaled = pearson(x, y), pearson(y, x), pearson([3 * a - 20 for a in x], y)
    assert there.r == pytest.approx(back.r, abs=1e-9)
    assert there.r == pytest.approx(scaled.r, abs=1e-9)
    if there.ci95 and there.r is not None:
        assert -1 <= there.ci95[0] <= there.r <= there.ci95[1] <= 1
