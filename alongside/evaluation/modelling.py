"""What goes beyond first and last: lines over time, the form nearest to a day, reliable change, who left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation import attributes
from alongside.evaluation.beyond import Beyond, NearestForm
from alongside.evaluation.layout import Layout
from alongside.evaluation.options import Options
from alongside.evaluation.results import FirstToLast, Level
from alongside.evaluation.scores import Answers, FirstAndLast, Scores, first_and_last
from alongside.evaluation.source import Source
from alongside.evaluation.table import Table
from alongside.evaluation.trajectories import Answering, answering
from alongside.outcomes.both_times import BothTimes, both_times
from alongside.outcomes.change import paired
from alongside.outcomes.missing import start_of_those_who_left, tipping_point
from alongside.outcomes.nearest import FirstAndNearest, first_and_nearest
from alongside.outcomes.proportions import Difference, difference, proportion
from alongside.outcomes.recovery import Question, Recovery, recovery
from alongside.outcomes.regression import RegressionToTheMean, regression_to_the_mean
from alongside.outcomes.reliable_change import (
    ReliableChange,
    Threshold,
    reliable_change,
    threshold_from_both,
    threshold_from_first,
)
from alongside.outcomes.scales import Scale
from alongside.outcomes.time_to_change import Followed, LogRank, first_improvement, kaplan_meier, log_rank
from alongside.outcomes.trajectory.comparing import Checks, Comparisons, checks, comparisons
from alongside.outcomes.trajectory.mean_line import last_day
from alongside.outcomes.trajectory.model import Trajectory, trajectory
from alongside.outcomes.trajectory.predictions import OwnLines, own_lines
from alongside.outcomes.trajectory.sums import Floats

type Words = NDArray[np.str_]

STATED = "stated for this report"


@dataclass(frozen=True)
class Known:
    """What is known of clients; each array has a place for every client's number.

    `groups` are all attributes to compare by, `by` the first of them, which models are told of with `covariates`.
    """

    groups: Mapping[str, Words] = field(default_factory=dict)
    covariates: Mapping[str, Floats | Words] = field(default_factory=dict)

    @property
    def by(self) -> tuple[str, Words] | None:
        return next(iter(self.groups.items()), None)


def known(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    groups: Mapping[str, Mapping[str, NDArray[np.int64]]],
    *,
    forms: tuple[Source, Table, Layout],
    listed: tuple[Source, Table, int] | None,
) -> Known:
    """Return what the options ask to be told of clients: attributes to compare by, and covariates.

    Raises
    ------
    WrongUse : no file has a covariate's column
    BadInput : a client has two values
    """
    (places,) = con.sql("SELECT coalesce(max(client), 0) + 1 FROM clients").fetchall()[0]
    compared: dict[str, Words] = {}
    for column, levels in groups.items():
        said = np.full(places, attributes.NOT_RECORDED, dtype=object)
        for level, members in levels.items():
            said[members] = level
        compared[column] = said.astype(str)
    covariates: dict[str, Floats | Words] = {}
    for column in options.covariates:
        attributes.look_up(con, column, forms=forms, listed=listed)
        found = con.execute("SELECT client, level FROM levels").fetchnumpy()
        written = np.full(places, "", dtype=object)
        written[found["client"]] = found["level"]
        covariates[column] = as_numbers(written)
    return Known(groups=compared, covariates=covariates)


def as_numbers(written: NDArray[np.object_]) -> Floats | Words:
    """Numbers where every value is one, a missing value being none; else words, a missing value being said."""
    try:
        return np.array([float(value) if value else np.nan for value in written])
    except ValueError:
        return np.array([value or attributes.NOT_RECORDED for value in written])


def beyond(
    con: duckdb.DuckDBPyConnection,
    place: int,
    scale: Scale,
    scores: Scores,
    found: FirstAndLast,
    *,
    first_to_last: FirstToLast,
    population_mean: float | None,
    options: Options,
    told: Known,
) -> Beyond:
    """Return what goes beyond first and last for one measure.

    Parameters
    ----------
    con : engine with `answers`
    place, scale : the measure's number in `answers`, and what is known of it
    scores, found : every answer, and each client's first and last
    first_to_last : the comparison of the two, for everybody and by group
    population_mean : of the people whom the clients come from, in points, if it was stated
    options : what the person running it said
    told : what is known of clients
    """
    near = first_and_nearest(scores.client, scores.day, scores.score, days=options.days, window=options.window)
    answered = _answering(con, place)
    asked, of_model = in_model(answered, told)
    until = last_day(scores.client, scores.day)
    line = fit_line(asked, options, of_model, until)
    threshold = _threshold(found, options)
    followed = _followed(scores, scale, threshold)
    return Beyond(
        trajectory=line,
        everybody=fit_line(asked, options, replace(of_model, groups={}), until) if told.by else line,
        comparisons=None if options.publish else _comparisons(asked, options, of_model),
        checks=_checks(con, place, scale, answered),
        nearest=NearestForm(
            days=options.days,
            window=options.window,
            without=len(near.without),
            paired=paired(near.first, near.nearest),
            by=_near_by(near, first_to_last.by, told),
        ),
        differences=_differences(first_to_last.by),
        reliable_change=_reliable_change(found, scale, threshold, options.cutoff),
        time_to_change=kaplan_meier(followed.days, followed.improved) if followed else None,
        time_to_change_by=_time_to_change_by(followed, first_to_last.by, told) if followed else {},
        regression_to_the_mean=_regression(found, population_mean, options.reliability),
        tipping_point=tipping_point(first_to_last.paired, int((~found.twice).sum())),
        left=start_of_those_who_left(found.first[~found.twice], found.first[found.twice]),
    )


def recovered(
    answers: Answers, places: Mapping[str, int], scales: Mapping[str, Scale], options: Options
) -> Recovery | None:
    """Count who recovered by the day, on measures that must all improve reliably; None if no rule was stated.

    Parameters
    ----------
    answers : every answer
    places : the measures that must improve, each with its number in `answers`
    scales : what is known of each measure
    """
    if options.reliability is None or not places:
        return None
    questions = {}
    for name, place in places.items():
        scale = scales[name]
        scores = answers.of(place)
        threshold = _threshold(first_and_last(scores), options)
        if threshold is None or scale.lower_is_better is None:
            return None
        near = first_and_nearest(scores.client, scores.day, scores.score, days=options.days, window=options.window)
        questions[scale.label] = Question(forms=near, threshold=threshold, lower_is_better=scale.lower_is_better)
    return recovery(questions, days=options.days, window=options.window)


def lines_of_people(
    con: duckdb.DuckDBPyConnection, place: int, options: Options, told: Known
) -> tuple[NDArray[np.int64], OwnLines] | None:
    """Return the clients who are in the model of a measure and the line of each; None if there is no model.

    Parameters
    ----------
    con, place, options, told : as for `beyond`
    """
    asked, of_model = in_model(_answering(con, place), told)
    lines = own_lines(
        asked.sums,
        slopes=options.model == "random_intercept_slope",
        reml=options.method == "reml",
        by=of_model.by,
        known=of_model.covariates,
    )
    return (asked.client, lines) if lines else None


def _answering(con: duckdb.DuckDBPyConnection, place: int) -> Answering:
    return answering(con, f"SELECT client, day, score FROM answers WHERE measure = {place}")


def in_model(answered: Answering, told: Known) -> tuple[Answering, Known]:
    """Return the clients of whom all is known that is a number, in order, and what is known of each."""
    here = np.ones(len(answered.client), dtype=bool)
    for values in told.covariates.values():
        if values.dtype.kind == "f":
            here &= np.isfinite(values[answered.client])
    client = answered.client[here]
    return Answering(client, answered.sums.of(here)), Known(
        groups={column: values[client] for column, values in told.groups.items()},
        covariates={name: values[client] for name, values in told.covariates.items()},
    )


def fit_line(asked: Answering, options: Options, told: Known, until: float | None) -> Trajectory:
    """Fit the model that the options ask for; its mean lines go `until` a day, or are left out."""
    return trajectory(
        asked.sums, model=options.model, method=options.method, by=told.by, known=told.covariates, until=until
    )


def _comparisons(asked: Answering, options: Options, told: Known) -> Comparisons:
    return comparisons(
        asked.sums,
        slopes=options.model == "random_intercept_slope",
        reml=options.method == "reml",
        by=told.by,
        known=told.covariates,
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


def _followed(scores: Scores, scale: Scale, threshold: Threshold | None) -> Followed | None:
    if threshold is None or threshold.points is None or scale.lower_is_better is None:
        return None
    return first_improvement(
        scores.client, scores.day, scores.score, by=threshold.points, lower_is_better=scale.lower_is_better
    )


def _near_by(near: FirstAndNearest, by: Mapping[str, Sequence[Level]], told: Known) -> dict[str, dict[str, BothTimes]]:
    found: dict[str, dict[str, BothTimes]] = {}
    for column, levels in by.items():
        said = told.groups[column][near.client]
        members = {one.level: said == one.level for one in levels}
        found[column] = {level: both_times(near.first[of], near.nearest[of]) for level, of in members.items()}
    return found


def _time_to_change_by(followed: Followed, by: Mapping[str, Sequence[Level]], told: Known) -> dict[str, LogRank]:
    """Compare the groups of each attribute, in the order in which they are shown."""
    found = {}
    for column, levels in by.items():
        tested = log_rank(followed.days, followed.improved, told.groups[column][followed.client])
        groups = {one.level: tested.groups[one.level] for one in levels if one.level in tested.groups}
        found[column] = replace(tested, groups=groups)
    return found


def _differences(by: Mapping[str, Sequence[Level]]) -> dict[str, dict[str, Difference]]:
    """Set each group's share improved beside that of the first in the alphabet; nothing where none is counted."""
    shares = {
        column: {
            one.level: proportion(one.improved.improved, one.improved.n)
            for one in levels
            if one.improved.improved is not None and one.improved.n is not None
        }
        for column, levels in by.items()
    }
    return {
        column: {level: difference(share, of[min(of)]) for level, share in of.items() if level != min(of)}
        for column, of in shares.items()
        if of
    }


def _regression(
    found: FirstAndLast, population_mean: float | None, reliability: float | None
) -> RegressionToTheMean | None:
    if population_mean is None or reliability is None:
        return None
    return regression_to_the_mean(
        found.first[found.twice], population_mean=population_mean, reliability=reliability, source=STATED
    )
