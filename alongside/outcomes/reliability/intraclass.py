"""How far people's own scores agree beside how far people differ: six intraclass correlations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.disclosure import Detail, Reason
from alongside.outcomes.reliability.spread import HALF_TAIL, NO_SPREAD, score_table, varies

ICC_NAMES = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
NO_ERROR = "The occasions agree exactly, so there is no error from which to work out an interval."
NOT_DEFINED = "People differ too little from one another for this number to mean anything."


@dataclass(frozen=True, kw_only=True)
class Intraclass:
    """An intraclass correlation, by analysis of variance."""

    value: Detail
    """The correlation, at most 1; below 0 when people differ less than their own scores do."""
    low: Detail
    """Lower end of its 95% interval, from the F distribution."""
    high: Detail
    """Upper end."""
    why: Reason = None
    """Why a number here is null."""


def intraclass(scores: ArrayLike) -> dict[str, Intraclass]:
    """Return the six intraclass correlations of people scored several times, with 95% intervals.

    ICC1: each person scored on occasions (or by judges) of their own. ICC2: all on the same occasions, which
    stand for others; a shift from one to the next counts as disagreement. ICC3: as ICC2, but a shift that is
    the same for everybody does not count. The names with k are of the mean of the k scores.

    Parameters
    ----------
    scores : array of shape (n, k), in points; a row for each person, a column for each occasion

    Returns
    -------
    dict
        By name, from ICC1 to ICC3k. A number that is not defined is None.

    Raises
    ------
    ValueError : the table is not two-dimensional, or a score is not a finite number

    References
    ----------
    Shrout & Fleiss (1979). doi:10.1037/0033-2909.86.2.420
    McGraw & Wong (1996). doi:10.1037/1082-989X.1.1.30

    Examples
    --------
    Six people marked by four judges, from Shrout and Fleiss:

    >>> four = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> {name: round(icc.value, 2) for name, icc in intraclass(four).items()}
    {'ICC1': 0.17, 'ICC2': 0.29, 'ICC3': 0.71, 'ICC1k': 0.44, 'ICC2k': 0.62, 'ICC3k': 0.91}
    """
    table = score_table(scores)
    if np.isnan(table).any():
        raise ValueError("every score must be a finite number")
    n, k = table.shape
    if n < 2 or k < 2 or not varies(table):
        none = Intraclass(value=None, low=None, high=None, why=_why_no_intraclass(n, k))
        return dict.fromkeys(ICC_NAMES, none)
    people, occasions = table.mean(axis=1, keepdims=True), table.mean(axis=0, keepdims=True)
    grand = table.mean()
    between = k * _squares(people - grand, table) / (n - 1)
    shift = n * _squares(occasions - grand, table) / (k - 1)
    error = _squares(table - people - occasions + grand, table) / ((n - 1) * (k - 1))
    within = _squares(table - people, table) / (n * (k - 1))
    single = (
        _by_f(between, within, k, df=(n - 1, n * (k - 1))),
        _of_same_occasions(between, shift, error, n, k),
        _by_f(between, error, k, df=(n - 1, (n - 1) * (k - 1))),
    )
    return dict(zip(ICC_NAMES, [*single, *(_of_mean(one, k) for one in single)], strict=True))


def _squares(deviations: NDArray[np.float64], table: NDArray[np.float64]) -> float:
    """Return a sum of squares, and nothing for what is only the last digit of the scores."""
    real = np.abs(deviations) > NO_SPREAD * max(1.0, np.abs(table).max())
    return float((deviations[real] ** 2).sum())


def _why_no_intraclass(n: int, k: int) -> str:
    if n < 2 or k < 2:
        return "This needs two people or more with two scores."
    return "Everybody has the same score, so people cannot be told apart."


def _by_f(between: float, within: float, k: int, *, df: tuple[int, int]) -> Intraclass:
    """Return ICC1 (within: mean square within people) or ICC3 (within: mean square of the error)."""
    from scipy.special import fdtri

    whole = between + (k - 1) * within
    if not whole > 0:
        return Intraclass(value=None, low=None, high=None, why=NOT_DEFINED)
    value = (between - within) / whole
    if within == 0:
        return Intraclass(value=value, low=None, high=None, why=NO_ERROR)
    lower, upper = float(fdtri(*df, 1 - HALF_TAIL)), 1 / float(fdtri(*df, HALF_TAIL))
    f = between / within
    low, high = ((ratio - 1) / (ratio + k - 1) for ratio in (f / lower, f * upper))
    return Intraclass(value=value, low=low, high=high)


def _of_same_occasions(between: float, shift: float, error: float, n: int, k: int) -> Intraclass:
    """Return ICC2, its interval with Satterthwaite's degrees of freedom."""
    from scipy.special import fdtri

    whole = between + (k - 1) * error + k * (shift - error) / n
    if not whole > 0:
        return Intraclass(value=None, low=None, high=None, why=NOT_DEFINED)
    value = (between - error) / whole
    if error == 0:
        return Intraclass(value=value, low=None, high=None, why=NO_ERROR)
    a, b = k * value * shift / error, n * (1 + (k - 1) * value) - k * value
    weights = (n - 1) * a * a + b * b
    df = (k - 1) * (n - 1) * (a + b) ** 2 / weights if weights else 0.0
    lower, upper = float(fdtri(n - 1, df, 1 - HALF_TAIL)), float(fdtri(df, n - 1, 1 - HALF_TAIL))
    rest = k * shift + (k * n - k - n) * error
    low = n * (between - lower * error) / (lower * rest + n * between)
    high = n * (upper * between - error) / (rest + n * upper * between)
    if not low <= value <= high:  # too few degrees of freedom for the F distribution, or none
        return Intraclass(value=value, low=None, high=None, why=NOT_DEFINED)
    return Intraclass(value=value, low=low, high=high)


def _of_mean(single: Intraclass, k: int) -> Intraclass:
    """Return the correlation of the mean of k scores from that of one, by Spearman and Brown."""
    value, low, high = (_stepped_up(number, k) for number in (single.value, single.low, single.high))
    lost = value is None or (low is None) is not (single.low is None)
    return Intraclass(value=value, low=low, high=high, why=single.why or (NOT_DEFINED if lost else None))


def _stepped_up(correlation: float | None, k: int) -> float | None:
    if correlation is None or not 1 + (k - 1) * correlation > NO_SPREAD:
        return None
    return k * correlation / (1 + (k - 1) * correlation)
