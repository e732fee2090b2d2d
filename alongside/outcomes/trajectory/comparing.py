"""Whether one model says more than another, and whether a straight line with even scatter is a fair picture."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.disclosure import Count, Detail, DetailCount, Reason
from alongside.outcomes.trajectory.design import Column, Words, covariates, design, dummies, groups
from alongside.outcomes.trajectory.fitting import Fit, fit
from alongside.outcomes.trajectory.sums import ClientSums, Floats


@dataclass(frozen=True, kw_only=True)
class LikelihoodRatio:
    """A likelihood-ratio test of a larger model against a smaller one inside it."""

    chi2: Detail
    """Twice the difference of the log likelihoods."""
    df: DetailCount
    """How many more numbers the larger model has."""
    p: Detail
    """p value; where a variance is tested, which cannot be below 0, of the half-and-half mixture of chi-squares."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Comparisons:
    """What a simpler model of the same scores would miss."""

    own_pace: LikelihoodRatio
    """Whether people differ in pace: a start and a slope of each person's own, against a start alone."""
    groups: LikelihoodRatio | None
    """Whether groups differ at all, in start or in pace, by ML; null without groups."""
    groups_pace: LikelihoodRatio | None
    """Whether groups differ in pace, by ML, where they may start apart; null without groups."""


def likelihood_ratio(larger: Fit, smaller: Fit) -> LikelihoodRatio:
    """Test whether the larger model describes the same scores better than chance would make it.

    Parameters
    ----------
    larger, smaller : fits of the same scores; both by ML if their fixed effects differ

    Raises
    ------
    ValueError : the models cannot be compared

    References
    ----------
    Stram and Lee (1994). doi:10.2307/2533455

    Examples
    --------
    >>> from alongside.outcomes.trajectory.design import design
    >>> from alongside.outcomes.trajectory.fitting import fit
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 50, 100] * 3, [8, 6, 5, 6, 5, 3, 9, 8, 2])
    >>> made = design(sums)
    >>> tested = likelihood_ratio(*(fit(sums, made, slopes=slopes, reml=True) for slopes in (True, False)))
    >>> tested.df, tested.p > 0.05
    (2, True)
    """
    same_effects = larger.columns == smaller.columns and larger.on_slope == smaller.on_slope
    if larger.reml != smaller.reml or (larger.reml and not same_effects):
        raise ValueError("models that differ in fixed effects are compared by ML, both of them")
    more_effects = len(larger.columns) - len(smaller.columns)
    more_variances = 2 * (larger.slopes - smaller.slopes)
    if more_effects < 0 or more_variances < 0 or more_effects + more_variances == 0:
        raise ValueError("the first model must hold the second and more")
    chi2 = max(2 * (larger.log_likelihood - smaller.log_likelihood), 0.0)
    df = more_effects + more_variances
    p = (_upper(chi2, df) + _upper(chi2, df - 1)) / 2 if more_variances else _upper(chi2, df)
    return LikelihoodRatio(chi2=chi2, df=df, p=p)


def comparisons(
    sums: ClientSums,
    *,
    slopes: bool,
    reml: bool,
    by: tuple[str, Words] | None = None,
    known: Mapping[str, Words | Floats] | None = None,
) -> Comparisons:
    """Test whether people differ in pace, and whether groups differ at all and in pace.

    Parameters
    ----------
    sums : six sums for each client who answered
    slopes, reml : of the model that is shown; groups are tested in it, but by ML, and people's pace by its method
    by, known : as for `model.trajectory`

    Examples
    --------
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 50, 100] * 3, [8, 6, 5, 6, 5, 3, 9, 8, 2])
    >>> found = comparisons(sums, slopes=True, reml=True, by=("arm", ["a", "a", "b"]))
    >>> found.own_pace.df, found.groups.df, found.groups_pace.df
    (2, 2, 1)
    """
    columns = covariates(known or {})

    def fitted(more: Sequence[Column] = (), *, slopes: bool, reml: bool) -> Fit | str:
        try:
            return fit(sums, design(sums, [*columns, *more]), slopes=slopes, reml=reml)
        except ValueError as error:
            return str(error)

    own_pace = _tested(fitted(slopes=True, reml=reml), fitted(slopes=False, reml=reml))
    if by is None:
        return Comparisons(own_pace=own_pace, groups=None, groups_pace=None)
    alike, start, both = (fitted(more, slopes=slopes, reml=False) for more in ((), dummies(*by), groups(*by)))
    return Comparisons(own_pace=own_pace, groups=_tested(both, alike), groups_pace=_tested(both, start))


def _tested(larger: Fit | str, smaller: Fit | str) -> LikelihoodRatio:
    """Test one fit against another; a word in place of one says why there is none."""
    if isinstance(larger, str) or isinstance(smaller, str):
        why = larger if isinstance(larger, str) else smaller
        return LikelihoodRatio(chi2=None, df=None, p=None, why=str(why))
    if (larger.columns, larger.on_slope, larger.slopes) == (smaller.columns, smaller.on_slope, smaller.slopes):
        return LikelihoodRatio(chi2=None, df=None, p=None, why=NOTHING_MORE)
    return likelihood_ratio(larger, smaller)


NOTHING_MORE = "The groups say nothing that the rest of the model does not already say."


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What could make a straight line with even scatter a poor picture."""

    clients: Count
    """People with a score."""
    scores: DetailCount
    """Their scores."""
    at_lowest: DetailCount
    """Scores at the lowest the measure allows, from which nothing can fall; null if the range is not stated."""
    at_highest: DetailCount
    """Scores at the highest, from which nothing can rise."""
    sd_of_lower_half: Detail
    """Scatter around their own straight lines, of the people whose scores are lower, in points."""
    sd_of_upper_half: Detail
    """The same of the people whose scores are higher. Far apart: the intervals are less sure than they look."""
    why: Reason = None
    """Why a number here is null."""


def checks(sums: ClientSums, *, at_lowest: int | None, at_highest: int | None) -> Checks:
    """Say how many scores stand at an end of the scale, and whether scatter differs between low and high scores.

    Parameters
    ----------
    sums : six sums for each client
    at_lowest, at_highest : scores at each end of the scale; None if the range is not known

    Examples
    --------
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1], [0, 50, 100] * 2, [8, 6, 5, 6, 5, 3])
    >>> checks(sums, at_lowest=0, at_highest=0).scores
    6
    """
    line = (sums.n > 2) & (sums.spread > 0)
    low = np.median(sums.score[line] / sums.n[line]) if line.any() else 0.0
    lower = line & (np.divide(sums.score, sums.n, out=np.zeros_like(sums.score), where=sums.n > 0) <= low)
    halves = _scatter(sums, lower), _scatter(sums, line & ~lower)
    return Checks(
        clients=int((sums.n > 0).sum()),
        scores=int(sums.n.sum()),
        at_lowest=at_lowest,
        at_highest=at_highest,
        sd_of_lower_half=halves[0],
        sd_of_upper_half=halves[1],
        why=None if None not in halves else "Too few people have three forms or more.",
    )


def _scatter(sums: ClientSums, chosen: NDArray[np.bool_]) -> float | None:
    some = sums.of(chosen)
    free = float((some.n - 2).sum())
    if not free > 0:
        return None
    across = some.time_score - some.time * some.score / some.n
    left = some.score2 - some.score**2 / some.n - across**2 / (some.spread / some.n)
    return math.sqrt(max(float(left.sum()), 0.0) / free)


def _upper(chi2: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, chi2)) if df else float(chi2 == 0)
