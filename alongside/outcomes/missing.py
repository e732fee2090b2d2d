"""What forms that are not there could mean: who has none, who left, and what would change the result."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.change import PairedChange
from alongside.outcomes.descriptive import CONFIDENCE, Summary, finite, summary
from alongside.outcomes.disclosure import (
    AverageOfN,
    Count,
    Detail,
    DetailCount,
    Few,
    FewOfN,
    IntervalOfN,
    OneOfN,
    Reason,
    ShareKind,
)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """How many could have answered, and how many did twice, once, or never."""

    n: Count
    """Everyone who could have answered."""
    paired: OneOfN
    """Of them, people with a first and a later form."""
    first_only: OneOfN
    """People with a first form only."""
    none: OneOfN
    """People with no form."""
    share_paired: Annotated[float | None, ShareKind("paired", "n")]
    """People with both among everyone, 0 to 1."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class StartOfThoseWhoLeft:
    """Whether people without a second form were different at the start."""

    left: Summary
    """First forms of people without a second one."""
    stayed: Summary
    """First forms of people with a later one."""
    n: Count
    """People in the smaller of both groups."""
    difference: AverageOfN
    """Mean of those who left less mean of those who stayed, in points."""
    ci95: IntervalOfN
    """Welch's 95% interval of that difference."""
    t: Detail
    """Welch's t."""
    df: Detail
    """Its degrees of freedom."""
    p: Detail
    """Its two-sided p value."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class TippingPoint:
    """How much worse people without a second form must have done before the result is no longer clear."""

    n: Count
    """People with a first and a later form."""
    missing: Few
    """People with a first form only."""
    points_worse: AverageOfN
    """How far their mean change must lie from that of the others, in points, against the way it went."""
    their_change: AverageOfN
    """Their mean change at that place, in points."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """A share of everyone, whatever the people who are missing did."""

    n: Count
    """Everyone, with or without a second form."""
    missing: FewOfN
    """Of them, those without."""
    at_least: DetailCount
    """How many it is if none of the missing belong to them."""
    at_most: DetailCount
    """How many if all of the missing do."""
    lowest: Detail
    """`at_least` among everyone, 0 to 1."""
    highest: Detail
    """`at_most` among everyone, 0 to 1."""
    why: Reason = None
    """Why a number here is null."""


def answered(forms: ArrayLike) -> Answered:
    """Count who has two forms or more, one, or none.

    Parameters
    ----------
    forms : array of shape (people,), whole numbers, how many forms each person who could answer has

    Raises
    ------
    ValueError : a number of forms is below 0

    Examples
    --------
    >>> found = answered([3, 2, 1, 0])
    >>> found.n, found.paired, found.first_only, found.none, found.share_paired
    (4, 2, 1, 1, 0.5)
    """
    counts = np.asarray(forms, dtype=np.int64)
    if (counts < 0).any():
        raise ValueError("a number of forms must not be below 0")
    n, paired = len(counts), int((counts > 1).sum())
    return Answered(
        n=n,
        paired=paired,
        first_only=int((counts == 1).sum()),
        none=int((counts == 0).sum()),
        share_paired=paired / n if n else None,
        why=None if n else "There is nobody who could have answered.",
    )


def answered_by(forms: ArrayLike, group: ArrayLike) -> dict[str, Answered]:
    """Count the same for each group; `group` is an array of shape (people,).

    >>> {level: found.paired for level, found in answered_by([2, 1, 0], ["a", "a", "b"]).items()}
    {'a': 1, 'b': 0}
    """
    counts, levels = np.asarray(forms, dtype=np.int64), np.asarray(group, dtype=str)
    if len(counts) != len(levels):
        raise ValueError("forms and group must hold the same people: the arrays differ in length")
    return {str(level): answered(counts[levels == level]) for level in np.unique(levels)}


def start_of_those_who_left(left: ArrayLike, stayed: ArrayLike) -> StartOfThoseWhoLeft:
    """Compare first forms of people with and without a later one, as R's `t.test(left, stayed)`.

    Parameters
    ----------
    left, stayed : arrays of shape (n,) each, in points, first forms

    Returns
    -------
    StartOfThoseWhoLeft
        Interval and test are None when a group has fewer than two people, or when neither varies.

    Raises
    ------
    ValueError : a score is not a finite number

    References
    ----------
    Welch (1947). doi:10.1093/biomet/34.1-2.28

    Examples
    --------
    >>> found = start_of_those_who_left([8, 9, 7], [5, 6, 7, 6])
    >>> found.difference, [round(end, 4) for end in found.ci95], round(found.p, 4)
    (2.0, [0.0077, 3.9923], 0.0495)
    """
    gone, kept = finite(left), finite(stayed)
    before, after = summary(gone), summary(kept)
    known = before.mean is not None and after.mean is not None
    difference = float(gone.mean() - kept.mean()) if known else None
    interval, t, df, p = None, None, None, None
    if difference is not None and min(len(gone), len(kept)) > 1 and (_varies(gone) or _varies(kept)):
        interval, t, df, p = _welch(difference, gone, kept)
    return StartOfThoseWhoLeft(
        left=before,
        stayed=after,
        n=min(len(gone), len(kept)),
        difference=difference,
        ci95=interval,
        t=t,
        df=df,
        p=p,
        why=_why_no_test(gone, kept) if p is None else None,
    )


def tipping_point(change: PairedChange, missing: int) -> TippingPoint:
    """Say how much worse the people without a second form must have done for the interval to reach no change.

    If their mean change differs by δ from that of people with two forms, the mean change of all is
    mean + δq and its interval moves by δq with it, where q is the share of people without a second form. The
    share is taken as known. The result is the δ at which the interval's nearer end is 0.

    Parameters
    ----------
    change : people with two forms
    missing : people with a first form only, at least 0

    Returns
    -------
    TippingPoint
        points_worse is above 0. It is None when the interval holds 0 already, or when nobody is missing.

    Raises
    ------
    ValueError : missing is below 0

    References
    ----------
    Little (1993), pattern-mixture models. doi:10.1080/01621459.1993.10594302

    Examples
    --------
    >>> from alongside.outcomes.change import paired
    >>> found = tipping_point(paired([6, 5, 7, 8, 7], [4, 4, 5, 6, 6]), missing=5)
    >>> round(found.points_worse, 2), round(found.their_change, 2)
    (1.84, 0.24)
    """
    if missing < 0:
        raise ValueError("the number of people without a second form must not be below 0")
    n, why = change.n or 0, _why_no_tipping(change, missing)
    if why or change.ci95 is None or change.mean_change is None:
        return TippingPoint(n=n, missing=missing, points_worse=None, their_change=None, why=why)
    nearer = min(change.ci95, key=abs)
    shift = -nearer * (n + missing) / missing
    return TippingPoint(n=n, missing=missing, points_worse=abs(shift), their_change=change.mean_change + shift)


def bounds(count: int, *, of: int, missing: int) -> Bounds:
    """Return the share among everyone if none, and if all, of the people without a second form belonged to it.

    Parameters
    ----------
    count : how many, 0 to `of`
    of : people with two forms
    missing : people without a second form, at least 0

    Raises
    ------
    ValueError : a count is out of range

    Examples
    --------
    >>> found = bounds(6, of=8, missing=2)
    >>> found.lowest, found.highest
    (0.6, 0.8)
    """
    if not 0 <= count <= of or missing < 0:
        raise ValueError("count must lie between 0 and the people with two forms, and missing must not be below 0")
    n = of + missing
    return Bounds(
        n=n,
        missing=missing,
        at_least=count,
        at_most=count + missing,
        lowest=count / n if n else None,
        highest=(count + missing) / n if n else None,
        why=None if n else "There is nobody to count among.",
    )


def _welch(
    difference: float, left: NDArray[np.float64], stayed: NDArray[np.float64]
) -> tuple[tuple[float, float], float, float, float]:
    from scipy.special import stdtr, stdtrit

    one, other = left.var(ddof=1) / len(left), stayed.var(ddof=1) / len(stayed)
    se = float(np.sqrt(one + other))
    df = float((one + other) ** 2 / (one**2 / (len(left) - 1) + other**2 / (len(stayed) - 1)))
    half = float(stdtrit(df, 1 - (1 - CONFIDENCE) / 2)) * se
    t = difference / se
    return (difference - half, difference + half), t, df, 2 * float(stdtr(df, -abs(t)))


def _varies(scores: NDArray[np.float64]) -> bool:
    return bool(np.ptp(scores) > 1e-12 * np.abs(scores).max())


def _why_no_test(left: NDArray[np.float64], stayed: NDArray[np.float64]) -> str:
    if len(left) == 0:
        return "Everybody has a second form, so there is nobody to compare."
    if len(stayed) == 0:
        return "Nobody has a second form, so there is nobody to compare with."
    if min(len(left), len(stayed)) == 1:
        return "One of the groups is one person, so there is no spread to test."
    return "Everybody started at the same score within each group, so there is no spread to test."


def _why_no_tipping(change: PairedChange, missing: int) -> str | None:
    if change.ci95 is None:
        return change.why
    if missing == 0:
        return "Everybody with a first form has a second one, so nothing is missing."
    if change.ci95[0] <= 0 <= change.ci95[1]:
        return "The interval of the mean change includes no change already."
    return None
