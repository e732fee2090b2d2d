"""Six sums for each client, made by the engine in one pass over a measure's answers."""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.trajectory.sums import ClientSums, from_integers, from_rows

MOST_DECIMALS = 4
MOST_SCORES = 100_000
SMALL_ENOUGH = 10**6  # squared and added up 9,000 times it is still below 2^53, so a double holds every digit


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
    decimals = _decimals(con, rows)
    if decimals is None:
        columns = con.execute(f"SELECT client, day, score FROM ({rows}) ORDER BY client, day").fetchnumpy()
        client, place = np.unique(columns["client"], return_inverse=True)
        return Answering(client, from_rows(place, columns["day"], columns["score"]))
    columns = con.execute(
        f"""SELECT client, count(*) AS n, sum(day) AS day, sum(day * day) AS day2, sum(score) AS score,
            sum(day * score) AS day_score, sum(score * score) AS score2
            FROM (SELECT client, day::DOUBLE AS day, round(score * {10**decimals})::DOUBLE AS score FROM ({rows}))
            GROUP BY client"""
    ).fetchnumpy()
    client = np.asarray(columns.pop("client"))
    order = _in_order(client)
    sums = from_integers(**{name: np.asarray(part)[order] for name, part in columns.items()}, decimals=decimals)
    return Answering(client[order], sums)


def _in_order(client: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each client stands, lowest number first. Numbers run on without large gaps, so none is compared."""
    if not len(client):
        return client
    places = np.full(int(client.max()) + 1, -1)
    places[client] = np.arange(len(client))
    return places[places >= 0]


def _decimals(con: duckdb.DuckDBPyConnection, rows: str) -> int | None:
    """How many decimals make every score a whole number; None if days are not whole, or numbers are very large."""
    whole_days, last_day = con.sql(f"SELECT bool_and(day = round(day)), max(abs(day)) FROM ({rows})").fetchall()[0]
    found = np.asarray(con.execute(f"SELECT DISTINCT score FROM ({rows}) LIMIT {MOST_SCORES}").fetchnumpy()["score"])
    if not whole_days or len(found) == MOST_SCORES:
        return None
    for decimals in range(MOST_DECIMALS + 1):
        units = np.round(np.asarray(found, dtype=np.float64) * 10**decimals)
        if ((units / 10**decimals).astype(found.dtype) == found).all():
            return decimals if max(np.abs(units).max(), last_day) < SMALL_ENOUGH else None
    return None
