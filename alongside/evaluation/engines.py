"""Sums made where the scores are: in PostgreSQL or Spark, by one expression that every engine understands.

What leaves that engine is a row of sums for each client and measure, with the first and the last score: no other
score, and no client's name.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse, quoted
from alongside.evaluation.summarise import FirstAndLast
from alongside.evaluation.trajectories import MOST_DECIMALS, SMALL_ENOUGH
from alongside.outcomes.trajectory.sums import ClientSums, from_integers

if TYPE_CHECKING:
    import ibis

ENGINES = {"postgresql": "PostgreSQL", "spark": "Spark"}
COLUMNS = ("client", "measure", "day", "score")
SUMS = ("n", "day", "day2", "score", "day_score", "score2")
LARGEST = 1e12  # a whole number beyond this is added up as it is
NO_UNIT = 1e6  # more than any score is multiplied by, so that such scores are not taken as whole numbers
OWN_SPARK = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}

type Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, kw_only=True)
class TableSums:
    """One measure of a table: the sums of each client who answered it, and their first and last score."""

    sums: ClientSums
    ends: FirstAndLast
    unanswered: int
    lowest: float
    highest: float


def client_sums(engine: str, table: str) -> dict[str, TableSums]:
    """Add up a table in the engine that holds it.

    Scores with up to four decimals are added as whole numbers, so that every engine gives the same sums. Others are
    added as they are, less the whole number nearest to their mean; engines then agree to 1e-12.

    Parameters
    ----------
    engine : `postgresql://user@host/database`, `spark://host:port`, or `spark://local` for a Spark on this machine
    table : a table or view with the columns client, measure, day (whole days since the client's first form) and
        score (null: not answered), with its schema if need be: `care.scores`. For Spark also a path to Parquet.

    Returns
    -------
    dict
        Each measure's sums, by its name. Clients stand in the order of their sums, so their place tells nothing.

    Raises
    ------
    WrongUse : the address is of no engine known here
    BadInput : there is no such table, or it cannot be used as it is
    MachineLacks : Ibis is not installed, or the engine did not answer
    """
    columns = _asked(engine, table)
    order = np.lexsort([columns[name] for name in ("last", "first", "last_day", *SUMS)])
    columns = {name: column[order] for name, column in columns.items()}
    _check(columns, table)
    return {measure: _measure(columns, measure) for measure in sorted(set(columns["measure"].tolist()))}


def sums_of(table: "ibis.Table") -> "ibis.Table":
    """Return the expression: one row of sums for each client and measure of a table, without the client's name."""
    import ibis

    answered, score, day = table["score"].notnull(), table["score"].cast("float64"), table["day"].cast("float64")
    small = score.abs() < LARGEST
    safe = ibis.cases((small, score), (answered, 0.0), else_=None)
    near = ibis.ifelse(day.abs() < SMALL_ENOUGH, day, 0.5)
    units = [10.0**decimals for decimals in range(MOST_DECIMALS + 1)]
    kind = "float32" if table["score"].type().is_float32() else "float64"
    exact = [(small & (((safe * unit).round() / unit).cast(kind) == score.cast(kind)), unit) for unit in units]
    rows = table.select(
        client=table["client"],
        measure=table["measure"].cast("string").strip().fill_null(""),
        day=ibis.ifelse(answered, day, None),
        score=score,
        safe=safe,
        undated=(answered & (near != near.round())).cast("int64"),
        unit=ibis.cases((score.isnull(), 1.0), *exact, else_=NO_UNIT),
    )
    measures = rows.group_by("measure").aggregate(
        middle=rows["safe"].mean().round().cast("float64"),
        whole=rows["safe"].abs().max() * rows["unit"].max() < SMALL_ENOUGH,
        times=rows["unit"].max(),
    )
    both = rows.join(measures, "measure")
    in_units = (both["safe"] * both["times"]).round().cast("float64")
    both = both.mutate(points=ibis.ifelse(both["whole"], in_units, both["score"] - both["middle"]))
    day, score, points = both["day"], both["score"], both["points"]
    summed = both.group_by(["measure", "client", "whole", "middle", "times"]).aggregate(
        rows=both.count(),
        days=day.nunique(),
        undated=both["undated"].sum(),
        n=score.count(),
        day=day.sum(),
        day2=(day * day).sum(),
        score=points.sum(),
        day_score=(day * points).sum(),
        score2=(points * points).sum(),
        first_day=day.min(),
        first=score.argmin(day),
        last_day=day.max(),
        last=score.argmax(day),
        lowest=score.min(),
        highest=score.max(),
    )
    nameless = (summed["client"].cast("string").strip() == "").fill_null(True)  # noqa: FBT003
    return summed.mutate(nameless=nameless).drop("client")


def _asked(engine: str, table: str) -> Columns:
    """Ask the engine, and return its answer: a column for each sum."""
    with _speaking_of(engine):
        found = _table(engine, table)
        _check_columns(found, table)
        answer = sums_of(found).to_pyarrow()
    return {name: answer.column(name).to_numpy() for name in answer.column_names}
