"""Draws estimates as dots on the bands of their intervals, a row for each group, narrow enough for a phone.

The earlier of two is a ring and the later a disc, one above the other, so that neither colour nor place alone tells
them apart. The drawing has attributes only, no ids, scripts or styles.
"""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from textwrap import wrap

from alongside.press.document import Dot, Dots, Place
from alongside.press.theme import FONT, Colours, colour, plain

WIDTH, LEFT, RIGHT = 360, 12, 348
LETTERS, LETTER, ROW = 15, 7.6, 21
LANE, BAND, RADIUS = 20, 10, 4.8
BETWEEN, INSET, GAP = 20, 6, 7


def svg(drawn: Dots, *, colours: Colours = "tokens") -> str:
    """Draw a row for each group.

    Parameters
    ----------
    drawn
        What to draw. What lies beyond its axis is drawn at the edge.
    colours
        "tokens" for a page (CSS custom properties), "print" for paper.

    Returns
    -------
    An `<svg>` element with a view box. The caller names it, with `drawn.alt`.

    Raises
    ------
    ValueError
        The axis needs two ticks or more that go up, and a row as many estimates as there are names, or none.

    Examples
    --------
    >>> women = Place(name="Women", under="80 people", dots=(Dot(at=6.6, text="6.6"), Dot(at=4.1, text="4.1")))
    >>> drawn = svg(Dots(names=("First form", "Day 100"), places=(women,), ticks=((0, "0"), (10, "10")),
    ...                  start_words="not at all", stop_words="very often", alt="Women: 6.6, then 4.1."))
    >>> drawn.count("<circle"), "4.1" in drawn
    (4, True)
    """
    if len(drawn.ticks) < 2 or drawn.ticks[-1][0] <= drawn.ticks[0][0]:
        raise ValueError("An axis needs two ticks or more that go up.")
    if any(len(place.dots) not in (0, len(drawn.names)) for place in drawn.places):
        raise ValueError("A row needs as many estimates as there are names, or none.")
    return _Sheet(drawn, colours).svg()


class _Sheet:
    """The figure and its colours, drawn from the top down."""

    def __init__(self, drawn: Dots, colours: Colours) -> None:
        self.drawn, self.colours = drawn, colours
        self.start, self.stop = drawn.ticks[0][0], drawn.ticks[-1][0]
        self.y = 4.0

    def svg(self) -> str:
        key = [*self._key()] if len(self.drawn.names) > 1 else []
        top = self.y
        rows = [part for place in self.drawn.places for part in self._place(place)]
        grid = [self._line(self._x(at), top, self._x(at), self.y, "grid") for at, _ in self.drawn.ticks]
        parts = [*key, *grid, *rows, *self._axis()]
        height = round(self.y)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" font-family="{FONT}" font-size="{LETTERS}">{"".join(parts)}</svg>'
        )

    def _key(self) -> Iterator[str]:
        for lane, name in enumerate(self.drawn.names):
            lines = _lines(name, less=24)
            yield self._mark(lane, LEFT + 10, self.y + 10)
            yield from self._words(LEFT + 28, lines, "ink")
        self.y += 6

    def _place(self, place: Place) -> Iterator[str]:
        """Draw a group: its name and who it is, on one line if they fit, and its estimates or its kept place."""
        self.y += BETWEEN / 2
        names, under = _lines(place.name, less=INSET), _lines(place.under, less=INSET)
        yield from self._words(LEFT + INSET, names, "ink", weight=600)
        if len(names) == len(under) == 1 and len(_lines(f"{place.name}    {place.under}", less=2 * INSET)) == 1:
            self.y -= ROW
            yield from self._words(RIGHT - INSET, under, "ink-soft", anchor="end")
        else:
            yield from self._words(LEFT + INSET, under, "ink-soft")
        if place.kept:
            yield from self._kept(place.kept)
        yield from self._joined(place.dots)
        for lane, dot in enumerate(place.dots):
            yield from self._dot(lane, dot)
        self.y += BETWEEN / 2

    def _kept(self, words: str) -> Iterator[str]:
        lines = _lines(words, less=24)
        wide, high = 20 + LETTER * max(map(len, lines)), 8 + ROW * len(lines)
        yield (
            f'<rect x="{LEFT + INSET}" y="{self.y + 2:g}" width="{wide:g}" height="{high}" rx="5" fill="none" '
            f'stroke="{self._colour("rule-strong")}" stroke-width="1.4" stroke-dasharray="4 3"/>'
        )
        self.y += 4
        yield from self._words(LEFT + INSET + 10, lines, "ink-soft")
        self.y += 8

    def _dot(self, lane: int, dot: Dot) -> Iterator[str]:
        y, x = self.y + LANE / 2, self._x(dot.at)
        left, right = x - RADIUS, x + RADIUS
        if dot.low is not None and dot.high is not None:
            low, high = self._x(dot.low), self._x(dot.high)
            yield (
                f'<path d="M{low:g} {y:g}H{high:g}" stroke="{self._colour("band-1")}" stroke-width="{BAND}" '
                'stroke-linecap="round"/>'
            )
            left, right = min(left, low - BAND / 2), max(right, high + BAND / 2)
        yield self._mark(lane, x, y)
        yield self._number(dot.text, y, x, left, right)
        self.y += LANE

    def _number(self, words: str, y: float, x: float, left: float, right: float) -> str:
        """Write a number to the right of its band, or to the left, or on the band where it leaves no room."""
        wide = GAP + LETTER * len(words)
        if right + wide <= WIDTH:
            return self._text(right + GAP, y + 5, words, "ink")
        if left - wide >= 0:
            return self._text(left - GAP, y + 5, words, "ink", anchor="end")
        if x + wide + RADIUS <= WIDTH:
            return self._text(x + RADIUS + GAP, y + 5, words, "ink")
        return self._text(x - RADIUS - GAP, y + 5, words, "ink", anchor="end")

    def _mark(self, lane: int, x: float, y: float) -> str:
        """Draw a ring for the earlier of two, else a disc."""
        shade, ring = self._colour("series-1"), lane < len(self.drawn.names) - 1
        look = f'fill="none" stroke="{shade}" stroke-width="2"' if ring else f'fill="{shade}"'
        return f'<circle cx="{x:g}" cy="{y:g}" r="{RADIUS - ring:g}" {look}/>'

    def _joined(self, dots: tuple[Dot, ...]) -> Iterator[str]:
        """Join the earlier of two estimates to the later."""
        ends = [(self._x(dot.at), self.y + LANE * (lane + 0.5)) for lane, dot in enumerate(dots)]
        for (x, y), (x2, y2) in pairwise(ends):
            yield self._line(x, y, x2, y2, "mean")

    def _line(self, x: float, y: float, x2: float, y2: float, role: str) -> str:
        return f'<path d="M{x:g} {y:g}L{x2:g} {y2:g}" stroke="{self._colour(role)}" stroke-width="1.4"/>'

    def _axis(self) -> Iterator[str]:
        """Write the numbers under the axis, and what its ends mean, side by side where there is room."""
        self.y += 4
        first, last = self.drawn.ticks[0][0], self.drawn.ticks[-1][0]
        for at, label in self.drawn.ticks:
            anchor = "start" if at == first else "end" if at == last else "middle"
            x = {"start": LEFT - 4, "end": RIGHT + 4}.get(anchor, self._x(at))
            yield self._text(x, self.y + 15, label, "ink-soft", anchor=anchor)
        self.y += ROW
        starts, stops = _lines(self.drawn.start_words), _lines(self.drawn.stop_words)
        together = max(map(len, starts), default=0) + max(map(len, stops), default=0)
        above = self.y
        yield from self._words(LEFT - 4, starts, "ink-soft")
        if together * LETTER < RIGHT - LEFT - 20:
            below, self.y = self.y, above
            yield from self._words(RIGHT + 4, stops, "ink-soft", anchor="end")
            self.y = max(self.y, below)
        else:
            yield from self._words(RIGHT + 4, stops, "ink-soft", anchor="end")
        self.y += 4

    def _words(
        self, x: float, lines: list[str], role: str, *, weight: int = 400, anchor: str = "start"
    ) -> Iterator[str]:
        for words in lines:
            yield self._text(x, self.y + 15, words, role, weight=weight, anchor=anchor)
            self.y += ROW

    def _text(self, x: float, y: float, words: str, role: str, *, weight: int = 400, anchor: str = "start") -> str:
        look = f'fill="{self._colour(role)}" font-weight="{weight}" text-anchor="{anchor}"'
        return f'<text x="{x:g}" y="{y:g}" {look}>{escape(plain(words))}</text>'

    def _colour(self, role: str) -> str:
        return colour(role, colours=self.colours)

    def _x(self, value: float) -> float:
        share = (min(max(value, self.start), self.stop) - self.start) / (self.stop - self.start)
        return round(LEFT + share * (RIGHT - LEFT), 1)


def _lines(words: str, *, less: int = 0) -> list[str]:
    return wrap(plain(words), int((RIGHT - LEFT - less) / LETTER))
