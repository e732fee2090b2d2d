"""The log of decisions as a table."""

from collections.abc import Iterable

from alongside.moderation.queries import Line
from alongside.press.tables import csv_text

COLUMNS = ("day", "guideline_version", "clause", "decided", "times")


def table(lines: Iterable[Line]) -> str:
    """As CSV; it names no note and nobody."""
    return csv_text(
        COLUMNS, [(line.day.isoformat(), line.version, line.clause, line.did, line.times) for line in lines]
    )
