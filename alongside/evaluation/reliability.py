"""From a file to how far its measures agree with themselves: two occasions, or the items of one scale."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation import checks
from alongside.evaluation.attributes import MOST_LEVELS, NOT_RECORDED
from alongside.evaluation.layout import Layout
from alongside.evaluation.opening import Tell, check_forms, described, open_forms
from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput, Problem, WrongUse, quoted
from alongside.evaluation.reading import listed_people
from alongside.evaluation.results import File
from alongside.evaluation.source import Source, look_at
from alongside.evaluation.table import Table, clean, engine, load, plain
from alongside.evaluation.writing import decimal_comma, number
from alongside.outcomes.descriptive import summary
from alongside.outcomes.disclosure import AverageOfN, Count, Detail, Reason
from alongside.outcomes.reliability.alpha import Alpha, alpha
from alongside.outcomes.reliability.retest import Retest, retest
from alongside.outcomes.scales import Scale

PERSON = ("client", "id", "subject", "person", "participant")
NOT_ITEMS = {*PERSON, "day", "date"}


@dataclass(frozen=True, kw_only=True)
class Level:
    """The participants who have one value of an attribute."""

    level: str
    """The value."""
    n: Count
    """Participants who have it."""


@dataclass(frozen=True, kw_only=True)
class Levels:
    """Participants by an attribute in words, such as gender."""

    levels: tuple[Level, ...]
    """Each value, the most frequent first."""
    why: str | None = None
    """Why no value is listed."""


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Participants by an attribute in numbers, such as age."""

    n: Count
    """Participants for whom it is recorded."""
    not_recorded: Count
    """Participants for whom it is not."""
    mean: AverageOfN
    """Mean."""
    sd: Detail
    """Standard deviation (divisor n − 1)."""
    low: Detail
    """Lowest."""
    high: Detail
    """Highest."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Participants:
    """Whose scores are compared."""

    n: Count
    """People with two occasions on at least one measure."""
    left_out: Count
    """People with scores but no measure with two occasions."""
    attributes: dict[str, Levels | Numbers]
    """The n people by each column of the attributes file."""


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """What `alongside reliability FILE` found."""

    file: File
    """The file the results come from."""
    participants: Participants
    """Whose scores are compared."""
    labels: dict[str, str]
    """Each measure's name for readers."""
    measures: dict[str, Retest]
    """Each measure, by the name the file gives it."""


@dataclass(frozen=True, kw_only=True)
class ItemsTogether:
    """What `alongside reliability FILE --alpha` found."""

    file: File
    """The file the results come from."""
    alpha: Alpha
    """How far its items go together."""


def reliability(
    path: Path, *, attributes_path: Path | None, options: Options, of_items: bool, tell: Tell
) -> Reliability | ItemsTogether:
    """Say how far the measures of a file agree with themselves.

    Parameters
    ----------
    path : CSV, XLSX or Parquet
    attributes_path : a second file with one row for each client, or None
    options : what the person running it said
    of_items : the file holds the items of one scale, one row for each person
    tell : called with a few words at each stage

    Raises
    ------
    BadInput : the file cannot be used as it is
    WrongUse : an option does not fit the file
    MachineLacks : the file is too large for the engine's memory
    """
    if of_items and (attributes_path or options.instrument):
        raise WrongUse("--alpha reads one table of items: leave out --attributes and --instrument.")
    with engine(path) as con:
        if of_items:
            return _of_items(con, path, options, tell)
        return _of_occasions(con, path, attributes_path, options, tell)


def as_json(found: Reliability | ItemsTogether) -> str:
    """Return what was found as JSON."""
    if isinstance(found, Reliability):
        written = dataclasses.asdict(found)
    else:
        written = {"file": dataclasses.asdict(found.file), **dataclasses.asdict(found.alpha)}
    return json.dumps(written, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _of_occasions(
    con: duckdb.DuckDBPyConnection, path: Path, attributes_path: Path | None, options: Options, tell: Tell
) -> Reliability:
    forms = open_forms(con, path, options, tell)
    tell("Comparing two occasions")
    con.execute(
        """CREATE TABLE occasions AS SELECT client, measure, count(*) AS times,
           max(score) FILTER (place = 1) AS first, max(score) FILTER (place = 2) AS second
           FROM (SELECT *, row_number() OVER (PARTITION BY client, measure ORDER BY day) AS place FROM answers)
           GROUP BY client, measure"""
    )
    con.execute("CREATE TABLE participants AS SELECT DISTINCT client FROM occasions WHERE times > 1")
    return Reliability(
        file=described(con, options, forms),
        participants=_participants(con, listed_people(con, attributes_path, options)),
        labels={measure: scale.label for measure, scale in forms.scales.items()},
        measures={measure: _retest(con, place) for measure, place in forms.places.items()},
    )


def _retest(con: duckdb.DuckDBPyConnection, place: int) -> Retest:
    # in the order of the scores, so that the order of the rows changes not even the last digit
    found = con.execute(
        "SELECT first, second FROM occasions WHERE measure = ? AND times > 1 ORDER BY first, second", [place]
    ).fetchnumpy()
    left_out, unused = con.execute(
        """SELECT count(*) FILTER (times = 1), coalesce(sum(times - 2) FILTER (times > 2), 0)
           FROM occasions WHERE measure = ?""",
        [place],
    ).fetchall()[0]
    return retest(found["first"], found["second"], left_out=left_out, unused=int(unused))


def _participants(con: duckdb.DuckDBPyConnection, listed: tuple[Source, Table, int] | None) -> Participants:
    n, people = con.sql(
        "SELECT (SELECT count(*) FROM participants), (SELECT count(DISTINCT client) FROM occasions)"
    ).fetchall()[0]
    attributes: dict[str, Levels | Numbers] = {}
    if listed:
        _, table, client = listed
        columns = [(name, place) for place, name in enumerate(table.columns) if name and place != client]
        attributes = {name: _described(con, table, client, place) for name, place in columns}
    return Participants(n=n, left_out=people - n, attributes=attributes)


def _described(con: duckdb.DuckDBPyConnection, table: Table, client: int, place: int) -> Levels | Numbers:
    """Describe the participants by one column: a column of numbers by mean and range, others by their values."""
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE described AS
            SELECT CASE WHEN value NOT IN {checks.UNANSWERED} THEN value END AS value
            FROM participants JOIN clients USING (client) LEFT JOIN
            (SELECT {clean(f"c{client}")} AS name, {clean(f"c{place}")} AS value FROM {table.name})
            USING (name)"""
    )
    comma = decimal_comma(con, "SELECT value AS cell FROM described WHERE value IS NOT NULL")
    recorded, not_recorded, numbers = con.sql(
        f"SELECT count(value), count(*) - count(value), count({number('value', comma=comma)}) FROM described"
    ).fetchall()[0]
    if recorded and numbers == recorded:
        read = con.sql(
            f"SELECT {number('value', comma=comma)} AS it FROM described WHERE value IS NOT NULL ORDER BY it"
        )
        return _numbers(read.fetchnumpy()["it"], not_recorded)
    levels = con.sql(
        f"""SELECT coalesce(value, '{NOT_RECORDED}') AS level, count(*) AS n FROM described
            GROUP BY value ORDER BY value IS NULL, n DESC, level"""
    ).fetchall()
    if len(levels) > MOST_LEVELS or (len(levels) == recorded > 2):
        why = f"The column has {len(levels):,} different values, so it may name people and is not listed."
        return Levels(levels=(), why=why)
    return Levels(levels=tuple(Level(level=level, n=n) for level, n in levels))


def _numbers(values: NDArray[np.float64], not_recorded: int) -> Numbers:
    found = summary(values)
    return Numbers(
        n=found.n,
        not_recorded=not_recorded,
        mean=found.mean,
        sd=found.sd,
        low=float(values.min()),
        high=float(values.max()),
        why=found.why,
    )


def _of_items(con: duckdb.DuckDBPyConnection, path: Path, options: Options, tell: Tell) -> ItemsTogether:
    tell("Reading the file")
    source = look_at(path, max_bytes=options.max_bytes)
    table = load(con, source, "listed")
    items = _item_columns(table, source, options)
    refuse_repeats(con, table, source)
    # every row becomes a form of its own, so that its cells are checked as those of forms are
    client, moment = len(table.columns), len(table.columns) + 1
    con.execute(f"CREATE TABLE forms AS SELECT *, CAST(row AS VARCHAR) AS c{client}, '0' AS c{moment} FROM listed")
    forms = dataclasses.replace(table, name="forms", kinds=())
    layout = Layout(client=client, time="day", moment=moment, measure=None, score=None, items=items, attributes={})
    checks.unfold(con, forms, layout)
    _refuse_words(con, source)
    scales = {name: Scale(key=name, label=name) for name in items}
    tell("Checking every row")
    checked = check_forms(con, options, source, forms, layout, scales, instrument=None, items={})
    file = described(con, options, checked)
    tell("Comparing the items")
    people = (file.rows or 0) - (file.rejected_rows or 0)
    return ItemsTogether(
        file=dataclasses.replace(file, layout="items", time="none"),
        alpha=alpha(_matrix(con, people, len(items)), list(items)),
    )


def _item_columns(table: Table, source: Source, options: Options) -> dict[str, int]:
    named = options.items or tuple(name for name in table.columns if name and plain(name) not in NOT_ITEMS)
    items = {name: place for name in named if (place := table.find(name)) is not None}
    strangers = [name for name in named if name not in items]
    if strangers:
        raise WrongUse(f"--items names {quoted(strangers[0])}, but {source.name} has no column of that name.")
    if len(items) < 2:
        raise BadInput(f"{source.name}, row 1: alpha compares items, so name two columns of scores or more.")
    return items


def refuse_repeats(con: duckdb.DuckDBPyConnection, table: Table, source: Source) -> None:
    """Refuse a file with a row for each person in which somebody has two."""
    heading = next((name for name in PERSON if table.find(name) is not None), None)
    if heading is None:
        return
    person = clean(f"c{table.find(heading)}")
    repeated = con.sql(
        f"""SELECT row, name, first_row FROM (SELECT row, {person} AS name,
            min(row) OVER (PARTITION BY {person}) AS first_row FROM {table.name})
            WHERE name <> '' AND row > first_row ORDER BY row LIMIT 1"""
    ).fetchall()
    if repeated:
        row, name, first_row = repeated[0]
        text = f"{quoted(name)} already stands in row {first_row}; keep one row for each person"
        raise BadInput(f"{source.name}, {Problem(row=row, column=heading, text=text)}.")


def _refuse_words(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    words = con.sql(
        f"""SELECT measure FROM cells WHERE score NOT IN {checks.UNANSWERED} GROUP BY measure
            HAVING NOT bool_or(regexp_matches(score, '[0-9]')) ORDER BY measure LIMIT 1"""
    ).fetchall()
    if words:
        raise BadInput(
            f"{source.name}, row 1: column {quoted(words[0][0])} holds no number, so it is no item; "
            "say which columns are items with --items."
        )


def _matrix(con: duckdb.DuckDBPyConnection, people: int, items: int) -> NDArray[np.float64]:
    """Return a row for each person, in the order of their scores, with NaN where an item has no answer."""
    found = con.sql("SELECT dense_rank() OVER (ORDER BY client) - 1 AS row, measure, score FROM answers").fetchnumpy()
    table = np.full((people, items), np.nan)
    table[found["row"], found["measure"]] = found["score"]
    return table[np.lexsort(table.T)]
