r"""What stands in one cell of a table, out and back.

A text that a spreadsheet could run as a formula, or that is the word `declined` itself, has an apostrophe in front,
which is taken away when it is read back. Several choices stand in one cell with semicolons between.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from alongside.instruments.exchange.answered import Unfit
from alongside.instruments.marks import shown

type Cell = str | float | None

DECLINED = "declined"
RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones run where Japanese or Chinese is written
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def guarded(text: str) -> str:
    """Make a text safe to stand in a cell.

    Parameters
    ----------
    text
        What was said.

    Returns
    -------
    str
        The text, with an apostrophe in front where it needs one.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Declined"), guarded("I sleep better")
    ("'=1+1", "'Declined", 'I sleep better')
    """
    return f"'{text}" if _needs_guard(text) else text


def unguarded(cell: str) -> str:
    """Take away what `guarded` put in front.

    Parameters
    ----------
    cell
        A cell.

    Returns
    -------
    str
        What was said.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis better"), unguarded(guarded("'=1+1"))
    ('=1+1', "'tis better", "'=1+1")
    """
    return cell[1:] if cell.startswith("'") and _needs_guard(cell) else cell


def joined(choices: Iterable[str]) -> str:
    """Write several choices in one cell.

    Parameters
    ----------
    choices
        The choices.

    Returns
    -------
    str
        With semicolons between; one that has a semicolon or a quotation mark stands in quotation marks.

    Examples
    --------
    >>> joined(["a friend", "home; garden"])
    'a friend;"home; garden"'
    """
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow(list(choices))
    return out.getvalue()


def parted(cell: str) -> tuple[str, ...]:
    """Read several choices from one cell.

    Parameters
    ----------
    cell
        As `joined` writes it; spaces after a semicolon do not matter.

    Returns
    -------
    tuple of str
        The choices.

    Raises
    ------
    Unfit
        If a quotation mark is out of place.

    Examples
    --------
    >>> parted('a friend; "home; garden"')
    ('a friend', 'home; garden')
    """
    try:
        rows = list(csv.reader(io.StringIO(cell), delimiter=";", skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise Unfit("a quotation mark is out of place; put choices apart with semicolons.") from error
    return tuple(part for row in rows for part in row)


def moment(cell: str) -> datetime:
    """Read when something was answered.

    Parameters
    ----------
    cell
        A day, which is read as its midnight in UTC, or a time with its zone.

    Returns
    -------
    datetime
        With its time zone.

    Raises
    ------
    Unfit
        If it is neither.

    Examples
    --------
    >>> moment("2026-11-22").isoformat(), moment("2026-11-22T10:15:00Z").hour
    ('2026-11-22T00:00:00+00:00', 10)
    """
    said = cell.strip()
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        found = None
    if found is not None and DAY.fullmatch(said):
        return found.replace(tzinfo=UTC)
    if found is None or found.utcoffset() is None:
        raise Unfit(
            f"the date “{shown(said)}” is neither a day such as 2026-11-22 "
            "nor a time with its zone such as 2026-11-22T10:15:00+00:00; correct it."
        )
    return found


def _needs_guard(text: str) -> bool:
    bare = text.lstrip("'")
    return bare.startswith(("\t", "\n")) or bare.lstrip().startswith(RUNS) or bare.strip().lower() == DECLINED
