"""What the words on a figure say, and where there is room for them."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from textwrap import wrap

from alongside.press.document import Line, Point, Tick
from alongside.press.theme import plain

CHARACTERS = 22
LETTER = 7.8


def number(value: float, *, shares: bool = False) -> str:
    """Return a number with one decimal and a true minus sign, or a share in per cent.

    Examples
    --------
    >>> number(-0.34), number(0.34, shares=True)
    ('−0.3', '34%')
    """
    return f"{value:.0%}" if shares else f"{value:.1f}".replace("-", "−")


def runs(line: Line) -> list[list[Point]]:
    """Return the points of a line in the stretches between its gaps.

    Examples
    --------
    >>> line = Line(name="Calm", points=(Point(x=0, y=1), Point(x=1, y=None), Point(x=2, y=3)))
    >>> [[point.x for point in run] for run in runs(line)]
    [[0], [2]]
    """
    stretches: list[list[Point]] = [[]]
    for point in line.points:
        if point.y is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    return [stretch for stretch in stretches if stretch]


def name(line: Line, *, shares: bool = False) -> tuple[list[str], str]:
    """Return the words at the end of a line: its name and last value, wrapped, and the interval under them.

    Examples
    --------
    >>> name(Line(name="Calm", points=(Point(x=0, y=3.7, low=3.1, high=4.3),)))
    (['Calm: 3.7'], 'interval 3.1 to 4.3')
    """
    ends = runs(line)
    if not ends:
        return wrap(plain(f"{line.name}: not shown"), CHARACTERS), ""
    last = ends[-1][-1]
    words = wrap(plain(f"{line.name}: {number(last.y or 0, shares=shares)}"), CHARACTERS)
    if last.low is None or last.high is None:
        return words, ""
    low, high = (number(end, shares=shares) for end in (last.low, last.high))
    return words, f"interval {low} to {high}"


def apart(wanted: Sequence[float], sizes: Sequence[float], *, most: float) -> list[float]:
    """Return places near those wanted, moved down and then up so that no two touch and all end by `most`.

    Examples
    --------
    >>> apart([100, 90], [40, 40], most=300)
    [130, 90]
    >>> apart([280, 250], [40, 40], most=300)
    [260, 220]
    """
    places = list(wanted)
    order = sorted(range(len(places)), key=places.__getitem__)
    for above, below in pairwise(order):
        places[below] = max(places[below], places[above] + sizes[above])
    floor = most
    for index in reversed(order):
        places[index] = min(places[index], floor - sizes[index])
        floor = places[index]
    return places


def width(tick: Tick) -> float:
    """Return about how many pixels a tick's label takes, with the room it needs around it."""
    return 14 + LETTER * max(len(tick.label), len(tick.under))


def roomy(ticks: Sequence[Tick], *, across: Callable[[float], float]) -> list[Tick]:
    """Return the ticks there is room for: the first, the last, and from the left those that do not touch.

    Parameters
    ----------
    ticks
        What could be labelled.
    across
        Turns a place on the axis into pixels.

    Examples
    --------
    >>> ticks = [Tick(x=week, label=f"Week {week}") for week in range(12)]
    >>> [tick.x for tick in roomy(ticks, across=lambda x: x * 19)]
    [0, 4, 11]
    """
    ordered = sorted(ticks, key=lambda tick: tick.x)
    if len(ordered) < 3:
        return ordered
    apart_by = max(map(width, ordered))
    first, *between, last = ordered
    kept = [first]
    for tick in between:
        room = min(across(tick.x) - across(kept[-1].x), across(last.x) - across(tick.x))
        if room >= apart_by:
            kept.append(tick)
    return [*kept, last]
