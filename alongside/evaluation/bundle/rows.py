"""The rows that an evaluator gets: no names, no dates, and no attribute that was not asked for."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.people_lines import PeoplesLines, PersonsLine

type Cell = str | int | float | None
type Values = NDArray[np.float64] | NDArray[np.str_]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Everybody and their scores, under new codes.

    `scores` are (client, day, measure, score), in order of client and day. `attributes` has for each column one
    value for each of `clients`; `covariates` says which column each covariate stands in. `lines` are each person's own
    over time, in order of client. `moved` says whether a day differs from the one that the numbers rest on, since
    somebody's first form was not on day 0; then there are no lines, which could lead back to that day.
    """

    clients: tuple[str, ...]
    scores: tuple[tuple[str, int | float, str, int | float], ...]
    attributes: dict[str, tuple[Cell, ...]]
    covariates: dict[str, str]
    lines: tuple[PersonsLine, ...]
    moved: bool


def without_names(
    con: duckdb.DuckDBPyConnection,
    measures: tuple[str, ...],
    groups: Mapping[str, Mapping[str, NDArray[np.int64]]],
    covariates: Mapping[str, Values],
    lines: Iterable[PeoplesLines],
) -> Rows:
    """Return every answer, with people renumbered in an order drawn by chance that is kept nowhere.

    Parameters
    ----------
    con : engine with `clients`, `people` and `answers`
    measures : their names, by their numbers in `answers`
    groups : for each attribute its levels, each with the numbers of the clients in it
    covariates : for each attribute a value at the place of each client's number
    lines : each person's own over time
    """
    known = np.asarray(con.execute("SELECT client FROM clients").fetchnumpy()["client"])
    drawn = secrets.SystemRandom().sample(known.tolist(), len(known))
    place = np.zeros(max(drawn) + 1, dtype=np.int64)
    place[drawn] = np.arange(len(drawn))
    codes = [f"c{number:0{max(3, len(str(len(drawn))))}}" for number in range(1, len(drawn) + 1)]
    answers = con.execute(
        "SELECT client, day - first_day AS day, measure, score FROM answers JOIN people USING (client)"
    ).fetchnumpy()
    client = place[answers["client"]]
    order = np.lexsort((answers["measure"], answers["day"], client))
    columns = (client[order], *(answers[name][order] for name in ("day", "measure", "score")))
    attributes = {column: _levels(levels, place, len(drawn)) for column, levels in groups.items()}
    stands_in: dict[str, str] = {}
    for column, values in covariates.items():
        cells = tuple(_cell(value) for value in values[drawn].tolist())
        stands_in[column] = column if attributes.get(column, cells) == cells else f"{column}, as covariate"
        attributes[stands_in[column]] = cells
    moved = bool(con.sql("SELECT bool_or(first_day <> 0) FROM people").fetchall()[0][0])
    named = {client: codes[at] for at, client in enumerate(drawn)}
    return Rows(
        clients=tuple(codes),
        scores=tuple(
            (codes[who], _short(day), measures[measure], _short(score))
            for who, day, measure, score in zip(*(column.tolist() for column in columns), strict=True)
        ),
        attributes=attributes,
        covariates=stands_in,
        lines=() if moved else tuple(sorted((row for one in lines for row in one.rows(named)), key=itemgetter(0))),
        moved=moved,
    )


def _levels(levels: Mapping[str, NDArray[np.int64]], place: NDArray[np.int64], people: int) -> tuple[Cell, ...]:
    said: list[Cell] = [None] * people
    for level, members in levels.items():
        for where in place[members].tolist():
            said[where] = level
    return tuple(said)


def _cell(value: str | float) -> Cell:
    if isinstance(value, str):
        return value
    return _short(value) if np.isfinite(value) else None


def _short(number: float) -> int | float:
    """Return a whole number without its decimals.

    >>> _short(14.0), _short(6.5)
    (14, 6.5)
    """
    return int(number) if float(number).is_integer() else float(number)
