"""The report's lines over time: the mean line of each measure's model with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alongside.evaluation.axes import axis, near
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import BETTER, leading
from alongside.evaluation.results import Fortnight, Measure
from alongside.evaluation.saying import hidden_words
from alongside.evaluation.summarise import Course
from alongside.outcomes.disclosure import AVERAGE_BASE
from alongside.outcomes.scales import Scale
from alongside.outcomes.trajectory.mean_line import FORTNIGHT, MeanAt
from alongside.outcomes.words import count, interval, persons, points, signed, size
from alongside.press.document import (
    Block,
    Cell,
    Column,
    Figure,
    Finding,
    Group,
    Line,
    Multiples,
    Number,
    Point,
    Row,
    Small,
    Table,
    Tick,
    Words,
)

HOW = (
    "A straight line through every form that people sent, also of those who sent one. Shaded: its 95% interval. "
    f"It ends where the last fortnight begins in which {AVERAGE_BASE} people or more answered."
)
BETWEEN = 4
STRAIGHT = "A line can only be straight. Where averages bend, the figure of the fortnights shows it."
IN_FULL = "The numbers stand at the end, under “The numbers in full”."
COLUMNS = (
    Column(title="Day"),
    Column(title="The line (95% interval)", numeric=True),
    Column(title="Average of that fortnight’s forms", numeric=True),
    Column(title="People who answered in it", numeric=True),
)


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """One measure's line, and who is drawn behind it."""

    measure: Measure
    scale: Scale
    line: tuple[MeanAt, ...]
    people: tuple[Line, ...]
    hidden: str


def line_figures(evaluation: Evaluation) -> list[Block]:
    """Return a large figure for each of the measures that matter most, and small ones for the others.

    A measure has a line where it has a model, and a fortnight beyond the first with answers from ten people or more.

    Parameters
    ----------
    evaluation : results; behind the large lines stand people's own forms, if it holds them
    """
    large, small = _lines(evaluation)
    figures = tuple(Small(title=_title(one), text=_people_in_model(one), figure=_figure(one)) for one in small)
    others = Multiples(title="Other lines over time", lede=f"{HOW} {IN_FULL}", figures=figures)
    return [*map(_finding, large), *([others] if small else [])]


def lines_in_full(evaluation: Evaluation) -> list[Table]:
    """Return the table of the lines that are drawn small, if there are any."""
    _, small = _lines(evaluation)
    groups = tuple(Group(title=one.measure.label, rows=_rows(one)) for one in small)
    return [Table(title="Other lines over time", columns=COLUMNS, groups=groups)] if groups else []


def _lines(evaluation: Evaluation) -> tuple[list[_Drawn], list[_Drawn]]:
    """Return the lines of the measures that matter most, and those of the others."""
    results = evaluation.results
    first = leading(results, evaluation.items)
    found = {
        name: _Drawn(
            measure=measure,
            scale=evaluation.scales[name],
            line=line.points,
            people=_behind(evaluation.courses.get(name, ()), line.points),
            hidden=hidden_words(results),
        )
        for name, measure in results.measures.items()
        for line in measure.everybody.lines
    }
    large = [found[name] for name in first if name in found]
    return large, [one for name, one in found.items() if name not in first]


def _behind(courses: Sequence[Course], line: Sequence[MeanAt]) -> tuple[Line, ...]:
    """Return each person's forms up to the fortnight in which the line ends, of those who have two by then."""
    stop = (line[-1].day or 0) + FORTNIGHT
    within = ([(day, score) for day, score in forms if 0 <= day < stop] for forms in courses)
    return tuple(
        Line(name="", points=tuple(Point(x=day, y=score) for day, score in forms)) for forms in within if len(forms) > 1
    )


def _finding(drawn: _Drawn) -> Finding:
    return Finding(
        title=_title(drawn),
        lede=f"{HOW} {_who_is_behind(drawn)}{BETTER[drawn.measure.better]}",
        figure=_figure(drawn, drawn.people),
        sentences=(_said(drawn), STRAIGHT),
        table=Table(
            title=f"{drawn.measure.label}: the line over time",
            columns=COLUMNS,
            groups=(Group(title="", rows=_rows(drawn)),),
        ),
    )


def _title(drawn: _Drawn) -> str:
    """Say what the line does, in a few words."""
    change = drawn.measure.everybody.fixed["per_100_days"]
    if change.estimate is None or change.ci95 is None:
        return f"{drawn.measure.label} over time"
    low, high = change.ci95
    if low <= 0 <= high:
        return f"{drawn.measure.label}: no clear change in 100 days"
    return f"{drawn.measure.label}: {size(change.estimate)} {'lower' if high < 0 else 'higher'} in 100 days"


def _said(drawn: _Drawn) -> str:
    change = drawn.measure.everybody.fixed["per_100_days"]
    first, last = (f"{points(at.mean or 0)}{_interval(at)} on day {at.day:g}" for at in (drawn.line[0], drawn.line[-1]))
    by = f", {signed(change.estimate)} points in 100 days" if change.estimate is not None else ""
    return f"The line of {_people_in_model(drawn)} goes from {first} to {last}{by}."


def _people_in_model(drawn: _Drawn) -> str:
    return persons(drawn.measure.everybody.n_clients, drawn.hidden)


def _who_is_behind(drawn: _Drawn) -> str:
    twice = drawn.measure.paired.n
    if not drawn.people or twice is None:
        return ""
    some = "all" if len(drawn.people) == twice else f"{count(len(drawn.people), '')} of the"
    return f"Each thin line joins one person’s forms, of {some} {persons(twice, '')} who answered twice or more. "


def _figure(drawn: _Drawn, people: tuple[Line, ...] = ()) -> Figure:
    ends = [value for at in drawn.line for value in (at.mean, *(at.ci95 or ())) if value is not None]
    forms = [point.y for one in people for point in one.points if point.y is not None]
    bottom, top = axis([*ends, *(near(forms).tolist() if forms else ())], drawn.scale)
    answered = [(at, _in_fortnight(at, drawn.measure)) for at in drawn.line]
    return Figure(
        lines=(Line(name="Mean", points=straight(drawn.line)),),
        ticks=tuple(
            Tick(x=at.day or 0, label=f"Day {at.day:g}", under=persons(fortnight.clients, drawn.hidden))
            for at, fortnight in answered
            if fortnight and fortnight.clients != 0
        ),
        bottom=bottom,
        top=top,
        bottom_words=drawn.scale.low_words,
        top_words=drawn.scale.high_words,
        alt=f"{drawn.measure.label}: {_said(drawn)}",
        drawn="line",
        behind=people,
    )


def straight(line: Sequence[MeanAt]) -> tuple[Point, ...]:
    """Return a mean line as it is drawn: straight from its first point to its last, also where means were rounded."""
    first, last = line[0], line[-1]
    days = [at.day or 0 for at in line]
    heights = np.interp(days, [days[0], days[-1]], [first.mean or 0, last.mean or 0]).tolist()
    places = [*range(0, len(line) - 1, BETWEEN), len(line) - 1]
    bands = [line[place].ci95 or (None, None) for place in places]
    return tuple(
        Point(x=days[place], y=heights[place], low=low, high=high)
        for place, (low, high) in zip(places, bands, strict=True)
    )


def _interval(at: MeanAt) -> str:
    return f" (95% interval {interval(at.ci95)})" if at.ci95 else ""


def _in_fortnight(at: MeanAt, measure: Measure) -> Fortnight | None:
    """Return who answered in the fortnight of a day; what is published has no row for a few people."""
    wanted = ((at.day or 0) + FORTNIGHT / 2) // FORTNIGHT
    return next((one for one in measure.over_time if one.fortnight == wanted), None)


def _rows(drawn: _Drawn) -> tuple[Row, ...]:
    return tuple(
        Row(cells=(Words(text=f"{at.day:g}"), mean(at), *_average(_in_fortnight(at, drawn.measure), drawn.hidden)))
        for at in drawn.line
    )


def mean(at: MeanAt) -> Cell:
    """Return a place along a mean line as a cell of a table."""
    return Number(strong=points(at.mean or 0), soft=f" ({interval(at.ci95)})" if at.ci95 else "")


def _average(at: Fortnight | None, hidden: str) -> tuple[Cell, Cell]:
    if at is None or at.mean is None:
        nobody = at is not None and at.clients == 0
        return Words(text="nobody" if nobody else "too few"), Words(text="0" if nobody else hidden)
    return Number(soft=points(at.mean)), Number(soft=count(at.clients, hidden))
