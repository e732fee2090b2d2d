"""What goes beyond first and last: lines over time, the form nearest to a day, reliable change, who left."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation import attributes
from alongside.evaluation.layout import Layout
from alongside.evaluation.options import Options
from alongside.evaluation.results import Beyond, NearestForm
from alongside.evaluation.source import Source
from alongside.evaluation.summarise import FirstAndLast, first_and_last
from alongside.evaluation.table import Table
from alongside.evaluation.trajectories import Answering, answering
from alongside.outcomes.change import PairedChange, paired
from alongside.outcomes.missing import start_of_those_who_left, tipping_point
from alongside.outcomes.nearest import first_and_nearest
from alongside.outcomes.recovery import Question, Recovery, recovery
from alongside.outcomes.reliable_change import (
    ReliableChange,
    Threshold,
    reliable_change,
    threshold_from_both,
    threshold_from_first,
)
from alongside.outcomes.scales import Scale
from alongside.outcomes.time_to_change import TimeToChange, first_improvement, kaplan_meier
from alongside.outcomes.trajectory.comparing import Checks, checks
from alongside.outcomes.trajectory.model import Trajectory, trajectory

type Rows = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]

STATED = "stated for this report"


@dataclass(frozen=True)
class Known:
    """What models are told of clients; each array has a place for every client's number."""

    by: tuple[str, NDArray[np.str_]] | None = None
    covariates: Mapping[str, NDArray[np.float64] | NDArray[np.str_]] = field(default_factory=dict)


def known(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    groups: Mapping[str, Mapping[str, NDArray[np.int64]]],
    *,
    forms: tuple[Source, Table, Layout],
    listed: tuple[Source, Table, int] | None,
) -> Known:
    """Return what the options ask the models to be told: the first attribute to compare by, and covariates.

    Raises
    ------
    WrongUse : no file has a covariate's column
    BadInput : a client has two values
    """
    (places,) = con.sql("SELECT coalesce(max(client), 0) + 1 FROM clients").fetchall()[0]
    by = None
    if groups:
        column, levels = next(iter(groups.items()))
        said = np.full(places, attributes.NOT_RECORDED, dtype=object)
        for level, members in levels.items():
            said[members] = level
        by = column, said.astype(str)
    covariates: dict[str, NDArray[np.float64] | NDArray[np.str_]] = {}
    for column in options.covariates:
        attributes.look_up(con, column, forms=forms, listed=listed)
        found = con.execute("SELECT client, level FROM levels").fetchnumpy()
        written = np.full(places, "", dtype=object)
        written[found["client"]] = found["level"]
        covariates[column] = _as_numbers(written)
    return Known(by=by, covariates=covariates)


def _as_numbers(written: NDArray[np.object_]) -> NDArray[np.float64] | NDArray[np.str_]:
    """Numbers where every value is one, a missing value being none; else words, a missing value being said."""
    try:
        return np.array([float(value) if value else np.nan for value in written])
    except ValueError:
        return np.array([value or attributes.NOT_RECORDED for value in written])


def beyond(
    con: duckdb.DuckDBPyConnection,
    place: int,
    scale: Scale,
    found: FirstAndLast,
    *,
    first_to_last: PairedChange,
    options: Options,
    told: Known,
) -> Beyond:
    """Return what goes beyond first and last for one measure.

    Parameters
    ----------
    con : engine with `answers`
    place, scale, found : the measure's number in `answers`, what is known of it, each client's first and last
    first_to_last : the comparison of the two
    options : what the person running it said
    told : what the models are told of clients
    """
    rows = _rows(con, place)
    near = first_and_nearest(*rows, days=options.days, window=options.window)
    answered = answering(con, f"SELECT client, day, score FROM answers WHERE measure = {place}")
    line = _line(answered, options, told)
    threshold = _threshold(found, options)
    return Beyond(
        trajectory=line,
        everybody=_line(answered, options, replace(told, by=None)) if told.by else line,
        checks=_checks(con, place, scale, answered),
        nearest=NearestForm(
            days=options.days,
            window=options.window,
            without=len(near.without),
            paired=paired(near.first, near.nearest),
        ),
        reliable_change=_reliable_change(found, scale, threshold, options.cutoff),
        time_to_change=_time_to_change(rows, scale, threshold),
        tipping_point=tipping_point(first_to_last, int((~found.twice).sum())),
        left=start_of_those_who_left(found.first[~found.twice], found.first[found.twice]),
    )


def recovered(
    con: duckdb.DuckDBPyConnection, places: Mapping[str, int], scales: Mapping[str, Scale], options: Options
) -> Recovery | None:
    """Count who recovered by the day, on measures that must all improve reliably; None if no rule was stated.

    Parameters
    ----------
    con : engine with `answers`
    places : the measures that must improve, each with its number in `answers`
    scales : what is known of each measure
    """
    if options.reliability is None or not places:
        return None
    questions = {}
    for name, place in places.items():
        scale = scales[name]
        threshold = _threshold(first_and_last(con, place), options)
        if threshold is None or scale.lower_is_better is None:
            return None
        near = first_and_nearest(*_rows(con, place), days=options.days, window=options.window)
        questions[scale.label] = Question(forms=near, threshold=threshold, lower_is_better=scale.lower_is_better)
    return recovery(questions, days=options.days, window=options.window)


def _rows(con: duckdb.DuckDBPyConnection, place: int) -> Rows:
    found = con.execute(
        f"SELECT client, day, score FROM answers WHERE measure = {place} ORDER BY client, day, score"
    ).fetchnumpy()
    return found["client"], found["day"], found["score"]


def _line(answered: Answering, options: Options, told: Known) -> Trajectory:
    here = np.ones(len(answered.client), dtype=bool)
    for values in told.covariates.values():
        if values.dtype.kind == "f":
            here &= np.isfinite(values[answered.client])
    client = answered.client[here]
    return trajectory(
        answered.sums.of(here),
        model=options.model,
        method=options.method,
        by=told.by and (told.by[0], told.by[1][client]),
        known={name: values[client] for name, values in told.covariates.items()},
    )


def _checks(con: duckdb.DuckDBPyConnection, place: int, scale: Scale, answered: Answering) -> Checks:
    at_lowest, at_highest = (
        None
        if end is None
        else con.sql(f"SELECT count(*) FROM answers WHERE measure = {place} AND score = {end}").fetchall()[0][0]
        for end in (scale.low, scale.high)
    )
    return checks(answered.sums, at_lowest=at_lowest, at_highest=at_highest)


def _threshold(found: FirstAndLast, options: Options) -> Threshold | None:
    if options.reliability is None:
        return None
    if options.sd == "first":
        return threshold_from_first(found.first, reliability=options.reliability, source=STATED)
    twice = found.first[found.twice], found.last[found.twice]
    return threshold_from_both(*twice, reliability=options.reliability, source=STATED)


def _reliable_change(
    found: FirstAndLast, scale: Scale, threshold: Threshold | None, cutoff: float | None
) -> ReliableChange | None:
    if threshold is None or scale.lower_is_better is None:
        return None
    return reliable_change(
        found.first[found.twice],
        found.last[found.twice],
        threshold=threshold,
        lower_is_better=scale.lower_is_better,
        without_second=int((~found.twice).sum()),
        cutoff=cutoff,
    )


def _time_to_change(
    rows: Rows,
    scale: Scale,
    threshold: Threshold | None,
) -> TimeToChange | None:
    if threshold is None or threshold.points is None or scale.lower_is_better is None:
        return None
    followed = first_improvement(*rows, by=threshold.points, lower_is_better=scale.lower_is_better)
    return kaplan_meier(followed.days, followed.improved)
