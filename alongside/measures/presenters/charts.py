"""Where everything stands in a small chart of one question: numbers for the SVG, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from alongside.instruments.schema import Item
from alongside.measures.fortnights import apart
from alongside.measures.queries.forms import Form

LEFT, RIGHT, TOP, BOTTOM = 6.0, 199.0, 24.0, 118.0
LINE = 15.5  # from one line of letters to the next
NUMBER_WIDTH = 12.0


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart: dots, lines between neighbours, the average, and where the last number is written."""

    dots: list[tuple[float, float]]
    lines: list[str]
    average: float | None
    last: float | None
    last_at: float
    average_at: float


@dataclass(frozen=True, kw_only=True)
class Happened:
    """Something that happened, numbered: where its line stands, and where its number."""

    number: int
    x: float
    number_at: float
    on: date
    words: str


class Days:
    """The days from left to right."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first, self.last = min(days), max(days)

    def x(self, day: date) -> float:
        """Where a day stands; a single day stands at the right, where the newest always is."""
        whole = (self.last - self.first).days
        share = (day - self.first).days / whole if whole else 1.0
        return round(LEFT + share * (RIGHT - LEFT), 1)


def chart(item: Item, forms: Sequence[Form], days: Days) -> Chart:
    """Draw one question. The line has a gap where a form, or this answer, is missing."""
    dots: list[tuple[float, float]] = []
    run: list[tuple[float, float]] = []
    runs: list[list[tuple[float, float]]] = []
    marks: list[float] = []
    before: date | None = None
    for form in forms:
        value = form.answer(item.key).value
        if run and (value is None or (before and apart(before, form.sent_on) > 1)):
            runs.append(run)
            run = []
        before = form.sent_on
        if value is not None:
            dot = (days.x(form.sent_on), _y(item, value))
            dots.append(dot)
            run.append(dot)
            marks.append(value)
    runs.append(run)
    last = dots[-1][1] if dots else TOP
    average = _y(item, fmean(marks)) if marks else TOP
    above = average < last
    label = min(average + 4.5, last + 4.5 - LINE) if above else max(average + 4.5, last + 4.5 + LINE)
    return Chart(
        dots=dots,
        lines=[" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1],
        average=average if len(marks) > 1 else None,
        last=marks[-1] if marks else None,
        last_at=round(last + 4.5, 1),
        average_at=round(label, 1),
    )


def happened(events: Sequence[tuple[date, str]], days: Days) -> list[Happened]:
    """Number what happened, the earliest first; numbers never stand on each other."""
    found: list[Happened] = []
    free = LEFT
    for number, (on, words) in enumerate(sorted(events), start=1):
        x = days.x(on)
        at = max(x, free)
        free = at + NUMBER_WIDTH
        found.append(Happened(number=number, x=x, number_at=at, on=on, words=words))
    return found


def _y(item: Item, value: float) -> float:
    share = (value - item.low) / (item.high - item.low)
    return round(BOTTOM - share * (BOTTOM - TOP), 1)
