"""What differs between clients that the model is told: a group, and what else is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.trajectory.sums import ClientSums, Floats, Integers

type Words = Sequence[str] | NDArray[np.str_]

INTERCEPT, SLOPE = "intercept", "per_100_days"
REDUNDANT = 1e-7
"""A column is redundant if less than this part of its length is new, as in R's `qr`."""


@dataclass(frozen=True)
class Column:
    """One fixed effect: what it is called, its value for each client, and whether it acts on the slope."""

    name: str
    values: Floats
    on_slope: bool = False


@dataclass(frozen=True)
class Design:
    """Fixed effects, by pattern: clients who are alike in everything the model is told share one.

    `columns` names the effects; `patterns` has shape (patterns, 2, effects): what each adds to a start and to a
    slope; `pattern` has shape (clients,). `dropped` names effects that the others already say.
    """

    columns: tuple[str, ...]
    on_slope: NDArray[np.bool_]
    patterns: Floats
    pattern: Integers
    dropped: tuple[str, ...]


def design(sums: ClientSums, columns: Sequence[Column] = ()) -> Design:
    """Put effects together: a start and a slope for everybody, then `columns`; redundant ones are left out.

    Parameters
    ----------
    sums : of the same clients
    columns : effects beyond start and slope; each with values of shape (clients,)

    Raises
    ------
    ValueError : a column has another length, or a value that is not a finite number

    Examples
    --------
    >>> import numpy as np
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 1, 1], [0, 50, 0, 50], [6, 5, 8, 6])
    >>> group = np.array([0.0, 1.0])
    >>> made = design(sums, [Column("group: b", group), Column("again", 2 * group)])
    >>> made.columns, made.dropped
    (('intercept', 'per_100_days', 'group: b'), ('again',))
    """
    ones = np.ones(len(sums))
    wanted = [Column(INTERCEPT, ones), Column(SLOPE, ones, on_slope=True), *columns]
    for column in wanted:
        if column.values.shape != ones.shape or not np.isfinite(column.values).all():
            raise ValueError(f"{column.name} must have a finite number for every client")
    first, pattern = _alike(columns, len(sums))
    alike = np.column_stack([column.values[first] for column in wanted])
    slope = np.array([column.on_slope for column in wanted])
    parts = np.stack([np.where(slope, 0, alike), np.where(slope, alike, 0)], axis=1)
    kept = _independent(_cross_products(sums, parts, pattern))
    return Design(
        columns=tuple(column.name for column, stays in zip(wanted, kept, strict=True) if stays),
        on_slope=slope[kept],
        patterns=parts[:, :, kept],
        pattern=pattern,
        dropped=tuple(column.name for column, stays in zip(wanted, kept, strict=True) if not stays),
    )


def dummies(name: str, values: Words, *, on_slope: bool = False) -> list[Column]:
    """Return a column for each level but the first in order, which the others are compared with.

    >>> [column.name for column in dummies("arm", ["b", "a", "c", "b"])]
    ['arm: b', 'arm: c']
    """
    said = np.asarray(values)
    return [Column(f"{name}: {level}", (said == level).astype(float), on_slope) for level in np.unique(said)[1:]]


def groups(name: str, values: Words) -> list[Column]:
    """Return columns for groups that may start apart and change apart.

    >>> [(column.name, column.on_slope) for column in groups("arm", ["a", "b"])]
    [('arm: b', False), ('arm: b', True)]
    """
    return [*dummies(name, values), *dummies(name, values, on_slope=True)]


def covariates(known: Mapping[str, Words | Floats]) -> list[Column]:
    """Return columns for what is known of clients: numbers as they are, words as levels.

    >>> import numpy as np
    >>> [column.name for column in covariates({"age": np.array([20.0, 30.0]), "gender": ["man", "woman"]})]
    ['age', 'gender: woman']
    """
    columns: list[Column] = []
    for name, values in known.items():
        is_number = isinstance(values, np.ndarray) and values.dtype.kind == "f"
        columns += [Column(name, np.asarray(values, dtype=float))] if is_number else dummies(name, list(values))
    return columns


def _alike(columns: Sequence[Column], clients: int) -> tuple[Integers, Integers]:
    """The first client of each pattern, and the pattern of each client."""
    if not columns:
        return np.arange(min(clients, 1)), np.zeros(clients, dtype=np.int64)
    code = np.zeros(clients, dtype=np.int64)
    codes = 1
    for column in columns:
        if np.isin(column.values, (0, 1)).all():
            of_column, levels = column.values.astype(np.int64), 2
        else:
            known, of_column = np.unique(column.values, return_inverse=True)
            levels = len(known)
        if codes > 2**62 // levels:
            known, code = np.unique(code, return_inverse=True)
            codes = len(known)
        code, codes = code * levels + of_column, codes * levels
    _, first, pattern = np.unique(code, return_index=True, return_inverse=True)
    return first, pattern


def _cross_products(sums: ClientSums, parts: Floats, pattern: Integers) -> Floats:
    """X'X, from the counts and times of the clients of each pattern."""
    counted = sums.table[:3]
    n, time, time2 = (
        counted.sum(axis=1, keepdims=True)
        if len(parts) == 1
        else (np.bincount(pattern, part, len(parts)) for part in counted)
    )
    inner = np.stack([np.stack([n, time], axis=1), np.stack([time, time2], axis=1)], axis=1)
    effects = parts.shape[2]
    return parts.reshape(-1, effects).T @ (inner @ parts).reshape(-1, effects)


def _independent(products: Floats) -> NDArray[np.bool_]:
    """Which columns say something that those before them do not."""
    length = np.sqrt(np.diag(products))
    scaled = products / np.outer(length, length).clip(min=np.finfo(float).tiny)
    kept = np.zeros(len(products), dtype=bool)
    for place in range(len(products)):
        if not length[place] > 0:
            continue
        before = np.flatnonzero(kept)
        new = scaled[place, place]
        if len(before):
            said = np.linalg.solve(scaled[np.ix_(before, before)], scaled[before, place])
            new -= scaled[place, before] @ said
        kept[place] = new > REDUNDANT
    return kept
