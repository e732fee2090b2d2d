"""The same people asked twice: how far they give the same answer again, in points.

A difference is always second minus first, in the measure's own points.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.correlation import Correlation, pearson
from alongside.outcomes.descriptive import interval_of_mean
from alongside.outcomes.disclosure import Count, Detail, DetailCount, DetailInterval, Reason
from alongside.outcomes.reliability.intraclass import Intraclass, intraclass
from alongside.outcomes.reliability.spread import same_people, varies

# Limits of agreement and the smallest detectable change are defined with 1.96, not with the longer 1.959964.
NINETEEN_IN_TWENTY = 1.96


@dataclass(frozen=True, kw_only=True)
class Spearman:
    """The correlation of the ranks of first and second scores."""

    rho: Detail
    """Spearman's rho, −1 to 1; people with the same score share their rank."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class BlandAltman:
    """The differences between first and second scores, by Bland and Altman."""

    bias: Detail
    """Mean difference, second minus first, in points."""
    ci95: DetailInterval
    """95% interval of the mean difference, by Student's t."""
    sd: Detail
    """Standard deviation of the differences (divisor n − 1)."""
    loa: DetailInterval
    """Limits of agreement: bias ± 1.96 × sd."""
    loa_low_ci95: DetailInterval
    """95% interval of the lower limit."""
    loa_high_ci95: DetailInterval
    """95% interval of the upper limit."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Retest:
    """How far a measure gives the same people the same score again."""

    n: Count
    """People with a score on two occasions."""
    left_out: Count
    """People with one score only, who cannot be compared."""
    unused: DetailCount
    """Scores after a person's second, which are not used."""
    pearson: Correlation
    """Pearson's correlation."""
    spearman: Spearman
    """Spearman's correlation."""
    icc: dict[str, Intraclass]
    """Six intraclass correlations: ICC1, ICC2 and ICC3 of one score, ICC1k, ICC2k and ICC3k of the mean of both."""
    bland_altman: BlandAltman
    """The differences."""
    sem: Detail
    """Standard error of measurement, in points: the standard deviation of the differences by √2."""
    sdc: Detail
    """Smallest detectable change of one person, in points: 1.96 × √2 × sem."""
    why: Reason = None
    """Why a number here is null."""


def retest(first: ArrayLike, second: ArrayLike, *, left_out: int = 0, unused: int = 0) -> Retest:
    """Compare the scores of the same people on two occasions.

    Parameters
    ----------
    first, second : arrays of shape (n,), in points, one row for each person
    left_out : people with one score only
    unused : scores after a person's second

    Returns
    -------
    Retest
        What is not defined (nobody, one person, no spread, two occasions that differ by the same for everybody)
        is None, with the reason beside it.

    Raises
    ------
    ValueError : lengths differ, or a score is not a finite number

    References
    ----------
    de Vet et al. (2006), on sem and sdc. doi:10.1016/j.jclinepi.2005.10.015

    Examples
    --------
    >>> found = retest([9, 6, 8, 7, 10, 6], [7, 5, 8, 9, 9, 5])
    >>> found.n, round(found.pearson.r, 3), round(found.icc["ICC2"].value, 3), round(found.sdc, 2)
    (6, 0.69, 0.693, 2.7)
    """
    before, after = same_people(first, second)
    differences = bland_altman(before, after)
    sem = differences.sd / 2**0.5 if differences.sd else None
    return Retest(
        n=len(before),
        left_out=left_out,
        unused=unused,
        pearson=pearson(before, after),
        spearman=spearman(before, after),
        icc=intraclass(np.column_stack([before, after])),
        bland_altman=differences,
        sem=sem,
        sdc=NINETEEN_IN_TWENTY * 2**0.5 * sem if sem is not None else None,
        why=differences.why,
    )


def spearman(first: ArrayLike, second: ArrayLike) -> Spearman:
    """Correlate the ranks of first and second scores.

    Parameters
    ----------
    first, second : arrays of shape (n,)

    Returns
    -------
    Spearman
        None below two people or where everybody has the same score.

    Raises
    ------
    ValueError : lengths differ, or a score is not a finite number

    References
    ----------
    Spearman (1904). doi:10.2307/1412159

    Examples
    --------
    >>> round(spearman([1, 2, 2, 9], [1, 2, 3, 4]).rho, 4)
    0.9487
    """
    before, after = same_people(first, second)
    found = pearson(_ranks(before), _ranks(after))
    return Spearman(rho=found.r, why=found.why if found.r is None else None)


def bland_altman(first: ArrayLike, second: ArrayLike) -> BlandAltman:
    """Describe the differences of two occasions and the limits within which about 95 in 100 lie.

    Parameters
    ----------
    first, second : arrays of shape (n,), in points

    Returns
    -------
    BlandAltman
        Only the bias for one person; bias and sd when everybody differs by the same. The intervals of the
        limits are by Student's t with the standard error sd × √(1/n + 1.96² / (2(n − 1))).

    Raises
    ------
    ValueError : lengths differ, or a score is not a finite number

    References
    ----------
    Bland & Altman (1999). doi:10.1177/096228029900800204

    Examples
    --------
    >>> found = bland_altman([9, 6, 8, 7, 10, 6], [7, 5, 8, 9, 9, 5])
    >>> round(found.bias, 2), round(found.sd, 3), [round(limit, 2) for limit in found.loa]
    (-0.5, 1.378, [-3.2, 2.2])
    """
    before, after = same_people(first, second)
    differences = after - before
    n = len(differences)
    if n < 2:
        why = "One person was asked twice, so there is no spread." if n else "Nobody was asked twice."
        bias = float(differences[0]) if n else None
        return BlandAltman(bias=bias, ci95=None, sd=None, loa=None, loa_low_ci95=None, loa_high_ci95=None, why=why)
    bias, sd = float(differences.mean()), float(differences.std(ddof=1))
    if not varies(differences, beside=np.concatenate([before, after])):
        why = "Everybody's two scores differ by the same amount, so there is no error to measure."
        return BlandAltman(bias=bias, ci95=None, sd=0.0, loa=None, loa_low_ci95=None, loa_high_ci95=None, why=why)
    low, high = bias - NINETEEN_IN_TWENTY * sd, bias + NINETEEN_IN_TWENTY * sd
    spread = sd * (1 + n * NINETEEN_IN_TWENTY**2 / (2 * (n - 1))) ** 0.5
    return BlandAltman(
        bias=bias,
        ci95=interval_of_mean(mean=bias, sd=sd, n=n),
        sd=sd,
        loa=(low, high),
        loa_low_ci95=interval_of_mean(mean=low, sd=spread, n=n),
        loa_high_ci95=interval_of_mean(mean=high, sd=spread, n=n),
    )


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, place, ties = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((ties.cumsum() - (ties - 1) / 2)[place], dtype=np.float64)
