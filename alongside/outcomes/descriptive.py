"""Describes a set of scores: how many, their mean, their spread, their middle."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from alongside.outcomes.disclosure import AverageOfN, Count, Detail, Reason

CONFIDENCE = 0.95


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A set of scores in four numbers."""

    n: Count
    """How many scores, one for each person."""
    mean: AverageOfN
    """Their mean, in points."""
    sd: Detail
    """Their standard deviation (divisor n - 1), in points; null for fewer than two scores."""
    median: AverageOfN
    """Their median, in points."""
    why: Reason = None
    """Why a number here is null."""


def summary(scores: ArrayLike) -> Summary:
    """Return number, mean, standard deviation and median of scores.

    Parameters
    ----------
    scores : array of shape (n,), in points; n may be 0

    Returns
    -------
    Summary
        Mean and median are None when n is 0, the standard deviation when n is below 2.

    Raises
    ------
    ValueError : a score is not a finite number

    Examples
    --------
    >>> summary([2.0, 4.0, 9.0])
    Summary(n=3, mean=5.0, sd=3.605551275463989, median=4.0, why=None)
    >>> summary([]).why
    'Nobody answered.'
    """
    values = finite(scores)
    n = len(values)
    if n == 0:
        return Summary(n=0, mean=None, sd=None, median=None, why="Nobody answered.")
    return Summary(
        n=n,
        mean=float(values.mean()),
        sd=float(values.std(ddof=1)) if n > 1 else None,
        median=float(np.median(values)),
        why=None if n > 1 else "One person answered, so there is no spread to measure.",
    )


def interval_of_mean(*, mean: float, sd: float, n: int) -> tuple[float, float] | None:
    """Return the 95% interval of a mean: mean ± t × sd / √n, with t on n - 1 degrees of freedom.

    Parameters
    ----------
    mean, sd : in points; sd with divisor n - 1
    n : number of people

    Returns
    -------
    (low, high) in points, or None when n is below 2 or every score is the same

    References
    ----------
    Student (1908). doi:10.1093/biomet/6.1.1

    Examples
    --------
    >>> low, high = interval_of_mean(mean=5.0, sd=2.0, n=16)
    >>> round(low, 4), round(high, 4)
    (3.9343, 6.0657)
    """
    if n < 2 or not sd > 0:
        return None
    from scipy.special import stdtrit

    half = float(stdtrit(n - 1, 1 - (1 - CONFIDENCE) / 2)) * sd / math.sqrt(n)
    return mean - half, mean + half


def finite(scores: ArrayLike) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return scores as a one-dimensional array, refusing any that is not a finite number.

    >>> finite([1, 2]).tolist()
    [1.0, 2.0]
    """
    values = np.asarray(scores, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError("scores must stand in one row: an array with one dimension")
    if not np.isfinite(values).all():
        raise ValueError("every score must be a finite number")
    return values
