"""Puts a file's rows into the columnar engine, every cell still as it was written."""

import glob
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from alongside.evaluation.problems import BadInput, MachineLacks, Problem, quoted
from alongside.evaluation.source import NumberedRow, Source, in_chunks, rows

MOST_COLUMNS = 1_000
CELLS_A_CHUNK = 200_000
MEMORY_LIMIT = "600MB"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in the engine, named `name`: `row` is the spreadsheet's row, `c0`, `c1`… are the cells as text.

    `columns` are the headings as written; an unnamed column is "" and is not used. Of a Parquet file, the view
    `as_is` has the same columns as the file holds them, and `kinds` says what each is; of others there are none.
    """

    name: str
    columns: tuple[str, ...]
    blank_rows: int
    too_wide: tuple[Problem, ...]
    kinds: tuple[str, ...] = ()

    @property
    def as_is(self) -> str:
        """The view of a Parquet file's own columns."""
        return f"{self.name}_as_is"

    @property
    def quickest(self) -> str:
        """Where the cells stand as they are: the file's own columns, or text where there are no others."""
        return self.as_is if self.kinds else self.name

    def text(self, cell: str, place: int) -> str:
        """Return SQL for the text of a cell of the `quickest` column at a place."""
        return _as_text(cell, self.kinds[place]) if self.kinds else cell

    def find(self, heading: str) -> int | None:
        """Return the place of a column by its heading; capitals and spaces around it do not matter."""
        wanted = plain(heading)
        return next((place for place, name in enumerate(self.columns) if plain(name) == wanted), None)


@contextmanager
def engine(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a private columnar engine for a file, which can reach no network and keeps within its memory.

    What does not fit goes to a folder that only this user can read, and that is gone at the end.

    Raises
    ------
    MachineLacks : the file is too large all the same
    """
    try:
        with tempfile.TemporaryDirectory(prefix="alongside-") as beside, duckdb.connect() as connection:
            connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
            connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
            connection.execute("SET enable_progress_bar = false")  # it would be written to standard output
            connection.execute("SET preserve_insertion_order = true; SET TimeZone = 'UTC'")
            connection.execute(f"SET temp_directory = {quoted_sql(beside)}")
            yield connection
    except duckdb.OutOfMemoryException as error:
        name = quoted(path.name)[1:-1]
        raise MachineLacks(f"{name} needs more than {MEMORY_LIMIT} of memory; use a part of it.") from error


def plain(heading: str) -> str:
    """Return a heading in the form in which headings are compared.

    >>> plain(" Client ")
    'client'
    """
    return unicodedata.normalize("NFC", heading).strip().casefold()


def clean(cell: str) -> str:
    """Return SQL for a cell without spaces around it and with its accents written one way."""
    return f"trim(nfc_normalize(coalesce({cell}, '')), ' \t\r\n\u00a0\u200b\ufeff')"


def quoted_sql(text: str) -> str:
    """Return a text as SQL writes it.

    >>> quoted_sql("Ellery's")
    "'Ellery''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def load(con: duckdb.DuckDBPyConnection, source: Source, name: str) -> Table:
    """Load a file into table `name`.

    Raises
    ------
    BadInput : it cannot be read, has no rows, too many columns, or two columns of one name
    """
    return _load_parquet(con, source, name) if source.kind == "parquet" else _load_rows(con, source, name)


def _load_rows(con: duckdb.DuckDBPyConnection, source: Source, name: str) -> Table:
    numbered = rows(source)
    _, header = next(numbered, (1, []))
    columns = _checked_columns(source, [cell.strip() for cell in header])
    width = len(columns)
    names = [f"c{place}" for place in range(width)]
    con.execute(f"CREATE TABLE {name} (row BIGINT, {', '.join(f'{c} VARCHAR' for c in names)})")
    blank, too_wide = 0, []
    for chunk in in_chunks(numbered, max(1, CELLS_A_CHUNK // width)):
        filled = [(number, cells) for number, cells in chunk if any(map(str.strip, cells))]
        blank += len(chunk) - len(filled)
        too_wide += [_too_wide(row, width) for row in filled if len(row[1]) > width and any(row[1][width:])]
        if filled:
            _insert(con, name, filled, names)
    _refuse_without_rows(con, source, name)
    return Table(name=name, columns=columns, blank_rows=blank, too_wide=tuple(too_wide))


def _insert(con: duckdb.DuckDBPyConnection, name: str, filled: list[NumberedRow], names: list[str]) -> None:
    width = len(names)
    fitted = (cells if len(cells) == width else [*cells, *[""] * width][:width] for _, cells in filled)
    cells = zip(*fitted, strict=True)
    chunk = {column: np.array(values, dtype=object) for column, values in zip(names, cells, strict=True)}
    con.register("chunk", {"row": np.array([number for number, _ in filled], dtype=np.int64), **chunk})
    con.execute(f"INSERT INTO {name} SELECT row, {', '.join(names)} FROM chunk")
    con.unregister("chunk")


def _too_wide(row: NumberedRow, width: int) -> Problem:
    number, cells = row
    text = (
        f"there are {len(cells)} cells, but row 1 names {width} columns; put text that holds a comma in quotation marks"
    )
    return Problem(row=number, column=str(width + 1), text=text)


def _load_parquet(con: duckdb.DuckDBPyConnection, source: Source, name: str) -> Table:
    path = glob.escape(str(source.path))  # the engine would read [1] in a name as a pattern
    file = f"read_parquet({quoted_sql(path)})"
    try:
        described = con.sql(f"DESCRIBE SELECT * FROM {file}").fetchall()
        con.sql(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {file}").fetchall()  # reads all of it, so a hole shows now
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise BadInput(f"{source.name} is damaged and cannot be read as Parquet; write it again.") from error
    columns = _checked_columns(source, [column for column, *_ in described])
    table = Table(name=name, columns=columns, blank_rows=0, too_wide=(), kinds=tuple(kind for _, kind, *_ in described))
    places = ", ".join(f"c{place}" for place in range(len(columns)))
    con.execute(f"CREATE VIEW {table.as_is} AS SELECT row_number() OVER () + 1 AS row, * FROM {file} AS f({places})")
    texts = ", ".join(f"{_as_text(f'c{place}', kind)} AS c{place}" for place, kind in enumerate(table.kinds))
    con.execute(f"CREATE VIEW {name} AS SELECT row, {texts} FROM {table.as_is}")
    _refuse_without_rows(con, source, name)
    return table


def settle(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Turn a Parquet file's cells into text once and for all."""
    con.execute(f"CREATE TABLE settled AS FROM {table.name}")
    con.execute(f"DROP VIEW {table.name}; ALTER TABLE settled RENAME TO {table.name}")


def _as_text(cell: str, kind: str) -> str:
    """Return SQL that writes a Parquet cell as CSV would: 7.0 as "7", NaN as nothing, a moment as its date."""
    if kind in {"FLOAT", "DOUBLE"}:
        cell = f"CASE WHEN NOT isnan({cell}) THEN regexp_replace(CAST({cell} AS VARCHAR), '\\.0$', '') END"
    if kind.startswith("TIMESTAMP"):
        cell = f"CAST({cell} AS DATE)"
    return f"coalesce(CAST({cell} AS VARCHAR), '')"


def _checked_columns(source: Source, columns: list[str]) -> tuple[str, ...]:
    if not any(columns):
        raise BadInput(f"{source.name}, row 1: the column names are missing; write them in the first row.")
    if len(columns) > MOST_COLUMNS:
        raise BadInput(
            f"{source.name}, row 1: there are {len(columns):,} columns, more than {MOST_COLUMNS:,}; "
            "keep the client, the day or date, the scores and what you compare by."
        )
    seen: dict[str, int] = {}
    for place, column in enumerate(columns, start=1):
        if column and (first := seen.setdefault(plain(column), place)) != place:
            raise BadInput(
                f"{source.name}, row 1: columns {first} and {place} are both called {quoted(column)}; "
                "give each column a name of its own."
            )
    return tuple(columns)


def _refuse_without_rows(con: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    if not con.sql(f"SELECT 1 FROM {name} LIMIT 1").fetchall():
        raise BadInput(f"{source.name} has column names but no rows; save the table again with its rows.")
