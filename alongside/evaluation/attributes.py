"""What is known about each client besides scores (gender, age, funder, area), to compare by."""

import re

import duckdb

from alongside.evaluation.layout import Layout
from alongside.evaluation.problems import BadInput, Problem, WrongUse, quoted
from alongside.evaluation.source import Source
from alongside.evaluation.table import Table, clean, plain

MOST_LEVELS = 20
NOT_RECORDED = "not recorded"
AGE_BANDS = ((20, "under 20"), (41, "20 to 40"), (10_000, "over 40"))


def add_listed(con: duckdb.DuckDBPyConnection, source: Source, listed: Table) -> int:
    """Add the people of an attributes file to `clients` and return its client column.

    Raises
    ------
    BadInput : there is no client column, a client is missing, or one stands there twice
    """
    client = listed.find("client")
    if client is None:
        raise BadInput(f"{source.name}, row 1: there is no column “client”; it says whom a row is about.")
    con.execute(f"CREATE TEMP TABLE people_listed AS SELECT row, {clean(f'c{client}')} AS name FROM {listed.name}")
    faults = con.sql(
        """SELECT row, name, first_row FROM people_listed JOIN
           (SELECT name, min(row) AS first_row FROM people_listed GROUP BY name) USING (name)
           WHERE name = '' OR row > first_row ORDER BY row LIMIT 1"""
    ).fetchall()
    if faults:
        row, name, first_row = faults[0]
        text = (
            f"{quoted(name)} already stands in row {first_row}; keep one row for each client"
            if name
            else "the client is missing; write whom the row is about"
        )
        raise BadInput(f"{source.name}, {Problem(row=row, column='client', text=text)}.")
    if not con.sql("SELECT 1 FROM clients WHERE name IN (SELECT name FROM people_listed) LIMIT 1").fetchall():
        raise BadInput(
            f"{source.name}, column client: none of these clients has a form; "
            "write each client the same way in both files (a spreadsheet may have dropped leading zeros)."
        )
    con.execute(
        """INSERT INTO clients SELECT (SELECT coalesce(max(client), 0) FROM clients) + row, name
           FROM people_listed WHERE name NOT IN (SELECT name FROM clients)"""
    )
    return client


def levels(
    con: duckdb.DuckDBPyConnection,
    column: str,
    *,
    forms: tuple[Source, Table, Layout],
    listed: tuple[Source, Table, int] | None,
) -> dict[str, str]:
    """Make the table `levels` for one attribute, and return its levels in order.

    Numbers in a column called age become bands. A client without a value is "not recorded".

    Raises
    ------
    WrongUse : no file has the column, or it has too many different values
    BadInput : a client has two values
    """
    look_up(con, column, forms=forms, listed=listed)
    found = con.sql("SELECT DISTINCT level FROM levels ORDER BY level").fetchall()
    return names_of(column, [level for (level,) in found])


def names_of(column: str, found: list[str]) -> dict[str, str]:
    """Return what each value of an attribute is called, in order; WrongUse if there are too many."""
    named = _bands(found) if plain(column) == "age" else {level: level or NOT_RECORDED for level in found}
    if len(set(named.values())) > MOST_LEVELS:
        raise WrongUse(
            f"--by {quoted(column)}: the column has {len(found):,} different values; "
            f"choose one with at most {MOST_LEVELS}, or put them into bands first."
        )
    return named


def look_up(
    con: duckdb.DuckDBPyConnection,
    column: str,
    *,
    forms: tuple[Source, Table, Layout],
    listed: tuple[Source, Table, int] | None,
) -> None:
    """Make the table `levels` (client, level) for one attribute, each value as it was written, "" if there is none.

    Raises
    ------
    WrongUse : no file has the column
    BadInput : a client has two values
    """
    source, table, client, place = _where(column, forms, listed)
    usable = "row NOT IN (SELECT row FROM bad)" if table is forms[1] else "true"
    known, cells = f"{table.name}_clients", table.quickest
    con.execute(  # names and values are cleaned once each, not once for each row
        f"""CREATE TABLE IF NOT EXISTS {known} AS SELECT client, said FROM
            (SELECT said, {clean(table.text("said", client))} AS name FROM
             (SELECT DISTINCT c{client} AS said FROM {cells})) JOIN clients USING (name)"""
    )
    con.execute(
        f"""CREATE OR REPLACE VIEW pairs AS SELECT known.client, said.level, row FROM {cells}
            JOIN {known} AS known ON c{client} = known.said
            JOIN (SELECT said, {clean(table.text("said", place))} AS level FROM
                  (SELECT DISTINCT c{place} AS said FROM {cells})) AS said ON c{place} = said.said WHERE {usable}"""
    )
    con.execute(
        """CREATE OR REPLACE TABLE levels AS SELECT client, coalesce(level, '') AS level, level <> another AS several
           FROM clients LEFT JOIN (SELECT client, max(level) AS level, min(nullif(level, '')) AS another
           FROM pairs GROUP BY client) USING (client)"""
    )
    _refuse_two_values(con, source, column)


def _where(
    column: str, forms: tuple[Source, Table, Layout], listed: tuple[Source, Table, int] | None
) -> tuple[Source, Table, int, int]:
    source, table, layout = forms
    if listed and (place := listed[1].find(column)) is not None and place != listed[2]:
        return listed[0], listed[1], listed[2], place
    place = next((at for name, at in layout.attributes.items() if plain(name) == plain(column)), None)
    if place is None:
        known = [*layout.attributes, *(name for name in (listed[1].columns if listed else ()) if name)]
        others = [quoted(name) for name in known if plain(name) != "client"]
        choice = f"choose from {', '.join(others[:12])}" if others else "the file has no attribute to compare by"
        raise WrongUse(f"{quoted(column)}: there is no such column to compare by; {choice}.")
    return source, table, layout.client, place


def _refuse_two_values(con: duckdb.DuckDBPyConnection, source: Source, column: str) -> None:
    found = con.sql(
        """SELECT min(row) FROM pairs WHERE level <> '' AND client IN (SELECT client FROM levels WHERE several)
           GROUP BY client, level ORDER BY client, 1 LIMIT 2"""
    ).fetchall()
    if found:
        (first,), (row,) = found
        text = f"this client has another value in row {first}; give each client one, or use --attributes"
        raise BadInput(f"{source.name}, {Problem(row=row, column=quoted(column)[1:-1], text=text)}.")


def _bands(found: list[str]) -> dict[str, str]:
    """Name ages by band, youngest first; anything that is not an age keeps its own words.

    >>> _bands(["", "19", "34.0", "41"])
    {'19': 'under 20', '34.0': '20 to 40', '41': 'over 40', '': 'not recorded'}
    """
    ages = sorted((level for level in found if re.fullmatch(r"\d{1,3}(\.\d*)?", level)), key=float)
    banded = {level: next(band for below, band in AGE_BANDS if float(level) < below) for level in ages}
    return banded | {level: level or NOT_RECORDED for level in found if level not in banded}
