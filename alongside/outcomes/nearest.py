"""The form nearest to a day, such as day 100, counted from each client's first form."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.descriptive import finite

LARGEST = 2.0**62


@dataclass(frozen=True, kw_only=True)
class FirstAndNearest:
    """First form and the form nearest to the day, of those who have both: parallel arrays of shape (clients,).

    Working data, one row for each client: never published.
    """

    client: NDArray[np.int64]
    """The clients, in ascending order."""
    first: NDArray[np.float64]
    """Score on the first form, in points."""
    nearest: NDArray[np.float64]
    """Score on the form nearest to the day, in points."""
    days: NDArray[np.float64]
    """Days from the first form to that one."""
    without: NDArray[np.int64]
    """Clients with a first form and none within the window."""


def first_and_nearest(
    client: ArrayLike, day: ArrayLike, score: ArrayLike, *, days: float = 100, window: float = 28
) -> FirstAndNearest:
    """Choose for each client the first form and the later form nearest to a day; of two as near, the earlier.

    Parameters
    ----------
    client : array of shape (forms,), whole numbers
    day : array of shape (forms,), in days from any one date; one form a day for each client
    score : array of shape (forms,), in points
    days : the day wanted, counted from the client's first form, above 0
    window : how far from it a form may be, in days, at least 0; a form at exactly this distance counts

    Raises
    ------
    ValueError : lengths differ, a day or score is not a finite number, or days or window is out of range

    Examples
    --------
    >>> found = first_and_nearest([1, 1, 1, 2, 2], [0, 90, 110, 5, 140], [8, 6, 5, 7, 7])
    >>> found.client.tolist(), found.first.tolist(), found.nearest.tolist(), found.days.tolist()
    ([1], [8.0], [6.0], [90.0])
    >>> found.without.tolist()
    [2]
    """
    if not (days > 0 and window >= 0):
        raise ValueError("days must be above 0 and the window at least 0")
    who, when, scores = sorted_forms(client, day, score)
    begins, since = since_first(who, when)
    distance = np.round(np.abs(since - days), 9)
    near = np.flatnonzero((since > 0) & (distance <= window))
    chosen = near[np.lexsort((since[near], distance[near], who[near]))]
    found, place = np.unique(who[chosen], return_index=True)
    chosen = chosen[place]
    first = scores[begins]
    has = np.isin(who[begins], found)
    return FirstAndNearest(
        client=found,
        first=first[has],
        nearest=scores[chosen],
        days=since[chosen],
        without=who[begins][~has],
    )


def sorted_forms(
    client: ArrayLike, day: ArrayLike, score: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return clients, days and scores in order of client and day, refusing what is not a finite number.

    >>> [column.tolist() for column in sorted_forms([2, 1, 1], [0, 9, 0], [5, 4, 6])]
    [[1, 1, 2], [0.0, 9.0, 0.0], [6.0, 4.0, 5.0]]
    """
    who, when, scores = np.asarray(client, dtype=np.int64), finite(day), finite(score)
    if not len(who) == len(when) == len(scores):
        raise ValueError("client, day and score must describe the same forms: the arrays differ in length")
    if not _in_order(who, when):
        order = _order(who, when)
        who, when, scores = who[order], when[order], scores[order]
    return who, when, scores


def _in_order(client: NDArray[np.int64], day: NDArray[np.float64]) -> bool:
    later = client[1:] > client[:-1]
    return bool((later | ((client[1:] == client[:-1]) & (day[1:] > day[:-1]))).all())


def _order(client: NDArray[np.int64], day: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the order by client, then day; whole days make one number with the client, which is quicker to sort."""
    days = np.floor(day)
    span = float(days.max() - days.min()) + 1
    if (days == day).all() and span * float(np.abs(client).max() + 1) < LARGEST:
        return np.argsort(client * int(span) + (days - days.min()).astype(np.int64), kind="stable")
    return np.lexsort((day, client))


def since_first(client: NDArray[np.int64], day: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return where each client begins in sorted forms, and each form's days since the client's first.

    >>> begins, since = since_first(np.array([1, 1, 2]), np.array([3.0, 9.0, 5.0]))
    >>> begins.tolist(), since.tolist()
    ([0, 2], [0.0, 6.0, 0.0])
    """
    begins = np.flatnonzero(np.append(len(client) > 0, client[1:] != client[:-1])[: len(client)])
    forms = np.diff(np.append(begins, len(client)))
    return begins, np.round(day - np.repeat(day[begins], forms), 9)
