"""The numbers of a checked file: asks the engine for sums and columns, and `outcomes` for the statistics."""

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.results import FirstToLast, Fortnight, Level, Outcome, People
from alongside.evaluation.scores import (
    FirstAndLast,
    InFortnight,
    Scores,
    by_fortnight,
    first_and_last,
    fortnight_of,
    scores_of,
)
from alongside.instruments.schema import Instrument
from alongside.instruments.schema import Outcome as OutcomeDefinition
from alongside.outcomes.change import Improved, improved, not_counted, paired
from alongside.outcomes.descriptive import interval_of_mean, summary
from alongside.outcomes.scales import Scale

type Floats = NDArray[np.float64]
type Spans = tuple[NDArray[np.int64], NDArray[np.int64]]
type Course = tuple[tuple[float, float], ...]

LAST_FILLED = 26
MOST_COURSES = 200
NO_DIRECTION = "Which way is better was not stated, so nothing is called an improvement."
NO_RULE = "No threshold is published for this measure; state one with --improved-by."
NO_ANSWERS = "Nobody answered."


def people(con: duckdb.DuckDBPyConnection) -> People:
    """Count everyone once."""
    clients, twice, once, forms = con.sql(
        """SELECT (SELECT count(*) FROM clients),
           count(*) FILTER (forms > 1), count(*) FILTER (forms = 1), coalesce(sum(forms), 0) FROM people"""
    ).fetchall()[0]
    return People(
        clients=clients,
        answered_twice=twice,
        share_twice=twice / clients if clients else None,
        answered_once=once,
        no_form=clients - twice - once,
        forms=int(forms),
    )


def unanswered(con: duckdb.DuckDBPyConnection, place: int) -> int:
    """Count the times that the measure at a place was left without an answer."""
    return sum(n for (n,) in con.sql(f"SELECT n FROM unanswered WHERE measure = {place}").fetchall())


def spans(con: duckdb.DuckDBPyConnection) -> Spans:
    """Return the fortnights in which people sent their first form, and their last, each lowest first."""
    found = con.execute("SELECT first_day, last_day FROM people").fetchnumpy()
    first, last = (np.sort(fortnight_of(found[name])) for name in ("first_day", "last_day"))
    return first, last


def courses(con: duckdb.DuckDBPyConnection, place: int) -> tuple[Course, ...]:
    """Return the forms of people who answered the measure at a place twice or more, each form as day and score.

    Of more than two hundred people it takes every second, or third, and so on, in the order of the file.
    """
    rows = con.sql(
        f"""WITH twice AS (SELECT client, row_number() OVER (ORDER BY client) - 1 AS nth, count(*) OVER () AS people
            FROM answers WHERE measure = {place} GROUP BY client HAVING max(day) > min(day))
            SELECT client, day::DOUBLE, score::DOUBLE FROM answers JOIN twice USING (client)
            WHERE measure = {place} AND nth % ceil(people / {MOST_COURSES})::INTEGER = 0 ORDER BY client, day"""
    ).fetchall()
    return tuple(tuple((day, score) for _, day, score in forms) for _, forms in groupby(rows, key=itemgetter(0)))


def measure(
    scores: Scores,
    found: FirstAndLast,
    scale: Scale,
    *,
    unanswered: int,
    spans: Spans,
    everyone: int | None,
    also: tuple[float, ...],
    by: Mapping[str, Mapping[str, NDArray[np.int64]]],
) -> FirstToLast:
    """Return who answered one measure, when, and how the first form compares with the last.

    Parameters
    ----------
    scores, found : every answer, and each client's first and last
    scale : what is known about the measure
    unanswered : times it was left without an answer
    spans : the fortnights of people's first and last forms
    everyone : people who could have answered it; None for those who did
    also : other changes to count as improved
    by : for each attribute its levels, each with the clients in it
    """
    clients, both = len(found.client), (found.first[found.twice], found.last[found.twice])
    base = clients if everyone is None else everyone
    return FirstToLast(
        label=scale.label,
        range=None if scale.low is None or scale.high is None else (scale.low, scale.high),
        better=scale.better,
        clients=clients,
        forms=len(scores.score),
        unanswered=unanswered,
        first=summary(found.first),
        last=summary(found.last),
        over_time=_over_time(scores, spans),
        paired=paired(*both),
        improved=count_improved(*both, scale, scale.improved_by, base),
        also=tuple(count_improved(*both, scale, by_, base) for by_ in also if scale.better),
        by={
            column: tuple(
                of_level(found, level, members, scale, whole=everyone is not None) for level, members in groups.items()
            )
            for column, groups in by.items()
        },
    )


def outcome(
    con: duckdb.DuckDBPyConnection,
    definition: OutcomeDefinition,
    instrument: Instrument,
    places: Mapping[str, int],
    *,
    everyone: int,
) -> Outcome:
    """Return one outcome: its indicators' mean on each form that answers them all, each turned to higher is better."""
    scales = {item.key: instrument.scale(item) for item in instrument.items}
    turned = " ".join(
        f"WHEN {places[key]} THEN {scales[key].low} + {scales[key].high} - score"
        for key in definition.indicators
        if scales[key].lower_is_better
    )
    score = f"CASE measure {turned} ELSE score END" if turned else "score"
    wanted = ", ".join(str(places[key]) for key in definition.indicators)
    means = f"""SELECT client, day, avg({score}) AS score FROM answers WHERE measure IN ({wanted})
                GROUP BY client, day HAVING count(*) = {len(definition.indicators)}"""
    found = first_and_last(scores_of(con, means))
    both = found.first[found.twice], found.last[found.twice]
    mean_of_indicators = Scale(key=definition.key, label=definition.title, lower_is_better=False)
    return Outcome(
        key=definition.key,
        title=definition.title,
        funder_title=definition.funder_title,
        indicators=definition.indicators,
        clients=len(found.client),
        paired=paired(*both),
        improved=count_improved(
            *both,
            mean_of_indicators,
            instrument.improved_by,
            everyone,
            what="mean of the questions on the last form, each turned so that higher is better,",
        ),
    )


def count_improved(
    first: Floats, last: Floats, scale: Scale, by: float | None, everyone: int, what: str = "last form"
) -> Improved:
    if scale.lower_is_better is None:
        return not_counted(NO_DIRECTION)
    if by is None:
        return not_counted(NO_RULE)
    return improved(
        first,
        last,
        by=by,
        lower_is_better=scale.lower_is_better,
        everyone=everyone,
        rule=f"{what} {scale.better} than the first by {by:g} or more",
    )


def of_level(found: FirstAndLast, name: str, members: NDArray[np.int64], scale: Scale, *, whole: bool) -> Level:
    """Return one group of people on one measure; `whole` says whether members without an answer count as well."""
    among = np.zeros(max(found.client.max(initial=0), members.max(initial=0)) + 1, dtype=np.bool_)
    among[members] = True
    chosen = among[found.client]
    twice = np.flatnonzero(chosen & found.twice)
    clients, first, last = int(chosen.sum()), found.first[twice], found.last[twice]
    everyone = len(members) if whole else clients
    return Level(
        level=name,
        clients=clients,
        paired=paired(first, last),
        improved=count_improved(first, last, scale, scale.improved_by, everyone),
    )


def _over_time(scores: Scores, spans: Spans) -> tuple[Fortnight, ...]:
    found = {at.number: at for at in by_fortnight(scores)}
    between = range(max(min(found, default=0), 0), min(max(found, default=-1), LAST_FILLED) + 1)
    return tuple(
        _fortnight(found.get(number, InFortnight(number, 0, np.zeros(0))), *spans)
        for number in sorted({*found, *between})
    )


def _fortnight(at: InFortnight, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Fortnight:
    begun = int(np.searchsorted(starts, at.number, side="right"))
    ended = int(np.searchsorted(ends, at.number, side="left"))
    people, mean, median, interval = len(at.averages), None, None, None
    if people:
        mean = float(at.averages.mean())
        median = float(np.median(at.averages))
    if mean is not None and np.ptp(at.averages) > 0:
        interval = interval_of_mean(mean=mean, sd=float(at.averages.std(ddof=1)), n=people)
    return Fortnight(
        fortnight=at.number,
        clients=people,
        n=at.scores,
        mean=mean,
        ci95=interval,
        median=median,
        missing=begun - ended - people,
        ended=ended,
        why=None if interval else NO_ANSWERS if not people else "One person, or all the same, so no interval.",
    )
