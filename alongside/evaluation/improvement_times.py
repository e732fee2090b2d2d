"""The report's tables of how long it took until people first improved reliably, for everyone and for each group."""

from collections.abc import Iterable

from alongside.evaluation.by_chance import by_chance
from alongside.evaluation.overview import shown
from alongside.evaluation.results import Results
from alongside.outcomes.time_to_change import Compared, TimeToChange
from alongside.outcomes.words import NOT_SHOWN, capital
from alongside.press.document import Cell, Column, Group, Number, Row, Table, Words

SEEN = (
    "People are followed from their first form to the first one that is reliably better, or to their last. “Half had "
    "by day” is when half of them would have, counting those who left for as long as they were seen."
)
TITLE = "Time to the first reliable improvement"


def improvement_times(results: Results) -> list[Table]:
    """Return the table of everyone, or none where no change is called reliable."""
    found = {one.label: one.time_to_change for one in results.measures.values() if one.time_to_change}
    rows = tuple(_row(label, one, results) for label, one in found.items())
    return [_table(TITLE, "What people marked", [Group(title="", rows=rows)])] if rows else []


def improvement_times_by(results: Results) -> list[Table]:
    """Return a table for each attribute asked for."""
    measures = results.measures.values()
    return [
        _table(
            f"{TITLE}, by {column}",
            capital(column),
            [
                Group(
                    title=one.label if len(results.measures) > 1 else "",
                    rows=tuple(
                        _row(level, group, results) for level, group in one.time_to_change_by[column].groups.items()
                    ),
                )
                for one in measures
                if column in one.time_to_change_by
            ],
            by_chance(
                f"set groups by {column} that do not differ this far apart",
                {one.label: one.time_to_change_by[column].p for one in measures if column in one.time_to_change_by},
                "a log-rank test",
            ),
        )
        for column in dict.fromkeys(column for one in measures for column in one.time_to_change_by)
    ]


def _table(title: str, who: str, groups: Iterable[Group], notes: Iterable[str] = ()) -> Table:
    return Table(
        title=title,
        lede=SEEN,
        columns=(
            Column(title=who),
            Column(title="People", numeric=True),
            Column(title="Improved", numeric=True),
            Column(title="Half had by day (95% interval)"),
        ),
        groups=tuple(groups),
        notes=tuple(notes),
    )


def _row(name: str, found: TimeToChange | Compared, results: Results) -> Row:
    return Row(cells=(Words(text=name), shown(found.n), shown(found.improved), _median(found, results)))


def _median(found: TimeToChange | Compared, results: Results) -> Cell:
    if found.median_days is None:
        return Words(text=NOT_SHOWN if results.publication.profile else "fewer than half did")
    low, high = found.median_low, found.median_high
    if low is None:
        return Number(strong=f"{found.median_days:g}", note="no interval: too few people")
    return Number(strong=f"{found.median_days:g}", soft=f" ({low:g} {'or later' if high is None else f'to {high:g}'})")
