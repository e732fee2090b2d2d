"""Lays out a figure as a Vega-Lite specification: every label has its place, none lies over another."""

from collections.abc import Iterator
from typing import Any

from alongside.press import labels
from alongside.press.document import Figure
from alongside.press.theme import FONT, Colours, colour, plain

type Layer = dict[str, Any]
type Values = list[dict[str, Any]]

HEIGHT, ABOVE, BELOW = 286, 36, 88
LEFT, LEFT_OF_SHARES = 48, 60
LINE, ROOM = 22, 40
DASHES: tuple[list[int], ...] = ([], [9, 5], [2, 5])
DOTS_UP_TO = 12


class Drawing:
    """A figure, its width and its colours, turned into layers that share two scales."""

    def __init__(self, figure: Figure, *, width: int, colours: Colours) -> None:
        self.figure = figure
        self.colours = colours
        every = (*figure.lines, *figure.behind)
        places = [tick.x for tick in figure.ticks] + [point.x for line in every for point in line.points]
        start, stop = min(places, default=0), max(places, default=1)
        self.start, self.stop = (start, stop) if start < stop else (start - 1, start + 1)
        self.names = [labels.name(line, shares=figure.shares) for line in figure.lines]
        self.left = LEFT_OF_SHARES if figure.shares else LEFT
        self.right = 28 + round(9 * max(len(words) for bold, soft in self.names for words in (*bold, soft)))
        self.across = width - self.left - self.right

    def spec(self) -> Layer:
        """Return the whole specification."""
        series = range(len(self.figure.lines))
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "autosize": "none",
            "padding": {"left": self.left, "right": self.right, "top": ABOVE, "bottom": BELOW},
            "width": self.across,
            "height": HEIGHT,
            "background": None,
            "config": {"aria": False, "view": {"stroke": None}, "text": {"font": FONT, "baseline": "middle"}},
            "layer": [
                *self._upright(),
                *self._level(),
                *self._behind(),
                *(layer for index in series for layer in self._band(index)),
                *(layer for index in series for layer in self._line(index)),
                *(self._first_values() if self.figure.drawn != "steps" else ()),
                *self._names(),
            ],
        }

    def _upright(self) -> Iterator[Layer]:
        """Draw a hairline at the bottom, the middle and the top, with numbers and the words at the ends."""
        bottom, top = self.figure.bottom, self.figure.top
        heights = (bottom, (bottom + top) / 2, top)
        hairlines = [{"x": self.start, "x2": self.stop, "y": height} for height in heights]
        yield self._layer(hairlines, {"type": "rule", "color": self._colour("grid"), "strokeWidth": 1.4}, "x2")
        for height in heights:
            value = f"{height:.0%}" if self.figure.shares else f"{height:g}".replace("-", "−")
            yield self._text(self.start, height, value, "ink-soft", align="right", dx=-12)
        yield self._text(self.start, top, self.figure.top_words, "ink-soft", dy=-15)
        yield self._text(self.start, bottom, self.figure.bottom_words, "ink-soft", dy=16)

    def _level(self) -> Iterator[Layer]:
        bottom = self.figure.bottom
        for tick in labels.roomy(self.figure.ticks, across=self._right):
            wide = tick.x == self.start and labels.width(tick) / 2 > self.left
            placed = {"align": "left", "dx": 4 - self.left} if wide else {"align": "center"}
            yield self._text(tick.x, bottom, tick.label, "ink", dy=50, **placed)
            yield self._text(tick.x, bottom, tick.under, "ink-soft", dy=71, **placed)

    def _behind(self) -> Iterator[Layer]:
        """Draw people thin and light enough that many of them leave the lines in front of them clear."""
        people = [
            {"who": who, "x": point.x, "y": self._inside(point.y)}
            for who, line in enumerate(self.figure.behind)
            for point in line.points
            if point.y is not None
        ]
        if people:
            mark = {"type": "line", "color": self._colour("mean"), "strokeWidth": 0.9, "opacity": 0.35}
            layer = self._layer(people, mark)
            layer["encoding"]["detail"] = {"field": "who", "type": "nominal"}
            yield layer

    def _band(self, index: int) -> Iterator[Layer]:
        """Draw the band of each stretch; one point alone has an upright bar."""
        third = {"color": self._colour("series-3"), "opacity": 0.18}
        look = third if index == 2 else {"color": self._colour(f"band-{index + 1}")}
        for run in labels.runs(self.figure.lines[index]):
            values = [
                {"x": point.x, "y": self._inside(point.low), "y2": self._inside(point.high)}
                for point in run
                if point.low is not None and point.high is not None
            ]
            mark = {"type": "area"} | self._joined() if len(values) > 1 else {"type": "rule", "strokeWidth": 12}
            yield self._layer(values, mark | look, "y2")

    def _line(self, index: int) -> Iterator[Layer]:
        """Draw each stretch as a line, with a dot at every form while there are few."""
        line, shade = self.figure.lines[index], self._colour(f"series-{index + 1}")
        for run in labels.runs(line):
            values = [{"x": point.x, "y": point.y} for point in run]
            mark = {"type": "line", "color": shade, "strokeWidth": 3, "strokeDash": DASHES[index]}
            yield self._layer(values, mark | self._joined())
            if len(run) == 1 or (self.figure.drawn == "dots" and len(line.points) <= DOTS_UP_TO):
                dot = {"type": "point", "filled": True, "opacity": 1, "size": 64, "color": shade}
                yield self._layer(values, dot)

    def _joined(self) -> Layer:
        return {"interpolate": "step-after"} if self.figure.drawn == "steps" else {}

    def _first_values(self) -> Iterator[Layer]:
        """Label where lines start: the highest above its band, the lowest below; a third is in the table."""
        stretches = [labels.runs(line) for line in self.figure.lines]
        firsts = [(index, found[0][0]) for index, found in enumerate(stretches) if sum(map(len, found)) > 1]
        firsts.sort(key=lambda first: -(first[1].y or 0))
        for place in {0, len(firsts) - 1} if firsts else ():
            index, point = firsts[place]
            high, low = (self._down(point.y or 0 if edge is None else edge) for edge in (point.high, point.low))
            above = high > ROOM if place == 0 else HEIGHT - low < ROOM
            height = self._up(high - 15 if above else low + 16)
            value = labels.number(point.y or 0, shares=self.figure.shares)
            yield self._text(point.x, height, value, f"series-{index + 1}", size=17, weight=600, dx=8)

    def _names(self) -> Iterator[Layer]:
        """Name every line at the right, moved apart where they would touch; dots join one cut short."""
        middle = (self.figure.bottom + self.figure.top) / 2
        lasts = [found[-1][-1] if (found := labels.runs(line)) else None for line in self.figure.lines]
        wanted = [self._down(middle if last is None else last.y or 0) for last in lasts]
        sizes = [LINE * (len(bold) + bool(soft)) + 4 for bold, soft in self.names]
        tops = labels.apart(wanted, sizes, most=HEIGHT + LINE)
        for index, (last, top) in enumerate(zip(lasts, tops, strict=True)):
            bold, soft = self.names[index]
            if last is not None and last.x < self.stop:
                lead = [{"x": last.x, "y": last.y, "x2": self.stop, "y2": self._up(top)}]
                yield self._layer(
                    lead, {"type": "rule", "color": self._colour("mean"), "strokeDash": [1, 4]}, "x2", "y2"
                )
            for row, words in enumerate([*bold, soft]):
                look = ("ink-soft", 15, 400) if row == len(bold) else (f"series-{index + 1}", 18, 600)
                role, size, weight = look
                height = self._up(top + LINE * row)
                yield self._text(self.stop, height, words, role, size=size, weight=weight, dx=16)

    def _layer(self, values: Values, mark: Layer, *ends: str) -> Layer:
        domains = {"x": [self.start, self.stop], "y": [self.figure.bottom, self.figure.top]}
        scaled = {"type": "quantitative", "axis": None}
        encoding: Layer = {
            axis: scaled | {"field": axis, "scale": {"domain": domain, "nice": False, "zero": False}}
            for axis, domain in domains.items()
        }
        encoding |= {end: {"field": end} for end in ends}
        return {"data": {"values": values}, "mark": mark, "encoding": encoding}

    def _text(
        self,
        x: float,
        y: float,
        words: str,
        role: str,
        *,
        size: int = 15,
        weight: int = 400,
        **placed: str | int,
    ) -> Layer:
        look = {"type": "text", "color": self._colour(role), "fontSize": size, "fontWeight": weight}
        layer = self._layer([{"x": x, "y": y, "text": plain(words)}], {"align": "left"} | look | placed)
        layer["encoding"]["text"] = {"field": "text"}
        return layer

    def _colour(self, role: str) -> str:
        return colour(role, colours=self.colours)

    def _inside(self, value: float) -> float:
        return min(max(value, self.figure.bottom), self.figure.top)

    def _right(self, x: float) -> float:
        return (x - self.start) / (self.stop - self.start) * self.across

    def _down(self, value: float) -> float:
        return (self.figure.top - value) / (self.figure.top - self.figure.bottom) * HEIGHT

    def _up(self, pixels: float) -> float:
        return self.figure.top - pixels / HEIGHT * (self.figure.top - self.figure.bottom)
