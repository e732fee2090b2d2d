"""The results of `evaluate --engine`: what can be said of a table when only sums leave the engine that holds it."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

import alongside
from alongside.evaluation.attributes import names_of
from alongside.evaluation.engines import TableSums, client_sums, engine_of
from alongside.evaluation.evaluate import NOT_FOR_PUBLICATION
from alongside.evaluation.modelling import Known, as_numbers, fit_line, in_model
from alongside.evaluation.opening import Tell
from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput, WrongUse, quoted
from alongside.evaluation.results import Level, Publication
from alongside.evaluation.summarise import count_improved, of_level
from alongside.evaluation.trajectories import Answering
from alongside.outcomes.change import Improved, PairedChange, paired
from alongside.outcomes.descriptive import Summary, summary
from alongside.outcomes.disclosure import Count, DetailCount, SettingKind
from alongside.outcomes.scales import Scale
from alongside.outcomes.trajectory.model import Trajectory

FORMAT = "alongside-engine-results-1"
WITH_SUMS = {"ranges", "better", "improved_by", "model", "method", "by", "covariates"}


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure of the table: each part is what it is in `results.json`."""

    label: str
    """Its name for readers."""
    range: Annotated[tuple[float, float] | None, SettingKind()]
    """Lowest and highest possible score; null when not stated."""
    better: str | None
    """`lower` or `higher`; null when not stated."""
    clients: Count
    """People with an answer."""
    forms: Count
    """Answers."""
    unanswered: DetailCount
    """Rows without a score."""
    first: Summary
    """Everybody's first answer."""
    last: Summary
    """Everybody's last answer (the same as the first for those who answered once)."""
    paired: PairedChange
    """First against last, for those who answered twice or more."""
    improved: Improved
    """How many improved, by the printed rule."""
    by: dict[str, tuple[Level, ...]]
    """The same by group, for each attribute asked for."""
    trajectory: Trajectory
    """A mixed model of all scores over days, told of the first attribute to compare by; without mean lines."""
    everybody: Trajectory
    """The same without groups."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """All that `evaluate --engine` prints."""

    format: str
    """The version of this shape."""
    alongside: str
    """The version of the software."""
    publication: Publication
    """Whether the figures may be published: these are exact, so they may not."""
    engine: str
    """The engine that made the sums, without its address."""
    table: str
    """The table they are of."""
    measures: dict[str, Measure]
    """Each measure, by the name the table gives it."""


def evaluate(engine: str, table: str, *, options: Options, tell: Tell) -> Results:
    """Evaluate a table in the engine that holds it.

    Parameters
    ----------
    engine, table : as for `engines.client_sums`
    options : what the person running it said
    tell : called with a few words at each stage

    Raises
    ------
    BadInput, MachineLacks : as for `engines.client_sums`; or a score is outside its range
    WrongUse : an option needs every score, or names a measure that is not in the table
    """
    name = engine_of(engine)
    _refuse_what_needs_rows(options)
    tell(f"Adding up in {name}")
    columns = tuple(dict.fromkeys([*options.by, *options.covariates]))
    found = client_sums(engine, table, columns)
    strangers = sorted(options.measures_named - set(found))
    if strangers:
        there = ", ".join(quoted(measure) for measure in list(found)[:12])
        raise WrongUse(f"{quoted(table)} has no measure {quoted(strangers[0])}; it has {there}.")
    tell("Fitting lines over time")
    levels = {column: _levels(found, column) for column in options.by}
    known = _known(found, options, levels)
    return Results(
        format=FORMAT,
        alongside=alongside.__version__,
        publication=Publication(profile=None, heading=NOT_FOR_PUBLICATION, rule=None),
        engine=name,
        table=table,
        measures={
            measure: _measure(_scale(measure, options), part, options, known[measure], levels)
            for measure, part in found.items()
        },
    )


def as_json(results: Results) -> str:
    """Return the results as they are printed."""
    return json.dumps(dataclasses.asdict(results), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _refuse_what_needs_rows(options: Options) -> None:
    for field, default in vars(Options()).items():
        if field not in WITH_SUMS and getattr(options, field) != default:
            option = "--max-size" if field == "max_bytes" else f"--{field.replace('_', '-')}"
            raise WrongUse(f"{option} goes with a file of scores; with --engine only sums are here. Leave it out.")


def _scale(measure: str, options: Options) -> Scale:
    low, high = options.ranges.get(measure, (None, None))
    better = options.better.get(measure)
    return Scale(
        key=measure,
        label=measure,
        low=low,
        high=high,
        lower_is_better=None if better is None else better == "lower",
        improved_by=options.improved_by.get(measure),
        improved_by_source="stated for this report",
    )


def _levels(found: Mapping[str, TableSums], column: str) -> dict[str, str]:
    """Return what each value of an attribute is called, as in a file."""
    return names_of(column, sorted({value for part in found.values() for value in part.known[column].tolist()}))


def _known(
    found: Mapping[str, TableSums], options: Options, levels: Mapping[str, Mapping[str, str]]
) -> dict[str, Known]:
    """Return what is known of each measure's clients, in order. All clients say whether a covariate is a number."""
    ends = np.cumsum([len(part.ends.client) for part in found.values()])[:-1]

    def everybody(column: str) -> NDArray[np.object_]:
        return np.concatenate([part.known[column] for part in found.values()])

    groups = {
        column: np.split(np.array([named[value] for value in everybody(column).tolist()]), ends)
        for column, named in levels.items()
    }
    covariates = {column: np.split(as_numbers(everybody(column)), ends) for column in options.covariates}
    return {
        measure: Known(
            groups={column: parts[place] for column, parts in groups.items()},
            covariates={column: parts[place] for column, parts in covariates.items()},
        )
        for place, measure in enumerate(found)
    }


def _measure(
    scale: Scale, found: TableSums, options: Options, known: Known, levels: Mapping[str, Mapping[str, str]]
) -> Measure:
    if (scale.low is not None and found.lowest < scale.low) or (scale.high is not None and found.highest > scale.high):
        raise BadInput(
            f"{quoted(scale.key)} has scores from {found.lowest:.15g} to {found.highest:.15g}, outside "
            f"{scale.low:.15g} to {scale.high:.15g}; correct them, or the range."
        )
    ends = found.ends
    asked, of_model = in_model(Answering(ends.client, found.sums), known)
    both = ends.first[ends.twice], ends.last[ends.twice]
    return Measure(
        label=scale.label,
        range=None if scale.low is None or scale.high is None else (scale.low, scale.high),
        better=scale.better,
        clients=len(ends.client),
        forms=int(found.sums.n.sum()),
        unanswered=found.unanswered,
        first=summary(ends.first),
        last=summary(ends.last),
        paired=paired(*both),
        improved=count_improved(*both, scale, scale.improved_by, len(ends.client)),
        by={
            column: tuple(
                of_level(ends, level, np.flatnonzero(known.groups[column] == level), scale, whole=False)
                for level in dict.fromkeys(named.values())
            )
            for column, named in levels.items()
        },
        trajectory=fit_line(asked, options, of_model, None),
        everybody=fit_line(asked, options, replace(of_model, groups={}), None),
    )
