"""The NHS Talking Therapies rules, by the vectors of their definition."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.disclosure import STRICT, treat
from alongside.outcomes.rules import (
    RULE_SETS,
    TALKING_THERAPIES,
    TALKING_THERAPIES_ANY_WORSENING,
    Judged,
    RuleSet,
    judge,
)

Person = tuple[float, float, float, float]


def judged(*people: Person, rules: RuleSet = TALKING_THERAPIES) -> Judged:
    columns: Any = zip(*people, strict=True) if people else ((), (), (), ())
    names = ("depression_first", "depression_last", "anxiety_first", "anxiety_last")
    return judge(**dict(zip(names, columns, strict=True)), rules=rules)


def label(*person: float, rules: RuleSet = TALKING_THERAPIES) -> str:
    found = judged(person, rules=rules)  # type: ignore[arg-type]
    counts = {"improved": found.improved, "unchanged": found.unchanged, "deteriorated": found.deteriorated}
    return next((name for name, share in counts.items() if share.count), "without scores")


@pytest.mark.parametrize("rules", RULE_SETS.values())
@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ((15, 9, 9, 9), "improved"),
        ((15, 10, 9, 9), "unchanged"),
        ((12, 9, 10, 7), "unchanged"),
        ((12, 12, 12, 8), "improved"),
        ((12, 12, 12, 9), "unchanged"),
        ((9, 15, 5, 5), "deteriorated"),
        ((9, 14, 5, 9), "deteriorated"),
        ((15, 9, 9, 12), "improved"),
        ((15, 5, 9, math.nan), "without scores"),
    ],
)
def test_who_changed_reliably(person: Person, expected: str, rules: RuleSet) -> None:
    assert label(*person, rules=rules) == expected


def test_better_on_one_and_worse_on_the_other_has_two_labels_by_two_rule_sets() -> None:
    mixed = (20, 13, 8, 12)
    assert label(*mixed) == "unchanged"
    assert label(*mixed, rules=TALKING_THERAPIES_ANY_WORSENING) == "deteriorated"
    assert TALKING_THERAPIES.name != TALKING_THERAPIES_ANY_WORSENING.name


def test_recovery_without_reliable_change() -> None:
    found = judged((12, 9, 10, 7))
    assert (found.recovered.count, found.reliably_recovered.count, found.improved.count) == (1, 0, 0)


def test_below_both_cut_offs_at_first_is_out_of_recovery_and_in_improvement() -> None:
    found = judged((9, 3, 7, 3))
    assert (found.not_at_caseness, found.recovered.n, found.improved.n, found.improved.count) == (1, 0, 1, 1)


@pytest.mark.parametrize("person", [(10, 9, 7, 7), (9, 9, 8, 7)])
def test_either_cut_off_is_enough_to_be_at_caseness(person: Person) -> None:
    assert judged(person).recovered.count == 1


@pytest.mark.parametrize("person", [(10, 10, 7, 7), (9, 9, 8, 8), (20, 5, 7, 8)])
def test_recovered_is_below_both_at_last(person: Person) -> None:
    assert judged(person).recovered.count == 0


def test_ten_completed_three_recovered_of_eight() -> None:
    recovered, still, below, unscored = (15, 5, 10, 5), (20, 18, 15, 14), (5, 4, 3, 3), (15, math.nan, 10, math.nan)
    found = judged(*[recovered] * 3, *[still] * 4, *[below] * 2, unscored)
    assert (found.n, found.not_at_caseness, found.without_scores) == (10, 2, 1)
    assert (found.recovered.count, found.recovered.n, found.recovered.share) == (3, 8, 0.375)
    assert found.improved.n == 10


def test_somebody_whose_start_is_not_known_stays_in_the_base() -> None:
    found = judged((math.nan, 4, 5, 4))
    assert (found.not_at_caseness, found.recovered.n, found.recovered.count) == (0, 1, 0)


def test_nobody_and_what_is_refused() -> None:
    found = judged()
    assert (found.n, found.improved.share, found.recovered.share) == (0, None, None)
    assert found.why
    with pytest.raises(ValueError, match="infinite"):
        judged((math.inf, 4, 5, 4))
    with pytest.raises(ValueError, match="same people"):
        judge(depression_first=[1], depression_last=[1], anxiety_first=[1], anxiety_last=[], rules=TALKING_THERAPIES)


def test_the_rules_name_stands_in_what_is_published_too() -> None:
    shown = treat(judged(*[(15, 5, 10, 5)] * 30), STRICT)
    assert (shown.rules.name, shown.rules.version) == ("NHS Talking Therapies", "2024-25")
    assert (shown.rules.depression.reliable, shown.rules.anxiety.caseness) == (6, 8)
    assert (shown.recovered.count, shown.n) == (30, 30)


scores = st.one_of(st.integers(0, 27).map(float), st.just(math.nan))
people = st.lists(st.tuples(scores, scores, scores, scores), max_size=40)


@given(people, st.sampled_from(list(RULE_SETS.values())))
def test_everybody_is_counted_once_and_reliable_recovery_is_both(everyone: list[Person], rules: RuleSet) -> None:
    found = judged(*everyone, rules=rules)
    labelled = [found.improved.count, found.unchanged.count, found.deteriorated.count, found.without_scores]
    assert sum(n or 0 for n in labelled) == found.n == len(everyone)
    assert (found.reliably_recovered.count or 0) <= min(found.recovered.count or 0, found.improved.count or 0)


@given(people)
def test_losing_last_scores_never_raises_a_rate(everyone: list[Person]) -> None:
    whole = judged(*everyone)
    fewer = judged(*((a, math.nan, c, d) if n % 2 else (a, b, c, d) for n, (a, b, c, d) in enumerate(everyone)))
    assert (fewer.recovered.share or 0) <= (whole.recovered.share or 0)
    assert (fewer.improved.share or 0) <= (whole.improved.share or 0)
