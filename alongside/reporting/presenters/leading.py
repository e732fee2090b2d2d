"""The first figure of a report: the questions of the first outcome together, fortnight by fortnight."""

from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import beyond
from alongside.evaluation.results import Fortnight, Measure
from alongside.evaluation.saying import hidden_words
from alongside.evaluation.summarise import LAST_FILLED
from alongside.outcomes.disclosure import AVERAGE_BASE
from alongside.outcomes.words import capital, change_sentence, count, interval, persons, points
from alongside.press.document import Cell, Column, Figure, Finding, Group, Line, Number, Point, Row, Table, Tick, Words

DAY_0 = "Day 0 is each person’s first form in this time."
LEDE = (
    "Average of whoever answered in each fortnight, on the form’s own line. Shaded: 95% interval. "
    f"{DAY_0} Later points rest on fewer people."
)


def leading_measures(evaluation: Evaluation) -> dict[str, Measure]:
    """The questions of the first outcome by their names, as many as a figure has lines for."""
    results, items = evaluation.results, evaluation.items
    keys = results.outcomes[0].indicators if results.outcomes else ()
    named = [name for name in results.measures if name in items and items[name].key in keys]
    return {name: results.measures[name] for name in named[:3]}


def leading(evaluation: Evaluation) -> list[Finding]:
    """Return the figure and its table, or nothing where no fortnight has enough people."""
    named = leading_measures(evaluation)
    measures, items = list(named.values()), [evaluation.items[name] for name in named]
    averaged = [{_day(at): at for at in measure.over_time if _drawn(at)} for measure in measures]
    if not measures or not all(averaged):
        return []
    hidden = hidden_words(evaluation.results)
    days = sorted(set().union(*averaged))
    names = " and ".join(measure.label.lower() for measure in measures)
    figure = Figure(
        lines=tuple(
            Line(name=measure.label, points=tuple(_point(day, found.get(day)) for day in days))
            for measure, found in zip(measures, averaged, strict=True)
        ),
        ticks=tuple(Tick(x=day, label=f"Day {day}", under=_who(day, averaged, hidden)) for day in days),
        bottom=items[0].low,
        top=items[0].high,
        bottom_words=items[0].low_words,
        top_words=", or ".join(dict.fromkeys(item.high_words for item in items)),
        alt=" ".join(_said(measure, found, hidden) for measure, found in zip(measures, averaged, strict=True)),
    )
    return [
        Finding(
            title=f"{capital(names)}, fortnight by fortnight",
            lede=LEDE,
            figure=figure,
            sentences=tuple(f"{one.label}. {change_sentence(one.paired, hidden)}" for one in measures),
            table=_table(f"{capital(names)} over time", measures, averaged, days, hidden),
        )
    ]


def _drawn(at: Fortnight) -> bool:
    return at.mean is not None and (at.clients or 0) >= AVERAGE_BASE and abs(at.fortnight or 0) <= LAST_FILLED


def _day(at: Fortnight) -> int:
    return 14 * int(at.fortnight or 0)


def _point(day: int, at: Fortnight | None) -> Point:
    low, high = (at.ci95 if at else None) or (None, None)
    return Point(x=day, y=at.mean if at else None, low=low, high=high)


def _who(day: int, averaged: list[dict[int, Fortnight]], hidden: str) -> str:
    return persons(min(found[day].clients or 0 for found in averaged if day in found), hidden)


def _said(measure: Measure, found: dict[int, Fortnight], hidden: str) -> str:
    first, last = (
        f"{points(found[day].mean or 0)} on day {day}, from {persons(found[day].clients, hidden)}"
        for day in (min(found), max(found))
    )
    return f"{measure.label}: {first}; {last}."


def _table(
    title: str, measures: list[Measure], averaged: list[dict[int, Fortnight]], days: list[int], hidden: str
) -> Table:
    columns = [Column(title="Fortnight around day")]
    for measure in measures:
        columns += [
            Column(title=f"{measure.label}: people", numeric=True),
            Column(title=f"{measure.label}: mean (95% interval)", numeric=True),
        ]
    rows = tuple(
        Row(cells=(Words(text=str(day)), *(cell for found in averaged for cell in _cells(found.get(day), hidden))))
        for day in days
    )
    return Table(title=title, columns=tuple(columns), groups=(Group(title="", rows=rows),), notes=beyond(measures))


def _cells(at: Fortnight | None, hidden: str) -> list[Cell]:
    if at is None:
        return [Words(text=""), Words(text="too few")]
    soft = f" ({interval(at.ci95)})" if at.ci95 else ""
    return [Number(strong=count(at.clients, hidden)), Number(strong=points(at.mean or 0), soft=soft)]
