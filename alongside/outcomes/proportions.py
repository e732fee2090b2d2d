"""A share of people, how sure one can be of it, and how two shares differ."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from alongside.outcomes.descriptive import finite
from alongside.outcomes.disclosure import Count, Detail, DetailInterval, PartOfN, Reason, ShareKind

Z95 = 1.959963984540054
# Two scores such as 4.1 and 3.1 differ by 0.9999999999999996 in binary. A score or a change is compared with a
# threshold after rounding to this many decimals, far finer than any scale is marked.
DECIMALS = 9


@dataclass(frozen=True, kw_only=True)
class Proportion:
    """How many of how many."""

    count: PartOfN
    """How many of them."""
    n: Count
    """Of how many."""
    share: Annotated[float | None, ShareKind("count", "n")]
    """`count` among `n`, 0 to 1."""
    ci95: DetailInterval
    """Wilson's 95% interval of that share."""
    exact95: DetailInterval
    """Clopper and Pearson's 95% interval of it, which is never too narrow and so is wider."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How one group's share differs from another's."""

    one: Proportion
    """The first group."""
    other: Proportion
    """The second group."""
    difference: Detail
    """Share of the first less share of the second, -1 to 1."""
    ci95: DetailInterval
    """Newcombe's 95% interval of that difference."""
    why: Reason = None
    """Why a number here is null."""


def proportion(count: int, n: int) -> Proportion:
    """Return a count among people with its share and both intervals; `count` is 0 to n.

    >>> half = proportion(5, 10)
    >>> half.share, [round(end, 4) for end in half.ci95], [round(end, 4) for end in half.exact95]
    (0.5, [0.2366, 0.7634], [0.1871, 0.8129])
    >>> proportion(0, 0).why
    'There is nobody to count among.'
    """
    return Proportion(
        count=count,
        n=n,
        share=count / n if n else None,
        ci95=wilson(count, n),
        exact95=clopper_pearson(count, n),
        why=None if n else "There is nobody to count among.",
    )


def at_or_above(scores: ArrayLike, mark: float) -> Proportion:
    """Count the people whose score is at a mark or above it.

    Parameters
    ----------
    scores : array of shape (n,), in points, one for each person
    mark : in points; a score of exactly this much counts

    Raises
    ------
    ValueError : a score is not a finite number

    Examples
    --------
    >>> at_or_above([6.9, 7.0, 9.2], 7).count
    2
    """
    values = np.round(finite(scores), DECIMALS)
    return proportion(int((values >= mark).sum()), len(values))


def answers(given: Iterable[str], *, people: int | None = None) -> dict[str, Proportion]:
    """Count each answer to a survey's question among all who answered it, the most frequent first.

    Where somebody may give several answers, `people` says how many answered; else it is as many as there are answers.

    >>> {answer: found.share for answer, found in answers(["yes", "no", "yes", "yes"]).items()}
    {'yes': 0.75, 'no': 0.25}
    """
    counts = Counter(given)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    n = counts.total() if people is None else people
    return {answer: proportion(count, n) for answer, count in ordered}


def difference(one: Proportion, other: Proportion) -> Difference:
    """Compare the shares of two groups that hold different people, by Newcombe's method 10.

    With Wilson's intervals (l, u) of both shares p, the interval runs from p₁ - p₂ - √((p₁ - l₁)² + (u₂ - p₂)²)
    to p₁ - p₂ + √((u₁ - p₁)² + (p₂ - l₂)²).

    Returns
    -------
    Difference
        difference and ci95 are None when either group is empty.

    References
    ----------
    Newcombe (1998). doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I

    Examples
    --------
    >>> found = difference(proportion(56, 70), proportion(48, 80))
    >>> round(found.difference, 4), [round(end, 4) for end in found.ci95]
    (0.2, [0.0524, 0.3339])
    """
    if one.share is None or one.ci95 is None or other.share is None or other.ci95 is None:
        why = "One of the two groups is empty, so they cannot be compared."
        return Difference(one=one, other=other, difference=None, ci95=None, why=why)
    by = one.share - other.share
    below = math.hypot(one.share - one.ci95[0], other.ci95[1] - other.share)
    above = math.hypot(one.ci95[1] - one.share, other.share - other.ci95[0])
    return Difference(one=one, other=other, difference=by, ci95=(by - below, by + above))


def wilson(count: int, n: int) -> tuple[float, float] | None:
    """Return Wilson's 95% score interval of a proportion, without continuity correction.

    The interval is (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n) with p = count / n and z = 1.96.
    It stays within 0 and 1 and is sensible for small n.

    Parameters
    ----------
    count : how many of them, 0 to n
    n : of how many

    Returns
    -------
    (low, high), each 0 to 1, or None when n is 0

    Raises
    ------
    ValueError : count is negative or above n

    References
    ----------
    Wilson (1927). doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> low, high = wilson(5, 10)
    >>> round(low, 6), round(high, 6)
    (0.236593, 0.763407)
    """
    _is_a_share(count, n)
    if n == 0:
        return None
    share = count / n
    squared = Z95**2
    middle = share + squared / (2 * n)
    half = Z95 * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    scale = 1 + squared / n
    low = 0.0 if count == 0 else (middle - half) / scale
    high = 1.0 if count == n else (middle + half) / scale
    return low, high


def clopper_pearson(count: int, n: int) -> tuple[float, float] | None:
    """Return Clopper and Pearson's exact 95% interval of a proportion, as R's `binom.test`.

    It covers the true share at least 95% of the time, and so is wider than Wilson's.

    Parameters
    ----------
    count : how many of them, 0 to n
    n : of how many

    Returns
    -------
    (low, high), each 0 to 1, or None when n is 0

    Raises
    ------
    ValueError : count is negative or above n

    References
    ----------
    Clopper and Pearson (1934). doi:10.1093/biomet/26.4.404

    Examples
    --------
    >>> low, high = clopper_pearson(5, 10)
    >>> round(low, 6), round(high, 6)
    (0.187086, 0.812914)
    """
    _is_a_share(count, n)
    if n == 0:
        return None
    from scipy.special import betaincinv

    low = 0.0 if count == 0 else float(betaincinv(count, n - count + 1, 0.025))
    high = 1.0 if count == n else float(betaincinv(count + 1, n - count, 0.975))
    return low, high


def _is_a_share(count: int, n: int) -> None:
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share: count must lie between 0 and n")
