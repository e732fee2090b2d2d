"""Where everything stands in a chart of one score over time: numbers for the SVG, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.core.words import short_day
from alongside.measures.presenters.trend_sentences import Mark, comparable, number
from alongside.measures.scored import Scale

LEFT, RIGHT, TOP, BOTTOM = 26.0, 196.0, 10.0, 150.0
LINE = 13.0  # from one band's name to the next
NUMBER_WIDTH = 12.0
WITH_BANDS, WITHOUT = 338, 240


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A stretch of the scale from side to side: a band with its name, or what may be unsteadiness alone."""

    x: float = LEFT
    y: float
    height: float
    name: str = ""
    name_at: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Happened:
    """Something that happened, by its number: where its line stands, and where its number."""

    number: int
    x: float
    number_at: float


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart: bands, ribbon, dots, lines between neighbours, and the last score written beside them."""

    width: int
    low: str
    high: str
    began: str
    ended: str
    bands: list[Strip]
    ribbon: Strip | None
    happened: list[Happened]
    dots: list[tuple[float, float]]
    lines: list[str]
    last: str
    last_at: float


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The days from left to right and the whole of a scale from bottom to top."""

    scale: Scale
    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands; a single day stands at the right, where the newest always is."""
        whole = (self.last - self.first).days
        share = (day - self.first).days / whole if whole else 1.0
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def y(self, value: float) -> float:
        """Where a score stands."""
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return round(BOTTOM - share * (BOTTOM - TOP), 1)


def chart(scale: Scale, marks: Sequence[Mark], events: Sequence[tuple[int, date]], today: date) -> Chart:
    """Draw one score. The line has a gap where a form was not scored, or scored on another number of questions."""
    frame = Frame(scale=scale, first=marks[0].on, last=marks[-1].on)
    runs: list[list[tuple[float, float]]] = [[]]
    before: Mark | None = None
    for mark in marks:
        if before and (mark.value is None or mark.items != before.items):
            runs.append([])
        before = mark
        if mark.value is not None:
            runs[-1].append((frame.x(mark.on), frame.y(mark.value)))
    dots = [dot for run in runs for dot in run]
    same = comparable(marks)
    return Chart(
        width=WITH_BANDS if scale.bands else WITHOUT,
        low=number(scale.low),
        high=number(scale.high),
        began=_dated(frame.first, today) if frame.first != frame.last else "",
        ended=_dated(frame.last, today),
        bands=_bands(frame),
        ribbon=_ribbon(frame, same[0]) if same else None,
        happened=_happened(frame, events),
        dots=dots,
        lines=[" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1],
        last=number(same[-1].value or 0) if same else "",
        last_at=round(dots[-1][1] + 4.5, 1) if dots else TOP,
    )


def _bands(frame: Frame) -> list[Strip]:
    """Each from where it begins to where the next one does; their names never stand on each other."""
    bands = frame.scale.bands
    ends = [*(band.low for band in bands[1:]), *(band.high for band in bands[-1:])]
    made: list[Strip] = []
    free = BOTTOM + LINE
    for band, end in zip(bands, ends, strict=True):
        top, bottom = frame.y(end), frame.y(band.low)
        free = min((top + bottom) / 2 + 4, free - LINE)
        made.append(Strip(y=top, height=round(bottom - top, 1), name=band.name, name_at=round(free, 1)))
    return made


def _ribbon(frame: Frame, first: Mark) -> Strip | None:
    """What is less than the published value away from the first score, as far as the scale goes."""
    if frame.scale.reliable is None or first.value is None:
        return None
    by = frame.scale.reliable.by
    top = frame.y(min(first.value + by, frame.scale.high))
    bottom = frame.y(max(first.value - by, frame.scale.low))
    return Strip(x=frame.x(first.on), y=top, height=round(bottom - top, 1))


def _happened(frame: Frame, events: Sequence[tuple[int, date]]) -> list[Happened]:
    """Those within the chart's days; their numbers never stand on each other."""
    found: list[Happened] = []
    free = LEFT
    for place, day in events:
        if frame.first <= day <= frame.last:
            x = frame.x(day)
            at = max(x, free)
            free = at + NUMBER_WIDTH
            found.append(Happened(number=place, x=x, number_at=at))
    return found


def _dated(day: date, today: date) -> str:
    return short_day(day) if day.year == today.year else f"{short_day(day)} {day.year}"
