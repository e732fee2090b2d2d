"""Draws figures in which everybody is seen: each person a dot, or a bar in a row of bars.

Better and worse are told apart by shape and by shade. The drawings have attributes only, no ids, scripts or styles,
and are narrow enough for a phone.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from alongside.press.document import Ordered, Scatter
from alongside.press.theme import FONT, Colours, colour, plain

WIDTH, SQUARE, HEIGHT = 440, 370, 220
LETTERS, LETTER, ROW = 15, 7.6, 21
LARGEST, SMALLEST = 13.0, 1.2
FEW, MANY = 80, 150
EVEN_STEPS = (1, 2, 2.5, 5, 10)


def svg(drawn: Scatter | Ordered, *, colours: Colours = "tokens") -> str:
    """Draw first scores against last, or changes in order.

    Each spot of a `Scatter` is as large as the number of people on it; the bars of an `Ordered` have heads while there
    are few.

    Parameters
    ----------
    drawn
        What to draw. What lies beyond its axes is drawn at the edge.
    colours
        "tokens" for a page (CSS custom properties), "print" for paper.

    Returns
    -------
    An `<svg>` element with a view box. The caller names it, with `drawn.alt`.

    Raises
    ------
    ValueError
        The top is not above the bottom.

    Examples
    --------
    >>> from alongside.press.document import Spots
    >>> everybody = Spots(name="2 people", places=((6, 4, 1), (5, 5, 1)))
    >>> drawn = svg(Scatter(better=None, between=everybody, worse=None, band=None, bottom=0, top=10,
    ...                     bottom_words="not at all", top_words="very often", first_words="First form",
    ...                     last_words="Last form", diagonal_words="No change", alt="Two people."))
    >>> drawn.count("<circle"), "Last form: very often" in drawn
    (3, True)
    """
    return _Scatter(drawn, colours).svg() if isinstance(drawn, Scatter) else _Ordered(drawn, colours).svg()


class _Sheet:
    """What both drawings share: a key above, an upright axis at the left, and three looks."""

    def __init__(self, drawn: Scatter | Ordered, colours: Colours, *, above: str, height: int) -> None:
        if drawn.top <= drawn.bottom:
            raise ValueError("A figure of people needs a top above its bottom.")
        self.bottom, self.top, self.band, self.colours = drawn.bottom, drawn.top, drawn.band, colours
        between = "series-1" if drawn.band is None else "ink-soft"
        self.looks = {"better": "series-1", "between": between, "worse": "series-2"}
        self.key = self._key_rows(drawn)
        rows = [line for _, lines in self.key for line in lines]
        self.above = _lines(above)
        self.high = 20 + ROW * (len(rows) + len(self.above))
        self.low = self.high + height
        self.right = WIDTH - 14
        self.left = 16 + round(LETTER * max(len(_number(value)) + 1 for value in self._ticks()))

    def _key_rows(self, drawn: Scatter | Ordered) -> list[tuple[str, list[str]]]:
        named = {"better": drawn.better, "between": drawn.between, "worse": drawn.worse}
        rows = [(look, _lines(group.name)) for look, group in named.items() if group]
        return [*rows, ("diagonal", _lines(drawn.diagonal_words))] if isinstance(drawn, Scatter) else rows

    def whole(self, parts: Sequence[str], *, height: int) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" font-family="{FONT}" font-size="{LETTERS}">{"".join(parts)}</svg>'
        )

    def draw_key(self) -> Iterator[str]:
        y = 16.0
        for look, lines in self.key:
            if look == "between" and self.band is not None:
                yield f'<path d="M2 {y - 13:g}h20v16h-20z" fill="{self.colour("band-1")}"/>'
            yield self.sample(look, 12, y - 5)
            for line in lines:
                yield self.text(30, y, line, "ink")
                y += ROW

    def draw_above(self) -> Iterator[str]:
        """Say what the upper end of the upright axis means."""
        for row, words in enumerate(self.above):
            yield self.text(self.left, self.high + 5 - ROW * (len(self.above) - row), words, "ink-soft")

    def sample(self, look: str, x: float, y: float) -> str:
        if look == "diagonal":
            return self.line(f"M{x - 9:g} {y:g}h18", "ink-soft", dashes="5 4")
        return self.marks(look, [(x, y, 4.6)])

    def marks(self, look: str, places: Sequence[tuple[float, float, float]], *, opacity: float = 1) -> str:
        """Draw better as round dots, worse as diamonds, and those between as rings where there is a band."""
        shade = self.colour(self.looks[look])
        if look == "worse":
            d = "".join(
                f"M{_short(x)} {_short(y - 1.25 * r)}l{_short(1.25 * r)} {_short(1.25 * r)} {_short(-1.25 * r)} "
                f"{_short(1.25 * r)} {_short(-1.25 * r)} {_short(-1.25 * r)}z"
                for x, y, r in places
            )
            return f'<path d="{d}" fill="{shade}" fill-opacity="{opacity:g}"/>' if d else ""
        ring = look == "between" and self.band is not None
        filled = f'fill="{shade}" fill-opacity="{opacity:g}"'
        thick = min(1.3, 0.45 * min((r for *_, r in places), default=1))
        drawn = f'fill="none" stroke="{shade}" stroke-opacity="{opacity:g}" stroke-width="{_fine(thick)}"'
        how = drawn if ring else filled
        dots = "".join(f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(r)}"/>' for x, y, r in places)
        return f"<g {how}>{dots}</g>" if dots else ""

    def line(self, d: str, role: str, *, dashes: str = "") -> str:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        return f'<path d="{d}" fill="none" stroke="{self.colour(role)}" stroke-width="1.4"{dashed}/>'

    def text(self, x: float, y: float, words: str, role: str, *, anchor: str = "start") -> str:
        look = f'fill="{self.colour(role)}" text-anchor="{anchor}"'
        return f'<text x="{_short(x)}" y="{_short(y)}" {look}>{escape(words)}</text>'

    def under(self, y: float, start: str, stop: str) -> tuple[list[str], float]:
        """Write words under both ends of the level axis, side by side where there is room, and return how far down."""
        lefts, rights = _lines(start), _lines(stop)
        together = max(map(len, lefts), default=0) + max(map(len, rights), default=0)
        beside = y if together * LETTER < self.right - self.left else y + ROW * len(lefts)
        drawn = [self.text(self.left, y + ROW * row, words, "ink-soft") for row, words in enumerate(lefts)]
        drawn += [
            self.text(self.right, beside + ROW * row, words, "ink-soft", anchor="end")
            for row, words in enumerate(rights)
        ]
        return drawn, max(y + ROW * len(lefts), beside + ROW * len(rights))

    def colour(self, role: str) -> str:
        return colour(role, colours=self.colours)

    def y(self, value: float) -> float:
        return self.low - self.share(value) * (self.low - self.high)

    def share(self, value: float) -> float:
        return (min(max(value, self.bottom), self.top) - self.bottom) / (self.top - self.bottom)

    def _ticks(self) -> list[float]:
        return _even(self.bottom, self.top)


class _Scatter(_Sheet):
    """First against last."""

    def __init__(self, scatter: Scatter, colours: Colours) -> None:
        super().__init__(scatter, colours, above=_end(scatter.last_words, scatter.top_words), height=SQUARE)
        self.drawn = scatter

    def svg(self) -> str:
        right = _end(self.drawn.first_words, self.drawn.top_words)
        under, end = self.under(self.low + 2 * ROW + 2, self.drawn.bottom_words, right)
        parts = [*self.draw_key(), self._shaded(), *self._grid(), *self.draw_above(), *under, *self._dots()]
        return self.whole(parts, height=round(end - ROW / 2))

    def _grid(self) -> Iterator[str]:
        for value in self._ticks():
            x, y = _short(self.x(value)), _short(self.y(value))
            yield self.line(f"M{self.left} {y}H{self.right}M{x} {self.low}V{self.high}", "grid")
            yield self.text(self.left - 9, self.y(value) + 5, _number(value), "ink-soft", anchor="end")
            yield self.text(self.x(value), self.low + ROW, _number(value), "ink-soft", anchor="middle")
        yield self.line(f"M{self.left} {self.low}L{self.right} {self.high}", "ink-soft", dashes="5 4")

    def _shaded(self) -> str:
        """Shade what lies no further from the diagonal than the band, within the square."""
        if self.band is None:
            return ""
        low, high, by = self.bottom, self.top, min(self.band, self.top - self.bottom)
        corners = ((low, low), (low, low + by), (high - by, high), (high, high), (high, high - by), (low + by, low))
        points = " ".join(f"{_short(self.x(x))},{_short(self.y(y))}" for x, y in corners)
        return f'<polygon points="{points}" fill="{self.colour("band-1")}"/>'

    def _dots(self) -> Iterator[str]:
        groups = {"between": self.drawn.between, "better": self.drawn.better, "worse": self.drawn.worse}
        crowds = [people for group in groups.values() if group for *_, people in group.places]
        everybody, most = sum(crowds) or 1, max(crowds, default=1)
        one = min(4.8, 4.8 * math.sqrt(MANY / everybody), LARGEST / math.sqrt(most))
        opacity = 0.9 if everybody <= MANY else 0.65
        for look, group in groups.items():
            places = [
                (self.x(first), self.y(last), max(one * math.sqrt(people), SMALLEST))
                for first, last, people in (group.places if group else ())
            ]
            yield self.marks(look, places, opacity=opacity)

    def x(self, value: float) -> float:
        return self.left + self.share(value) * (self.right - self.left)


class _Ordered(_Sheet):
    """Changes in order."""

    def __init__(self, ordered: Ordered, colours: Colours) -> None:
        self.groups = {"better": ordered.better, "between": ordered.between, "worse": ordered.worse}
        self.people = sum(n for group in self.groups.values() if group for _, n in group.changes)
        super().__init__(ordered, colours, above=ordered.top_words, height=HEIGHT)
        self.drawn = ordered

    def svg(self) -> str:
        low, below = self.under(self.low + ROW, self.drawn.bottom_words, "")
        under, end = self.under(below + 0.4 * ROW, self.drawn.start_words, self.drawn.stop_words)
        parts = [*self.draw_key(), self._shaded(), *self._grid(), *self.draw_above(), *low, *under, *self._bars()]
        return self.whole(parts, height=round(end - ROW / 2))

    def sample(self, look: str, x: float, y: float) -> str:
        """Show a bar as it stands to the zero line, or the head it has."""
        if self.people <= FEW:
            return super().sample(look, x, y)
        group = self.groups[look]
        up = 1 if look == "between" or not group or sum(change for change, _ in group.changes) >= 0 else -1
        bar = f'<path d="M{x - 3:g} {y:g}v{-8 * up}h6v{8 * up}z" fill="{self.colour(self.looks[look])}"/>'
        return bar + self.line(f"M{x - 9:g} {y:g}h18", "ink-soft")

    def _grid(self) -> Iterator[str]:
        for value in self._ticks():
            y = _short(self.y(value))
            yield self.line(f"M{self.left} {y}H{self.right}", "ink-soft" if value == 0 else "grid")
            sign = "+" if value > 0 else ""
            yield self.text(self.left - 9, self.y(value) + 5, sign + _number(value), "ink-soft", anchor="end")

    def _shaded(self) -> str:
        if self.band is None:
            return ""
        high, low = _short(self.y(self.band)), _short(self.y(-self.band))
        return f'<path d="M{self.left} {high}H{self.right}V{low}H{self.left}z" fill="{self.colour("band-1")}"/>'

    def _bars(self) -> Iterator[str]:
        room = (self.right - self.left) / max(self.people, 1)
        x, zero, thin = float(self.left), self.y(0), 0.25 if self.people <= FEW else 0.62
        for look, group in self.groups.items():
            bars, heads = [], []
            for change, people in group.changes if group else ():
                across = room * people
                width = min(across * thin, 12) if people == 1 and room > 1 else across
                middle, y = x + across / 2, self.y(change)
                bars.append(f"M{_fine(middle - width / 2)} {_short(zero)}V{_short(y)}h{_fine(width)}V{_short(zero)}z")
                heads.append((middle, y, min(max(room * 0.45, 2), 4.6)))
                x += across
            if bars:
                yield f'<path d="{"".join(bars)}" fill="{self.colour(self.looks[look])}"/>'
            if self.people <= FEW:
                yield self.marks(look, heads)


def _even(bottom: float, top: float) -> list[float]:
    """Return three to six even numbers from the bottom to the top.

    >>> _even(0, 10), _even(-7, 3)
    ([0.0, 2.0, 4.0, 6.0, 8.0, 10.0], [-6.0, -4.0, -2.0, 0.0, 2.0])
    """
    rough = (top - bottom) / 5
    tens = 10.0 ** math.floor(math.log10(rough))
    step = next(tens * by for by in EVEN_STEPS if tens * by >= rough * 0.999999)
    return [step * place for place in range(math.ceil(bottom / step - 1e-9), math.floor(top / step + 1e-9) + 1)]


def _number(value: float) -> str:
    """Write a number of an axis.

    >>> _number(-2.5), _number(1e9)
    ('−2.5', '1,000,000,000')
    """
    return f"{value:,.10g}".replace("-", "−")


def _end(words: str, at_the_end: str) -> str:
    return f"{words}: {at_the_end}" if at_the_end else words


def _lines(words: str) -> list[str]:
    return wrap(plain(words), int((WIDTH - 40) / LETTER))


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _fine(value: float) -> str:
    return f"{value:.2f}".rstrip("0").removesuffix(".")
