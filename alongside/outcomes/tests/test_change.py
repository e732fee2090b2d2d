"""Paired change is what R says it is, and behaves as change should."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.change import PairedChange, improved, paired

REFERENCE = Path(__file__).parent / "reference"
NOT_FLAT = {"ci95", "why", "pearson", "wilcoxon"}


def reference_cases(name: str = "paired.csv") -> list[dict[str, str]]:
    lines = (REFERENCE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def numbers(text: str) -> list[float]:
    return [float(number) for number in text.split()]


def flat(change: PairedChange) -> dict[str, float | None]:
    low, high = change.ci95 or (None, None)
    values = {name: getattr(change, name) for name in change.__dataclass_fields__ if name not in NOT_FLAT}
    return {**values, "low": low, "high": high, "v": change.wilcoxon.v, "wilcoxon_p": change.wilcoxon.p}


@pytest.mark.parametrize("case", reference_cases(), ids=lambda case: case["case"])
def test_every_figure_is_what_r_gives(case: dict[str, str]) -> None:
    found = flat(paired(numbers(case["first"]), numbers(case["last"])))
    for name in case.keys() - {"case", "first", "last"}:
        assert found[name] == pytest.approx(float(case[name]), rel=1e-9, abs=1e-13), name


@pytest.mark.parametrize("case", reference_cases("effects.csv"), ids=lambda case: case["case"])
def test_the_effect_sizes_are_what_r_gives(case: dict[str, str]) -> None:
    pairs = next(pairs for pairs in reference_cases() if pairs["case"] == case["case"])
    found = paired(numbers(pairs["first"]), numbers(pairs["last"]))
    for name in ("d_z", "d_av", "hedges_g"):
        assert getattr(found, name) == pytest.approx(float(case[name]), rel=1e-9, abs=1e-12), name
    assert found.pearson.r == pytest.approx(float(case["r"]), rel=1e-9, abs=1e-12)


def test_two_people_have_effects_but_no_correction_for_being_few() -> None:
    change = paired([6.0, 8.0], [4.0, 7.0])
    assert change.d_z is not None
    assert (change.hedges_g, change.pearson.ci95, change.pearson.p) == (None, None, None)
    assert "too few" in (change.why or "")


def test_a_change_without_spread_is_not_an_endless_effect() -> None:
    everybody_one_less = paired([4.1, 5.3, 6.2], [3.1, 4.3, 5.2])
    assert (everybody_one_less.d_z, everybody_one_less.hedges_g) == (None, None)
    assert everybody_one_less.d_av == pytest.approx(-1 / 1.05357, abs=1e-4)
    assert paired([4.1, 4.1, 4.1], [3.1, 3.1, 3.1]).d_av is None


def test_nobody_with_two_forms_gives_no_number_and_the_reason() -> None:
    change = paired([], [])
    assert change.n == 0
    assert {value for name, value in flat(change).items() if name != "n"} == {None}
    assert "Nobody has two forms" in (change.why or "")


def test_one_person_has_a_change_but_no_spread() -> None:
    change = paired([6.0], [4.0])
    assert (change.n, change.mean_change, change.median_change) == (1, -2.0, -2.0)
    assert (change.sd_change, change.ci95, change.t, change.df, change.p) == (None,) * 5
    assert change.why == "One person has two forms, so there is no spread to test."


def test_the_same_change_for_everybody_is_not_called_certain() -> None:
    change = paired([4.1, 5.3, 6.2], [3.1, 4.3, 5.2])
    assert change.sd_change == pytest.approx(0, abs=1e-12)
    assert (change.ci95, change.t, change.p) == (None, None, None)
    assert "changed by the same amount" in (change.why or "")


def test_nobody_changed_at_all() -> None:
    change = paired([4, 5, 6], [4, 5, 6])
    assert (change.wilcoxon.v, change.wilcoxon.p) == (None, None)
    assert "nothing to rank" in (change.wilcoxon.why or "")


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_score_that_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        paired([1.0, bad], [2.0, 3.0])


def test_first_and_last_must_be_the_same_people() -> None:
    with pytest.raises(ValueError, match="same people"):
        paired([1.0], [2.0, 3.0])


@pytest.mark.parametrize("first", [round(1 + tenth / 10, 1) for tenth in range(90)])
def test_a_fall_of_exactly_one_on_the_line_counts_whatever_binary_makes_of_it(first: float) -> None:
    last = round(first - 1, 1)
    result = improved([first], [last], by=1.0, lower_is_better=True, everyone=1, rule="by 1")
    assert result.improved == 1
    assert improved([first], [last], by=1.1, lower_is_better=True, everyone=1, rule="by 1.1").improved == 0


def test_people_without_a_second_form_lower_the_share_of_everyone() -> None:
    few = improved([5, 5], [3, 5], by=1, lower_is_better=True, everyone=2, rule="")
    many = improved([5, 5], [3, 5], by=1, lower_is_better=True, everyone=10, rule="")
    assert (few.share, few.share_of_everyone) == (0.5, 0.5)
    assert (many.share, many.share_of_everyone) == (0.5, 0.1)


@pytest.mark.parametrize(("by", "everyone"), [(0, 5), (-1, 5), (1, 1)])
def test_a_rule_that_cannot_be_is_refused(by: float, everyone: int) -> None:
    with pytest.raises(ValueError, match=r"above 0|must include"):
        improved([5, 5], [3, 5], by=by, lower_is_better=True, everyone=everyone, rule="")


tenths = st.integers(0, 100).map(lambda tenth: tenth / 10)
pairs = st.lists(st.tuples(tenths, tenths), min_size=2, max_size=80)


@given(pairs)
def test_turning_time_round_turns_the_change_round(people: list[tuple[float, float]]) -> None:
    first, last = zip(*people, strict=True)
    there, back = paired(first, last), paired(last, first)
    assert there.mean_change == pytest.approx(-(back.mean_change or 0), abs=1e-12)
    assert there.p == pytest.approx(back.p)
    assert there.wilcoxon.p == pytest.approx(back.wilcoxon.p)


@given(pairs)
def test_the_order_of_people_does_not_matter(people: list[tuple[float, float]]) -> None:
    shuffled = sorted(people)
    first, second = paired(*zip(*people, strict=True)), paired(*zip(*shuffled, strict=True))
    assert first.mean_change == pytest.approx(second.mean_change, abs=1e-12)
    assert first.wilcoxon.v == second.wilcoxon.v


@given(pairs)
def test_nobody_is_counted_as_better_both_ways(people: list[tuple[float, float]]) -> None:
    first, last = zip(*people, strict=True)
    n = len(people)
    lower = improved(first, last, by=0.5, lower_is_better=True, everyone=n, rule="").improved or 0
    higher = improved(first, last, by=0.5, lower_is_better=False, everyone=n, rule="").improved or 0
    assert lower + higher <= n
