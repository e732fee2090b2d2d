"""Draws a figure small, to stand beside others like it: two lines at most, and only the numbers at their ends."""

from html import escape

from alongside.press.document import Figure, Line, Point
from alongside.press.labels import apart, number, runs
from alongside.press.theme import FONT, Colours, colour, plain

WIDTH, HEIGHT = 340, 200
LEFT, RIGHT, TOP, BOTTOM = 4, 246, 26, 140
LETTERS, GAP = 14, 18
DASHES = ("", "7 4")


def svg(figure: Figure, *, colours: Colours = "tokens") -> str:
    """Draw one or two lines over time in the space of a postcard.

    Parameters
    ----------
    figure
        What to draw. A missing `y` leaves a gap; a single point is drawn as a dot. Only the first line has a
        band, and only the first and the last tick are labelled.
    colours
        "tokens" for a page (CSS custom properties), "print" for paper.

    Returns
    -------
    An `<svg>` element with a view box, and without ids, scripts or styles. The caller names it, with `figure.alt`.

    Raises
    ------
    ValueError
        A small figure needs one or two lines, each with a value, and an axis that goes up.

    Examples
    --------
    >>> from alongside.press.document import Tick
    >>> line = Line(name="Mean", points=(Point(x=0, y=6.1), Point(x=14, y=3.7)))
    >>> ticks = (Tick(x=0, label="Day 0"), Tick(x=14, label="Day 14"))
    >>> drawn = svg(Figure(lines=(line,), ticks=ticks, bottom=0, top=10, bottom_words="not at all",
    ...                    top_words="very often", alt="Falls from 6.1 to 3.7."))
    >>> "mean 3.7" in drawn
    True
    """
    if not 1 <= len(figure.lines) <= 2 or figure.top <= figure.bottom or not all(map(runs, figure.lines)):
        raise ValueError("A small figure needs one or two lines with a value in each, and a top above its bottom.")
    return _Drawing(figure, colours).svg()


class _Drawing:
    """A figure and its colours, on one sheet."""

    def __init__(self, figure: Figure, colours: Colours) -> None:
        self.figure, self.colours = figure, colours
        places = [point.x for line in figure.lines for point in line.points]
        self.start, self.stop = min(places), max(places)

    def svg(self) -> str:
        parts = [self._axis(), *(self._line(index, line) for index, line in enumerate(self.figure.lines))]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}" font-size="{LETTERS}">'
            f"{''.join(parts)}{self._ends()}{self._times()}</svg>"
        )

    def _axis(self) -> str:
        grid, words = self._colour("grid"), self.figure
        edges = "".join(f'<path d="M{LEFT} {y}H{RIGHT}" stroke="{grid}" stroke-width="1.4"/>' for y in (TOP, BOTTOM))
        top = self._text(LEFT, TOP - 8, words.top_words, "ink-soft")
        return edges + top + self._text(LEFT, BOTTOM + 16, words.bottom_words, "ink-soft")

    def _line(self, index: int, line: Line) -> str:
        shade = self._colour(f"series-{index + 1}")
        drawn = []
        for run in runs(line):
            if index == 0:
                drawn.append(self._band(run))
            if len(run) == 1:
                drawn.append(f'<circle cx="{self._x(run[0])}" cy="{self._y(run[0].y)}" r="4" fill="{shade}"/>')
                continue
            path = " ".join(f"{self._x(point)},{self._y(point.y)}" for point in run)
            dashes = f' stroke-dasharray="{DASHES[index]}"' if DASHES[index] else ""
            drawn.append(f'<polyline points="{path}" fill="none" stroke="{shade}" stroke-width="2.4"{dashes}/>')
        return "".join(drawn)

    def _band(self, run: list[Point]) -> str:
        known = [point for point in run if point.low is not None and point.high is not None]
        if len(known) < 2:
            return ""
        around = [(point, point.high) for point in known] + [(point, point.low) for point in reversed(known)]
        path = " ".join(f"{self._x(point)},{self._y(value)}" for point, value in around)
        return f'<polygon points="{path}" fill="{self._colour("band-1")}"/>'

    def _ends(self) -> str:
        """Name every line at the right with its last value, moved apart where they would touch."""
        lasts = [runs(line)[-1][-1] for line in self.figure.lines]
        tops = apart([self._y(last.y) for last in lasts], [GAP] * len(lasts), most=BOTTOM + GAP)
        return "".join(
            self._text(
                RIGHT + 8, top + 5, f"{line.name.lower()} {number(last.y or 0)}", f"series-{index + 1}", weight=600
            )
            for index, (line, last, top) in enumerate(zip(self.figure.lines, lasts, tops, strict=True))
        )

    def _times(self) -> str:
        ticks = sorted(self.figure.ticks, key=lambda tick: tick.x)
        ends = [(tick, LEFT, "start") for tick in ticks[:1]] + [(tick, RIGHT, "end") for tick in ticks[1:][-1:]]
        return "".join(
            self._text(x, HEIGHT - 22, tick.label, "ink", anchor=anchor)
            + self._text(x, HEIGHT - 5, tick.under, "ink-soft", anchor=anchor)
            for tick, x, anchor in ends
        )

    def _text(self, x: float, y: float, words: str, role: str, *, weight: int = 400, anchor: str = "start") -> str:
        look = f'fill="{self._colour(role)}" font-weight="{weight}" text-anchor="{anchor}"'
        return f'<text x="{x:g}" y="{y:g}" {look}>{escape(plain(words))}</text>'

    def _colour(self, role: str) -> str:
        return colour(role, colours=self.colours)

    def _x(self, point: Point) -> float:
        share = (point.x - self.start) / (self.stop - self.start) if self.stop > self.start else 0.5
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def _y(self, value: float | None) -> float:
        bottom, top = self.figure.bottom, self.figure.top
        share = ((value or 0) - bottom) / (top - bottom)
        return round(BOTTOM - min(max(share, 0), 1) * (BOTTOM - TOP), 1)
