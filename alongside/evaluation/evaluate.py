"""From a file to results: reads, checks, summarises, treats for disclosure, and says what was found."""

from collections.abc import Callable
from dataclasses import dataclass
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
from alongside.evaluation.reading import (
    described,
    first_of,
    instrument_of,
    listed_people,
    questions,
    reasons,
    scales_of,
)
from alongside.evaluation.results import FORMAT, Measure, Publication, Results
from alongside.evaluation.satisfaction import satisfaction
from alongside.evaluation.source import Source, look_at
from alongside.evaluation.table import MEMORY_LIMIT, Table, engine, load
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
    instrument = instrument_of(options)
    tell("Reading the file")
    source = look_at(path, max_bytes=options.max_bytes)
    table = load(con, source, "forms")
    layout = read_layout(table, source, options, instrument)
    tell("Checking every row")
    checks.unfold(con, table, layout)
    measures = checks.measures_in(con, source, layout)
    items = questions(measures, source, instrument)
    scales = scales_of(measures, source, options, instrument, items)
    problems, writing = checks.check(con, table, layout, scales)
    if problems and not options.lenient:
        raise BadInput(first_of(problems, source))
    checks.keep(con, layout, without={problem.row for problem in problems})
    if not con.sql("SELECT 1 FROM answers LIMIT 1").fetchall():
        raise BadInput(f"{source.name} has no score that can be used; fill in the scores and save it again.")
    tell("Counting people")
    listed = listed_people(con, attributes_path, options)
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
        file=described(con, options, source, table, layout, problems, writing),
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
    wrong = reasons(problems)
    rows = con.sql(f"SELECT * FROM {table.name} WHERE row IN (SELECT row FROM bad) ORDER BY row").fetchall()
    return (("row", "reason", *table.columns), *((row, wrong[row], *cells) for row, *cells in rows))
