"""How a file writes its numbers and dates, worked out from the whole column before any cell is read."""

from dataclasses import dataclass

import duckdb

NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
COMMA_NUMBER = r"[+-]?\d*,\d+"
THOUSANDS = r"[+-]?\d{1,3}(,\d{3})+"
LARGEST = 1e15

# a pattern, how DuckDB reads it, and how a person would say it
YEAR_FIRST = (r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ].*)?", "%Y-%m-%d", "year-month-day")
DAY_FIRST = (r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}( .*)?", "%d-%m-%Y", "day/month/year")
DATES = (YEAR_FIRST, DAY_FIRST)
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, kw_only=True)
class DateForm:
    """The one way a file writes dates, with the first row that does so."""

    pattern: str
    reading: str
    said: str
    row: int


def decimal_comma(con: duckdb.DuckDBPyConnection, cells: str) -> bool:
    """Say whether the numbers in `SELECT cell` are written with a decimal comma throughout.

    A comma counts as decimal when no cell has a point and not every comma could part thousands.
    """
    commas, thousands, points = con.sql(
        f"""SELECT count(*) FILTER (regexp_full_match(cell, '{COMMA_NUMBER}')),
                   count(*) FILTER (regexp_full_match(cell, '{THOUSANDS}')),
                   count(*) FILTER (contains(cell, '.') AND regexp_full_match(cell, '{NUMBER}'))
            FROM ({cells})"""
    ).fetchall()[0]
    return bool(commas and not points and thousands < commas)


def number(cell: str, *, comma: bool) -> str:
    """Return SQL that reads a cell as a number, null when it is none or not finite."""
    text = f"replace({cell}, '−', '-')"
    if comma:
        text = f"replace({text}, ',', '.')"
    read = f"TRY_CAST({text} AS DOUBLE)"
    return f"CASE WHEN regexp_full_match({text}, '{NUMBER}') AND abs({read}) <= {LARGEST} THEN {read} END"


def date_form(con: duckdb.DuckDBPyConnection, cells: str) -> DateForm | None:
    """Return how most of `SELECT row, cell` write dates (on a tie, the first), or None when none is a date."""
    found = []
    for pattern, reading, said in DATES:
        count, row = con.sql(
            f"SELECT count(*), min(row) FROM ({cells}) WHERE regexp_full_match(cell, '{pattern}')"
        ).fetchall()[0]
        if count:
            found.append((count, -row, DateForm(pattern=pattern, reading=reading, said=said, row=row)))
    return max(found, key=lambda form: form[:2])[2] if found else None


def date(cell: str, form: DateForm) -> str:
    """Return SQL that reads a cell as days since 1970, null when it is not a date of this form."""
    day = f"translate(string_split(replace({cell}, 'T', ' '), ' ')[1], '/.', '--')"
    read = f"CAST(TRY_STRPTIME({day}, '{form.reading}') AS DATE)"
    in_range = f"year({read}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
    matches = f"regexp_full_match({cell}, '{form.pattern}')"
    return f"CASE WHEN {matches} AND {in_range} THEN CAST(date_diff('day', DATE '1970-01-01', {read}) AS DOUBLE) END"
