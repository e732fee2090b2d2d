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

from alongside.evaluation.layout import MOST_MEASURES
from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse, quoted
from alongside.evaluation.summarise import FirstAndLast
from alongside.evaluation.trajectories import MOST_DECIMALS, SMALL_ENOUGH
from alongside.outcomes.trajectory.sums import ClientSums, from_integers

if TYPE_CHECKING:
    import ibis

ENGINES = {"postgresql": "PostgreSQL", "spark": "Spark"}
COLUMNS = ("client", "measure", "day", "score")
SUMS = ("n", "day", "day2", "score", "day_score", "score2")
UNITS = tuple(10**decimals for decimals in range(MOST_DECIMALS + 1))
NOT_WHOLE = 10**6  # no score times this is small enough, so its measure is not added up as whole numbers
LARGEST = 1e9
QUIET_SPARK = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
OWN_SPARK = {
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
        score (null where not answered), with its schema if need be: `care.scores`. For Spark also a path to Parquet.

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
    _check(columns, table)
    order = np.lexsort([columns[name] for name in ("last", "first", "last_day", *SUMS)])
    columns = {name: column[order] for name, column in columns.items()}
    return {name: _measure(columns, name) for name in sorted(set(columns["measure"][columns["n"] > 0].tolist()))}


def engine_of(address: str) -> str:
    """Return what an engine is called.

    >>> engine_of("postgresql://kit@db.example/outcomes")
    'PostgreSQL'
    """
    scheme, found, _ = address.partition("://")
    if not found or scheme not in ENGINES:
        raise WrongUse("--engine is postgresql://user@host/database, spark://host:port or spark://local.")
    return ENGINES[scheme]


def sums_of(table: "ibis.Table") -> "ibis.Table":
    """Return the expression: a row of sums for each client and measure, without the client's name."""
    rows = _readable(table)
    measures = rows.group_by("measure").aggregate(
        times=rows["unit"].max(),
        whole=rows["points"].abs().max() * rows["unit"].max() < SMALL_ENOUGH,
        middle=rows["points"].mean().round().cast("float64"),
        lowest=rows["score"].min(),
        highest=rows["score"].max(),
    )
    rows = rows.join(measures, "measure")
    in_units = (rows["points"] * rows["times"]).round().cast("float64")
    rows = rows.mutate(points=rows["whole"].ifelse(in_units, rows["points"] - rows["middle"]))
    day, score, points = rows["day"], rows["score"], rows["points"]
    return (
        rows.group_by("client", "measure", "whole", "times", "middle", "lowest", "highest")
        .aggregate(
            rows=rows.count(),
            days=day.nunique(),
            undated=rows["undated"].sum(),
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
        )
        .mutate(nameless=lambda summed: summed["client"] == "")
        .drop("client")
    )


def _readable(table: "ibis.Table") -> "ibis.Table":
    """Return every row with its numbers as doubles, and `unit`, the power of ten that makes its score whole."""
    import ibis

    day, score = table["day"].cast("float64"), table["score"].cast("float64")
    answered = score.notnull()
    points = ibis.cases((score.abs() < LARGEST, score), (answered, 0.0), else_=None)
    written = "float32" if table["score"].type().is_float32() else "float64"
    near = (day.abs() < SMALL_ENOUGH).ifelse(day, 0.5)  # what is no whole day, or far off, is counted in `undated`
    shortest = [(((points * unit).round() / unit).cast(written) == points.cast(written), unit) for unit in UNITS]
    return table.select(
        client=table["client"].cast("string").strip().fill_null(""),
        measure=table["measure"].cast("string").strip().fill_null(""),
        day=answered.ifelse(near, None),
        score=score,
        points=points,
        unit=ibis.cases((score.isnull(), 1), *shortest, else_=NOT_WHOLE),
        undated=(answered & (near != near.round())).ifelse(1, 0),
    )


def _asked(engine: str, table: str) -> Columns:
    """Ask the engine, and return its answer: a column for each sum."""
    name = engine_of(engine)
    try:
        import ibis  # noqa: F401
    except ModuleNotFoundError as error:
        raise MachineLacks("--engine needs Ibis, which is not installed here: run make engines.") from error
    with _speaking_of(name), _connected(engine) as connection:
        found = _found(connection, table)
        answer = sums_of(found).to_pyarrow()
    return {column: answer.column(column).to_numpy() for column in answer.column_names}


@contextmanager
def _speaking_of(name: str) -> Iterator[None]:
    """Turn whatever the engine's own library raises into one sentence."""
    try:
        yield
    except (BadInput, MachineLacks):
        raise
    except Exception as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise MachineLacks(f"{name} could not do it: {said}") from error


@contextmanager
def _connected(engine: str) -> Iterator[Any]:
    import ibis

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark warns of versions of pandas, which nothing here uses
        connection = (
            ibis.connect(engine) if engine.startswith("postgresql") else ibis.pyspark.connect(spark_session(engine))
        )
        try:
            yield connection
        finally:
            connection.disconnect()


def spark_session(engine: str) -> Any:  # noqa: ANN401
    """Return a session with the Spark at an address; `spark://local` is one on this machine."""
    from pyspark.sql import SparkSession

    own = engine.removesuffix("/") == "spark://local"
    settings = QUIET_SPARK | (OWN_SPARK if own else {})
    builder = SparkSession.builder.master("local[2]" if own else engine).appName("Alongside")
    return builder.config(map=settings).getOrCreate()


def _found(connection: Any, name: str) -> "ibis.Table":  # noqa: ANN401
    """Return the table, once its columns are known to be there and to hold numbers."""
    from ibis.common.exceptions import TableNotFound

    if connection.name == "pyspark" and ("/" in name or name.endswith(".parquet")):
        table = connection.read_parquet(name)
    else:
        schema, _, last = name.rpartition(".")
        try:
            table = connection.table(last, database=schema or None)
        except TableNotFound as error:
            raise BadInput(f"There is no table {quoted(name)} in that database, or you may not read it.") from error
    types = dict(table.schema().items())
    for column in COLUMNS:
        if column not in types:
            raise BadInput(f"{quoted(name)} has no column {column}; it needs {', '.join(COLUMNS)}.")
    for column in ("day", "score"):
        if not types[column].is_numeric():
            raise BadInput(f"{quoted(name)}, column {column}: it holds no numbers; make a view in which it does.")
    return table


def _check(columns: Columns, table: str) -> None:
    """Refuse what cannot be added up, as a file with the same scores would be refused."""
    name = quoted(table)
    answered = columns["n"] > 0
    measures = set(columns["measure"].tolist())
    far = np.maximum(np.abs(columns["lowest"][answered]), np.abs(columns["highest"][answered]))
    undated = int(columns["undated"].sum())
    if not answered.any():
        raise BadInput(f"{name} has no score that can be used.")
    if len(measures) > MOST_MEASURES:
        raise BadInput(f"{name}, column measure: there are {len(measures):,} measures, more than {MOST_MEASURES}.")
    if "" in measures:
        raise BadInput(f"{name}, column measure: in some rows the measure is missing; write its name.")
    if columns["nameless"].any():
        raise BadInput(f"{name}, column client: in some rows the client is missing; write whom the form belongs to.")
    if undated:
        raise BadInput(f"{name}, column day: {undated:,} scores have no whole number of days, such as 14.")
    if not (far < LARGEST).all():
        raise BadInput(f"{name}, column score: some scores are no numbers, or far too large; correct or remove them.")
    if (columns["days"] < columns["n"])[answered].any():
        raise BadInput(f"{name}: some clients have two scores for one measure on the same day; keep one of them.")


def _measure(columns: Columns, measure: str) -> TableSums:
    unanswered = columns["measure"] == measure
    here = unanswered & (columns["n"] > 0)
    part = {name: column[here] for name, column in columns.items()}
    times = int(part["times"][0])
    whole = {name: part[name].astype(np.float64) for name in SUMS}
    ends = {name: part[name].astype(np.float64) for name in ("first_day", "first", "last_day", "last")}
    if part["whole"][0]:
        sums = from_integers(**whole, decimals=UNITS.index(times))
        ends |= {name: np.round(ends[name] * times) / times for name in ("first", "last")}
    else:
        around = from_integers(**whole, decimals=0)
        sums = replace(around, centre=around.centre + float(part["middle"][0]))
    return TableSums(
        sums=sums,
        ends=FirstAndLast(client=np.arange(len(sums)), **ends),
        unanswered=int(columns["rows"][unanswered].sum() - columns["n"][unanswered].sum()),
        lowest=float(part["lowest"][0]),
        highest=float(part["highest"][0]),
    )
