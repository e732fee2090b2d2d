"""Sums made where the scores are: in PostgreSQL or Spark, by one expression that every engine understands.

What leaves that engine is a row of sums for each client and measure, with the first and the last score: no other
score, and no client's name.
"""

import math
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.layout import MOST_MEASURES
from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse, quoted
from alongside.evaluation.scores import FirstAndLast
from alongside.evaluation.table import plain
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
type Texts = NDArray[np.object_]


@dataclass(frozen=True, kw_only=True)
class TableSums:
    """One measure of a table: the sums of each client who answered it, and their first and last score.

    `known` holds what was asked of each client, by the name of its column: words or numbers as text, "" for nothing.
    """

    sums: ClientSums
    ends: FirstAndLast
    known: Mapping[str, Texts]
    unanswered: int
    lowest: float
    highest: float


def client_sums(engine: str, table: str, known: Sequence[str] = ()) -> dict[str, TableSums]:
    """Add up a table in the engine that holds it.

    Scores with up to four decimals are added as whole numbers, so that every engine gives the same sums. Others are
    added as they are, less the whole number nearest to their mean; engines then agree to 1e-12.

    Parameters
    ----------
    engine : `postgresql://user@host/database`, `spark://host:port`, or `spark://local` for a Spark on this machine
    table : a table or view with the columns client, measure, day (whole days since the client's first form) and
        score (null where not answered), with its schema if need be: `care.scores`. For Spark also a path to Parquet.
    known : other columns, to bring each client's value of; each client has one

    Returns
    -------
    dict
        Each measure's sums, by its name. Clients stand in the order of their sums, so their place tells nothing.

    Raises
    ------
    WrongUse : the address is of no engine known here, or the table has no such column
    BadInput : there is no such table, it cannot be used as it is, or a client has two values
    MachineLacks : Ibis is not installed, or the engine did not answer
    """
    columns = _asked(engine, table, known)
    _check(columns, table, known)
    said = {name: _texts(columns.pop(f"known_{place}")) for place, name in enumerate(known)}
    by_value = [np.unique(texts.astype(str), return_inverse=True)[1] for texts in said.values()]
    order = np.lexsort([*by_value, *(columns[name] for name in ("last", "first", "last_day", *SUMS))])
    columns = {name: column[order] for name, column in columns.items()}
    said = {name: texts[order] for name, texts in said.items()}
    return {name: _measure(columns, said, name) for name in sorted(set(columns["measure"][columns["n"] > 0].tolist()))}


def engine_of(address: str) -> str:
    """Return what an engine is called.

    >>> engine_of("postgresql://kit@db.example/outcomes")
    'PostgreSQL'
    """
    scheme, found, _ = address.partition("://")
    if not found or scheme not in ENGINES:
        raise WrongUse("--engine is postgresql://user@host/database, spark://host:port or spark://local.")
    return ENGINES[scheme]


def sums_of(table: "ibis.Table", known: Sequence[str] = ()) -> "ibis.Table":
    """Return the expression: a row of sums for each client and measure, without the client's name.

    With it stands the client's value of each column that is asked for, and whether they have another.
    """
    rows = _readable(table, known)
    said = {place: rows[f"known_{place}"] for place in range(len(known))}
    one = {f"known_{place}": column.max() for place, column in said.items()}
    values = {f"values_{place}": column.nunique() for place, column in said.items()}
    people = rows.group_by("client").aggregate(**one, **values) if known else None
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
    summed = rows.group_by("client", "measure", "whole", "times", "middle", "lowest", "highest").aggregate(
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
    if people is not None:
        summed = summed.join(people, "client")
    return summed.mutate(nameless=summed["client"] == "").drop("client")


def _readable(table: "ibis.Table", known: Sequence[str]) -> "ibis.Table":
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
        **{f"known_{place}": _value(table[column]) for place, column in enumerate(known)},
    )


def _value(column: "ibis.Column") -> "ibis.Column":
    """Return what a column says of a client: a number as a double, anything else as text; null for nothing."""
    if column.type().is_numeric():
        number = column.cast("float64")
        return number.isnan().ifelse(None, number)
    return column.cast("string").strip().nullif("")


def _asked(engine: str, table: str, known: Sequence[str]) -> Columns:
    """Ask the engine, and return its answer: a column for each sum."""
    name = engine_of(engine)
    try:
        import ibis  # noqa: F401
    except ModuleNotFoundError as error:
        raise MachineLacks("--engine needs Ibis, which is not installed here: run make engines.") from error
    with _speaking_of(name), _connected(engine) as connection:
        found = _found(connection, table)
        answer = sums_of(found, _columns_of(found, known)).to_pyarrow()
    return {column: answer.column(column).to_numpy() for column in answer.column_names}


def _columns_of(table: "ibis.Table", known: Sequence[str]) -> list[str]:
    """Return the table's own names of columns; capitals do not matter."""
    there = {plain(column): column for column in table.columns if plain(column) not in COLUMNS}
    for name in known:
        if plain(name) not in there:
            others = ", ".join(map(quoted, list(there.values())[:12]))
            choice = f"choose from {others}" if others else "the table has no column beside its four"
            raise WrongUse(f"{quoted(name)}: there is no such column to compare by; {choice}.")
    return [there[plain(name)] for name in known]


@contextmanager
def _speaking_of(name: str) -> Iterator[None]:
    """Turn whatever the engine's own library raises into one sentence."""
    try:
        yield
    except (BadInput, MachineLacks, WrongUse):
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


def _check(columns: Columns, table: str, known: Sequence[str]) -> None:
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
    for place, column in enumerate(known):
        if (columns[f"values_{place}"] > 1).any():
            raise BadInput(f"{name}, column {quoted(column)}: some clients have two values; give each client one.")


def _texts(values: NDArray[Any]) -> Texts:
    """Return each value as a file would hold it: 34.0 as "34"; "" where there is none."""
    return np.array([_text(value) for value in values.tolist()], dtype=object)


def _text(value: str | float | None) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.15g}"
    return value or ""


def _measure(columns: Columns, known: Mapping[str, Texts], measure: str) -> TableSums:
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
        known={name: texts[here] for name, texts in known.items()},
        unanswered=int(columns["rows"][unanswered].sum() - columns["n"][unanswered].sum()),
        lowest=float(part["lowest"][0]),
        highest=float(part["highest"][0]),
    )
