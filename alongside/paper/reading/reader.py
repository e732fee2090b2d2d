"""Reads pictures of marked pages: which form and page it is, and what was marked."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from alongside.paper.form.ids import same_edition, same_measure
from alongside.paper.layout import Layout
from alongside.paper.reading import codes, places, questions, squares, taking, together
from alongside.paper.reading.places import Corners, Picture, Sheet
from alongside.paper.reading.results import Outcome, Reading

LEAST_PIXELS = 200  # a page of 210 mm

NOT_OURS = "No form was found on this page."
NO_CODE = "The square code on this page cannot be read; type the letters under it."
DARK = "This picture is too dark or too pale to be read; take it again with more light."
CORNERS = "Fewer than three corners of this page can be seen; take the whole page."
NOT_FLAT = "The corners of this page do not fit together; lay it flat and take it again."
TOO_SMALL = "This picture is too small to be read; take it from nearer, or scan at 300 dots an inch."
TWO_PAGES = "Two pages lie in this picture; take each by itself."
TWO_CODES = "This picture holds the codes of two forms; take each page by itself."
UNKNOWN = "This form’s code is not one of those that were given."
OTHER_VERSION = "This is another version of the form; give the layout that was printed with it."
NO_LINES = "The printed lines cannot be seen in this picture; take it again, sharp and in good light."


def read_files(files: Iterable[Path], layouts: Sequence[Layout], *, with_strips: bool = False) -> Iterator[Reading]:
    """Read every page of every file, and judge them together.

    Parameters
    ----------
    files
        Pictures and PDFs, in the order in which they are told of.
    layouts
        Of the forms that may be among them.
    with_strips
        Whether to cut out a picture of each question for a person to look at.

    Returns
    -------
    iterator of Reading
        One for each page, in order. A file that cannot be opened gives one that is unreadable.

    Examples
    --------
    >>> from alongside.paper.layout import Line
    >>> form = Layout(page_mm=(210, 297), form_id="A", items=(Line(id="q1", start_mm=(55, 60), end_mm=(155, 60)),))
    >>> [(page.outcome, page.why) for page in read_files([Path("missing.jpg")], [form])]
    [('unreadable', 'This file cannot be read (No such file or directory); check its name and where it is.')]
    """
    read = []
    for file in files:
        for taken in taking.pictures(file):
            if taken.picture is None:
                read.append(Reading(str(file), taken.page, "unreadable", taken.problem, opened=taken.opened))
            else:
                found = read_picture(taken.picture, layouts, with_strips=with_strips)
                read.append(replace(found, file=str(file), page=taken.page))
    yield from together.judged(read)


def read_picture(picture: Picture, layouts: Sequence[Layout], *, with_strips: bool = False) -> Reading:
    """Read one picture of one page.

    Parameters
    ----------
    picture
        Grey values from 0 to 255, rows by columns.
    layouts
        Of the forms that it may be.
    with_strips
        Whether to cut out a picture of each question for a person to look at.

    Returns
    -------
    Reading
        What it is and what is marked on it; `outcome` is never "duplicate", which takes two pages.

    Examples
    --------
    >>> from alongside.paper.layout import Line
    >>> form = Layout(page_mm=(210, 297), form_id="A", items=(Line(id="q1", start_mm=(55, 60), end_mm=(155, 60)),))
    >>> read_picture(np.full((400, 300), 255, np.uint8), [form]).outcome
    'no_code'
    """
    began = time.perf_counter()
    if min(picture.shape) < LEAST_PIXELS:
        return _refused("unreadable", TOO_SMALL)
    found = _read(picture, layouts, with_strips=with_strips)
    return replace(found, seconds=round(time.perf_counter() - began, 3))


def _read(picture: Picture, layouts: Sequence[Layout], *, with_strips: bool) -> Reading:
    wanted = {marker.id for layout in layouts for page in layout.page_numbers for marker in layout.page(page).markers}
    markers, twice = places.found(picture, wanted)
    numbers = _page_numbers(layouts, markers)
    if len(numbers) > 1 or twice:
        return _refused("conflict", TWO_PAGES)
    number = numbers[0] if numbers else None
    sheets = [(layout, _laid(picture, layout, number, markers)) for layout in layouts] if number else []
    ids = _in_place(picture, sheets)
    if not ids:
        found = codes.anywhere(picture)
        ids = [code.text for code in found]
        if number is None and len(found) == 1:
            number, sheets = _by_outlines(picture, layouts, found[0], markers)
    if not ids:
        return _without_code(picture, markers, number)
    if len(ids) > 1:
        return replace(_refused("conflict", TWO_CODES), form_page=number)
    return _with_code(picture, ids[0], number, sheets, layouts, with_strips=with_strips)


def _laid(picture: Picture, layout: Layout, number: int, markers: dict[int, Corners]) -> Sheet | None:
    """Lay a page over its picture; a fourth marker whose inside is spoilt is found by its outline."""
    sheet = places.laid(layout, number, markers)
    if sheet is None or sheet.markers > places.LEAST:
        return sheet
    whole = places.laid(layout, number, squares.outlined(picture, layout, number, None, markers))
    return whole if whole is not None and whole.off < places.BENT else sheet


def _by_outlines(
    picture: Picture, layouts: Sequence[Layout], code: codes.Found, markers: dict[int, Corners]
) -> tuple[int | None, list[tuple[Layout, Sheet | None]]]:
    """Lay a page over its picture by the outlines of its markers, where all but their outline is spoilt."""
    layout = next((one for one in layouts if code.text in (one.form_id, *one.copies)), None)
    if layout is None:
        return None, []
    seen = {page for page in layout.page_numbers for marker in layout.page(page).markers if marker.id in markers}
    possible = seen or set(layout.page_numbers)
    if len(possible) > 1:
        return None, []
    (number,) = possible
    sheet = places.laid(layout, number, squares.outlined(picture, layout, number, code, markers))
    return (number, [(layout, sheet)]) if sheet is not None and sheet.off < places.BENT else (None, [])


def _with_code(
    picture: Picture,
    form_id: str,
    number: int | None,
    sheets: list[tuple[Layout, Sheet | None]],
    layouts: Sequence[Layout],
    *,
    with_strips: bool,
) -> Reading:
    layout = next((one for one in layouts if form_id in (one.form_id, *one.copies)), None)
    if layout is None:
        outcome = _unlike(form_id, layouts)
        return replace(outcome, form_id=form_id, form_page=number)
    sheet = next((sheet for one, sheet in sheets if one is layout), None)
    if sheet is None or number is None:
        return replace(_refused("unreadable", CORNERS), form_id=form_id, form_page=number)
    if sheet.off > places.WARPED:
        return replace(_refused("unreadable", NOT_FLAT), form_id=form_id, form_page=number)
    if sheet.px_per_mm < places.COARSE:
        return replace(_refused("unreadable", TOO_SMALL), form_id=form_id, form_page=number)
    items = questions.read(picture, sheet, layout, with_strips=with_strips)
    if items is None:
        return replace(_refused("unreadable", NO_LINES), form_id=form_id, form_page=number)
    return Reading("", 1, "ok", "", form_id, number, 0.0, tuple(items))


def _unlike(form_id: str, layouts: Sequence[Layout]) -> Reading:
    if any(same_measure(form_id, one.form_id) and not same_edition(form_id, one.form_id) for one in layouts):
        return _refused("wrong_version", OTHER_VERSION)
    return _refused("unknown_id", UNKNOWN)


def _without_code(picture: Picture, markers: dict[int, Corners], number: int | None) -> Reading:
    dark, pale = np.quantile(picture[::4, ::4], [0.02, 0.98])
    if pale < 70 or (pale - dark < 25 and pale < 150):
        return _refused("unreadable", DARK)
    if number is not None:
        return replace(_refused("no_code", NO_CODE), form_page=number)
    if markers:
        return _refused("unreadable", CORNERS)
    return _refused("no_code", NOT_OURS)


def _page_numbers(layouts: Sequence[Layout], markers: dict[int, Corners]) -> list[int]:
    """The pages of which at least three corners are in the picture."""
    return sorted(
        {
            page
            for layout in layouts
            for page in layout.page_numbers
            if sum(marker.id in markers for marker in layout.page(page).markers) >= places.LEAST
        }
    )


def _in_place(picture: Picture, sheets: list[tuple[Layout, Sheet | None]]) -> list[str]:
    for layout, sheet in sheets:
        code = layout.page(sheet.page).code if sheet is not None else None
        if sheet is not None and code is not None:
            said = codes.in_place(picture, sheet, code)
            if said:
                return said
    return []


def _refused(outcome: Outcome, why: str) -> Reading:
    return Reading("", 1, outcome, why)
