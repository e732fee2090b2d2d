"""Change from a person's first form to their last.

Change is always last minus first, in the measure's own points.
"""

import math
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes import proportions
from alongside.outcomes.correlation import Correlation, pearson
from alongside.outcomes.descriptive import finite, interval_of_mean
from alongside.outcomes.disclosure import (
    AverageOfN,
    Count,
    Detail,
    DetailInterval,
    IntervalOfN,
    PartKind,
    Reason,
    Setting,
    ShareKind,
)

EXACT_BELOW = 50
DECIMALS = proportions.DECIMALS


@dataclass(frozen=True, kw_only=True)
class Wilcoxon:
    """Wilcoxon's signed rank test of the changes."""

    v: Detail
    """Sum of the ranks of the positive changes."""
    p: Detail
    """Two-sided p value."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class PairedChange:
    """First against last form, over the people who have both."""

    n: Count
    """People with a first and a later form."""
    mean_first: AverageOfN
    """Mean of their first forms."""
    mean_last: AverageOfN
    """Mean of their last forms."""
    mean_change: AverageOfN
    """Mean change, last minus first."""
    sd_change: Detail
    """Standard deviation of the changes (divisor n - 1)."""
    median_change: AverageOfN
    """Median change."""
    ci95: IntervalOfN
    """95% interval of the mean change, by Student's t."""
    t: Detail
    """t statistic of the paired test."""
    df: Detail
    """Its degrees of freedom, n - 1."""
    p: Detail
    """Its two-sided p value."""
    wilcoxon: Wilcoxon
    """The signed rank test beside it."""
    d_z: Detail
    """Mean change in standard deviations of the changes."""
    d_av: Detail
    """Mean change over the mean of both standard deviations, of the first and of the last forms."""
    hedges_g: Detail
    """d_z less its bias in small groups, by the exact factor J(n - 1)."""
    pearson: Correlation
    """How closely last forms go with first ones."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Improved:
    """How many people's last form was better than their first, by a rule that is printed with the count."""

    rule: str | None
    """The rule in words."""
    by: Setting
    """The change that counts, in points."""
    n: Count
    """People who answered twice or more."""
    improved: Annotated[int | None, PartKind(("n", "everyone"))]
    """Of them, those whose last form was better by that much."""
    share: Annotated[float | None, ShareKind("improved", "n")]
    """Improved among those who answered twice, 0 to 1."""
    ci95: DetailInterval
    """Wilson's 95% interval of that share."""
    everyone: Count
    """Everyone who could have answered, whether or not they did twice."""
    share_of_everyone: Annotated[float | None, ShareKind("improved", "everyone")]
    """Improved among everyone: people without a second form stay in and count as not improved."""
    why: str | None = None
    """Why a number here is null."""


def paired(first: ArrayLike, last: ArrayLike) -> PairedChange:
    """Compare first and last scores of the same people.

    Parameters
    ----------
    first, last : arrays of shape (n,), in points, one row for each person

    Returns
    -------
    PairedChange
        t, df and p are R's `t.test(last, first, paired = TRUE)`. Everything is None for nobody; spread and
        tests are None for one person; t, p and d_z are None when every change is the same. Effect sizes have
        the sign of the change.

    Raises
    ------
    ValueError : lengths differ, or a score is not a finite number

    References
    ----------
    Student (1908). doi:10.1093/biomet/6.1.1; effect sizes: Lakens (2013). doi:10.3389/fpsyg.2013.00863

    Examples
    --------
    >>> change = paired([6, 5, 7, 8], [4, 5, 3, 6])
    >>> change.n, change.mean_change, round(change.t, 4), change.df, round(change.p, 4)
    (4, -2.0, -2.4495, 3, 0.0917)
    >>> round(change.d_z, 4), round(change.d_av, 4), round(change.hedges_g, 4), round(change.pearson.r, 4)
    (-1.2247, -1.5492, -0.8862, 0.2)
    """
    before, after = finite(first), finite(last)
    if len(before) != len(after):
        raise ValueError("first and last must hold the same people: the arrays differ in length")
    changes = after - before
    n = len(changes)
    if n == 0:
        return _nobody_twice()
    mean = float(changes.mean())
    sd = float(changes.std(ddof=1)) if n > 1 else None
    varies = sd is not None and sd > 1e-12 * max(1.0, float(np.abs(changes).max()))
    t, p = _paired_t(mean, sd, n) if sd is not None and varies else (None, None)
    d_z = mean / sd if sd is not None and varies else None
    both_sds = float(before.std(ddof=1) + after.std(ddof=1)) / 2 if n > 1 else 0.0
    spread = both_sds > 1e-12 * max(1.0, float(np.abs(before).max()))
    return PairedChange(
        n=n,
        mean_first=float(before.mean()),
        mean_last=float(after.mean()),
        mean_change=mean,
        sd_change=sd,
        median_change=float(np.median(changes)),
        ci95=interval_of_mean(mean=mean, sd=sd, n=n) if sd is not None and varies else None,
        t=t,
        df=n - 1 if n > 1 else None,
        p=p,
        wilcoxon=wilcoxon(before, after),
        d_z=d_z,
        d_av=mean / both_sds if spread else None,
        hedges_g=d_z * _small_group_factor(n - 1) if d_z is not None and n > 2 else None,
        pearson=pearson(before, after),
        why=_why_no_test(n, varies=varies),
    )


def wilcoxon(first: ArrayLike, last: ArrayLike) -> Wilcoxon:
    """Test whether changes lean one way, as R's `wilcox.test(last, first, paired = TRUE)` does by default.

    Changes of zero are dropped. Below 50 changes without ties or zeros the p value is exact; otherwise it is
    the normal approximation with the tie correction and a continuity correction of one half. Like R, this
    ranks the floating-point differences as they are.

    Parameters
    ----------
    first, last : arrays of shape (n,), in points

    Returns
    -------
    Wilcoxon
        v is the sum of ranks of the positive changes. p is None when nobody changed.

    References
    ----------
    Wilcoxon (1945). doi:10.2307/3001968

    Examples
    --------
    >>> wilcoxon([1, 2, 3, 4], [2, 4, 6, 8])
    Wilcoxon(v=10.0, p=0.125, why=None)
    """
    changes = finite(last) - finite(first)
    moved = changes[changes != 0]
    n = len(moved)
    if n == 0:
        return Wilcoxon(v=None, p=None, why="Nobody's score changed, so there is nothing to rank.")
    _, place, ties = np.unique(np.abs(moved), return_inverse=True, return_counts=True)
    ranks = (ties.cumsum() - (ties - 1) / 2)[place]
    v = float(ranks[moved > 0].sum())
    exact = n < EXACT_BELOW and len(ties) == n == len(changes)
    return Wilcoxon(v=v, p=_exact_p(v, n) if exact else _normal_p(v, n, ties))


def improved(
    first: ArrayLike, last: ArrayLike, *, by: float, lower_is_better: bool, everyone: int, rule: str
) -> Improved:
    """Count the people whose last score was better than their first by at least `by`.

    Parameters
    ----------
    first, last : arrays of shape (n,), in points, people who have both
    by : the change that counts, in points, above 0; a change of exactly this much counts
    lower_is_better : which way is better on this measure
    everyone : people who could have answered, n or more
    rule : the rule in words, printed wherever the count is

    Raises
    ------
    ValueError : `by` is not above 0, or `everyone` is fewer than those with two forms

    Examples
    --------
    >>> result = improved([4.1, 6.0], [3.1, 6.0], by=1, lower_is_better=True, everyone=4, rule="by 1 or more")
    >>> result.improved, result.n, result.share, result.everyone, result.share_of_everyone
    (1, 2, 0.5, 4, 0.25)
    """
    if not by > 0:
        raise ValueError("the change that counts as improved must be above 0")
    changes = np.round(finite(last) - finite(first), DECIMALS)
    n = len(changes)
    if everyone < n:
        raise ValueError("everyone must include those who answered twice")
    count = int(((-changes if lower_is_better else changes) >= by).sum())
    return Improved(
        rule=rule,
        by=by,
        n=n,
        improved=count,
        share=count / n if n else None,
        ci95=proportions.wilson(count, n),
        everyone=everyone,
        share_of_everyone=count / everyone if everyone else None,
        why=None if n else NOBODY_TWICE,
    )


NOBODY_TWICE = "Nobody has two forms, so change cannot be seen."


def not_counted(why: str) -> Improved:
    """Return an empty count with the reason why nothing is called an improvement.

    >>> not_counted("No direction was stated.").why
    'No direction was stated.'
    """
    return Improved(
        rule=None,
        by=None,
        n=None,
        improved=None,
        share=None,
        ci95=None,
        everyone=None,
        share_of_everyone=None,
        why=why,
    )


def _nobody_twice() -> PairedChange:
    return PairedChange(
        n=0,
        mean_first=None,
        mean_last=None,
        mean_change=None,
        sd_change=None,
        median_change=None,
        ci95=None,
        t=None,
        df=None,
        p=None,
        wilcoxon=Wilcoxon(v=None, p=None, why=NOBODY_TWICE),
        d_z=None,
        d_av=None,
        hedges_g=None,
        pearson=pearson([], []),
        why=NOBODY_TWICE,
    )


def _why_no_test(n: int, *, varies: bool) -> str | None:
    if n == 1:
        return "One person has two forms, so there is no spread to test."
    if n == 2 and varies:
        return "Two people have two forms, too few for Hedges' g."
    return None if varies else "Everybody changed by the same amount, so there is no spread to test."


def _paired_t(mean: float, sd: float, n: int) -> tuple[float, float]:
    from scipy.special import stdtr

    t = mean / (sd / n**0.5)
    return t, 2 * float(stdtr(n - 1, -abs(t)))


def _small_group_factor(df: int) -> float:
    """Return Hedges' exact J(df) = Γ(df/2) / (√(df/2) Γ((df - 1)/2)). doi:10.3102/10769986006002107."""
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def _exact_p(v: float, n: int) -> float:
    ways = np.zeros(n * (n + 1) // 2 + 1)
    ways[0] = 1
    for rank in range(1, n + 1):
        ways[rank:] += ways[:-rank].copy()
    chance = ways / 2.0**n
    at_most = chance[: int(v) + 1].sum()
    at_least = chance[int(v) :].sum()
    return float(min(2 * min(at_most, at_least), 1.0))


def _normal_p(v: float, n: int, ties: NDArray[np.int64]) -> float:
    from scipy.special import ndtr

    off = v - n * (n + 1) / 4
    spread = (n * (n + 1) * (2 * n + 1) / 24 - (ties**3.0 - ties).sum() / 48) ** 0.5
    return min(2 * float(ndtr(-abs((off - np.sign(off) * 0.5) / spread))), 1.0)
