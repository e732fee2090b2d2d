"""From a file to results: reads, checks, summarises, treats for disclosure, and says what was found."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

import alongside
from alongside.evaluation import attributes, judging, modelling, saying, summarise
from alongside.evaluation.bundle.rows import Rows, without_names
from alongside.evaluation.earlier import refuse_too_near
from alongside.evaluation.layout import Layout
from alongside.evaluation.opening import Forms, Tell, described, open_forms
from alongside.evaluation.options import Options
from alongside.evaluation.people_lines import PeoplesLines
from alongside.evaluation.problems import Problem, WrongUse, quoted
from alongside.evaluation.publish import published, shown_under
from alongside.evaluation.reading import (
    listed_people,
    reasons,
)
from alongside.evaluation.results import FORMAT, Measure, Publication, Results
from alongside.evaluation.satisfaction import satisfaction
from alongside.evaluation.scores import Answers, FirstAndLast, first_and_last
from alongside.evaluation.source import Source
from alongside.evaluation.table import Table, engine
from alongside.evaluation.who_answered import people_by
from alongside.instruments.schema import Instrument, Item
from alongside.outcomes.disclosure import PROFILES
from alongside.outcomes.scales import Scale

AT_ONCE = 2  # measures at a time: more would need more memory
NOT_FOR_PUBLICATION = "May point at people: not for publication"

type Groups = dict[str, dict[str, NDArray[np.int64]]]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Results ready to show, with what was known of the measures.

    `ends` (each person's first and last score), `lines` (each person's own), the `names` that their numbers stand for,
    `courses` (the forms of some people, to be drawn) and `rejected` (rows) stay inside the organisation: they are
    empty when the results are treated for publication. So do `rows`, kept for an evaluator when asked for.
    """

    results: Results
    scales: dict[str, Scale]
    instrument: Instrument | None
    items: dict[str, Item]
    ends: Mapping[str, FirstAndLast]
    courses: Mapping[str, tuple[summarise.Course, ...]]
    lines: tuple[PeoplesLines, ...]
    names: Mapping[int, str]
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
    with engine(path) as con:
        return _evaluate(con, path, attributes_path, options, tell)


def _evaluate(
    con: duckdb.DuckDBPyConnection, path: Path, attributes_path: Path | None, options: Options, tell: Tell
) -> Evaluation:
    forms = open_forms(con, path, options, tell)
    tell("Counting people")
    listed = listed_people(con, attributes_path, options)
    if options.earlier:
        tell("Comparing with earlier reports")
        refuse_too_near(con, options, tuple(forms.scales), forms.items, forms=forms.where, listed=listed)
    groups = groups_of(con, options, forms=forms.where, listed=listed)
    told = modelling.known(con, options, groups, forms=forms.where, listed=listed)
    exact, ends = _results(con, options, forms, groups, told, tell)
    results = published(exact, PROFILES[options.publish]) if options.publish else exact
    private = options.publish is None
    names = dict(con.sql("SELECT client, name FROM clients").fetchall()) if private else {}
    lines = _lines(con, forms.scales, options, told) if private else ()
    return Evaluation(
        results=saying.with_words(results, forms.items, reliability=options.reliability),
        scales=forms.scales,
        instrument=forms.instrument,
        items=forms.items,
        ends=ends if private else {},
        courses={name: summarise.courses(con, place) for name, place in forms.places.items()} if private else {},
        lines=lines,
        names=names,
        rejected=_rejected(con, forms.table, forms.problems) if private else (),
        rows=without_names(con, tuple(forms.scales), groups, told.covariates, lines)
        if private and options.bundle
        else None,
    )


def groups_of(
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
        members = con.execute(
            """SELECT client, place FROM levels JOIN (SELECT level, row_number() OVER (ORDER BY level) - 1 AS place
               FROM (SELECT DISTINCT level FROM levels)) USING (level) ORDER BY client"""
        ).fetchnumpy()
        shown = [named[level] for level in sorted(named)]
        sizes = dict.fromkeys(named.values(), 0)
        for place, people in enumerate(np.bincount(members["place"], minlength=len(shown)).tolist()):
            sizes[shown[place]] += people
        if options.publish:
            names = shown_under(sizes, PROFILES[options.publish])
            shown = [names[level] for level in shown]
            sizes = dict.fromkeys(names.values(), 0)
        groups[column] = {
            level: members["client"][np.isin(members["place"], [at for at, name in enumerate(shown) if name == level])]
            for level in sizes
        }
    return groups


def _results(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    forms: Forms,
    groups: Groups,
    told: modelling.Known,
    tell: Tell,
) -> tuple[Results, dict[str, FirstAndLast]]:
    """Return every number, and each person's first and last score on each measure."""
    instrument, items, places = forms.instrument, forms.items, forms.places
    spans, answers = summarise.spans(con), Answers(con)
    rules = judging.judged(con, answers, tuple(places), options)
    people = summarise.people(con)
    everyone = people.clients if forms.layout.items else None

    def compared(measure: str) -> tuple[Measure, FirstAndLast]:
        scale, mine = forms.scales[measure], con.cursor()
        tell(f"Comparing first and last: {scale.label}")
        shown = instrument.also_shown if instrument and measure in items else ()
        also = tuple(by for by in shown if by != scale.improved_by)
        scores = answers.of(places[measure])
        found = first_and_last(scores)
        first = summarise.measure(
            scores,
            found,
            scale,
            unanswered=summarise.unanswered(mine, places[measure]),
            spans=spans,
            everyone=everyone,
            also=also,
            by=groups,
        )
        tell(f"Fitting lines over time: {scale.label}")
        rest = modelling.beyond(
            mine,
            places[measure],
            scale,
            scores,
            found,
            first_to_last=first,
            population_mean=options.population_mean.get(measure),
            options=options,
            told=told,
        )
        return Measure(**vars(first), **vars(rest)), found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        both = dict(zip(forms.scales, pool.map(compared, forms.scales), strict=True))
    measures = {name: measure for name, (measure, _) in both.items()}
    ends = {name: found for name, (_, found) in both.items()}
    keys = {item.key: places[measure] for measure, item in items.items()}
    results = Results(
        format=FORMAT,
        alongside=alongside.__version__,
        publication=publication(options.publish),
        file=described(con, options, forms),
        people=people,
        people_by=people_by(con, groups, told.groups),
        measures=measures,
        outcomes=tuple(
            summarise.outcome(con, outcome, instrument, keys, everyone=people.clients or 0)
            for outcome in (instrument.outcomes if instrument else ())
            if instrument and set(outcome.indicators) <= set(keys)
        ),
        recovery=modelling.recovered(answers, _must_improve(places, options, instrument, keys), forms.scales, options),
        rules=rules,
        satisfaction=tuple(
            satisfaction(ends[name], item, measure=name, by=groups)
            for name, item in items.items()
            if instrument and item.key in instrument.service_items and not item.lower_is_better
        ),
        findings=(),
        caveats=(),
    )
    return results, ends


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


def publication(publish: str | None) -> Publication:
    """Say whether figures may be published: by the rule of this name, or not at all."""
    if publish is None:
        return Publication(profile=None, heading=NOT_FOR_PUBLICATION, rule=None)
    profile = PROFILES[publish]
    return Publication(
        profile=profile.name, heading=f"Small numbers left out ({profile.name} rule)", rule=profile.sentence
    )


def _lines(
    con: duckdb.DuckDBPyConnection, scales: dict[str, Scale], options: Options, told: modelling.Known
) -> tuple[PeoplesLines, ...]:
    found = {measure: modelling.lines_of_people(con, place, options, told) for place, measure in enumerate(scales)}
    return tuple(PeoplesLines(measure, *of) for measure, of in found.items() if of)


def _rejected(
    con: duckdb.DuckDBPyConnection, table: Table, problems: list[Problem]
) -> tuple[tuple[str | int, ...], ...]:
    """Return the rows set aside: row number, reason, then every cell as it was, under a heading row."""
    if not problems:
        return ()
    wrong = reasons(problems)
    rows = con.sql(f"SELECT * FROM {table.name} WHERE row IN (SELECT row FROM bad) ORDER BY row").fetchall()
    return (("row", "reason", *table.columns), *((row, wrong[row], *cells) for row, *cells in rows))
