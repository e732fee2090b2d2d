"""Pearson's correlation: how closely two numbers about the same people go together."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from alongside.outcomes.descriptive import finite
from alongside.outcomes.disclosure import Count, Detail, DetailInterval, Reason


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """Pearson's r with its interval and test."""

    r: Detail
    """Pearson's correlation, -1 to 1."""
    ci95: DetailInterval
    """95% interval of r, by Fisher's z; null for fewer than four people and for a perfect correlation."""
    p: Detail
    """Two-sided p value of r = 0, by Student's t on n - 2 degrees of freedom; null for fewer than three."""
    n: Count
    """People with both numbers."""
    why: Reason = None
    """Why a number here is null."""


def pearson(x: ArrayLike, y: ArrayLike) -> Correlation:
    """Correlate two sets of scores of the same people, as R's `cor.test(x, y)`.

    Parameters
    ----------
    x, y : arrays of shape (n,), in any units, one row for each person

    Returns
    -------
    Correlation
        r is None for fewer than two people or when either set does not vary.

    Raises
    ------
    ValueError : lengths differ, or a score is not a finite number

    References
    ----------
    Fisher (1915). doi:10.1093/biomet/10.4.507

    Examples
    --------
    >>> result = pearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])
    >>> round(result.r, 4), round(result.p, 4), [round(end, 4) for end in result.ci95]
    (0.8, 0.1041, [-0.2796, 0.9862])
    >>> pearson([1, 1, 1], [1, 2, 3]).why
    'One of the two sets of scores is the same for everybody, so they cannot be correlated.'
    """
    one, other = finite(x), finite(y)
    if len(one) != len(other):
        raise ValueError("both sets of scores must hold the same people: the arrays differ in length")
    n = len(one)
    if n < 2:
        return Correlation(r=None, ci95=None, p=None, n=n, why="Fewer than two people have both numbers.")
    if not (_varies(one) and _varies(other)):
        why = "One of the two sets of scores is the same for everybody, so they cannot be correlated."
        return Correlation(r=None, ci95=None, p=None, n=n, why=why)
    r = _r(one, other)
    return Correlation(r=r, ci95=fisher_interval(r, n), p=_p(r, n), n=n, why=_why(r, n))


def fisher_interval(r: float, n: int) -> tuple[float, float] | None:
    """Return the 95% interval of a correlation by Fisher's z, or None below four people or when r is ±1.

    >>> low, high = fisher_interval(0.5, 28)
    >>> round(low, 4), round(high, 4)
    (0.156, 0.7358)
    """
    if n < 4 or abs(r) >= 1:
        return None
    from scipy.special import ndtri

    half = float(ndtri(0.975)) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def _r(x: np.ndarray, y: np.ndarray) -> float:
    one, other = x - x.mean(), y - y.mean()
    one, other = one / np.abs(one).max(), other / np.abs(other).max()
    across, left, right = (float(product.sum()) for product in (one * other, one * one, other * other))
    r = across / math.sqrt(left * right)
    return math.copysign(1.0, r) if abs(r) > 1 - 1e-15 else r


def _p(r: float, n: int) -> float | None:
    if n < 3:
        return None
    if abs(r) == 1:
        return 0.0
    from scipy.special import stdtr

    return 2 * float(stdtr(n - 2, -abs(r) * math.sqrt((n - 2) / (1 - r * r))))


def _varies(scores: np.ndarray) -> bool:
    return bool(np.ptp(scores) > 1e-12 * np.abs(scores).max())


def _why(r: float, n: int) -> str | None:
    if n < 4:
        return "Fewer than four people have both numbers, so no interval can be given."
    return None if abs(r) < 1 else "The two sets of scores lie on one line, so no interval can be given."
