"""Draws a report's figures as SVG: lines over time, and one estimate with its interval.

`svg` lays out a Vega-Lite specification by hand, label by label, so that nothing depends on a legend or on
the library's own idea of an axis. The result has text, attributes and no ids, scripts or styles.
"""

import re
from functools import cache
from types import ModuleType

from alongside.press.document import Figure, Interval
from alongside.press.drawing import Drawing
from alongside.press.theme import FONTS, Colours, colour


def svg(figure: Figure, *, width: int = 960, colours: Colours = "tokens") -> str:
    """Draw lines over time, each named and numbered at its end.

    Parameters
    ----------
    figure
        What to draw. A missing `y` leaves a gap; a single point is drawn as a dot.
    width
        The width of the whole drawing; its height follows from the labels.
    colours
        "tokens" for a page (CSS custom properties), "print" for paper.

    Returns
    -------
    An `<svg>` element with a view box. The caller names it, with `figure.alt`.

    Raises
    ------
    ValueError
        A figure needs one to three lines and an axis that goes up.

    Examples
    --------
    >>> from alongside.press.document import Line, Point, Tick
    >>> line = Line(name="How often", points=(Point(x=0, y=6.1), Point(x=14, y=3.7)))
    >>> ticks = (Tick(x=0, label="First form"), Tick(x=14, label="14 days"))
    >>> figure = Figure(lines=(line,), ticks=ticks, bottom=0, top=10, bottom_words="not at all",
    ...                 top_words="very often", alt="Falls from 6.1 to 3.7.")
    >>> "How often: 3.7" in svg(figure)
    True
    """
    if not 1 <= len(figure.lines) <= 3 or figure.top <= figure.bottom:
        raise ValueError("A figure needs one to three lines, and a top above its bottom.")
    drawn: str = _vega().vegalite_to_svg(Drawing(figure, width=width, colours=colours).spec())
    return re.sub(r' (?:role|aria-[a-z]+|class|xmlns:xlink|version)="[^"]*"', "", drawn)


@cache
def _vega() -> ModuleType:
    """Load the chart library when the first chart is drawn: it is heavy."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def interval_svg(interval: Interval, *, colours: Colours = "tokens") -> str:
    """Draw an estimate as a dot on the band of its interval, with a line at zero.

    Parameters
    ----------
    interval
        The estimate. What lies outside `start` to `stop` is drawn at the edge.
    colours
        "tokens" for a page (CSS custom properties), "print" for paper.

    Returns
    -------
    An `<svg>` element hidden from screen readers: the numbers stand beside it as text.

    Raises
    ------
    ValueError
        `stop` must be above `start`.

    Examples
    --------
    >>> drawn = interval_svg(Interval(low=1, point=2, high=3, start=-2, stop=4))
    >>> 'cx="130.7"' in drawn
    True
    """
    if interval.stop <= interval.start:
        raise ValueError("An interval's axis needs a stop above its start.")

    def across(value: float) -> float:
        share = (value - interval.start) / (interval.stop - interval.start)
        return round(8 + 184 * min(max(share, 0), 1), 1)

    low, point, high, zero = (across(value) for value in (interval.low, interval.point, interval.high, 0))
    band, dot, line = (colour(role, colours=colours) for role in ("band-1", "series-1", "mean"))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="26" viewBox="0 0 200 26" '
        'aria-hidden="true" focusable="false">'
        f'<path d="M{low} 13H{high}" stroke="{band}" stroke-width="12" stroke-linecap="round"/>'
        f'<path d="M{zero} 0V26" stroke="{line}" stroke-width="1.2"/>'
        f'<circle cx="{point}" cy="13" r="4.6" fill="{dot}"/></svg>'
    )
