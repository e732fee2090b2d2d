"""Reading a file of scores with what is known of its measures: shared by every command that takes one."""

import hashlib
from dataclasses import replace
from pathlib import Path

import duckdb

from alongside.evaluation import attributes
from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput, Problem, WrongUse, quoted
from alongside.evaluation.source import Source, look_at
from alongside.evaluation.table import Table, load
from alongside.instruments import loader
from alongside.instruments.schema import Instrument, Item
from alongside.outcomes.scales import Scale


def instrument_of(options: Options) -> Instrument | None:
    """Return the form that the options name; WrongUse if there is none of that name."""
    try:
        return loader.load(options.instrument) if options.instrument else None
    except loader.UnknownInstrument as error:
        raise WrongUse(str(error)) from error


def questions(measures: tuple[str, ...], source: Source, instrument: Instrument | None) -> dict[str, Item]:
    """Return the question that each measure is, for those that are one."""
    if instrument is None:
        return {}
    items: dict[str, Item] = {}
    for measure in measures:
        item = instrument.item_for(measure)
        if item and item in items.values():
            raise BadInput(
                f"{source.name}, column measure: two measures mean question {item.number} ({item.topic}); use one name."
            )
        if item:
            items[measure] = item
    if not items:
        raise WrongUse(f"{source.name} holds no question of {instrument.key}; leave out --instrument.")
    return items


def scales_of(
    measures: tuple[str, ...],
    source: Source,
    options: Options,
    instrument: Instrument | None,
    items: dict[str, Item],
) -> dict[str, Scale]:
    """Say what is known of each measure: the instrument first, then what the options add or correct."""
    strangers = sorted(options.measures_named - set(measures))
    if strangers:
        known = ", ".join(quoted(measure) for measure in measures[:12])
        raise WrongUse(f"{source.name} has no measure {quoted(strangers[0])}; it has {known}.")
    known_already = sorted(set(items) & {*options.ranges, *options.better})
    if instrument and known_already:
        raise WrongUse(
            f"{quoted(known_already[0])} is a question of {instrument.key}, which says its range and direction; "
            "leave out --range, --lower-is-better and --higher-is-better for it."
        )
    scales = {measure: Scale(key=measure, label=measure) for measure in measures}
    if instrument:
        scales |= {measure: instrument.scale(item) for measure, item in items.items()}
    for measure, (low, high) in options.ranges.items():
        scales[measure] = replace(scales[measure], low=low, high=high)
    for measure, better in options.better.items():
        scales[measure] = replace(scales[measure], lower_is_better=better == "lower")
    for measure, by in options.improved_by.items():
        scales[measure] = replace(scales[measure], improved_by=by, improved_by_source="stated for this report")
    return scales


def first_of(problems: list[Problem], source: Source) -> str:
    """Say the first problem of a file, and how many more rows have one."""
    others = len({problem.row for problem in problems}) - 1
    rows = "1 more row has a problem" if others == 1 else f"{others:,} more rows have a problem"
    return f"{source.name}, {problems[0]}{f' ({rows}; --lenient sets them aside)' if others else ''}."


def listed_people(
    con: duckdb.DuckDBPyConnection, path: Path | None, options: Options
) -> tuple[Source, Table, int] | None:
    """Read the list of people, if there is one: the file, its table, and the column that names them."""
    if path is None:
        return None
    source = look_at(path, max_bytes=options.max_bytes)
    table = load(con, source, "listed")
    if table.too_wide:
        raise BadInput(f"{source.name}, {table.too_wide[0]}.")
    return source, table, attributes.add_listed(con, source, table)


def fingerprint(path: Path) -> str:
    """Return a file's SHA-256 fingerprint."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def reasons(problems: list[Problem]) -> dict[int, str]:
    """Return all that is wrong with each row."""
    found: dict[int, str] = {}
    for problem in problems:
        said = f"column {problem.column}: {problem.text}"
        found[problem.row] = f"{found[problem.row]}; {said}" if problem.row in found else said
    return found
