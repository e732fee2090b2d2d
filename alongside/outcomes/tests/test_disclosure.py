"""No small number leaves, and no number leaves without a kind."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.change import improved, paired
from alongside.outcomes.disclosure import STANDARD, STRICT, Profile, treat, treated_count, treated_share
from alongside.outcomes.words import change_sentence, change_title, clear

PROFILES = (STRICT, STANDARD)


@pytest.mark.parametrize(
    ("count", "strict", "standard"),
    [(0, 0, 0), (1, None, None), (4, None, None), (5, None, 5), (7, None, 5), (8, 10, 10), (12, 10, 10), (13, 15, 15)],
)
def test_counts_at_the_edges_of_the_rule(count: int, strict: int | None, standard: int | None) -> None:
    assert (treated_count(count, STRICT), treated_count(count, STANDARD)) == (strict, standard)


@pytest.mark.parametrize(("part", "whole"), [(5, 100), (95, 100), (3, 40), (3, 6), (40, 41)])
def test_a_share_is_hidden_when_its_part_or_the_rest_is_small(part: int, whole: int) -> None:
    assert treated_share(part, whole, STRICT) is None


def test_a_share_comes_from_the_rounded_counts_so_it_gives_no_exact_one_away() -> None:
    assert treated_share(23, 41, STRICT) == round(25 / 40, 2)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(PROFILES))
def test_whatever_is_shown_could_stand_for_several_exact_numbers(part: int, rest: int, profile: Profile) -> None:
    shown = treated_count(part, profile)
    assert shown is None or shown == 0 or (shown % 5 == 0 and abs(shown - part) <= 2)
    share = treated_share(part, part + rest, profile)
    if share is not None:
        assert 0 <= share <= 1
        assert round(share * 100, 9) == round(share * 100)
        assert part == 0 or part > profile.small
        assert rest == 0 or rest > profile.small


def test_a_treated_comparison_keeps_averages_to_one_decimal_and_drops_what_gives_n_away() -> None:
    shown = treat(paired([float(n) for n in range(20)], [n * 0.83 for n in range(20)]), STRICT)
    assert (shown.n, shown.mean_first, shown.mean_change) == (20, 9.5, -1.6)
    assert shown.ci95 is not None
    assert all(round(end, 1) == end for end in shown.ci95)
    assert (shown.sd_change, shown.t, shown.df, shown.p, shown.wilcoxon.v, shown.wilcoxon.p) == (None,) * 6
    assert "exact numbers" in (shown.why or "")


@pytest.mark.parametrize(("n", "is_shown"), [(9, False), (10, True)])
def test_an_average_needs_ten_people(n: int, is_shown: bool) -> None:
    shown = treat(paired([5.0, *[4.0] * (n - 1)], [3.0] * n), STRICT)
    assert (shown.mean_change is not None) is is_shown


def test_a_clear_change_stays_clear_when_it_is_rounded() -> None:
    first = [5.0] * 40
    last = [5.0 + 1.475 * (-1) ** n / 2 - 0.267 for n in range(40)]
    exact = paired(first, last)
    shown = treat(exact, STRICT)
    assert clear(exact) is clear(shown) is True
    assert shown.ci95 == (-0.51, -0.03)
    assert change_title("the score", shown) == "The score went down by 0.3 points"
    assert change_sentence(shown, STRICT.hidden).endswith("(95% interval −0.51 to −0.03).")


def test_a_small_count_says_why_it_is_missing() -> None:
    shown = treat(improved([5] * 20, [3] * 6 + [5] * 14, by=1, lower_is_better=True, everyone=20, rule="r"), STRICT)
    assert (shown.improved, shown.share, shown.n) == (None, None, 20)
    assert "from 1 to 7" in (shown.why or "")


def test_nobody_out_of_a_hidden_few_is_hidden_too() -> None:
    few = treat(improved([5] * 3, [5] * 3, by=1, lower_is_better=True, everyone=30, rule="r"), STRICT)
    assert (few.n, few.improved, few.share, few.share_of_everyone) == (None, None, None, None)
    many = treat(improved([5] * 30, [5] * 30, by=1, lower_is_better=True, everyone=30, rule="r"), STRICT)
    assert (many.n, many.improved, many.share) == (30, 0, 0.0)


def test_a_number_without_a_kind_is_refused() -> None:
    @dataclass(frozen=True)
    class Careless:
        people: int

    with pytest.raises(TypeError, match="without a disclosure kind"):
        treat(Careless(people=3), STRICT)
