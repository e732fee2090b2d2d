"""Six sums for each client, made by the engine in one pass over a measure's answers."""

import math
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.trajectory.sums import ClientSums, from_integers, from_rows

MOST_DECIMALS = 4
MOST_SCORES = 100_000
ONE_AT_A_TIME = "sum(day) AS day, sum(day * day) AS day2, sum(score) AS score, sum(day * score) AS day_score"
SMALL_ENOUGH = 10**6  # squared and added up 9,000 times it is still below 2^53, so a double holds every digit


type Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What makes every score a whole number, and how large scores so made and days are at most; at least 1."""

    decimals: int
    day: float
    score: float


@dataclass(frozen=True)
class Answering:
    """The clients who answered a measure, in order, and the six sums of each."""

    client: NDArray[np.int64]
    sums: ClientSums


def answering(con: duckdb.DuckDBPyConnection, rows: str) -> Answering:
    """Add up answers.

    Scores with up to four decimals, and whole days, are added as whole numbers, so that nothing is rounded.

    Parameters
    ----------
    con : engine
    rows : SQL that gives `client`, `day` and `score`

    Examples
    --------
    >>> con = duckdb.connect()
    >>> found = answering(con, "FROM (VALUES (7, 0, 6.4), (7, 100, 5.4)) AS t(client, day, score)")
    >>> found.client.tolist(), found.sums.n.tolist(), found.sums.time.tolist()
    ([7], [2.0], [1.0])
    """
    whole = _whole(con, rows)
    if whole is None:
        found = con.execute(f"SELECT client, day, score FROM ({rows}) ORDER BY client, day").fetchnumpy()
        client, place = np.unique(found["client"], return_inverse=True)
        return Answering(client, from_rows(place, found["day"], found["score"]))
    units = f"SELECT client, day::DOUBLE AS day, round(score * {10**whole.decimals})::DOUBLE AS score FROM ({rows})"
    columns = _two_at_a_time(con, units, whole) or _added(con, units, ONE_AT_A_TIME)
    client = columns.pop("client")
    return Answering(client, from_integers(**columns, decimals=whole.decimals))


def _two_at_a_time(con: duckdb.DuckDBPyConnection, units: str, whole: Whole) -> Columns | None:
    """Add up day and score as one number, and day² and day × score as one, which saves a quarter of the time.

    What is of the score stands `high` times higher. A double holds every digit of both while the lower stays below
    half of `high`, and the higher below 2^52; None if it might not for some client.
    """
    high = 2 ** round((53 + math.log2(whole.day / whole.score)) / 2)
    packed = f"SELECT *, day + score * {high}::DOUBLE AS packed FROM ({units})"
    columns = _added(con, packed, "sum(packed) AS score, sum(day * packed) AS day_score")
    most = float(columns["n"].max()) * whole.day
    if most * whole.day >= high / 2 or most * whole.score * high > 2**52:
        return None
    for lower, higher in (("day", "score"), ("day2", "day_score")):
        added = columns[higher]
        columns[higher] = np.rint(added / high)
        columns[lower] = added - columns[higher] * high
    return columns


def _added(con: duckdb.DuckDBPyConnection, units: str, sums: str) -> Columns:
    """Return the sums of each client, in the order of their numbers."""
    asked = f"SELECT client, count(*) AS n, {sums}, sum(score * score) AS score2 FROM ({units}) GROUP BY client"
    columns = con.execute(asked).fetchnumpy()
    order = _in_order(np.asarray(columns["client"]))
    return {name: np.take(column, order) for name, column in columns.items()}


def _in_order(client: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each client stands, lowest number first. Numbers run on without large gaps, so none is compared."""
    if not len(client):
        return client
    places = np.full(int(client.max()) + 1, -1)
    places[client] = np.arange(len(client))
    return places[places >= 0]


def _whole(con: duckdb.DuckDBPyConnection, rows: str) -> Whole | None:
    """See whether days and scores can be added as whole numbers; None if not, or if they are very large."""
    day = con.execute(f"SELECT min(day) AS first, max(day) AS last FROM ({rows})").fetchnumpy()
    if day["first"].dtype.kind == "f":
        (whole_days,) = con.sql(f"SELECT bool_and(day = round(day)) FROM ({rows})").fetchall()[0]
        if not whole_days:
            return None
    score = np.asarray(con.execute(f"SELECT DISTINCT score FROM ({rows}) LIMIT {MOST_SCORES}").fetchnumpy()["score"])
    if not 0 < len(score) < MOST_SCORES:
        return None
    most = max(1.0, -float(day["first"][0]), float(day["last"][0]))
    for decimals in range(MOST_DECIMALS + 1):
        units = np.round(score.astype(np.float64) * 10**decimals)
        if ((units / 10**decimals).astype(score.dtype) == score).all():
            found = Whole(decimals=decimals, day=most, score=max(1.0, float(np.abs(units).max())))
            return found if max(found.day, found.score) < SMALL_ENOUGH else None
    return None
