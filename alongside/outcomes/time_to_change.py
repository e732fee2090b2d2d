"""How long until people first improved reliably, counting those who left before as far as they were seen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.descriptive import finite
from alongside.outcomes.disclosure import AverageOfN, Count, Detail, DetailInterval, PartOfN, Reason
from alongside.outcomes.nearest import since_first, sorted_forms
from alongside.outcomes.proportions import DECIMALS, Z95

TOLERANCE = 2.0**-26  # as R's survfit: the square root of the machine's precision
HALF = 0.5
NO_END = "Too few people were seen for long enough to give both ends of the middle time's interval."


@dataclass(frozen=True, kw_only=True)
class Followed:
    """Each client's time: parallel arrays of shape (clients,). Working data: never published."""

    client: NDArray[np.int64]
    """The clients with two forms or more, in ascending order."""
    days: NDArray[np.float64]
    """Days from the first form to the first improvement, or to the last form where there was none."""
    improved: NDArray[np.bool_]
    """Who improved."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One day of a Kaplan-Meier curve."""

    day: Detail
    """Days from the first form."""
    n: Count
    """People seen until then who had not yet improved."""
    improved: Count
    """Of them, those who first improved on this day."""
    left: Count
    """Of them, those whose last form was on this day, not improved."""
    not_yet: Detail
    """Share not yet improved after this day, 0 to 1."""
    se: Detail
    """Its standard error, by Greenwood."""
    ci95: DetailInterval
    """Its 95% interval on the log-log scale; null where the share is 0 or 1."""


@dataclass(frozen=True, kw_only=True)
class TimeToChange:
    """Days from the first form to the first reliable improvement, by Kaplan and Meier."""

    n: Count
    """People with a first and a later form."""
    improved: PartOfN
    """Of them, those who were seen to improve."""
    median_days: AverageOfN
    """Days by which half had improved."""
    median_low: AverageOfN
    """Low end of the 95% interval of that, in days."""
    median_high: AverageOfN
    """High end, in days; null where the interval has no end."""
    steps: tuple[Step, ...]
    """The curve, one step for each day on which somebody improved or was last seen."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One group in a log-rank test."""

    n: Count
    """People in the group with a first and a later form."""
    improved: PartOfN
    """Of them, those who were seen to improve."""
    expected: Detail
    """How many would have, if the groups did not differ."""
    median_days: AverageOfN
    """Days by which half had improved; null where fewer were seen to."""
    median_low: AverageOfN
    """Low end of the 95% interval of that, in days."""
    median_high: AverageOfN
    """High end, in days; null where the interval has no end."""


@dataclass(frozen=True, kw_only=True)
class LogRank:
    """Whether groups differ in their time to improvement."""

    n: Count
    """People in all groups."""
    groups: dict[str, Compared]
    """Each group."""
    chi2: Detail
    """Chi-squared of the log-rank test."""
    df: Detail
    """Its degrees of freedom: groups that could be compared, less one."""
    p: Detail
    """Its p value."""
    why: Reason = None
    """Why a number here is null."""


def first_improvement(
    client: ArrayLike, day: ArrayLike, score: ArrayLike, *, by: float, lower_is_better: bool
) -> Followed:
    """Return for each client the days to the first form that is better than the first one by at least `by`.

    People with one form only are left out: nothing was seen of their time.

    Parameters
    ----------
    client, day, score : arrays of shape (forms,): whole numbers, days, points; one form a day for each client
    by : the reliable change, in points, above 0; a change of exactly this much counts
    lower_is_better : which way is better on this measure

    Raises
    ------
    ValueError : `by` is not above 0, lengths differ, or a day or score is not a finite number

    Examples
    --------
    >>> found = first_improvement([1, 1, 1, 2, 2, 3], [0, 30, 60, 0, 50, 0], [9, 8, 4, 9, 9, 9],
    ...                           by=5, lower_is_better=True)
    >>> found.client.tolist(), found.days.tolist(), found.improved.tolist()
    ([1, 2], [60.0, 50.0], [True, False])
    """
    if not by > 0:
        raise ValueError("the change that counts as improved must be above 0")
    who, when, scores = sorted_forms(client, day, score)
    begins, since = since_first(who, when)
    forms = np.diff(np.append(begins, len(who)))
    better = np.round(scores - np.repeat(scores[begins], forms), DECIMALS) * (-1 if lower_is_better else 1)
    reached = np.flatnonzero((better >= round(by, DECIMALS)) & (since > 0))
    improved, place = np.unique(who[reached], return_index=True)
    days = since[begins + forms - 1]
    has = np.isin(who[begins], improved)
    days[has] = since[reached[place]]
    seen = since[begins + forms - 1] > 0
    return Followed(client=who[begins][seen], days=days[seen], improved=has[seen])


def kaplan_meier(days: ArrayLike, improved: ArrayLike) -> TimeToChange:
    """Estimate the share not yet improved over time, as R's `survfit(..., conf.type = "log-log")`.

    Parameters
    ----------
    days : array of shape (n,), at least 0, days until improvement or until last seen
    improved : array of shape (n,), whether improvement was seen

    Returns
    -------
    TimeToChange
        The median is None when fewer than half were seen to improve; steps is empty for nobody.

    Raises
    ------
    ValueError : lengths differ, or a time is negative or not a finite number

    References
    ----------
    Kaplan and Meier (1958). doi:10.1080/01621459.1958.10501452; interval of the median:
    Brookmeyer and Crowley (1982). doi:10.2307/2530286

    Examples
    --------
    >>> found = kaplan_meier([10, 20, 20, 30, 40], [True, True, False, True, False])
    >>> found.median_days, [round(step.not_yet, 4) for step in found.steps]
    (30.0, [0.8, 0.6, 0.3, 0.3])
    """
    times, events = _times(days, improved)
    n = len(times)
    if n == 0:
        why = "Nobody has two forms, so no time can be seen."
        return TimeToChange(n=0, improved=0, median_days=None, median_low=None, median_high=None, steps=(), why=why)
    day, place = np.unique(times, return_inverse=True)
    happened = np.bincount(place, weights=events)
    gone = np.bincount(place) - happened
    at_risk = n - np.append(0, np.cumsum(happened + gone)[:-1])
    share = np.cumprod(1 - happened / at_risk)
    se, low, high = _greenwood(share, happened, at_risk)
    median, *ends = (_crosses_half(day, curve) for curve in (share, low, high))
    return TimeToChange(
        n=n,
        improved=int(events.sum()),
        median_days=median,
        median_low=ends[0],
        median_high=ends[1],
        steps=tuple(
            Step(
                day=float(day[i]),
                n=int(at_risk[i]),
                improved=int(happened[i]),
                left=int(gone[i]),
                not_yet=float(share[i]),
                se=None if np.isnan(se[i]) else float(se[i]),
                ci95=None if np.isnan(low[i]) else (float(low[i]), float(high[i])),
            )
            for i in range(len(day))
        ),
        why=_why(median, ends),
    )


def log_rank(days: ArrayLike, improved: ArrayLike, group: ArrayLike) -> LogRank:
    """Test whether groups differ in their time to improvement, as R's `survdiff`.

    Parameters
    ----------
    days, improved : arrays of shape (n,), as in `kaplan_meier`
    group : array of shape (n,), each person's group

    Returns
    -------
    LogRank
        chi2, df and p are None when fewer than two groups could be seen to improve.

    References
    ----------
    Mantel (1966), Cancer Chemotherapy Reports 50, 163-170; Peto and Peto (1972). doi:10.2307/2344317

    Examples
    --------
    >>> found = log_rank([10, 20, 30, 40, 50, 60], [True] * 6, ["a", "a", "a", "b", "b", "b"])
    >>> round(found.chi2, 4), found.df, round(found.p, 4)
    (5.0517, 1, 0.0246)
    """
    times, events = _times(days, improved)
    levels, member = np.unique(np.asarray(group, dtype=str), return_inverse=True)
    if len(member) != len(times):
        raise ValueError("group must hold the same people: the arrays differ in length")
    when = np.unique(times[events])
    shape = len(levels), len(when)
    at_risk = np.array([_at_least(times[member == k], when) for k in range(len(levels))]).reshape(shape)
    happened = np.array([_at(times[(member == k) & events], when) for k in range(len(levels))]).reshape(shape)
    expected = (at_risk * happened.sum(axis=0) / at_risk.sum(axis=0)).sum(axis=1)
    chi2, df, p = _chi2(happened, at_risk, expected)
    return LogRank(
        n=len(times),
        groups={
            str(level): _compared(kaplan_meier(times[member == k], events[member == k]), float(expected[k]))
            for k, level in enumerate(levels)
        },
        chi2=chi2,
        df=df,
        p=p,
        why=None if p is not None else "Too few groups in which people improved or could have, so no test.",
    )


def _compared(found: TimeToChange, expected: float) -> Compared:
    return Compared(
        n=found.n,
        improved=found.improved,
        expected=expected,
        median_days=found.median_days,
        median_low=found.median_low,
        median_high=found.median_high,
    )


def _times(days: ArrayLike, improved: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    times, events = np.round(finite(days), DECIMALS), np.asarray(improved, dtype=np.bool_)
    if len(times) != len(events):
        raise ValueError("days and improved must hold the same people: the arrays differ in length")
    if (times < 0).any():
        raise ValueError("a time must not be below 0 days")
    return times, events


def _greenwood(
    share: NDArray[np.float64], happened: NDArray[np.float64], at_risk: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return standard error and log-log interval of each share, NaN where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(happened / (at_risk * (at_risk - happened)))
        se = share * np.sqrt(variance)
        middle = np.log(np.where((share > 0) & (share < 1), share, np.nan))
        half = Z95 * np.sqrt(variance) / middle
        return se, np.exp(middle * np.exp(-half)), np.exp(middle * np.exp(half))


def _crosses_half(day: NDArray[np.float64], curve: NDArray[np.float64]) -> float | None:
    """Return the day on which a falling curve crosses one half, the middle where it lies on it, or None."""
    known = ~np.isnan(curve)
    below = np.flatnonzero(known & (curve <= HALF + TOLERANCE))
    if len(below) == 0:
        return None
    beyond = np.flatnonzero(known & (curve < HALF - TOLERANCE))
    at = day[below[0]]
    if abs(curve[below[0]] - HALF) > TOLERANCE:
        return float(at)
    return float((at + (day[beyond[0]] if len(beyond) else day[-1])) / 2)


def _why(median: float | None, ends: list[float | None]) -> str | None:
    if median is None:
        return "Fewer than half were seen to improve, so there is no middle time."
    return NO_END if None in ends else None


def _at_least(times: NDArray[np.float64], when: NDArray[np.float64]) -> NDArray[np.float64]:
    return len(times) - np.searchsorted(np.sort(times), when, side="left").astype(np.float64)


def _at(times: NDArray[np.float64], when: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.bincount(np.searchsorted(when, times), minlength=len(when)).astype(np.float64)


def _chi2(
    happened: NDArray[np.float64], at_risk: NDArray[np.float64], expected: NDArray[np.float64]
) -> tuple[float, int, float] | tuple[None, None, None]:
    seen = np.flatnonzero(expected > 0)
    if len(seen) < 2:
        return None, None, None
    from scipy.special import chdtrc

    everyone, changed = at_risk.sum(axis=0), happened.sum(axis=0)
    weight = np.where(everyone > 1, changed * (everyone - changed) / np.maximum(everyone - 1, 1), 0)
    part = at_risk[seen[1:]] / everyone
    covariance = np.diag((part * weight).sum(axis=1)) - (part * weight) @ part.T
    off = happened.sum(axis=1)[seen[1:]] - expected[seen[1:]]
    if np.linalg.matrix_rank(covariance) < len(off):
        return None, None, None
    chi2 = float(off @ np.linalg.solve(covariance, off))
    return chi2, len(off), float(chdtrc(len(off), chi2))
