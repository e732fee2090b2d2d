"""What a report is made of, before it is HTML or PDF.

Whoever writes a report builds a `Report` from these parts; `press.html` and `press.pdf` set it. Every number
arrives here as text, already worded and already treated for disclosure: nothing below this line computes one.
"""

from dataclasses import dataclass
from typing import Literal

type Cell = Words | Number | Kept | Interval
type Block = KeyNumbers | Parts | Table | Finding | Compared | Individuals | Multiples


@dataclass(frozen=True, kw_only=True)
class Words:
    """Plain text in a table cell; `note` stands under it, smaller."""

    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number in a table cell, set to the right: `strong` in bold, then `soft` in grey ("75", " of 120")."""

    strong: str = ""
    soft: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A place kept open: a number that is not shown, and the words that say so ("fewer than 8")."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An estimate with its interval, drawn as a dot on a band; None draws nothing.

    All three share the axis `start` to `stop` with a line at zero, so that rows can be compared.
    The row's numbers stand beside it as text: the drawing is decoration to a screen reader.
    """

    low: float
    point: float
    high: float
    start: float
    stop: float


@dataclass(frozen=True, kw_only=True)
class Column:
    """A table column; `numeric` sets it to the right. `ends` labels the two ends of an interval column."""

    title: str
    numeric: bool = False
    ends: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: the first cell names it."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows under one sub-heading; an empty title sets no heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a title, and notes under it; `figure` draws its numbers above it."""

    title: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    lede: str = ""
    notes: tuple[str, ...] = ()
    figure: "Dots | None" = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One place along a line. `low` and `high` bound the band; None leaves a gap."""

    x: float
    y: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A series, named at its end; the second on a figure is dashed as well as another colour."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A place on the level axis: a label ("First form", "Fortnight 2") and who answered ("120 people")."""

    x: float
    label: str
    under: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """At most three lines over time, with the measure's own words at both ends of the upright axis.

    `drawn` says what joins the points: "dots" has one at every form while there are few, "line" has none, "steps"
    stays level up to the next point. `behind` are thin lines, each one person's: never for publication. `shares` are
    written in per cent. `alt` says in one sentence what the figure shows, for people who cannot see it.
    """

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    bottom: float
    top: float
    bottom_words: str
    top_words: str
    alt: str
    drawn: Literal["dots", "line", "steps"] = "dots"
    behind: tuple[Line, ...] = ()
    shares: bool = False


@dataclass(frozen=True, kw_only=True)
class Dot:
    """An estimate, with the ends of its interval if it has one, and how it is written beside it."""

    at: float
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A group and its estimates, the earlier first; without any, `kept` says why in its kept place."""

    name: str
    under: str
    dots: tuple[Dot, ...] = ()
    kept: str = ""


@dataclass(frozen=True, kw_only=True)
class Dots:
    """One row for each group: its estimates on an axis that all share, each on the band of its interval.

    Of two estimates the first is a ring and the second a disc, as `names` call them; one alone is a disc. `ticks` are
    places on the axis with their labels, the first and the last at its ends, which `start_words` and `stop_words`
    describe.
    """

    names: tuple[str, ...]
    places: tuple[Place, ...]
    ticks: tuple[tuple[float, str], ...]
    start_words: str
    stop_words: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Spots:
    """People who are drawn alike: what to call them, and each spot as first score, last score and people on it."""

    name: str
    places: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True, kw_only=True)
class Scatter:
    """First scores across against last scores up: people are dots, and no change is a diagonal.

    `band` is how far a change must go to be outside the shaded band; without it everybody is in `between`. What
    lies beyond `bottom` or `top`, which hold for both axes, is drawn at the edge. Each dot is a person: never for
    publication.
    """

    better: Spots | None
    between: Spots
    worse: Spots | None
    band: float | None
    bottom: float
    top: float
    bottom_words: str
    top_words: str
    first_words: str
    last_words: str
    diagonal_words: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Bars:
    """People who are drawn alike: what to call them, and their changes in order, each with how many people it is of."""

    name: str
    changes: tuple[tuple[float, int], ...]


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """Changes as bars from a zero line, left to right: those better, between and worse, each in order.

    `band`, `bottom` and `top` are as on a `Scatter`, and so is who may see it. `start_words` and `stop_words` say
    who stands at the left and at the right.
    """

    better: Bars | None
    between: Bars
    worse: Bars | None
    band: float | None
    bottom: float
    top: float
    bottom_words: str
    top_words: str
    start_words: str
    stop_words: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class KeyNumbers:
    """Up to four large numbers, each with what it counts."""

    title: str
    numbers: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a whole: its share of the bar (0 to 1), its number and words. `open` draws a kept place."""

    share: float
    number: str
    text: str
    percent: str = ""
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A whole and its parts as one bar: who answered twice, once, not at all."""

    title: str
    parts: tuple[Part, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One measure's result: the title says it, the figure shows it, the table holds the numbers behind it."""

    title: str
    lede: str
    figure: Figure | None
    sentences: tuple[str, ...]
    table: Table | None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One measure's result group by group, laid out as a `Finding`."""

    title: str
    lede: str
    figure: Dots
    sentences: tuple[str, ...]
    table: Table


@dataclass(frozen=True, kw_only=True)
class Individuals:
    """One measure's result with everybody in it, laid out as a `Finding`; only for the organisation itself."""

    title: str
    lede: str
    figure: Scatter | Ordered
    sentences: tuple[str, ...]
    table: Table


@dataclass(frozen=True, kw_only=True)
class Small:
    """One small figure among others like it: its finding, whose words it is about, and the drawing where there is one.

    At most two lines; the axis is that of the figure, so that neighbours can be compared.
    """

    title: str
    text: str
    figure: Figure | None


@dataclass(frozen=True, kw_only=True)
class Multiples:
    """Small figures side by side, all read in one way. The table of their numbers stands in the report's appendix."""

    title: str
    lede: str
    figures: tuple[Small, ...]


@dataclass(frozen=True, kw_only=True)
class Caveat:
    """Something the numbers cannot tell."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole report, in reading order.

    The tables of the `appendix` are long: a page folds them away, on paper they come after everything else.
    """

    title: str
    lede: str
    masthead: str
    subject: str
    blocks: tuple[Block, ...]
    caveats: tuple[Caveat, ...]
    made: tuple[str, ...]
    banner: str = ""
    gentle: str = ""
    appendix: tuple[Table, ...] = ()
    language: str = "en-GB"
