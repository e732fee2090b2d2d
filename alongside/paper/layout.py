"""Where everything is on a printed form: written beside it, and kept as long as pages of it may come back.

All places are in millimetres from the top left corner of the page, across and then down.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

VERSION = 1
MOST_PAGES = 12  # four of fifty markers on each
EDGE, MARKER = 10.0, 11.0  # how far markers stand from the edges, and their side

type Point = tuple[float, float]
type Corners = tuple[Point, Point, Point, Point]
type Length = Annotated[float, Field(gt=0, le=500)]


class BadLayout(ValueError):
    """A layout cannot be used; the message says where and what to do."""


class Part(BaseModel):
    """Anything in a layout: fixed once read. What a later version adds is passed over."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False, extra="ignore")


class Marker(Part):
    """A coded square. Its corners go clockwise from its own top left, as it is printed."""

    id: Annotated[int, Field(ge=0, le=49)]
    corners_mm: Corners


class Code(Part):
    """The square code that holds the form's id: its top left corner and side, without the white around it."""

    corner_mm: Point
    size_mm: Length


class Bar(Part):
    """The bar that a ruler is held against."""

    start_mm: Point
    end_mm: Point


class Blank(Part):
    """The page before anybody wrote on it: a grey PNG in base64, dark is ink."""

    px_per_mm: Length
    png: str


class Page(Part):
    """One page: its markers clockwise from the top left corner, and what else is printed on it."""

    page: Annotated[int, Field(ge=1, le=MOST_PAGES)]
    markers: tuple[Marker, ...] = ()
    code: Code | None = None
    check_bar: Bar | None = None
    blank: Blank | None = None


class Line(Part):
    """A line to put a mark on. Its start stands for `low` and its end for `high`."""

    id: str
    kind: Literal["line"] = "line"
    key: str = ""
    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1
    start_mm: Point
    end_mm: Point
    low: float = 0.0
    high: float = 10.0


class Box(Part):
    """A box to tick: what it stands for, and where it is."""

    value: float
    centre_mm: Point
    size_mm: Length = 5.0


class Choice(Part):
    """A question with boxes, of which one is marked."""

    id: str
    kind: Literal["choice"] = "choice"
    key: str = ""
    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1
    boxes: Annotated[tuple[Box, ...], Field(min_length=1)]


class Asks(Part):
    """Which measure a form asks, by its key and version."""

    key: str
    version: str


class Layout(Part):
    """A printed form.

    `form_id` is what the code on every page says; where several copies were printed at once, `copies` are the ids of
    them all. A layout may leave out everything but `page_mm`, `form_id` and `items`: markers are then where this
    version puts them.
    """

    layout_version: Literal[1] = 1
    page_mm: tuple[Length, Length]
    form_id: Annotated[str, Field(min_length=1, max_length=64)]
    copies: tuple[str, ...] = ()
    instrument: Asks | None = None
    large: bool = False
    line_mm: Length = 0.35
    tick_mm: Annotated[float, Field(ge=0, le=5)] = 0.0
    items: Annotated[tuple[Line | Choice, ...], Field(min_length=1)]
    pages: tuple[Page, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _refuse_repeats("item", (item.id for item in self.items))
        _refuse_repeats("page", (page.page for page in self.pages))
        _refuse_repeats("marker", (marker.id for page in self.pages for marker in page.markers))
        for item in self.items:
            points = [item.start_mm, item.end_mm] if isinstance(item, Line) else [box.centre_mm for box in item.boxes]
            if not all(0 <= x <= self.page_mm[0] and 0 <= y <= self.page_mm[1] for x, y in points):
                raise ValueError(f"{item.id} is not on the page; correct its place")
            if isinstance(item, Line) and item.start_mm == item.end_mm:
                raise ValueError(f"{item.id} has no length; correct its place")
        return self

    @property
    def page_numbers(self) -> tuple[int, ...]:
        """The pages there are, from 1.

        Examples
        --------
        >>> line = {"id": "q1", "start_mm": [55, 60], "end_mm": [155, 60], "page": 2}
        >>> Layout.model_validate({"page_mm": [210, 297], "form_id": "A", "items": [line]}).page_numbers
        (1, 2)
        """
        named = [page.page for page in self.pages] + [item.page for item in self.items]
        return tuple(range(1, max(named) + 1))

    def page(self, number: int) -> Page:
        """Give one page; where the layout does not describe it, with markers where this version puts them.

        Parameters
        ----------
        number
            Which page, from 1.

        Returns
        -------
        Page
            With its four markers.

        Examples
        --------
        >>> line = {"id": "q1", "start_mm": [55, 60], "end_mm": [155, 60], "page": 1}
        >>> form = Layout.model_validate({"page_mm": [210, 297], "form_id": "A", "items": [line]})
        >>> form.page(1).markers[2].id, form.page(1).markers[2].corners_mm[0]
        (2, (189.0, 276.0))
        """
        found = next((page for page in self.pages if page.page == number), Page(page=number))
        return found if found.markers else found.model_copy(update={"markers": corner_markers(number, self.page_mm)})


def corner_markers(page: int, page_mm: tuple[float, float]) -> tuple[Marker, ...]:
    """Say which markers stand where: their ids carry the page and the corner.

    Parameters
    ----------
    page
        From 1 to 12.
    page_mm
        Width and height of the page in mm.

    Returns
    -------
    tuple of Marker
        Top left, top right, bottom right, bottom left; ids from 4 * (page - 1).

    Examples
    --------
    >>> [marker.id for marker in corner_markers(2, (210, 297))]
    [4, 5, 6, 7]
    >>> corner_markers(1, (210, 297))[1].corners_mm
    ((189.0, 10.0), (200.0, 10.0), (200.0, 21.0), (189.0, 21.0))
    """
    right, bottom = page_mm[0] - EDGE - MARKER, page_mm[1] - EDGE - MARKER
    corners = ((EDGE, EDGE), (right, EDGE), (right, bottom), (EDGE, bottom))
    return tuple(
        Marker(id=4 * (page - 1) + place, corners_mm=square(corner, MARKER)) for place, corner in enumerate(corners)
    )


def square(corner: Point, side: float) -> Corners:
    """Give the corners of an upright square, clockwise from its top left.

    Parameters
    ----------
    corner
        Its top left corner, in mm.
    side
        Its side, in mm.

    Returns
    -------
    tuple of points
        In mm.

    Examples
    --------
    >>> square((1.0, 2.0), 3.0)
    ((1.0, 2.0), (4.0, 2.0), (4.0, 5.0), (1.0, 5.0))
    """
    x, y = corner
    return (x, y), (x + side, y), (x + side, y + side), (x, y + side)


def parse(text: str, name: str = "The layout") -> Layout:
    """Read a layout from JSON.

    Parameters
    ----------
    text
        The JSON that was written with the form.
    name
        What to call it in a sentence: the name of its file.

    Returns
    -------
    Layout
        The form's places.

    Raises
    ------
    BadLayout
        If it is no JSON, or does not describe a form.

    Examples
    --------
    >>> parse('{"page_mm": [210, 297], "items": []}', "mine.json")
    Traceback (most recent call last):
    ...
    alongside.paper.layout.BadLayout: mine.json is not the layout of a form (form_id: field required); \
use the file that alongside forms print wrote.
    """
    try:
        return Layout.model_validate_json(text)
    except ValidationError as error:
        raise BadLayout(
            f"{name} is not the layout of a form ({_said(error.errors()[0])}); "
            "use the file that alongside forms print wrote."
        ) from error


def read(path: Path) -> Layout:
    """Read a layout from its file.

    Parameters
    ----------
    path
        The JSON file that was written with the form.

    Returns
    -------
    Layout
        The form's places.

    Raises
    ------
    BadLayout
        If it cannot be opened, or does not describe a form.

    Examples
    --------
    >>> read(Path("missing.json"))
    Traceback (most recent call last):
    ...
    alongside.paper.layout.BadLayout: missing.json cannot be read (No such file or directory); \
check its name and where it is.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadLayout(f"{path} cannot be read ({error.strerror}); check its name and where it is.") from error
    except UnicodeDecodeError as error:
        raise BadLayout(f"{path} is not text; use the file that alongside forms print wrote.") from error
    return parse(text, str(path))


def written(layout: Layout) -> str:
    """Write a layout as JSON.

    Parameters
    ----------
    layout
        The form's places.

    Returns
    -------
    str
        JSON; `parse` gives the same layout.

    Examples
    --------
    >>> line = Line(id="q1", start_mm=(55, 60), end_mm=(155, 60))
    >>> form = Layout(page_mm=(210, 297), form_id="A", items=(line,))
    >>> parse(written(form)) == form
    True
    """
    return layout.model_dump_json(indent=1, exclude_none=True) + "\n"


def _refuse_repeats(what: str, values: Iterable[str | int]) -> None:
    seen: set[str | int] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {value} stands in it twice")
        seen.add(value)


def _said(error: ErrorDetails) -> str:
    kinds = {"Line", "Choice", "line", "choice"}
    place = ".".join(str(part) for part in error["loc"] if part not in kinds)
    said = str(error["ctx"]["error"]) if error["type"] == "value_error" else error["msg"]
    said = said[:1].lower() + said[1:] if error["type"] != "value_error" else said
    return f"{place}: {said}" if place else said
