"""Published sets of rules that say who improved and who recovered on two measures together.

Each set has a name and a version that stand in every table made by it. Two sets are never mixed in one table.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.change import DECIMALS
from alongside.outcomes.disclosure import Count, FewOfN, Reason, SettingKind
from alongside.outcomes.proportions import Proportion, proportion


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a set of rules says about one measure, on which lower is better."""

    measure: str
    """The measure's name."""
    caseness: Annotated[float, SettingKind()]
    """A score of this much or more is at caseness, in points."""
    reliable: Annotated[float, SettingKind()]
    """A change of this much or more is reliable, in points."""


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """A named, versioned set of rules."""

    name: str
    """Its name, printed in every table."""
    version: str
    """The year whose definitions these are."""
    source: str
    """Where they are written."""
    depression: Marks
    """The measure of depression."""
    anxiety: Marks
    """The measure of anxiety."""
    any_worsening_is_deterioration: bool
    """Whether one measure better and the other worse is deterioration; otherwise it is no reliable change."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Everyone who completed, judged by one set of rules."""

    rules: RuleSet
    """The rules."""
    n: Count
    """People who completed: all of them, with or without scores."""
    without_scores: FewOfN
    """Of them, people without a first or a last score on one of the measures, in none of the next three counts."""
    improved: Proportion
    """Reliable improvement, among everyone who completed."""
    unchanged: Proportion
    """No reliable change, among everyone who completed."""
    deteriorated: Proportion
    """Reliable deterioration, among everyone who completed."""
    not_at_caseness: FewOfN
    """People below both cut-offs at first, who are not in the next two."""
    recovered: Proportion
    """Recovery, among those who completed less those not at caseness."""
    reliably_recovered: Proportion
    """Recovery with reliable improvement, among the same."""
    why: Reason = None
    """Why a number here is null."""


PHQ9 = Marks(measure="PHQ-9", caseness=10, reliable=6)
GAD7 = Marks(measure="GAD-7", caseness=8, reliable=4)

TALKING_THERAPIES = RuleSet(
    name="NHS Talking Therapies",
    version="2024-25",
    source="NHS Talking Therapies metadata, annual publication 2024-25",
    depression=PHQ9,
    anxiety=GAD7,
    any_worsening_is_deterioration=False,
)
TALKING_THERAPIES_ANY_WORSENING = RuleSet(
    name="NHS Talking Therapies, any worsening counted as deterioration",
    version="2024-25",
    source="NHS Talking Therapies metadata, annual publication 2024-25; mixed change as in NHS England's CYP Outcomes",
    depression=PHQ9,
    anxiety=GAD7,
    any_worsening_is_deterioration=True,
)
RULE_SETS = {"talking-therapies": TALKING_THERAPIES, "any-worsening": TALKING_THERAPIES_ANY_WORSENING}
"""Each by the word that asks for it."""


def judge(
    *,
    depression_first: ArrayLike,
    depression_last: ArrayLike,
    anxiety_first: ArrayLike,
    anxiety_last: ArrayLike,
    rules: RuleSet,
) -> Judged:
    """Count improvement and recovery among the people who completed.

    At caseness is at or above the cut-off of either measure at first. Recovered is at caseness at first and below
    both cut-offs at last. Improved is better on one measure by its threshold and worse on neither by its own.
    Deteriorated is the same for the worse, or by one set of rules worse on either. Somebody without a score stays
    in what is divided by, and so counts as not improved and not recovered; only a person known to be below both
    cut-offs at first leaves the second base.

    Parameters
    ----------
    depression_first, depression_last, anxiety_first, anxiety_last : arrays of shape (n,), in points, one row for
        each person who completed (ended, after two sessions or more); NaN where there is no score
    rules : the set of rules

    Returns
    -------
    Judged

    Raises
    ------
    ValueError : the arrays differ in length, or a score is infinite

    References
    ----------
    NHS Talking Therapies metadata, as named in `rules`; reliable change: Jacobson and Truax (1991).
    doi:10.1037/0022-006X.59.1.12

    Examples
    --------
    >>> found = judge(depression_first=[15, 12], depression_last=[9, 9], anxiety_first=[9, 10], anxiety_last=[9, 7],
    ...               rules=TALKING_THERAPIES)
    >>> found.improved.count, found.recovered.count, found.reliably_recovered.count
    (1, 1, 0)
    """
    phq = _scores(depression_first), _scores(depression_last)
    gad = _scores(anxiety_first), _scores(anxiety_last)
    n = len(phq[0])
    if {len(scores) for scores in (*phq, *gad)} != {n}:
        raise ValueError("all four must hold the same people: the arrays differ in length")
    low, high = rules.depression.caseness, rules.anxiety.caseness
    away = (phq[0] < low) & (gad[0] < high)
    began = (phq[0] >= low) | (gad[0] >= high)
    recovered = began & (phq[1] < low) & (gad[1] < high)
    way = _way(phq, gad, rules)
    base = n - int(away.sum())
    return Judged(
        rules=rules,
        n=n,
        without_scores=int(np.isnan(way).sum()),
        improved=proportion(int((way == 1).sum()), n),
        unchanged=proportion(int((way == 0).sum()), n),
        deteriorated=proportion(int((way == -1).sum()), n),
        not_at_caseness=n - base,
        recovered=proportion(int(recovered.sum()), base),
        reliably_recovered=proportion(int((recovered & (way == 1)).sum()), base),
        why=None if n else "Nobody completed.",
    )


type Pair = tuple[NDArray[np.float64], NDArray[np.float64]]


def _way(phq: Pair, gad: Pair, rules: RuleSet) -> NDArray[np.float64]:
    """Return 1 for improved, -1 for deteriorated, 0 for neither, NaN where one of the four scores is not there."""
    falls = [(rules.depression.reliable, phq[0] - phq[1]), (rules.anxiety.reliable, gad[0] - gad[1])]
    better = np.logical_or.reduce([fall >= by for by, fall in falls])
    worse = np.logical_or.reduce([fall <= -by for by, fall in falls])
    mixed = -1.0 if rules.any_worsening_is_deterioration else 0.0
    way = np.where(better & worse, mixed, better * 1.0 - worse * 1.0)
    return np.where(np.isnan(falls[0][1] + falls[1][1]), np.nan, way)


def _scores(values: ArrayLike) -> NDArray[np.float64]:
    """Return scores as a row, NaN where there is none, refusing what is infinite."""
    scores = np.asarray(values, dtype=np.float64)
    if scores.ndim != 1 or np.isinf(scores).any():
        raise ValueError("scores must stand in one row, and none may be infinite")
    return np.round(scores, DECIMALS)
