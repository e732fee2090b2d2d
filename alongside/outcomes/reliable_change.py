"""Change larger than the measure's own unreliability would make it, by Jacobson and Truax.

A threshold always says where it comes from. Without a stated reliability and its source there is no threshold,
and nothing is called reliable.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.change import DECIMALS, NOBODY_TWICE
from alongside.outcomes.descriptive import finite
from alongside.outcomes.disclosure import AverageOfN, Count, Detail, Few, OneOfN, Reason, Setting
from alongside.outcomes.proportions import Proportion, proportion

TIMES = 1.96
FIRST = "Jacobson-Truax, standard deviation of all first forms"
POOLED = "Jacobson-Truax as Maassen, standard deviations of first and last forms"
STATED = "Jacobson-Truax, stated standard deviation"
NO_SPREAD = "Everybody scored the same or there are too few forms, so no threshold can be worked out."


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """The smallest change that counts as reliable."""

    rule: str
    """How it was found."""
    points: Detail
    """The change in points; one of exactly this much counts. It can rest on the spread of these very people."""
    reliability: Setting
    """The measure's reliability, 0 to 1; null when the threshold itself was published."""
    source: str
    """Who published the reliability or the threshold."""
    why: Reason = None
    """Why there is no threshold."""


@dataclass(frozen=True, kw_only=True)
class ReliableChange:
    """How many people changed reliably for the better, for the worse, or not."""

    rule: str
    """The rule in words."""
    threshold: AverageOfN
    """The change that counts, in points; one of exactly this much counts. Its spread came from these people."""
    source: str
    """Who published the reliability or the threshold."""
    improved: OneOfN
    """People who improved reliably, the recovered among them."""
    unchanged: OneOfN
    """People whose change was smaller than the threshold."""
    deteriorated: OneOfN
    """People who got reliably worse."""
    n: Count
    """People with a first and a later form."""
    without_second: Few
    """People with a first form only, who are in none of the counts before."""
    cutoff: Setting
    """The score that marks where difficulty begins; null when none was stated."""
    recovered: Proportion | None
    """Of those at or beyond the cut-off at first, the ones who improved reliably and ended on its other side."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class CutOffs:
    """Jacobson and Truax's three places to draw the line between people in difficulty and others."""

    a: Setting
    """Two standard deviations from the mean of people in difficulty, towards the others."""
    b: Setting
    """Two standard deviations from the mean of the others, towards people in difficulty."""
    c: Setting
    """Where a score is as likely in one group as in the other."""


def jacobson_truax(*, sd: float, reliability: float, source: str, rule: str = STATED) -> Threshold:
    """Return the threshold 1.96 × SD × √2 × √(1 - r).

    Parameters
    ----------
    sd : standard deviation of scores, in points, above 0
    reliability : r, at least 0 and below 1
    source : who published them, printed with every count
    rule : where the standard deviation comes from, in words

    Raises
    ------
    ValueError : there is no source, or a number lies outside its range

    References
    ----------
    Jacobson and Truax (1991). doi:10.1037/0022-006X.59.1.12

    Examples
    --------
    >>> round(jacobson_truax(sd=7.5, reliability=0.8, source="Jacobson and Truax 1991").points, 4)
    9.2971
    """
    check_reliability(reliability, source)
    if not (sd > 0 and math.isfinite(sd)):
        raise ValueError("the standard deviation must be above 0")
    points = TIMES * sd * math.sqrt(2) * math.sqrt(1 - reliability)
    return Threshold(rule=rule, points=points, reliability=reliability, source=source)


def published(points: float, *, source: str) -> Threshold:
    """Return a published threshold; `points` is above 0 and the source is named.

    >>> published(6, source="NHS Talking Therapies").points
    6
    """
    if not (points > 0 and math.isfinite(points)):
        raise ValueError("a threshold must be above 0")
    _check_source(source)
    return Threshold(rule="Published threshold", points=points, reliability=None, source=source)


def threshold_from_first(first: ArrayLike, *, reliability: float, source: str) -> Threshold:
    """Return the threshold from the standard deviation of all first forms, with or without a later one.

    Parameters
    ----------
    first : array of shape (n,), in points
    reliability, source : as in `jacobson_truax`

    Returns
    -------
    Threshold
        points is None for fewer than two forms or when every score is the same.

    Examples
    --------
    >>> round(threshold_from_first([5, 6, 8, 9], reliability=0.9, source="a study").points, 4)
    1.6003
    """
    return _threshold(_sd(finite(first)), reliability=reliability, source=source, rule=FIRST)


def threshold_from_both(first: ArrayLike, last: ArrayLike, *, reliability: float, source: str) -> Threshold:
    """Return the threshold 1.96 × √((SD₁² + SD₂²)(1 - r)) from the first and last forms of the same people.

    Parameters
    ----------
    first, last : arrays of shape (n,), in points
    reliability, source : as in `jacobson_truax`

    Returns
    -------
    Threshold
        points is None for fewer than two people or when every score is the same.

    References
    ----------
    Maassen (2004). doi:10.1017/S1355617704106097

    Examples
    --------
    >>> round(threshold_from_both([5, 6, 8, 9], [4, 4, 6, 9], reliability=0.9, source="a study").points, 4)
    1.8508
    """
    both = math.hypot(_sd(finite(first)), _sd(finite(last))) / math.sqrt(2)
    return _threshold(both, reliability=reliability, source=source, rule=POOLED)


def direction(first: ArrayLike, last: ArrayLike, *, by: float, lower_is_better: bool) -> NDArray[np.int8]:
    """Say for each person whether the change is at least `by` for the better (1), for the worse (-1) or neither (0).

    >>> direction([10, 10, 10], [4, 9, 16], by=6, lower_is_better=True).tolist()
    [1, 0, -1]
    """
    changes = np.round(finite(last) - finite(first), DECIMALS)
    better = -changes if lower_is_better else changes
    return (better >= round(by, DECIMALS)).astype(np.int8) - (better <= -round(by, DECIMALS))


def reliable_change(
    first: ArrayLike,
    last: ArrayLike,
    *,
    threshold: Threshold,
    lower_is_better: bool,
    without_second: int,
    cutoff: float | None = None,
) -> ReliableChange:
    """Count who changed reliably, and who recovered if a cut-off is stated.

    Recovered means: at the cut-off or beyond it at first, reliably improved, and on its other side at last.

    Parameters
    ----------
    first, last : arrays of shape (n,), in points, people who have both
    threshold : the change that counts; a change of exactly this much counts
    lower_is_better : which way is better on this measure
    without_second : people with a first form only
    cutoff : in points; None when none was stated

    Returns
    -------
    ReliableChange
        Counts are None where there is no threshold.

    References
    ----------
    Jacobson and Truax (1991). doi:10.1037/0022-006X.59.1.12

    Examples
    --------
    >>> found = reliable_change([20, 20, 9, 15], [8, 15, 3, 21], threshold=published(6, source="NHS"),
    ...                         lower_is_better=True, without_second=2, cutoff=10)
    >>> found.improved, found.unchanged, found.deteriorated, found.recovered.count, found.recovered.n
    (2, 1, 1, 1, 3)
    """
    before, after = finite(first), finite(last)
    if len(before) != len(after):
        raise ValueError("first and last must hold the same people: the arrays differ in length")
    points, sign = threshold.points, 1 if lower_is_better else -1
    ways = None if points is None else direction(before, after, by=points, lower_is_better=lower_is_better)
    recovered = None
    if ways is not None and cutoff is not None:
        recovered = _recovered(before, after, ways == 1, cutoff=cutoff, sign=sign)
    return ReliableChange(
        rule=threshold.rule,
        threshold=points,
        source=threshold.source,
        improved=None if ways is None else int((ways == 1).sum()),
        unchanged=None if ways is None else int((ways == 0).sum()),
        deteriorated=None if ways is None else int((ways == -1).sum()),
        n=len(before),
        without_second=without_second,
        cutoff=cutoff,
        recovered=recovered,
        why=threshold.why if len(before) else NOBODY_TWICE,
    )


def cut_offs(*, clinical_mean: float, clinical_sd: float, functional_mean: float, functional_sd: float) -> CutOffs:
    """Return the cut-offs a, b and c from the published means of people in difficulty and of others.

    Parameters
    ----------
    clinical_mean, clinical_sd : of people in difficulty, in points; the standard deviation above 0
    functional_mean, functional_sd : of others, in points

    Raises
    ------
    ValueError : a standard deviation is not above 0, or both means are the same

    References
    ----------
    Jacobson and Truax (1991). doi:10.1037/0022-006X.59.1.12

    Examples
    --------
    >>> cut_offs(clinical_mean=40, clinical_sd=7.5, functional_mean=60, functional_sd=7.5)
    CutOffs(a=55.0, b=45.0, c=50.0)
    """
    if not (clinical_sd > 0 and functional_sd > 0):
        raise ValueError("both standard deviations must be above 0")
    if clinical_mean == functional_mean:
        raise ValueError("both means are the same, so no line can be drawn between the groups")
    towards = math.copysign(1, functional_mean - clinical_mean)
    weighted = clinical_sd * functional_mean + functional_sd * clinical_mean
    return CutOffs(
        a=clinical_mean + towards * 2 * clinical_sd,
        b=functional_mean - towards * 2 * functional_sd,
        c=weighted / (clinical_sd + functional_sd),
    )


def _threshold(sd: float, *, reliability: float, source: str, rule: str) -> Threshold:
    check_reliability(reliability, source)
    if sd == 0:
        return Threshold(rule=rule, points=None, reliability=reliability, source=source, why=NO_SPREAD)
    return jacobson_truax(sd=sd, reliability=reliability, source=source, rule=rule)


def _sd(scores: NDArray[np.float64]) -> float:
    """Return the standard deviation, 0 where there is none to measure."""
    if len(scores) < 2 or np.ptp(scores) <= 1e-12 * np.abs(scores).max():
        return 0.0
    return float(scores.std(ddof=1))


def _recovered(
    first: NDArray[np.float64], last: NDArray[np.float64], improved: NDArray[np.bool_], *, cutoff: float, sign: int
) -> Proportion:
    began = np.round(sign * (first - cutoff), DECIMALS) >= 0
    ended = np.round(sign * (last - cutoff), DECIMALS) < 0
    return proportion(int((began & ended & improved).sum()), int(began.sum()))


def check_reliability(reliability: float, source: str) -> None:
    """Refuse a reliability outside 0 to 1, or one that nobody is named for.

    >>> check_reliability(0.93, "a study of 470 people")
    """
    if not 0 <= reliability < 1:
        raise ValueError("reliability must be at least 0 and below 1")
    _check_source(source)


def _check_source(source: str) -> None:
    if not source.strip():
        raise ValueError("a threshold needs a source: say who published it")
