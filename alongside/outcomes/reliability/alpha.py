"""How far the items of one scale go together: Cronbach's alpha."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.disclosure import Count, Detail, DetailInterval, DetailKind, Reason, Setting
from alongside.outcomes.reliability.spread import HALF_TAIL, NO_SPREAD, score_table, varies


@dataclass(frozen=True, kw_only=True)
class Alpha:
    """How far the items of a scale go together: Cronbach's alpha."""

    alpha: Detail
    """Cronbach's alpha, raw, at most 1."""
    ci95: DetailInterval
    """Feldt's 95% interval."""
    if_deleted: Annotated[dict[str, float | None] | None, DetailKind()]
    """Alpha of the other items when one is left out."""
    against: tuple[str, ...]
    """Items that fall as the others rise; such an item may need to be turned round first."""
    n: Count
    """People who answered every item."""
    left_out: Count
    """People who did not."""
    items: Setting
    """How many items."""
    why: Reason = None
    """Why a number here is null."""


def alpha(scores: ArrayLike, names: Sequence[str]) -> Alpha:
    """Return Cronbach's alpha of the items of a scale, over the people who answered every item.

    Parameters
    ----------
    scores : array of shape (people, items), in points, all items turned the same way; NaN where unanswered
    names : the items' names, one for each column

    Returns
    -------
    Alpha
        alpha is None below two people or two items, or when everybody's total is the same; an alpha without
        one item is None when a single item is left.

    Raises
    ------
    ValueError : the table is not two-dimensional, names do not fit, or a score is infinite

    References
    ----------
    Cronbach (1951). doi:10.1007/BF02310555
    Feldt, Woodruff & Salih (1987). doi:10.1177/014662168701100107

    Examples
    --------
    >>> found = alpha([[1, 2, 1], [2, 3, 3], [4, 4, 5], [5, 5, 4], [3, 3, float("nan")]], ["a", "b", "c"])
    >>> round(found.alpha, 3), {name: round(rest, 3) for name, rest in found.if_deleted.items()}
    (0.95, {'a': 0.889, 'b': 0.921, 'c': 0.966})
    >>> found.n, found.left_out, found.items
    (4, 1, 3)
    """
    table = score_table(scores)
    if table.shape[1] != len(names):
        raise ValueError("there must be one name for each item")
    complete = table[~np.isnan(table).any(axis=1)]
    n, k = complete.shape
    whole = _alpha(complete)
    without = {name: _alpha(np.delete(complete, place, axis=1)) for place, name in enumerate(names)}
    return Alpha(
        alpha=whole,
        ci95=_feldt(whole, n, k) if whole is not None else None,
        if_deleted=without,
        against=tuple(name for place, name in enumerate(names) if _falls_as_others_rise(complete, place)),
        n=n,
        left_out=len(table) - n,
        items=k,
        why=_why_no_alpha(whole, n, k) or _why_none_without(without),
    )


def _alpha(complete: NDArray[np.float64]) -> float | None:
    n, k = complete.shape
    totals = complete.sum(axis=1)
    if n < 2 or k < 2 or not varies(totals, beside=complete):
        return None
    items, total = float(complete.var(axis=0, ddof=1).sum()), float(totals.var(ddof=1))
    return float(k / (k - 1) * (1 - items / total))


def _falls_as_others_rise(complete: NDArray[np.float64], place: int) -> bool:
    item = complete[:, place]
    others = complete.sum(axis=1) - item
    if len(complete) < 2 or not (varies(item) and varies(others, beside=complete)):
        return False
    return float(np.corrcoef(item, others)[0, 1]) < -NO_SPREAD


def _feldt(whole: float, n: int, k: int) -> tuple[float, float] | None:
    from scipy.special import fdtri

    if 1 - whole <= NO_SPREAD:
        return None
    df = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - whole) * float(fdtri(*df, tail)) for tail in (1 - HALF_TAIL, HALF_TAIL))
    return low, high


def _why_no_alpha(whole: float | None, n: int, k: int) -> str | None:
    if k < 2:
        return "Alpha needs two items or more."
    if n < 2:
        return "Alpha needs two people or more who answered every item."
    if whole is None:
        return "Everybody's total is the same, so people cannot be told apart."
    if 1 - whole <= NO_SPREAD:
        return "The items agree exactly, so there is no error from which to work out an interval."
    return None


def _why_none_without(without: dict[str, float | None]) -> str | None:
    if len(without) == 2:
        return "With one of two items left out, one is left, and alpha needs two."
    if None in without.values():
        return "Where an item has no number, people cannot be told apart by the others."
    return None
