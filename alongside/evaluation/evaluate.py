"""From a file to results: reads, checks, summarises, treats for disclosure, and says what was found."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

import alongside
from alongside.evaluation import attributes, checks, modelling, saying, summarise
from alongside.evaluation.bundle.rows import Rows, without_names
from alongside.evaluation.layout import Layout, read_layout
from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput, MachineLacks, Problem, WrongUse, quoted
from alongside.evaluation.publish import published, shown_under
from alongside.evaluation.results import FORMAT, File, Measure, Publication, Rejected, Results
from alongside.evaluation.satisfaction import satisfaction
from alongside.evaluation.source import Source, look_at
from alongside.evaluation.table import MEMORY_LIMIT, Table, engine, load
from alongside.instruments import loader
from alongside.instruments.schema import Instrument, Item
from alongside.outcomes.disclosure import PROFILES
from alongside.outcomes.scales import Scale

NOT_FOR_PUBLICATION = "May point at people: not for publication"

type Tell = Callable[[str], None]
type Groups = dict[str, dict[str, NDArray[np.int64]]]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Results ready to show, with what was known of the measures.

    `changes` (each person's) and `rejected` (rows) stay inside the organisation: both are empty when the
    results are treated for publication. So do `rows`, which are kept for an evaluator when they are asked for.
    """

    results: Results
    scales: dict[str, Scale]
    instrument: Instrument | None
    items: dict[str, Item]
    changes: tuple[tuple[str, str, float, float, float, float, float], ...]
    rejected: tuple[tuple[str | int, ...], ...]
    rows: Rows | None = None


def evaluate(path: Path, *, attributes_path: Path | None, options: Options, tell: Tell) -> Evaluation:
    """Evaluate a file of scores.

    Parameters
    ----------
    path : CSV, XLSX or Parquet
    attributes_path : a second file with one row for each client, or None
    options : what the person running it said
    tell : called with a few words at each stage

    Raises
    ------
    BadInput : the file cannot be used as it is
    WrongUse : an option does not fit the file
    MachineLacks : the file is too large for the engine's memory
    """
    try:
        return _evaluate(engine(), path, attributes_path, options, tell)
    except duckdb.OutOfMemoryException as error:
        name = quoted(path.name)[1:-1]
        raise MachineLacks(f"{name} needs more than {MEMORY_LIMIT} of memory; make a report for part of it.") from error


def _evaluate(
    con: duckdb.DuckDBPyConnection, path: Path, attributes_path: Path | None, options: Options, tell: Tell
) -> Evaluation:
    instrument = _instrument(options)
    tell("Reading the file")
    source = look_at(path, max_bytes=options.max_bytes)
    table = load(con, source, "forms")
    layout = read_layout(table, source, options, instrument)
    tell("Checking every row")
    checks.unfold(con, table, layout)
    measures = checks.measures_in(con, source, layout)
    items = _items(measures, source, instrument)
    scales = _scales(measures, source, options, instrument, items)
    problems, writing = checks.check(con, table, layout, scales)
    if problems and not options.lenient:
        raise BadInput(_first_of(problems, source))
    checks.keep(con, layout, without={problem.row for problem in problems})
    if not con.sql("SELECT 1 FROM answers LIMIT 1").fetchall():
        raise BadInput(f"{source.name} has no score that can be used; fill in the scores and save it again.")
    tell("Counting people")
    listed = _listed(con, attributes_path, options)
    groups = _groups(con, options, forms=(source, table, layout), listed=listed)
    told = modelling.known(con, options, groups, forms=(source, table, layout), listed=listed)
    exact = _results(
        con, options, source, table, layout, scales, instrument, items, groups, told, problems, writing, tell
    )
    results = published(exact, PROFILES[options.publish]) if options.publish else exact
    private = options.publish is None
    return Evaluation(
        results=saying.with_words(results, items),
        scales=scales,
        instrument=instrument,
        items=items,
        changes=_changes(con, scales) if private else (),
        rejected=_rejected(con, table, problems) if private else (),
        rows=without_names(con, tuple(scales), groups, told.covariates) if private and options.bundle else None,
    )


def _instrument(options: Options) -> Instrument | None:
    try:
        return loader.load(options.instrument) if options.instrument else None
    except loader.UnknownInstrument as error:
        raise WrongUse(str(error)) from error


def _items(measures: tuple[str, ...], source: Source, instrument: Instrument | None) -> dict[str, Item]:
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


def _scales(
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


def _first_of(problems: list[Problem], source: Source) -> str:
    others = len({problem.row for problem in problems}) - 1
    rows = "1 more row has a problem" if others == 1 else f"{others:,} more rows have a problem"
    return f"{source.name}, {problems[0]}{f' ({rows}; --lenient sets them aside)' if others else ''}."


def _listed(con: duckdb.DuckDBPyConnection, path: Path | None, options: Options) -> tuple[Source, Table, int] | None:
    if path is None:
        return None
    source = look_at(path, max_bytes=options.max_bytes)
    table = load(con, source, "listed")
    if table.too_wide:
        raise BadInput(f"{source.name}, {table.too_wide[0]}.")
    return source, table, attributes.add_listed(con, source, table)


def _groups(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    *,
    forms: tuple[Source, Table, Layout],
    listed: tuple[Source, Table, int] | None,
) -> Groups:
    """Return for each attribute asked for its levels, each with the numbers of the clients in it."""
    groups: Groups = {}
    for column in options.by:
        named = attributes.levels(con, column, forms=forms, listed=listed)
        members = con.execute("SELECT client, level FROM levels ORDER BY client").fetchnumpy()
        said = np.array([named[level] for level in members["level"]], dtype=object)
        sizes = {level: int((said == level).sum()) for level in dict.fromkeys(named.values())}
        if options.publish:
            names = shown_under(sizes, PROFILES[options.publish])
            said = np.array([names[level] for level in said], dtype=object)
            sizes = dict.fromkeys(names.values(), 0)
        groups[column] = {level: members["client"][said == level] for level in sizes}
    return groups


def _results(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    source: Source,
    table: Table,
    layout: Layout,
    scales: dict[str, Scale],
    instrument: Instrument | None,
    items: dict[str, Item],
    groups: Groups,
    told: modelling.Known,
    problems: list[Problem],
    writing: checks.Writing,
    tell: Tell,
) -> Results:
    people = summarise.people(con)
    places = {measure: place for place, measure in enumerate(scales)}
    everyone = people.clients if layout.items else None
    measures: dict[str, Measure] = {}
    for measure, place in places.items():
        tell(f"Comparing first and last: {scales[measure].label}")
        shown = instrument.also_shown if instrument and measure in items else ()
        also = tuple(by for by in shown if by != scales[measure].improved_by)
        found, scale = summarise.first_and_last(con, place), scales[measure]
        first = summarise.measure(con, place, scale, found, everyone=everyone, also=also, by=groups)
        tell(f"Fitting lines over time: {scale.label}")
        rest = modelling.beyond(con, place, scale, found, first_to_last=first.paired, options=options, told=told)
        measures[measure] = Measure(**vars(first), **vars(rest))
    keys = {item.key: places[measure] for measure, item in items.items()}
    return Results(
        format=FORMAT,
        alongside=alongside.__version__,
        publication=_publication(options),
        file=_file(con, options, source, table, layout, problems, writing),
        people=people,
        measures=measures,
        outcomes=tuple(
            summarise.outcome(con, outcome, instrument, keys, everyone=people.clients or 0)
            for outcome in (instrument.outcomes if instrument else ())
            if instrument and set(outcome.indicators) <= set(keys)
        ),
        recovery=modelling.recovered(con, _must_improve(places, options, instrument, keys), scales, options),
        satisfaction=tuple(
            satisfaction(con, places[name], item, measure=name, by=groups)
            for name, item in items.items()
            if instrument and item.key in instrument.service_items and not item.lower_is_better
        ),
        findings=(),
        caveats=(),
    )


def _must_improve(
    places: dict[str, int], options: Options, instrument: Instrument | None, keys: dict[str, int]
) -> dict[str, int]:
    """Return the measures that must improve for somebody to have recovered: those named, or the form's own."""
    strangers = [name for name in options.recovered_by if name not in places]
    if strangers:
        raise WrongUse(f"--recovered-by names {quoted(strangers[0])}, but the file has no measure of that name.")
    if options.recovered_by or not instrument or not instrument.outcomes:
        return {name: places[name] for name in options.recovered_by}
    wanted = [keys.get(key) for key in instrument.outcomes[0].indicators]
    return {name: place for name, place in places.items() if place in wanted} if None not in wanted else {}


def _publication(options: Options) -> Publication:
    if options.publish is None:
        return Publication(profile=None, heading=NOT_FOR_PUBLICATION, rule=None)
    profile = PROFILES[options.publish]
    return Publication(
        profile=profile.name, heading=f"Small numbers left out ({profile.name} rule)", rule=profile.sentence
    )


def _file(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    source: Source,
    table: Table,
    layout: Layout,
    problems: list[Problem],
    writing: checks.Writing,
) -> File:
    reasons = _reasons(problems)
    private = options.publish is None
    rows, scores, unanswered = con.sql(
        f"""SELECT (SELECT count(*) FROM {table.name}), (SELECT count(*) FROM answers),
            (SELECT coalesce(sum(n), 0) FROM unanswered)"""
    ).fetchall()[0]
    return File(
        name=source.name,
        sha256=_fingerprint(source.path) if private else None,
        layout="wide" if layout.items else "long",
        time=layout.time,
        date_format=writing.dates.said if writing.dates else None,
        rows=rows,
        blank_rows=table.blank_rows,
        rejected_rows=len(reasons),
        rejected=tuple(Rejected(row=row, reason=why) for row, why in reasons.items()) if private else (),
        scores=scores,
        unanswered=int(unanswered),
    )


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _changes(
    con: duckdb.DuckDBPyConnection, scales: dict[str, Scale]
) -> tuple[tuple[str, str, float, float, float, float, float], ...]:
    names = dict(con.sql("SELECT client, name FROM people").fetchall())
    rows = []
    for place, measure in enumerate(scales):
        found = summarise.first_and_last(con, place)
        rows += [
            (names[client], measure, first_day, first, last_day, last, last - first)
            for client, first_day, first, last_day, last in zip(
                *(getattr(found, name)[found.twice].tolist() for name in found.__dataclass_fields__),
                strict=True,
            )
        ]
    return tuple(rows)


def _rejected(
    con: duckdb.DuckDBPyConnection, table: Table, problems: list[Problem]
) -> tuple[tuple[str | int, ...], ...]:
    """Return the rows set aside: row number, reason, then every cell as it was, under a heading row."""
    if not problems:
        return ()
    reasons = _reasons(problems)
    rows = con.sql(f"SELECT * FROM {table.name} WHERE row IN (SELECT row FROM bad) ORDER BY row").fetchall()
    return (("row", "reason", *table.columns), *((row, reasons[row], *cells) for row, *cells in rows))


def _reasons(problems: list[Problem]) -> dict[int, str]:
    """Return all that is wrong with each row."""
    reasons: dict[int, str] = {}
    for problem in problems:
        said = f"column {problem.column}: {problem.text}"
        reasons[problem.row] = f"{reasons[problem.row]}; {said}" if problem.row in reasons else said
    return reasons
