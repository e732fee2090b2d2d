"""Reads a Parquet file's columns as they are, where nothing in them is wrong.

Such a file says what kind each column is, so a look at whole columns shows whether every cell can be used: then no
cell is turned into text and read again. Where anything is amiss, `checks` reads cell by cell, and says what.
"""

import duckdb

from alongside.evaluation.layout import Layout
from alongside.evaluation.table import Table, clean, quoted_sql
from alongside.evaluation.writing import FIRST_YEAR, LARGEST, LAST_YEAR, YEAR_FIRST, DateForm
from alongside.outcomes.scales import Scale

WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
NUMBERS = {*WHOLE, "DOUBLE"}
NAMES = {*WHOLE, "VARCHAR"}
GAPS = 4
DATES = DateForm(pattern=YEAR_FIRST[0], reading=YEAR_FIRST[1], said=YEAR_FIRST[2], row=2)


def read(con: duckdb.DuckDBPyConnection, table: Table, layout: Layout, scales: dict[str, Scale]) -> bool:
    """Make `clients` and `read` as `checks` does; False, and neither, if cells must be read one by one.

    Parameters
    ----------
    con : engine with the file's columns as they are
    table, layout, scales : what they are called, which is what, and what is known of each measure
    """
    if not _of_kinds(table, layout):
        return False
    try:
        return _read(con, table, layout, scales)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:  # a number too large to work with, say: reading cell by cell finds which
        con.execute("DROP TABLE IF EXISTS read; DROP TABLE IF EXISTS clients")
        return False


def _read(con: duckdb.DuckDBPyConnection, table: Table, layout: Layout, scales: dict[str, Scale]) -> bool:
    if not _named_well(con, table, layout):
        return False
    rows = _rows(table, layout, scales)
    if _number_themselves(con, table, layout):
        rows = f"SELECT said::INTEGER AS client, measure, moment, score FROM ({rows})"
    else:
        rows = f"SELECT client, measure, moment, score FROM ({rows}) JOIN numbered USING (said)"
    con.execute(f"CREATE TABLE read AS {rows}")
    ((wrong,),) = con.sql(f"SELECT count(*) FROM read WHERE {_unusable(table, layout, scales)}").fetchall()
    if wrong:
        con.execute("DROP TABLE read")
        return False
    con.execute("CREATE TABLE clients AS SELECT client::BIGINT AS client, said::VARCHAR AS name FROM numbered")
    return True


def _unusable(table: Table, layout: Layout, scales: dict[str, Scale]) -> str:
    """Return SQL for a row of `read` with a number that cannot be used."""
    beyond = [
        f"(measure = {place} AND score NOT BETWEEN {scale.low!r} AND {scale.high!r})"
        for place, scale in enumerate(scales.values())
        if scale.low is not None and scale.high is not None
    ]
    wide = {"DOUBLE", "BIGINT"}
    if table.kinds[layout.moment] in wide:
        beyond.append(f"abs(moment) > {LARGEST}")
    if wide & {table.kinds[place] for place in _scores(layout)}:
        beyond.append(f"abs(score) > {LARGEST}")
    return " OR ".join(["moment IS NULL", *beyond])


def _scores(layout: Layout) -> list[int]:
    return list(layout.items.values()) if layout.score is None else [layout.score]


def _of_kinds(table: Table, layout: Layout) -> bool:
    """Say whether each column is of a kind that leaves nothing to be understood."""
    if not table.kinds:
        return False
    moment = table.kinds[layout.moment]
    if not (moment in NUMBERS if layout.time == "day" else moment == "DATE" or moment.startswith("TIMESTAMP")):
        return False
    measure_is_a_name = layout.measure is None or table.kinds[layout.measure] == "VARCHAR"
    return (
        measure_is_a_name
        and table.kinds[layout.client] in NAMES
        and all(table.kinds[place] in NUMBERS for place in _scores(layout))
    )


def _named_well(con: duckdb.DuckDBPyConnection, table: Table, layout: Layout) -> bool:
    """Make `numbered`, the clients; False if a name is missing or has to be put right."""
    if (
        layout.measure is not None
        and con.sql("SELECT 1 FROM named WHERE said <> measure OR said = '' LIMIT 1").fetchall()
    ):
        return False
    con.execute(f"CREATE OR REPLACE TEMP TABLE numbered AS SELECT DISTINCT c{layout.client} AS said FROM {table.as_is}")
    ((wrong,),) = con.sql(
        f"""SELECT count(*) FROM (SELECT said::VARCHAR AS name FROM numbered)
            WHERE name IS NULL OR name = '' OR name <> {clean("name")}"""
    ).fetchall()
    return not wrong


def _number_themselves(con: duckdb.DuckDBPyConnection, table: Table, layout: Layout) -> bool:
    """Give clients their numbers, and say whether those are their names: whole numbers without large gaps.

    Then nothing has to be looked up, and the rows stay in the order of the file. Others are numbered in that order.
    """
    if table.kinds[layout.client] in WHOLE:
        ((near,),) = con.sql(f"SELECT min(said) >= 0 AND max(said) < {GAPS} * count(*) FROM numbered").fetchall()
        if near:
            con.execute("CREATE OR REPLACE TEMP TABLE numbered AS SELECT said::INTEGER AS client, said FROM numbered")
            return True
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE numbered AS SELECT (row_number() OVER (ORDER BY row))::INTEGER AS client, said
            FROM (SELECT c{layout.client} AS said, min(row) AS row FROM {table.as_is} GROUP BY said)"""
    )
    return False


def _rows(table: Table, layout: Layout, scales: dict[str, Scale]) -> str:
    """Return SQL for every score of the file: who, as it was said; measure, moment and score as numbers."""
    moment = f"c{layout.moment}"
    if layout.time == "date":
        day = f"CAST({moment} AS DATE)"
        in_range = f"year({day}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
        moment = f"CASE WHEN {in_range} THEN date_diff('day', DATE '1970-01-01', {day})::INTEGER END"
    client = f"c{layout.client} AS said, {moment} AS moment"
    if layout.items:
        return " UNION ALL ".join(
            f"SELECT {client}, {number}::UTINYINT AS measure, {_score(table, place)} AS score FROM {table.as_is}"
            for number, place in enumerate(layout.items.values())
        )
    cases = " ".join(f"WHEN {quoted_sql(name)} THEN {number}" for number, name in enumerate(scales))
    return (
        f"SELECT {client}, (CASE c{layout.measure} {cases} END)::UTINYINT AS measure, "
        f"{_score(table, layout.score)} AS score FROM {table.as_is}"
    )


def _score(table: Table, place: int | None) -> str:
    cell = f"c{place}"
    is_double = place is not None and table.kinds[place] == "DOUBLE"
    return f"CASE WHEN NOT isnan({cell}) THEN {cell} END" if is_double else cell
