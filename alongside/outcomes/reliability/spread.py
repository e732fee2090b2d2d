"""What every measure of reliability asks first: whose scores these are, and whether they differ at all."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.descriptive import finite

HALF_TAIL = 0.025
# Spread below this part of the scores' size is the last digit of the arithmetic, not spread between people.
NO_SPREAD = 1e-12


def same_people(first: ArrayLike, second: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both occasions as arrays, refusing lengths that differ and scores that are not finite numbers."""
    before, after = finite(first), finite(second)
    if len(before) != len(after):
        raise ValueError("first and second must hold the same people: the arrays differ in length")
    return before, after


def score_table(scores: ArrayLike) -> NDArray[np.float64]:
    """Return scores as a table with a row for each person, refusing an infinite score; NaN stays.

    >>> score_table([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("scores must stand in a table: an array with two dimensions")
    if np.isinf(table).any():
        raise ValueError("every score must be a finite number")
    return table


def varies(values: NDArray[np.float64], beside: NDArray[np.float64] | None = None) -> bool:
    """Say whether values differ by more than the last digit of the scores they were made of (`beside`).

    >>> varies(np.array([4.1 - 3.1, 5.3 - 4.3]), beside=np.array([4.1, 3.1, 5.3, 4.3])), varies(np.array([1, 2.0]))
    (False, True)
    """
    size = np.abs(values if beside is None else beside).max(initial=1.0)
    return bool(np.ptp(values) > NO_SPREAD * size)
