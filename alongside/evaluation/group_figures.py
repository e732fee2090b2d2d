"""The report's figures of groups at two times: each group's first form, and the form nearest to a day."""

from collections.abc import Mapping

from alongside.evaluation.axes import axis
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import BETTER, leading
from alongside.evaluation.overview import SIDE_BY_SIDE
from alongside.evaluation.results import Measure
from alongside.outcomes.both_times import BothTimes
from alongside.outcomes.disclosure import AVERAGE_BASE
from alongside.outcomes.scales import Scale
from alongside.outcomes.words import NOT_SHOWN, capital, count, interval, persons, points, signed
from alongside.press.document import (
    Cell,
    Column,
    Compared,
    Dot,
    Dots,
    Group,
    Number,
    Place,
    Row,
    Table,
    Words,
)

NOBODY = "nobody has both forms"
NARROWER = "The interval of the change rests on each person’s own change, so it can be narrower than the two beside it."
ENOUGH = f"{AVERAGE_BASE} or more"


def group_figures(evaluation: Evaluation) -> list[Compared]:
    """Return a figure for each attribute and each of the measures that matter most, where a group has enough people."""
    measures = {name: evaluation.results.measures[name] for name in leading(evaluation.results, evaluation.items)}
    attributes = dict.fromkeys(column for measure in measures.values() for column in measure.nearest.by)
    return [
        _finding(measure, column, evaluation.scales[name])
        for column in attributes
        for name, measure in measures.items()
        if any(found.mean_first is not None for found in measure.nearest.by[column].values())
    ]


def _finding(measure: Measure, column: str, scale: Scale) -> Compared:
    groups, day, window = measure.nearest.by[column], measure.nearest.days, measure.nearest.window
    title = f"{measure.label} by {column}: at first, and near day {day:g}"
    said = " ".join(_said(level, found) for level, found in groups.items() if found.mean_first is not None)
    return Compared(
        title=title,
        lede=f"The same people at both times: those with a form at most {window:g} days from day {day:g}. "
        f"The ring is the first form, the disc the one near that day; shaded: 95% interval. {BETTER[measure.better]}",
        figure=_figure(measure, groups, scale, f"{measure.label}, first form and near day {day:g}. {said}"),
        sentences=(said, SIDE_BY_SIDE),
        table=_table(title, groups, column, f"{day:g}"),
    )


def _said(level: str, found: BothTimes) -> str:
    who = f" ({persons(found.n, '')})" if found.n is not None else ""
    return f"{capital(level)}{who}: {points(found.mean_first or 0)} at first, then {points(found.mean_near or 0)}."


def _figure(measure: Measure, groups: Mapping[str, BothTimes], scale: Scale, alt: str) -> Dots:
    ends = [
        end
        for found in groups.values()
        for end in (found.mean_first, found.mean_near, *(found.first_ci95 or ()), *(found.near_ci95 or ()))
        if end is not None
    ]
    bottom, top = axis(ends, scale)
    return Dots(
        names=("First form", f"Form nearest to day {measure.nearest.days:g}"),
        places=tuple(_place(level, found) for level, found in groups.items()),
        ticks=tuple((at, f"{at:g}".replace("-", "−")) for at in (bottom, (bottom + top) / 2, top)),
        start_words=scale.low_words,
        stop_words=scale.high_words,
        alt=alt,
    )


def _place(level: str, found: BothTimes) -> Place:
    name = capital(level)
    if found.mean_first is None or found.mean_near is None:
        return Place(name=name, under="", kept=NOBODY if found.n == 0 else NOT_SHOWN)
    return Place(
        name=name,
        under=f"{ENOUGH} people" if found.n is None else persons(found.n, ""),
        dots=(_dot(found.mean_first, found.first_ci95), _dot(found.mean_near, found.near_ci95)),
    )


def _dot(mean: float, ends: tuple[float, float] | None) -> Dot:
    low, high = ends or (None, None)
    return Dot(at=mean, text=points(mean), low=low, high=high)


def _table(title: str, groups: Mapping[str, BothTimes], column: str, day: str) -> Table:
    return Table(
        title=title,
        columns=(
            Column(title=capital(column)),
            Column(title="People with both", numeric=True),
            Column(title="First form (95% interval)", numeric=True),
            Column(title=f"Near day {day} (95% interval)", numeric=True),
            Column(title="Change (95% interval)", numeric=True),
        ),
        groups=(Group(title="", rows=tuple(_row(level, found) for level, found in groups.items())),),
        notes=(NARROWER,),
    )


def _row(level: str, found: BothTimes) -> Row:
    if found.mean_first is None or found.mean_near is None or found.mean_change is None:
        why = Words(text=NOBODY if found.n == 0 else NOT_SHOWN)
        return Row(cells=(Words(text=capital(level)), why, *(Words(text=""),) * 3))
    change = Number(strong=signed(found.mean_change), soft=_ends(found.change_ci95))
    people: Cell = Words(text=ENOUGH) if found.n is None else Number(strong=count(found.n, ""))
    both = ((found.mean_first, found.first_ci95), (found.mean_near, found.near_ci95))
    means = (Number(strong=points(mean), soft=_ends(ends)) for mean, ends in both)
    return Row(cells=(Words(text=capital(level)), people, *means, change))


def _ends(ends: tuple[float, float] | None) -> str:
    return f" ({interval(ends)})" if ends else ""
