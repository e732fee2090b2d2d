"""The same people's means at two times, each with its interval, and the change between them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.descriptive import finite, interval_of_mean
from alongside.outcomes.disclosure import AverageOfN, DetailCount, IntervalOfN, Reason


@dataclass(frozen=True, kw_only=True)
class BothTimes:
    """People of one group with a first form and one near a day, at both times.

    How many they are is not published: only whether they are enough for an average can be seen.
    """

    n: DetailCount
    """People with both forms."""
    mean_first: AverageOfN
    """Mean of their first forms, in points."""
    first_ci95: IntervalOfN
    """Its 95% interval."""
    mean_near: AverageOfN
    """Mean of their forms nearest to the day, in points."""
    near_ci95: IntervalOfN
    """Its 95% interval."""
    mean_change: AverageOfN
    """Mean change of the same people, later minus first, in points."""
    change_ci95: IntervalOfN
    """Its 95% interval, of the paired comparison: narrower than the two beside it would suggest."""
    why: Reason = None
    """Why a number here is null."""


def both_times(first: ArrayLike, near: ArrayLike) -> BothTimes:
    """Describe the same people's first forms and forms near a day.

    Parameters
    ----------
    first, near : arrays of shape (n,), in points, one row for each person

    Returns
    -------
    BothTimes
        Means with Student's t intervals on n - 1 degrees of freedom. Means are None for nobody; an interval is None
        for one person, or where all have the same score.

    Raises
    ------
    ValueError : lengths differ, or a score is not a finite number

    Examples
    --------
    >>> found = both_times([6, 5, 7, 8], [4, 5, 3, 6])
    >>> found.n, found.mean_first, found.mean_near, found.mean_change
    (4, 6.5, 4.5, -2.0)
    >>> [round(end, 2) for end in found.first_ci95], [round(end, 2) for end in found.change_ci95]
    ([4.45, 8.55], [-4.6, 0.6])
    """
    before, after = finite(first), finite(near)
    if len(before) != len(after):
        raise ValueError("first and near must hold the same people: the arrays differ in length")
    means = [_mean(scores) for scores in (before, after, after - before)]
    (mean_first, first_ci95), (mean_near, near_ci95), (mean_change, change_ci95) = means
    whole = None not in (first_ci95, near_ci95, change_ci95)
    return BothTimes(
        n=len(before),
        mean_first=mean_first,
        first_ci95=first_ci95,
        mean_near=mean_near,
        near_ci95=near_ci95,
        mean_change=mean_change,
        change_ci95=change_ci95,
        why=None if whole else "One person, or no spread, so no interval." if len(before) else "Nobody has both forms.",
    )


def _mean(scores: NDArray[np.float64]) -> tuple[float | None, tuple[float, float] | None]:
    if not len(scores):
        return None, None
    mean = float(scores.mean())
    sd = float(scores.std(ddof=1)) if len(scores) > 1 else 0.0
    varies = sd > 1e-12 * max(1.0, float(np.abs(scores).max()))
    return mean, interval_of_mean(mean=mean, sd=sd, n=len(scores)) if varies else None
