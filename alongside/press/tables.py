"""Writes CSV tables that a spreadsheet opens as numbers and words, never as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

type Value = str | int | float | None

RUNS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # the wide ones run where Japanese or Chinese is written
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Write a table as CSV: commas, quotes where needed, a line feed after every row.

    A text that a spreadsheet could run as a formula is given an apostrophe in front, unless it is a number.

    Parameters
    ----------
    columns
        The heading of each column.
    rows
        The rows. None leaves a cell empty; a float is written so that reading it gives the same float.

    Returns
    -------
    The table as text, to be saved as UTF-8.

    Raises
    ------
    ValueError
        A row is longer or shorter than the headings.

    Examples
    --------
    >>> print(csv_text(["measure", "change"], [["=1+1", -2.4], ["-0.5", None]]), end="")
    measure,change
    '=1+1,-2.4
    -0.5,
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe(column) for column in columns])
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"A row has {len(row)} cells under {len(columns)} headings.")
        writer.writerow([_safe(value) for value in row])
    return out.getvalue()


def _safe(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return repr(float(value)) if isinstance(value, float) else str(int(value))
    text = re.sub("\r\n?", "\n", value)  # a lone \r is a line end that Python 3.12 leaves unquoted
    return f"'{text}" if text.startswith(RUNS) and not NUMBER.fullmatch(text) else text
