"""What stands on a page, each at its place in mm from the top left corner, as the template reads it."""

from dataclasses import dataclass
from typing import Literal

type Thing = Words | Stroke | Box | Shape | Drawing

LINE_MM = 0.35


@dataclass(frozen=True, kw_only=True)
class Run:
    """A piece of text in one weight."""

    text: str
    weight: int = 400


@dataclass(frozen=True, kw_only=True)
class Words:
    """Text in a column of this width. With `middle` its middle is at `y`, otherwise its top.

    `wraps` is for such as have more than one line, `turned` for such as read upwards.
    """

    runs: tuple[Run, ...]
    size: float
    width: float
    x: float = 0
    y: float = 0
    align: Literal["left", "right", "center"] = "left"
    role: Literal["title", "text"] = "text"
    soft: bool = False
    middle: bool = False
    wraps: bool = False
    code: bool = False
    turned: bool = False
    kind: str = "words"


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A straight line from its place, so far across and down."""

    x: float
    y: float
    across: float
    down: float = 0
    thick: float = LINE_MM
    kind: str = "stroke"


@dataclass(frozen=True, kw_only=True)
class Box:
    """An empty box to mark, by its top left corner."""

    x: float
    y: float
    side: float
    thick: float = LINE_MM
    kind: str = "box"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One of the two shapes of the house: ornament."""

    x: float
    y: float
    side: float
    radius: float
    colour: str
    kind: str = "shape"


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A square drawing; `alt` says what it is, and none is for what only a machine reads."""

    x: float
    y: float
    side: float
    svg: str
    alt: str = ""
    kind: str = "drawing"


def plain(text: str, *, size: float, width: float, weight: int = 400, soft: bool = False) -> Words:
    """Make words in one weight, not yet placed.

    Parameters
    ----------
    text
        What they say.
    size
        In points.
    width
        Of their column, in mm.
    weight
        From 400 to 700.
    soft
        Whether they stand back.

    Returns
    -------
    Words
        At the top left corner.

    Examples
    --------
    >>> plain("Like this", size=10, width=40).runs[0].text
    'Like this'
    """
    return Words(runs=(Run(text=text, weight=weight),), size=size, width=width, soft=soft)
