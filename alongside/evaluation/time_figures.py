"""The report's curves of how long until people first improved reliably.

They step down on single people's days, so they stand in exact reports only: what is published has no steps.
"""

from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import leading
from alongside.evaluation.results import Measure
from alongside.outcomes.time_to_change import Step, TimeToChange
from alongside.outcomes.trajectory.mean_line import FORTNIGHT
from alongside.outcomes.words import count, percent, percents, persons
from alongside.press.document import Column, Figure, Finding, Group, Line, Number, Point, Row, Table, Tick, Words

HOW = (
    "The share of people who had not yet improved reliably, over the days since their first form (Kaplan and Meier). "
    "Shaded: its 95% interval. Somebody whose forms end before counts as far as they were seen."
)
WHO = "Under each day: people still seen who had not yet improved."


def time_figures(evaluation: Evaluation) -> list[Finding]:
    """Return the curve of each of the measures that matter most; none where no reliability was stated."""
    chosen = [evaluation.results.measures[name] for name in leading(evaluation.results, evaluation.items)]
    return [_finding(one, one.time_to_change) for one in chosen if one.time_to_change and one.time_to_change.steps]


def _finding(measure: Measure, found: TimeToChange) -> Finding:
    return Finding(
        title=f"{measure.label}: {_half(found)}",
        lede=f"{HOW} {WHO}",
        figure=_figure(measure, found),
        sentences=(f"{_said(found)}.", *([found.why] if found.why else [])),
        table=_table(measure, found),
    )


def _half(found: TimeToChange) -> str:
    if found.median_days is None:
        return "fewer than half were seen to improve reliably"
    return f"half had improved reliably by day {found.median_days:g}"


def _said(found: TimeToChange) -> str:
    seen = f"{count(found.improved, '')} of {persons(found.n, '')} with two forms or more were seen to improve reliably"
    if found.median_days is None:
        return seen
    low, high = (f"{end:g}" if end is not None else "not known" for end in (found.median_low, found.median_high))
    return f"{seen}, half of all by day {found.median_days:g} (95% interval {low} to {high})"


def _figure(measure: Measure, found: TimeToChange) -> Figure:
    steps = [Point(x=0, y=1)] + [_point(step) for step in found.steps]
    return Figure(
        lines=(Line(name="Not yet", points=tuple(steps)),),
        ticks=tuple(Tick(x=day, label=f"Day {day}", under=persons(_watched(found, day), "")) for day in _days(found)),
        bottom=0,
        top=1,
        bottom_words="everybody has improved",
        top_words="nobody has improved yet",
        alt=f"{measure.label}: {_said(found)}.",
        drawn="steps",
        shares=True,
    )


def _point(step: Step) -> Point:
    low, high = step.ci95 or (None, None)
    return Point(x=step.day or 0, y=step.not_yet, low=low, high=high)


def _days(found: TimeToChange) -> list[int]:
    """Return every fortnight's day up to the last on which anybody was seen."""
    last = found.steps[-1].day or 0
    return list(range(0, int(last) + 1, FORTNIGHT))


def _watched(found: TimeToChange, day: int) -> int:
    """Return how many were still seen on a day and had not improved before it."""
    return next((step.n or 0 for step in found.steps if (step.day or 0) >= day), 0)


def _share(found: TimeToChange, day: int) -> Step | None:
    return next((step for step in reversed(found.steps) if (step.day or 0) <= day), None)


def _table(measure: Measure, found: TimeToChange) -> Table:
    rows = tuple(
        Row(
            cells=(
                Words(text=str(day)),
                Number(strong=count(_watched(found, day), "")),
                _not_yet(_share(found, day)),
            )
        )
        for day in _days(found)
    )
    return Table(
        title=f"{measure.label}: not yet improved reliably",
        columns=(
            Column(title="Day"),
            Column(title="Still seen, not yet improved", numeric=True),
            Column(title="Share not yet improved (95% interval)", numeric=True),
        ),
        groups=(Group(title="", rows=rows),),
        notes=("Every single day stands in results.json, under time_to_change.",),
    )


def _not_yet(step: Step | None) -> Number:
    if step is None or step.not_yet is None:
        return Number(strong=percent(1))
    return Number(strong=percent(step.not_yet), soft=f" ({percents(step.ci95)})" if step.ci95 else "")
