"""Reads every cell of a file, and says what is wrong with those that cannot be used.

The work is done in the engine, over all rows at once. What comes out are two tables: `answers` (client, measure,
day, score, all numbers of whatever kind the file has) and `people` (client, name, first_day, last_day, forms).
"""

import re
from dataclasses import dataclass

import duckdb
import numpy as np

from alongside.evaluation import straight
from alongside.evaluation.layout import MOST_MEASURES, Layout
from alongside.evaluation.problems import BadInput, Problem, quoted
from alongside.evaluation.source import Source
from alongside.evaluation.table import Table, clean, quoted_sql, settle
from alongside.evaluation.writing import DATES, DateForm, date, date_form, decimal_comma, number
from alongside.outcomes.scales import Scale

UNANSWERED = "('', 'NA')"


@dataclass(frozen=True, kw_only=True)
class Writing:
    """How this file writes numbers and dates."""

    comma: bool
    dates: DateForm | None


def unfold(con: duckdb.DuckDBPyConnection, table: Table, layout: Layout) -> None:
    """Make the view `cells`: one row for each score, still text, spaces around it gone."""
    client, moment = clean(f"c{layout.client}"), clean(f"c{layout.moment}")
    if layout.items:
        cases = " ".join(f"WHEN 'c{place}' THEN {quoted_sql(name)}" for name, place in layout.items.items())
        columns = ", ".join(f"c{place}" for place in layout.items.values())
        source = f"(UNPIVOT {table.name} ON {columns} INTO NAME place VALUE cell)"
        measure, score = f"CASE place {cases} END", "cell"
    else:
        source = table.name
        measure, score = clean(f"c{layout.measure}"), f"c{layout.score}"
        con.execute(
            f"""CREATE TABLE named AS SELECT said, {clean("said")} AS measure, row
                FROM (SELECT c{layout.measure} AS said, min(row) AS row FROM {table.name} GROUP BY said)"""
        )
    con.execute(
        f"""CREATE VIEW cells AS SELECT row, {client} AS client, {moment} AS moment,
            {measure} AS measure, {clean(score)} AS score FROM {source}"""
    )


def measures_in(con: duckdb.DuckDBPyConnection, source: Source, layout: Layout) -> tuple[str, ...]:
    """Return the measures of the file, in the order in which they first appear.

    Raises
    ------
    BadInput : there are so many that the column must be another
    """
    if layout.items:
        return tuple(layout.items)
    named = con.sql(
        "SELECT measure FROM named WHERE measure <> '' GROUP BY measure ORDER BY min(row), measure"
    ).fetchall()
    if len(named) > MOST_MEASURES:
        raise BadInput(
            f"{source.name}, column measure: there are {len(named):,} different measures, more than "
            f"{MOST_MEASURES}; check that the column holds the measure's name."
        )
    return tuple(measure for (measure,) in named)


def check(
    con: duckdb.DuckDBPyConnection, table: Table, layout: Layout, scales: dict[str, Scale]
) -> tuple[list[Problem], Writing]:
    """Read all cells into the table `read`; return what is wrong, in the order of rows, and how the file writes."""
    con.execute("CREATE TABLE measures (measure SMALLINT, name VARCHAR, low DOUBLE, high DOUBLE)")
    known = [[place, name, scale.low, scale.high] for place, (name, scale) in enumerate(scales.items())]
    if known:
        con.executemany("INSERT INTO measures VALUES (?, ?, ?, ?)", known)
    if straight.read(con, table, layout, scales):
        _count_days(con)
        if not _any_repeated(con):
            _set_aside(con, set())
            return [], Writing(comma=False, dates=straight.DATES if layout.time == "date" else None)
        con.execute("DROP TABLE read; DROP TABLE clients")
    if table.kinds:
        settle(con, table)
    writing = Writing(
        comma=decimal_comma(con, _numbers(layout)),
        dates=date_form(con, "SELECT row, moment AS cell FROM cells") if layout.time == "date" else None,
    )
    _read(con, layout, writing)
    problems = [*table.too_wide, *_unreadable(con, layout, scales, writing)]
    _set_aside(con, {problem.row for problem in problems})
    _count_days(con, "row NOT IN (SELECT row FROM bad)")
    if _any_repeated(con):
        problems += _repeated(con, layout, scales)
    return sorted(problems, key=lambda problem: problem.row), writing


def _numbers(layout: Layout) -> str:
    """Return SQL for every cell that should hold a number."""
    days = " UNION ALL SELECT moment FROM cells" if layout.time == "day" else ""
    return f"SELECT score AS cell FROM cells{days}"


def keep(con: duckdb.DuckDBPyConnection, layout: Layout, without: set[int]) -> None:
    """Make `answers` and `people` from what was read, leaving out the rows set aside."""
    if without:
        _set_aside(con, without)
        con.execute("DELETE FROM read WHERE row IN (SELECT row FROM bad)")
        _count_days(con)
    con.execute("CREATE TABLE unanswered AS SELECT measure, count(*) AS n FROM read WHERE score IS NULL GROUP BY 1")
    since = "moment - min(moment) OVER (PARTITION BY client)" if layout.time == "date" else "moment"
    # a day on which a client answered nothing is not a form
    con.execute(
        f"""CREATE TABLE forms_sent AS SELECT client, moment, ({since})::DOUBLE AS day
            FROM days WHERE answered > 0; DROP TABLE days"""
    )
    con.execute(
        """CREATE TABLE people AS SELECT client, any_value(name) AS name, min(day) AS first_day,
           max(day) AS last_day, count(*) AS forms FROM forms_sent JOIN clients USING (client) GROUP BY client"""
    )
    if layout.time == "date":
        con.execute(
            """CREATE TABLE answers AS SELECT client, measure, day, score FROM read
               JOIN forms_sent USING (client, moment) WHERE score IS NOT NULL; DROP TABLE read"""
        )
    else:
        con.execute(
            "CREATE VIEW answers AS SELECT client, measure, moment AS day, score FROM read WHERE score IS NOT NULL"
        )
    con.execute("DROP TABLE forms_sent")


def _count_days(con: duckdb.DuckDBPyConnection, usable: str = "true") -> None:
    """Make `days`: for each client's day how many questions were put and answered, and how many of them differ."""
    con.execute(
        f"""CREATE OR REPLACE TABLE days AS SELECT client, moment, count(*) AS asked, count(score) AS answered,
            bit_count(bit_or(1::UBIGINT << measure::UTINYINT)) AS measures FROM read WHERE {usable}
            GROUP BY client, moment"""
    )


def _any_repeated(con: duckdb.DuckDBPyConnection) -> bool:
    return bool(con.sql("SELECT 1 FROM days WHERE asked > measures LIMIT 1").fetchall())


def _read(con: duckdb.DuckDBPyConnection, layout: Layout, writing: Writing) -> None:
    con.execute(
        """CREATE TABLE clients AS SELECT row_number() OVER (ORDER BY min(row)) AS client, client AS name
           FROM cells WHERE client <> '' GROUP BY cells.client"""
    )
    if layout.time == "day":
        moment = number("moment", comma=writing.comma)
    else:
        moment = date("moment", writing.dates) if writing.dates else "CAST(NULL AS DOUBLE)"
    con.execute(
        f"""CREATE TABLE read AS SELECT row, clients.client, measures.measure, {moment} AS moment,
            {number("score", comma=writing.comma)} AS score, cells.score NOT IN {UNANSWERED} AS answered, low, high
            FROM cells LEFT JOIN clients ON cells.client = clients.name
            LEFT JOIN measures ON cells.measure = measures.name"""
    )


def _unreadable(
    con: duckdb.DuckDBPyConnection, layout: Layout, scales: dict[str, Scale], writing: Writing
) -> list[Problem]:
    bad = con.sql(
        """SELECT row, client, measure, moment, score FROM read
           WHERE client IS NULL OR measure IS NULL OR moment IS NULL OR (answered AND
           (score IS NULL OR score < low OR score > high)) ORDER BY row"""
    ).fetchall()
    if not bad:
        return []
    _set_aside(con, {row for row, *_ in bad})
    names = list(scales)
    written = {
        (row, measure): (moment, score)
        for row, measure, moment, score in con.sql(
            "SELECT row, measure, moment, score FROM cells JOIN bad USING (row)"
        ).fetchall()
    }
    problems: dict[tuple[int, str], Problem] = {}
    for row, client, place, moment, score in bad:
        measure = "" if place is None else names[place]
        moment_text, score_text = written[row, measure]
        if client is None:
            column, text = "client", "the client is missing; write whom the form belongs to"
        elif place is None:
            column, text = "measure", "the measure is missing; write its name"
        elif moment is None:
            column, text = layout.time, _bad_moment(moment_text, layout.time, writing)
        else:
            column = measure if layout.items else "score"
            text = _bad_score(score_text, score, scales[measure], writing)
        problems.setdefault((row, column), Problem(row=row, column=quoted(column)[1:-1], text=text))
    return list(problems.values())


def _set_aside(con: duckdb.DuckDBPyConnection, numbers: set[int]) -> None:
    """Make `bad`, the rows that cannot be used."""
    con.register("numbers", {"row": np.array(sorted(numbers), dtype=np.int64)})
    con.execute("CREATE OR REPLACE TEMP TABLE bad AS SELECT row FROM numbers")
    con.unregister("numbers")


def _bad_moment(cell: str, time: str, writing: Writing) -> str:
    if not cell:
        return f"the {time} is missing; write when the form was filled in"
    if time == "day":
        return f"{quoted(cell)} is not a number of days; write one such as 14"
    other = next((said for pattern, _, said in DATES if re.fullmatch(pattern, cell)), None)
    if writing.dates is None or other is None:
        return f"{quoted(cell)} is not a date; write it as 2026-03-14"
    if other != writing.dates.said:
        return (
            f"{quoted(cell)} is written {other}, but row {writing.dates.row} is written {writing.dates.said}; "
            "write all dates one way, best as 2026-03-14"
        )
    return f"{quoted(cell)}, read as {other}, is not in the calendar; write it as 2026-03-14"


def _bad_score(cell: str, score: float | None, scale: Scale, writing: Writing) -> str:
    if score is not None:
        return f"{quoted(cell)} is outside {scale.low:.15g} to {scale.high:.15g}; correct it, or leave the cell empty"
    if "," in cell and not writing.comma:
        return f"{quoted(cell)} could be read in two ways; write decimals with a point throughout, such as 7.5"
    return f"{quoted(cell)} is not a number; write one such as 7.5, or leave the cell empty"


def _repeated(con: duckdb.DuckDBPyConnection, layout: Layout, scales: dict[str, Scale]) -> list[Problem]:
    """Find scores of one client on one measure and day: a repeat, or two answers that disagree."""
    found = con.sql(
        """SELECT row, measure, first_row, agree FROM
           (SELECT row, measure, min(row) OVER same AS first_row, count(*) OVER same AS times,
                   min(score) OVER same IS NOT DISTINCT FROM max(score) OVER same
                   AND count(score) OVER same IN (0, count(*) OVER same) AS agree
            FROM read WHERE row NOT IN (SELECT row FROM bad)
            WINDOW same AS (PARTITION BY client, measure, moment))
           WHERE times > 1 AND (row > first_row OR NOT agree) ORDER BY row, measure"""
    ).fetchall()
    names = list(scales)
    problems: dict[int, Problem] = {}
    for row, place, first_row, agree in found:
        what = "a form" if layout.items else f"a score for {quoted(names[place])}"
        where = f"row {first_row}" if row > first_row else "a later row"
        says = "says the same" if agree else "says something else"
        text = f"this client already has {what} on that {layout.time}, and {where} {says}; keep one of them"
        problems.setdefault(row, Problem(row=row, column=layout.time, text=text))
    return list(problems.values())
