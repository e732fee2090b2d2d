"""Opens a file of scores: reads it, works out what is what, and checks every row."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from alongside.evaluation import checks
from alongside.evaluation.layout import Layout, read_layout
from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput, Problem
from alongside.evaluation.reading import fingerprint, first_of, instrument_of, questions, reasons, scales_of
from alongside.evaluation.results import File, Rejected
from alongside.evaluation.source import Source, look_at
from alongside.evaluation.table import Table, load
from alongside.instruments.schema import Instrument, Item
from alongside.outcomes.scales import Scale

type Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Forms:
    """A file of scores that was read and checked, and what is known of its measures.

    The engine holds `answers`, `people`, `clients` and `unanswered`.
    """

    source: Source
    table: Table
    layout: Layout
    instrument: Instrument | None
    items: dict[str, Item]
    scales: dict[str, Scale]
    problems: list[Problem]
    writing: checks.Writing

    @property
    def where(self) -> tuple[Source, Table, Layout]:
        """The file, its table, and which column is what: where an attribute may stand."""
        return self.source, self.table, self.layout

    @property
    def places(self) -> dict[str, int]:
        """Each measure's number in `answers`."""
        return {measure: place for place, measure in enumerate(self.scales)}


def open_forms(
    con: duckdb.DuckDBPyConnection, path: Path, options: Options, tell: Tell, *, is_earlier: bool = False
) -> Forms:
    """Read a file of scores into the engine.

    Parameters
    ----------
    con : engine
    path, options : the file, and what the person running it said
    tell : called with a few words at each stage
    is_earlier : whether it is an earlier report's file, which may lack measures that the options name

    Raises
    ------
    BadInput : the file cannot be used as it is
    WrongUse : an option does not fit the file
    """
    instrument = instrument_of(options)
    tell("Reading the file")
    source = look_at(path, max_bytes=options.max_bytes)
    table = load(con, source, "forms")
    layout = read_layout(table, source, options, instrument)
    tell("Checking every row")
    checks.unfold(con, table, layout)
    measures = checks.measures_in(con, source, layout)
    items = questions(measures, source, instrument)
    if is_earlier:
        ranges = {name: ends for name, ends in options.ranges.items() if name in measures}
        options = replace(options, ranges=ranges, better={}, improved_by={})
    scales = scales_of(measures, source, options, instrument, items)
    return check_forms(con, options, source, table, layout, scales, instrument=instrument, items=items)


def check_forms(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    source: Source,
    table: Table,
    layout: Layout,
    scales: dict[str, Scale],
    *,
    instrument: Instrument | None,
    items: dict[str, Item],
) -> Forms:
    """Check every row of a table whose cells stand in the engine.

    Raises
    ------
    BadInput : a row cannot be used and was not to be set aside, or none can
    """
    problems, writing = checks.check(con, table, layout, scales)
    if problems and not options.lenient:
        raise BadInput(first_of(problems, source))
    checks.keep(con, layout, without={problem.row for problem in problems})
    if not con.sql("SELECT 1 FROM answers LIMIT 1").fetchall():
        raise BadInput(f"{source.name} has no score that can be used; fill in the scores and save it again.")
    return Forms(
        source=source,
        table=table,
        layout=layout,
        instrument=instrument,
        items=items,
        scales=scales,
        problems=problems,
        writing=writing,
    )


def described(con: duckdb.DuckDBPyConnection, options: Options, forms: Forms) -> File:
    """Return what is said of the file itself: how it was read, how many rows, and which were set aside."""
    source, table, layout = forms.where
    dates = forms.writing.dates
    wrong = reasons(forms.problems)
    private = options.publish is None
    rows, scores, unanswered = con.sql(
        f"""SELECT (SELECT count(*) FROM {table.name}), (SELECT count(*) FROM answers),
            (SELECT coalesce(sum(n), 0) FROM unanswered)"""
    ).fetchall()[0]
    return File(
        name=source.name,
        sha256=fingerprint(source.path) if private else None,
        layout="wide" if layout.items else "long",
        time=layout.time,
        date_format=dates.said if dates else None,
        rows=rows,
        blank_rows=table.blank_rows,
        rejected_rows=len(wrong),
        rejected=tuple(Rejected(row=row, reason=why) for row, why in wrong.items()) if private else (),
        scores=scores,
        unanswered=int(unanswered),
    )
