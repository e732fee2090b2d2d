"""The report's tables across measures: each outcome or measure and how sure we are, and the same by group."""

import math
from collections.abc import Mapping

from alongside.evaluation.results import Level, Measure, Outcome, Results
from alongside.instruments.schema import Instrument, Item
from alongside.outcomes.change import Improved, PairedChange
from alongside.outcomes.words import NOT_SHOWN, TOO_FEW, capital, clear, count, interval, percent, points, signed
from alongside.press.document import Cell, Column, Group, Interval, Kept, Number, Row, Table, Words

NO_GROUPS = "What is missing here has only groups of which too few people answered."
SIDE_BY_SIDE = "The groups are set side by side, not tested against each other: a difference here may be chance."
UNCLEAR = (
    "“No clear change” means the interval includes no change at all. It does not mean that nothing changed for anyone."
)


def overview(results: Results, instrument: Instrument | None, items: Mapping[str, Item]) -> Table:
    """Return the table of all measures, under their outcomes where the form has them."""
    axis = _axis(results)
    by = improved_by(results)
    columns = [
        Column(title="What people marked"),
        Column(title="Average, first form", numeric=True),
        Column(title="Change to last form (95% interval)"),
        *([Column(title="Change", ends=axis.ends)] if axis else []),
        Column(title=f"Improved{by}, of those who answered twice", numeric=True),
        Column(title=f"Improved{by}, of everyone", numeric=True),
    ]
    if results.outcomes and instrument:
        groups = _by_outcome(results, instrument, items, axis)
    else:
        groups = [Group(title="", rows=tuple(_row(one, axis) for one in results.measures.values()))]
    return Table(
        title="Each outcome, and how sure we are" if results.outcomes else "Each measure, and how sure we are",
        columns=tuple(columns),
        groups=tuple(groups),
        notes=(UNCLEAR, *_notes(results)),
    )


def by_attribute(results: Results) -> list[Table]:
    """Return one table for each attribute asked for: first against last, by group."""
    attributes = dict.fromkeys(name for measure in results.measures.values() for name in measure.by)
    return [table for table in (_attribute_table(name, results) for name in attributes) if table.groups]


class Axis:
    """The axis that all intervals of a table share; turned so that right is better where that is known."""

    def __init__(self, changes: list[tuple[PairedChange, str | None]]) -> None:
        """Fit the axis to the intervals."""
        widest = max((abs(end) for change, _ in changes for end in change.ci95 or ()), default=1.0)
        self.reach = float(math.ceil(widest)) or 1.0
        self.turned = all(better is not None for _, better in changes)
        self.ends = ("harder", "easier") if self.turned else ("lower", "higher")

    def draw(self, change: PairedChange, better: str | None) -> Cell:
        """Return the interval of a change on this axis."""
        if change.ci95 is None or change.mean_change is None:
            return Words(text="")
        sign = -1 if self.turned and better == "lower" else 1
        low, high = sorted(sign * end for end in change.ci95)
        return Interval(low=low, point=sign * change.mean_change, high=high, start=-self.reach, stop=self.reach)


def _axis(results: Results) -> Axis | None:
    """Intervals can be compared by eye only where all measures share one range."""
    ranges = {measure.range for measure in results.measures.values()}
    if len(results.measures) > 1 and (len(ranges) > 1 or None in ranges):
        return None
    return Axis([(measure.paired, measure.better) for measure in results.measures.values()])


def improved_by(results: Results) -> str:
    """Return the change that counts as improved, as it stands after that word; empty where measures differ in it."""
    rules = {measure.improved.by for measure in results.measures.values() if measure.improved.by is not None}
    return f" by {rules.pop():g} or more" if len(rules) == 1 else ""


def _by_outcome(results: Results, instrument: Instrument, items: Mapping[str, Item], axis: Axis | None) -> list[Group]:
    measures = {item.key: results.measures[name] for name, item in items.items()}
    groups = []
    for outcome in results.outcomes:
        rows = [_row(measures[key], axis) for key in outcome.indicators]
        groups.append(Group(title=outcome.title, rows=(*rows, _outcome_row(outcome, axis))))
    service = [_row(measures[key], axis) for key in instrument.service_items if key in measures]
    if service:
        groups.append(Group(title="The service itself", rows=tuple(service)))
    shown = {*instrument.service_items, *(key for one in results.outcomes for key in one.indicators)}
    others = [
        _row(measure, axis)
        for name, measure in results.measures.items()
        if name not in items or items[name].key not in shown
    ]
    return [*groups, Group(title="Also asked", rows=tuple(others))] if others else groups


def _row(measure: Measure, axis: Axis | None) -> Row:
    return _cells(Words(text=measure.label), measure.paired, measure.better, measure.improved, axis)


def _outcome_row(outcome: Outcome, axis: Axis | None) -> Row:
    name = Words(text="Both together" if len(outcome.indicators) == 2 else "All together", note="higher is better")
    return _cells(name, outcome.paired, "higher", outcome.improved, axis)


def _cells(
    name: Cell,
    change: PairedChange,
    better: str | None,
    improved: Improved,
    axis: Axis | None,
) -> Row:
    first = Words(text=TOO_FEW) if change.mean_first is None else Number(strong=points(change.mean_first))
    drawn = [axis.draw(change, better)] if axis else []
    return Row(cells=(name, first, _change(change), *drawn, *_improved(improved)))


def _change(change: PairedChange) -> Cell:
    if change.mean_change is None:
        return Words(text="nobody answered twice" if change.n == 0 else TOO_FEW)
    if change.ci95 is None:
        return Number(strong=signed(change.mean_change), note="no interval: too few people or no spread")
    note = "" if clear(change) else "no clear change"
    return Number(strong=signed(change.mean_change), soft=f" ({interval(change.ci95)})", note=note)


def _improved(found: Improved) -> tuple[Cell, Cell]:
    if found.rule is None:
        return Words(text="not counted"), Words(text="not counted")
    return (
        _share(found.improved, found.n, found.share),
        _share(found.improved, found.everyone, found.share_of_everyone),
    )


def _share(part: int | None, whole: int | None, share: float | None) -> Cell:
    if part is None:
        return Kept(text=NOT_SHOWN)
    said = f" ({percent(share)})" if share is not None else ""
    return Number(strong=count(part, NOT_SHOWN), soft=f" of {count(whole, NOT_SHOWN)}{said}")


def _notes(results: Results) -> list[str]:
    reasons = dict.fromkeys(one.improved.why for one in results.measures.values() if one.improved.rule is None)
    return [reason for reason in reasons if reason]


def _attribute_table(attribute: str, results: Results) -> Table:
    columns = (
        Column(title=capital(attribute)),
        Column(title="People", numeric=True),
        Column(title="Answered twice", numeric=True),
        Column(title="Change to last form (95% interval)"),
        Column(title=f"Improved{improved_by(results)}, of those who answered twice", numeric=True),
    )
    groups = tuple(
        Group(
            title=measure.label if len(results.measures) > 1 else "",
            rows=tuple(map(_level, measure.by[attribute])),
        )
        for measure in results.measures.values()
        if measure.by[attribute]
    )
    gone = () if len(groups) == len(results.measures) else (NO_GROUPS,)
    return Table(title=f"The same by {attribute}", columns=columns, groups=groups, notes=(SIDE_BY_SIDE, *gone))


def _level(level: Level) -> Row:
    improved, _ = _improved(level.improved)
    people, twice = (shown(n) for n in (level.clients, level.paired.n))
    return Row(cells=(Words(text=level.level), people, twice, _change(level.paired), improved))


def shown(n: int | None) -> Cell:
    """Return a count, or the place of one that is hidden, for being small or for the sake of another."""
    return Kept(text=NOT_SHOWN) if n is None else Number(strong=f"{n:,}")
