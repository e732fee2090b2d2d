"""The scores of one measure in memory, in order of client and day, and what can be read off them."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.nearest import sorted_forms

MOST_SHORT = 2**15
MOST_AT_ONCE = 20_000_000


@dataclass(frozen=True)
class Scores:
    """Parallel arrays of shape (scores,), in order of client and day; a client has one score a day."""

    client: NDArray[np.int64]
    day: NDArray[np.float64]
    score: NDArray[np.float64]


@dataclass(frozen=True)
class FirstAndLast:
    """Each client's first and last score on a measure: parallel arrays of shape (clients,)."""

    client: NDArray[np.int64]
    first_day: NDArray[np.float64]
    first: NDArray[np.float64]
    last_day: NDArray[np.float64]
    last: NDArray[np.float64]

    @property
    def twice(self) -> NDArray[np.bool_]:
        """Those who answered on two days or more."""
        return self.last_day > self.first_day


@dataclass(frozen=True)
class InFortnight:
    """The scores of one fortnight: how many, and each client's average."""

    number: int
    scores: int
    averages: NDArray[np.float64]


class Answers:
    """Every answer of a file, to take one measure's at a time.

    All columns are fetched at once unless they are very long: taking a measure's rows out of them costs less than
    asking the engine again.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        ((rows,),) = con.sql("SELECT count(*) FROM answers").fetchall()
        self.columns: dict[str, NDArray[np.generic]] = {}
        if rows <= MOST_AT_ONCE:
            for name in ("client", "measure", "day", "score"):  # one by one, which needs less memory
                self.columns |= con.execute(f"SELECT {name} FROM answers").fetchnumpy()

    def of(self, place: int) -> Scores:
        """Return the answers on the measure at a place."""
        if not self.columns:
            return scores_of(self.con.cursor(), f"SELECT client, day, score FROM answers WHERE measure = {place}")
        chosen = np.flatnonzero(self.columns["measure"] == place)
        return Scores(*sorted_forms(*(self.columns[name][chosen] for name in ("client", "day", "score"))))


def scores_of(con: duckdb.DuckDBPyConnection, rows: str) -> Scores:
    """Fetch scores.

    Parameters
    ----------
    con : engine
    rows : SQL that gives `client`, `day` and `score`, one row for each client and day

    Examples
    --------
    >>> con = duckdb.connect()
    >>> scores_of(con, "FROM (VALUES (7, 100, 5.4), (7, 0, 6.4)) AS t(client, day, score)").score.tolist()
    [6.4, 5.4]
    """
    found = con.execute(f"SELECT client, day, score FROM ({rows})").fetchnumpy()
    return Scores(*sorted_forms(found["client"], found["day"], found["score"]))


def first_and_last(scores: Scores) -> FirstAndLast:
    """Return each client's first and last score.

    >>> who, day, score = np.array([1, 1, 2]), np.array([0.0, 9.0, 0.0]), np.array([6.0, 4.0, 5.0])
    >>> found = first_and_last(Scores(who, day, score))
    >>> found.first.tolist(), found.last.tolist(), found.twice.tolist()
    ([6.0, 5.0], [4.0, 5.0], [True, False])
    """
    begins = _begins(scores.client)
    ends = np.append(begins[1:], len(scores.client))[: len(begins)] - 1
    return FirstAndLast(
        scores.client[begins], scores.day[begins], scores.score[begins], scores.day[ends], scores.score[ends]
    )


def by_fortnight(scores: Scores) -> Iterator[InFortnight]:
    """Yield the scores of each fortnight, number n being days 14n - 7 to 14n + 6.

    >>> who, day, score = np.array([1, 1, 2]), np.array([0.0, 5.0, 14.0]), np.array([6.0, 4.0, 5.0])
    >>> [(at.number, at.scores, at.averages.tolist()) for at in by_fortnight(Scores(who, day, score))]
    [(0, 2, [5.0]), (1, 1, [5.0])]
    """
    if not len(scores.day):
        return
    fortnight = fortnight_of(scores.day)
    another = (scores.client[1:] != scores.client[:-1]) | (fortnight[1:] != fortnight[:-1])
    begins = np.flatnonzero(np.append(True, another))
    times = np.diff(np.append(begins, len(fortnight)))
    averages = np.add.reduceat(scores.score, begins) / times
    at = fortnight[begins]
    if at.max() - at.min() < MOST_SHORT:  # short numbers are put in order without being compared
        at = (at - at.min()).astype(np.int16)
    order = np.argsort(at, kind="stable")
    edges = _begins(at[order])
    for begin, end in zip(edges, np.append(edges[1:], len(order)), strict=True):
        chosen = order[begin:end]
        yield InFortnight(int(fortnight[begins[chosen[0]]]), int(times[chosen].sum()), averages[chosen])


def fortnight_of(day: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the number of each day's fortnight.

    >>> fortnight_of(np.array([-8.0, -7.0, 6.0, 7.0])).tolist()
    [-1, 0, 0, 1]
    """
    return np.floor((day + 7) / 14).astype(np.int64)


def _begins(values: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return where each run of the same value begins."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
