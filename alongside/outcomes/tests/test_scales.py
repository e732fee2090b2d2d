"""A scale states what is known and guesses nothing."""

import dataclasses
import math

import pytest

from alongside.outcomes.scales import Scale

OPEN = Scale(key="anything", label="Anything")


def test_what_is_left_out_is_not_stated() -> None:
    assert dataclasses.asdict(OPEN) == {
        "key": "anything",
        "label": "Anything",
        "low": None,
        "high": None,
        "lower_is_better": None,
        "improved_by": None,
        "improved_by_source": "",
        "low_words": "",
        "high_words": "",
        "step": None,
    }


@pytest.mark.parametrize(("lower_is_better", "better"), [(True, "lower"), (False, "higher"), (None, None)])
def test_better_names_the_direction(lower_is_better: bool | None, better: str | None) -> None:
    assert Scale(key="a", label="A", lower_is_better=lower_is_better).better == better


@pytest.mark.parametrize(("low", "high"), [(10, 0), (5, 5), (math.nan, 1)])
def test_ends_the_wrong_way_round_are_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"^future: the low end .* Swap or correct them\.$"):
        Scale(key="future", label="The future", low=low, high=high)


@pytest.mark.parametrize("improved_by", [0, -1, math.nan])
def test_an_improvement_of_nothing_is_refused(improved_by: float) -> None:
    with pytest.raises(ValueError, match=r"^future: improved_by .* must be above zero\."):
        Scale(key="future", label="The future", improved_by=improved_by)
