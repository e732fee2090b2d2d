"""One measure in the report: what was found, the figure over time, and the table behind it."""

from collections.abc import Iterable, Mapping

from alongside.evaluation.axes import axis
from alongside.evaluation.results import Fortnight, Measure, Results
from alongside.evaluation.saying import hidden_words, title
from alongside.evaluation.summarise import LAST_FILLED
from alongside.instruments.schema import Item
from alongside.outcomes.disclosure import AVERAGE_BASE
from alongside.outcomes.scales import Scale
from alongside.outcomes.words import change_sentence, count, improved_sentence, interval, persons, points
from alongside.press.document import (
    Cell,
    Column,
    Figure,
    Finding,
    Group,
    Kept,
    Line,
    Number,
    Point,
    Row,
    Table,
    Tick,
    Words,
)

MOST_MEASURES = 4
BETTER = {
    "lower": "A lower score is better.",
    "higher": "A higher score is better.",
    None: "Which way is better was not stated.",
}


def finding(name: str, measure: Measure, scale: Scale, results: Results, items: Mapping[str, Item]) -> Finding:
    """Return one measure's part of the report."""
    hidden = hidden_words(results)
    shown = [at for at in measure.over_time if abs(at.fortnight or 0) <= LAST_FILLED]
    sentences = [change_sentence(measure.paired, hidden), improved_sentence(measure.improved, hidden)]
    sentences += [improved_sentence(other, hidden) for other in measure.also]
    figure = _figure(measure, scale, shown, hidden)
    if figure is None and shown:
        sentences.append(f"No fortnight has answers from {AVERAGE_BASE} people or more, too few to draw.")
    if not shown:
        sentences += beyond([measure])
    said = f"“{items[name].wording}” " if name in items and items[name].wording else ""
    who = f"Mean and median of the forms in each fortnight. Shaded: 95% interval of the mean. {BETTER[measure.better]}"
    return Finding(
        title=title(name, measure, items),
        lede=f"{said}{who}",
        figure=figure,
        sentences=tuple(sentence for sentence in sentences if sentence),
        table=_table(measure, shown, hidden) if shown else None,
    )


def leading(results: Results, items: Mapping[str, Item]) -> list[str]:
    """Return the measures that matter most: indicators of the first outcome, or the first few of a file without any."""
    keys = results.outcomes[0].indicators if results.outcomes else ()
    chosen = [name for name in results.measures if name in items and items[name].key in keys]
    return chosen or [*results.measures][:MOST_MEASURES]


def beyond(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Return the note that says where later fortnights stand, if there are any."""
    later = any(abs(at.fortnight or 0) > LAST_FILLED for measure in measures for at in measure.over_time)
    return (f"Fortnights beyond {LAST_FILLED} are in tables/over_time.csv.",) if later else ()


def _figure(measure: Measure, scale: Scale, shown: list[Fortnight], hidden: str) -> Figure | None:
    averaged = [at for at in shown if at.mean is not None and (at.clients or 0) >= AVERAGE_BASE]
    if not averaged:
        return None
    drawn = [value for at in averaged for value in (at.mean, at.median, *(at.ci95 or ())) if value is not None]
    bottom, top = axis(drawn, scale)
    first, last = averaged[0], averaged[-1]
    alt = (
        f"{measure.label}: mean {points(first.mean or 0)} on day {_day(first)}, from {persons(first.clients, hidden)}; "
        f"{points(last.mean or 0)} on day {_day(last)}, from {persons(last.clients, hidden)}."
    )
    mean, median = [], []
    for at in averaged:
        low, high = at.ci95 or (None, None)
        mean.append(Point(x=_day(at), y=at.mean, low=low, high=high))
        median.append(Point(x=_day(at), y=at.median))
    return Figure(
        lines=(Line(name="Mean", points=tuple(mean)), Line(name="Median", points=tuple(median))),
        ticks=tuple(Tick(x=_day(at), label=f"Day {_day(at)}", under=persons(at.clients, hidden)) for at in averaged),
        bottom=bottom,
        top=top,
        bottom_words=scale.low_words,
        top_words=scale.high_words,
        alt=alt,
    )


def _day(at: Fortnight) -> int:
    return 14 * int(at.fortnight or 0)


def _table(measure: Measure, shown: list[Fortnight], hidden: str) -> Table:
    columns = (
        Column(title="Fortnight around day"),
        Column(title="People", numeric=True),
        Column(title="Mean (95% interval)", numeric=True),
        Column(title="Median", numeric=True),
        Column(title="Missing", numeric=True),
        Column(title="Ended before", numeric=True),
    )
    rows = tuple(
        Row(
            cells=(
                Words(text=str(_day(at))),
                _count(at.clients, hidden),
                _mean(at),
                Words(text="nobody" if at.clients == 0 else "too few")
                if at.median is None
                else Number(strong=points(at.median)),
                _count(at.missing, hidden),
                _count(at.ended, hidden),
            )
        )
        for at in shown
    )
    note = (
        "Missing: no answer in that fortnight, with forms in or around it. "
        "Ended before: the person’s last form was earlier."
    )
    return Table(
        title=f"{measure.label} over time",
        columns=columns,
        groups=(Group(title="", rows=rows),),
        notes=(note, *beyond([measure])),
    )


def _count(n: int | None, hidden: str) -> Cell:
    return Kept(text=hidden) if n is None else Number(strong=count(n, hidden))


def _mean(at: Fortnight) -> Cell:
    if at.mean is None:
        return Words(text="nobody" if at.clients == 0 else "too few")
    return Number(strong=points(at.mean), soft=f" ({interval(at.ci95)})" if at.ci95 else "")
