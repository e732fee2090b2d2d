"""The numbers of a checked file: asks the engine for sums and columns, and `outcomes` for the statistics."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.results import FirstToLast, Fortnight, Level, Outcome, People
from alongside.instruments.schema import Instrument
from alongside.instruments.schema import Outcome as OutcomeDefinition
from alongside.outcomes.change import Improved, improved, not_counted, paired
from alongside.outcomes.descriptive import interval_of_mean, summary
from alongside.outcomes.scales import Scale

FORTNIGHT = "floor(({} + 7) / 14)"
LAST_FILLED = 26
NOBODY = (0, 0, None, 0.0, None)
NO_DIRECTION = "Which way is better was not stated, so nothing is called an improvement."
NO_RULE = "No threshold is published for this measure; state one with --improved-by."
NO_ANSWERS = "Nobody answered."


@dataclass(frozen=True)
class FirstAndLast:
    """Each client's first and last score on a measure: parallel arrays of shape (clients,)."""

    client: NDArray[np.int64]
    first_day: NDArray[np.float64]
    first: NDArray[np.float64]
    last_day: NDArray[np.float64]
    last: NDArray[np.float64]

    @property
    def twice(self) -> NDArray[np.bool_]:
        """Those who answered on two days or more."""
        return self.last_day > self.first_day


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


def first_and_last(con: duckdb.DuckDBPyConnection, place: int) -> FirstAndLast:
    """Return each client's first and last answer on the measure at a place."""
    return _first_and_last(con, f"SELECT client, day, score FROM answers WHERE measure = {place}")


def measure(
    con: duckdb.DuckDBPyConnection,
    place: int,
    scale: Scale,
    found: FirstAndLast,
    *,
    everyone: int | None,
    also: tuple[float, ...],
    by: Mapping[str, Mapping[str, NDArray[np.int64]]],
) -> FirstToLast:
    """Return who answered one measure, when, and how the first form compares with the last.

    Parameters
    ----------
    con : engine with `answers`, `people` and `unanswered`
    place : the measure's number in `answers`
    scale : what is known about it
    found : each client's first and last answer
    everyone : people who could have answered it; None for those who did
    also : other changes to count as improved
    by : for each attribute its levels, each with the clients in it
    """
    clients, forms = len(found.client), _count(con, f"answers WHERE measure = {place}")
    base = clients if everyone is None else everyone
    return FirstToLast(
        label=scale.label,
        range=None if scale.low is None or scale.high is None else (scale.low, scale.high),
        better=scale.better,
        clients=clients,
        forms=forms,
        unanswered=sum(n for (n,) in con.sql(f"SELECT n FROM unanswered WHERE measure = {place}").fetchall()),
        first=summary(found.first),
        last=summary(found.last),
        over_time=_over_time(con, place),
        paired=paired(found.first[found.twice], found.last[found.twice]),
        improved=count_improved(found, scale, scale.improved_by, base),
        also=tuple(count_improved(found, scale, by_, base) for by_ in also if scale.better),
        by={
            column: tuple(
                _level(found, level, members, scale, whole=everyone is not None) for level, members in groups.items()
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
    found = _first_and_last(
        con,
        f"""SELECT client, day, avg({score}) AS score FROM answers WHERE measure IN ({wanted})
            GROUP BY client, day HAVING count(*) = {len(definition.indicators)}""",
    )
    mean_of_indicators = Scale(key=definition.key, label=definition.title, lower_is_better=False)
    return Outcome(
        key=definition.key,
        title=definition.title,
        funder_title=definition.funder_title,
        indicators=definition.indicators,
        clients=len(found.client),
        paired=paired(found.first[found.twice], found.last[found.twice]),
        improved=count_improved(
            found,
            mean_of_indicators,
            instrument.improved_by,
            everyone,
            what="mean of the questions on the last form, each turned so that higher is better,",
        ),
    )


def _first_and_last(con: duckdb.DuckDBPyConnection, rows: str) -> FirstAndLast:
    columns = con.execute(
        f"""SELECT client, min(day) AS first_day, arg_min(score, day) AS first, max(day) AS last_day,
            arg_max(score, day) AS last FROM ({rows}) GROUP BY client ORDER BY client"""
    ).fetchnumpy()
    names = ("client", "first_day", "first", "last_day", "last")
    return FirstAndLast(*(np.asarray(columns[name]) for name in names))


def count_improved(
    found: FirstAndLast, scale: Scale, by: float | None, everyone: int, what: str = "last form"
) -> Improved:
    if scale.lower_is_better is None:
        return not_counted(NO_DIRECTION)
    if by is None:
        return not_counted(NO_RULE)
    return improved(
        found.first[found.twice],
        found.last[found.twice],
        by=by,
        lower_is_better=scale.lower_is_better,
        everyone=everyone,
        rule=f"{what} {scale.better} than the first by {by:g} or more",
    )


def _level(found: FirstAndLast, level: str, members: NDArray[np.int64], scale: Scale, *, whole: bool) -> Level:
    chosen = np.isin(found.client, members)
    group = FirstAndLast(*(getattr(found, name)[chosen] for name in found.__dataclass_fields__))
    everyone = len(members) if whole else len(group.client)
    return Level(
        level=level,
        clients=len(group.client),
        paired=paired(group.first[group.twice], group.last[group.twice]),
        improved=count_improved(group, scale, scale.improved_by, everyone),
    )


def _over_time(con: duckdb.DuckDBPyConnection, place: int) -> tuple[Fortnight, ...]:
    rows = con.sql(
        # summed in one order, so that the same forms give the same figures to the last digit
        f"""SELECT fortnight, count(*), sum(n), favg(score ORDER BY score),
            coalesce(stddev_samp(score ORDER BY score), 0), median(score) FROM
            (SELECT {FORTNIGHT.format("day")} AS fortnight, count(*) AS n, favg(score ORDER BY score) AS score
             FROM answers WHERE measure = {place} GROUP BY fortnight, client) GROUP BY fortnight ORDER BY fortnight"""
    ).fetchall()
    spans = con.execute(
        f"SELECT {FORTNIGHT.format('first_day')} AS first, {FORTNIGHT.format('last_day')} AS last FROM people"
    ).fetchnumpy()
    starts, ends = np.sort(spans["first"]), np.sort(spans["last"])
    found = {int(fortnight): numbers for fortnight, *numbers in rows}
    between = range(max(min(found, default=0), 0), min(max(found, default=-1), LAST_FILLED) + 1)
    return tuple(
        _fortnight(fortnight, *found.get(fortnight, NOBODY), starts=starts, ends=ends)
        for fortnight in sorted({*found, *between})
    )


def _fortnight(
    fortnight: int,
    clients: int,
    n: int,
    mean: float | None,
    sd: float,
    median: float | None,
    *,
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
) -> Fortnight:
    begun = int(np.searchsorted(starts, fortnight, side="right"))
    ended = int(np.searchsorted(ends, fortnight, side="left"))
    interval = None if mean is None else interval_of_mean(mean=mean, sd=sd, n=clients)
    return Fortnight(
        fortnight=fortnight,
        clients=clients,
        n=int(n),
        mean=mean,
        ci95=interval,
        median=median,
        missing=begun - ended - clients,
        ended=ended,
        why=None if interval else NO_ANSWERS if mean is None else "One person, or all the same, so no interval.",
    )


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(con.sql(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
