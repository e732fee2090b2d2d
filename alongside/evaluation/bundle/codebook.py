"""What each column and each measure of the bundle is."""

from collections.abc import Iterator
from decimal import Decimal

from alongside.evaluation.attributes import NOT_RECORDED
from alongside.evaluation.bundle.rows import Cell, Rows
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.options import Options

COLUMNS = (
    *("file", "column", "measure", "label", "what", "kind", "values"),
    *("lowest", "highest", "better", "improved_by", "decimals", "n", "missing", "source"),
)


def codebook(evaluation: Evaluation, rows: Rows, options: Options) -> Iterator[tuple[Cell, ...]]:
    """Return a row for each column of the tables, and for each measure under `score`."""
    people, scores = len(rows.clients), len(rows.scores)
    both = f"A person, under a code drawn by chance: the same in every file, up to {rows.clients[-1]}"
    yield _line("rows.csv", "client", both, kind="code", n=scores, missing=0)
    yield _line("rows.csv", "day", "Days since the person’s own first form", kind="number", n=scores, missing=0)
    yield _line("rows.csv", "measure", "What was scored", kind="words", n=scores, missing=0)
    decimals = _decimals(rows)
    for name, scale in evaluation.scales.items():
        found = evaluation.results.measures[name]
        yield _line(
            "rows.csv",
            "score",
            "A score. Missing: times left without an answer; they have no row",
            measure=name,
            label=scale.label,
            kind="number",
            lowest=scale.low,
            highest=scale.high,
            better=scale.better,
            improved_by=scale.improved_by,
            decimals=decimals.get(name, 0),
            n=found.forms,
            missing=found.unanswered,
            source=_source(evaluation, name, options),
        )
    yield _line("people.csv", "client", both, kind="code", n=people, missing=0)
    for column, cells in rows.attributes.items():
        words = sorted({cell for cell in cells if isinstance(cell, str)})
        missing = sum(cell in {None, NOT_RECORDED} for cell in cells)
        yield _line(
            "people.csv",
            column,
            _used(column, rows, options),
            kind="words" if words else "number",
            values="; ".join(words),
            n=people - missing,
            missing=missing,
        )
    yield from _of_lines(rows)


LINES = {
    "start": "Score on day 0 of a person’s own line: that of people like them, and their departure from it",
    "start_error": "Standard error of that departure, the variances being taken as known",
    "per_100_days": "Change of that line in 100 days",
    "per_100_days_error": "Standard error of that departure; empty where everybody shares one pace",
}


def _of_lines(rows: Rows) -> Iterator[tuple[Cell, ...]]:
    if not rows.lines:
        return
    file, n = "lines_of_people.csv", len(rows.lines)
    yield _line(file, "client", "The same code", kind="code", n=n, missing=0)
    yield _line(file, "measure", "What was scored", kind="words", n=n, missing=0)
    for place, (column, what) in enumerate(LINES.items(), start=2):
        missing = sum(line[place] is None for line in rows.lines)
        yield _line(file, column, what, kind="number", n=n - missing, missing=missing)


def _line(file: str, column: str, what: str, **known: Cell) -> tuple[Cell, ...]:
    line: dict[str, Cell] = {"file": file, "column": column, "what": what, **known}
    return tuple(line.get(name) for name in COLUMNS)


def _source(evaluation: Evaluation, name: str, options: Options) -> str:
    instrument = evaluation.instrument
    if instrument and name in evaluation.items:
        corrected = "; improved_by stated for this report" if name in options.improved_by else ""
        return f"{instrument.name}, version {instrument.version}{corrected}"
    return "stated for this report" if name in options.measures_named else "not stated"


def _used(column: str, rows: Rows, options: Options) -> str:
    by = column in options.by
    covariate = column in rows.covariates.values()
    if by and covariate:
        return "Compared by, and a covariate"
    return "Compared by" if by else "A covariate"


def _decimals(rows: Rows) -> dict[str, int]:
    """Return the most decimals that any score of each measure has."""
    distinct = {(measure, score) for _, _, measure, score in rows.scores}
    found: dict[str, int] = {}
    for measure, score in distinct:
        exponent = Decimal(repr(score)).as_tuple().exponent
        found[measure] = max(found.get(measure, 0), -exponent if isinstance(exponent, int) else 0)
    return found
