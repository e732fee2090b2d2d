"""The report's tables beyond first and last: over 100 days, near a day, reliable change, and who left."""

import math
from collections.abc import Sequence

from alongside.evaluation.by_chance import by_chance
from alongside.evaluation.improvement_times import improvement_times
from alongside.evaluation.overview import shown
from alongside.evaluation.results import Measure, Results
from alongside.evaluation.saying import hidden_words
from alongside.outcomes.recovery import Recovery
from alongside.outcomes.trajectory.model import Effect, GroupDifference, Trajectory
from alongside.outcomes.words import NOT_SHOWN, TOO_FEW, capital, count, interval, percent, percents, points, signed
from alongside.press.document import Cell, Column, Group, Interval, Kept, Number, Row, Table, Words

WHAT = Column(title="What people marked")
OWN_LINES = "Each person may start elsewhere and change at their own pace."
OWN_STARTS = "Each person may start elsewhere; all share one pace."
SINGULAR = (
    "The scores cannot tell people’s own starts or paces apart ({names}), so the intervals there may be too narrow."
)
DROPPED = "Left out of the lines, since the others already say it: {names}."
OWN_PACE = "make people who change at one pace look as different in pace as these"
GROUPS = "set groups that are alike, in start and in pace, this far apart"
GROUPS_PACE = "set groups that change at one pace this far apart in pace"
LIKELIHOOD = "a likelihood-ratio test"
TIPPING = (
    "The last column asks: how much worse than the others must those without a second form have done, on average, "
    "before the interval of the change of everybody holds no change at all? Large numbers are reassuring."
)
RELIABLE = (
    "A change counts when it is larger than the measure’s own unsteadiness makes in nineteen of twenty people who "
    "have not changed."
)


def beyond(results: Results) -> list[Table]:
    """Return the tables of what goes beyond first and last."""
    return [
        over_100_days(results),
        *_by_group(results),
        _near_a_day(results),
        *([_reliable_change(results)] if any(one.reliable_change for one in results.measures.values()) else []),
        *improvement_times(results),
        *([_recovery(results.recovery)] if results.recovery else []),
        *([_left(results)] if any(one.tipping_point.missing != 0 for one in results.measures.values()) else []),
    ]


def over_100_days(results: Results) -> Table:
    """Return the table of lines through everybody's forms."""
    found = results.measures.values()
    lines = [one.everybody for one in found]
    reach = _reach([line.fixed["per_100_days"] for line in lines if line.fixed]) if _one_range(results) else None
    drawn = [Column(title="Change", ends=("lower", "higher"))] if reach else []
    return Table(
        title="Over 100 days",
        lede="A line through every form that people sent, also of those who sent one.",
        columns=(
            WHAT,
            Column(title="Start", numeric=True),
            Column(title="Change in 100 days (95% interval)"),
            *drawn,
            Column(title="People", numeric=True),
        ),
        groups=(Group(title="", rows=tuple(_line(one, reach, hidden_words(results)) for one in found)),),
        notes=tuple(_notes(results)),
    )


def _line(measure: Measure, reach: float | None, hidden: str) -> Row:
    line = measure.everybody
    start, change = line.fixed.get("intercept"), line.fixed.get("per_100_days")
    return Row(
        cells=(
            Words(text=measure.label, note=_why(line)),
            _estimate(start),
            _with_interval(change),
            *([_draw(change, reach)] if reach else []),
            _count(line.n_clients, hidden),
        )
    )


def _why(line: Trajectory) -> str:
    return "" if line.fixed or line.why is None else line.why


def _notes(results: Results) -> list[str]:
    lines = {one.label: one.trajectory for one in results.measures.values()}
    own = [OWN_LINES if line.model == "random_intercept_slope" else OWN_STARTS for line in lines.values()][:1]
    singular = [label for label, line in lines.items() if line.singular]
    dropped = list(dict.fromkeys(name for line in lines.values() for name in line.dropped))
    said = [(SINGULAR, singular), (DROPPED, dropped)]
    tested = {one.label: one.comparisons.own_pace.p for one in results.measures.values() if one.comparisons}
    return [
        *own,
        *(words.format(names=", ".join(names)) for words, names in said if names),
        *by_chance(OWN_PACE, tested, LIKELIHOOD),
    ]


def _by_group(results: Results) -> list[Table]:
    compared = {one.label: one.trajectory.by for one in results.measures.values() if one.trajectory.by}
    if not compared:
        return []
    first = next(iter(compared.values()))
    hidden = hidden_words(results)
    table = Table(
        title=f"Over 100 days by {first.column}, beside “{first.reference}”",
        columns=(
            Column(title=capital(first.column)),
            Column(title="Start, more or less (95% interval)"),
            Column(title="Change in 100 days, more or less (95% interval)"),
            Column(title="People", numeric=True),
        ),
        groups=tuple(
            Group(title=label, rows=tuple(_difference(level, hidden) for level in by.levels))
            for label, by in compared.items()
        ),
        notes=tuple(_of_groups(results)),
    )
    return [table]


def _of_groups(results: Results) -> list[str]:
    tested = {one.label: one.comparisons for one in results.measures.values() if one.comparisons}
    apart = {label: found.groups.p for label, found in tested.items() if found.groups}
    in_pace = {label: found.groups_pace.p for label, found in tested.items() if found.groups_pace}
    return [*by_chance(GROUPS, apart, LIKELIHOOD), *by_chance(GROUPS_PACE, in_pace, LIKELIHOOD)]


def _difference(level: GroupDifference, hidden: str) -> Row:
    return Row(
        cells=(
            Words(text=level.level),
            _with_interval(level.start_difference),
            _with_interval(level.per_100_days_difference),
            _count(level.clients, hidden),
        )
    )


def _near_a_day(results: Results) -> Table:
    near = [(one.label, one.nearest) for one in results.measures.values()]
    day, window = near[0][1].days, near[0][1].window
    hidden = hidden_words(results)
    rows = tuple(
        Row(
            cells=(
                Words(text=label),
                _change(one.paired.mean_change, one.paired.ci95),
                _count(one.paired.n, hidden),
                shown(one.without),
            )
        )
        for label, one in near
    )
    return Table(
        title=f"From the first form to the one nearest to day {day:g}",
        lede=f"A form counts if it is at most {window:g} days from that day; of two as near, the earlier.",
        columns=(
            WHAT,
            Column(title="Change (95% interval)"),
            Column(title="People", numeric=True),
            Column(title="Without a form so near", numeric=True),
        ),
        groups=(Group(title="", rows=rows),),
    )


def _reliable_change(results: Results) -> Table:
    hidden = hidden_words(results)
    found = [(one.label, one.reliable_change) for one in results.measures.values() if one.reliable_change]
    rows = tuple(
        Row(
            cells=(
                Words(text=label),
                Words(text=NOT_SHOWN) if one.threshold is None else Number(strong=points(one.threshold, decimals=2)),
                *map(shown, (one.improved, one.unchanged, one.deteriorated)),
                _count(one.without_second, hidden),
            )
        )
        for label, one in found
    )
    return Table(
        title="Reliable change, first form to last",
        lede=RELIABLE,
        columns=(
            WHAT,
            *(
                Column(title=title, numeric=True)
                for title in ("Counts from", "Improved", "Not changed", "Got worse", "Without a second form")
            ),
        ),
        groups=(Group(title="", rows=rows),),
        notes=tuple(dict.fromkeys(f"{one.rule}; reliability {one.source}." for _, one in found)),
    )


def _recovery(found: Recovery) -> Table:
    share, among = found.recovered, found.bounds
    ends = among and among.lowest is not None and among.highest is not None and (among.lowest, among.highest)
    row = Row(
        cells=(
            Words(text=capital(found.rule), note=found.why or ""),
            shown(share.count if share else None),
            shown(share.n if share else None),
            Number(strong=percent(share.share)) if share and share.share is not None else Words(text=NOT_SHOWN),
            Words(text=percents(share.ci95) if share and share.ci95 else NOT_SHOWN),
            shown(found.without_second),
            Words(text=percents(ends) if ends else NOT_SHOWN),
        )
    )
    return Table(
        title=f"Recovered by day {found.days:g}",
        columns=(
            Column(title="What must improve"),
            *(Column(title=title, numeric=True) for title in ("Recovered", "Of", "Share")),
            Column(title="95% interval"),
            Column(title="Without a second form", numeric=True),
            Column(title="If none, or all, of those had recovered"),
        ),
        groups=(Group(title="", rows=(row,)),),
        notes=(RELIABLE,),
    )


def _left(results: Results) -> Table:
    hidden = hidden_words(results)
    rows = tuple(
        Row(
            cells=(
                Words(text=one.label),
                _count(one.tipping_point.missing, hidden),
                _change(one.left.difference, one.left.ci95),
                Words(text=NOT_SHOWN)
                if one.tipping_point.points_worse is None
                else Number(strong=points(one.tipping_point.points_worse), soft=" points"),
            )
        )
        for one in results.measures.values()
    )
    return Table(
        title="Those without a second form",
        columns=(
            WHAT,
            Column(title="People", numeric=True),
            Column(title="Their first form beside the others’ (95% interval)"),
            Column(title="Worse by", numeric=True),
        ),
        groups=(Group(title="", rows=rows),),
        notes=(TIPPING,),
    )


def _one_range(results: Results) -> bool:
    ranges = {measure.range for measure in results.measures.values()}
    return len(results.measures) == 1 or (len(ranges) == 1 and None not in ranges)


def _reach(effects: Sequence[Effect]) -> float | None:
    """How far an axis goes to either side to hold every interval."""
    ends = [abs(end) for effect in effects for end in effect.ci95 or ()]
    return float(math.ceil(max(ends))) if ends else None


def _draw(effect: Effect | None, reach: float) -> Cell:
    if effect is None or effect.ci95 is None or effect.estimate is None:
        return Words(text="")
    low, high = effect.ci95
    return Interval(low=low, point=effect.estimate, high=high, start=-reach, stop=reach)


def _estimate(effect: Effect | None) -> Cell:
    if effect is None or effect.estimate is None:
        return Words(text=NOT_SHOWN)
    return Number(strong=points(effect.estimate))


def _with_interval(effect: Effect | None) -> Cell:
    return Words(text=NOT_SHOWN) if effect is None else _change(effect.estimate, effect.ci95)


def _change(change: float | None, ends: tuple[float, float] | None) -> Cell:
    if change is None:
        return Words(text=TOO_FEW)
    return Number(strong=signed(change), soft=f" ({interval(ends)})" if ends else "")


def _count(n: int | None, hidden: str) -> Cell:
    return Kept(text=hidden) if n is None else Number(strong=count(n, hidden))
