"""Sets pages of things as a tagged PDF with typst, asks how high texts are, and takes the picture of the blank."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.paper.form.things import Thing, Words
from alongside.press.pdf import displayable
from alongside.press.theme import FONT, FONTS, printed

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
PX_PER_MM = 10
GREYS = 4  # of its picture: enough for the edges of letters


def sizes(words: list[Words]) -> list[tuple[float, float]]:
    """Say how much room texts take in their columns.

    Parameters
    ----------
    words
        Texts with their widths and sizes.

    Returns
    -------
    list of pairs
        The width of each on one line, and its height in its column, in mm.

    Examples
    --------
    >>> from alongside.paper.form.things import plain
    >>> one, two = sizes([plain("Short", size=11, width=50), plain("Long " * 20, size=11, width=50)])
    >>> one[1] < two[1]
    True
    """
    return list(_sizes(tuple(words)))


def pdf(pages: list[list[Thing]], *, title: str, author: str) -> bytes:
    """Set pages as a tagged PDF that asks the printer not to scale it.

    Parameters
    ----------
    pages
        What stands on each.
    title
        Of the document.
    author
        Whose form it is; empty where nobody is named.

    Returns
    -------
    bytes
        The PDF file: PDF/UA-1, and the same for the same pages.

    Raises
    ------
    RuntimeError
        The document could not be set without a warning: a fault here, not in its words.

    Examples
    --------
    >>> pdf([[]], title="A form", author="")[:5]
    b'%PDF-'
    """
    made, warnings = _compiler(title=title, author=author, pages=pages).compile_with_warnings(
        format="pdf", pdf_standards=["ua-1"], timestamp=0
    )
    if warnings or not isinstance(made, bytes):
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    return _unscaled(made)


def blank(page: list[Thing], *, title: str) -> str:
    """Take the picture of a page before anybody wrote on it.

    Parameters
    ----------
    page
        What stands on it.
    title
        Of the document.

    Returns
    -------
    str
        A grey PNG at ten pixels a millimetre, in base64.

    Examples
    --------
    >>> blank([], title="A form")[:6]
    'iVBORw'
    """
    from PIL import Image

    made = _compiler(title=title, author="", pages=[page]).compile(format="png", ppi=25.4 * PX_PER_MM)
    if not isinstance(made, bytes):
        raise TypeError("one page gave several pictures")
    with Image.open(io.BytesIO(made)) as picture:
        grey = picture.convert("L").quantize(GREYS, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    grey.save(kept, "PNG")  # packing it harder takes a fifth of the whole and saves a twentieth of the room
    return base64.b64encode(kept.getvalue()).decode()


@lru_cache(maxsize=1024)
def _sizes(words: tuple[Words, ...]) -> tuple[tuple[float, float], ...]:
    found = json.loads(_compiler(title="", author="", measured=list(words)).query("<sizes>", field="value", one=True))
    return tuple((float(wide), float(high)) for wide, high in found)


def _unscaled(made: bytes) -> bytes:
    import pikepdf

    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        wishes = document.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        wishes["/PrintScaling"] = pikepdf.Name("/None")
        document.Root["/ViewerPreferences"] = wishes
        document.save(kept, deterministic_id=True)
    return kept.getvalue()


def _compiler(
    *, title: str, author: str, pages: list[list[Thing]] | None = None, measured: list[Words] | None = None
) -> typst.Compiler:
    import typst

    things = {
        "title": title,
        "author": author,
        "page_mm": (210, 297),
        "pages": [[asdict(thing) for thing in page] for page in pages or []],
        "measured": [asdict(one) for one in measured or []],
    }
    inputs = {"data": json.dumps(displayable(things)), "colours": json.dumps(printed()), "font": FONT}
    return typst.Compiler(HERE / "form.typ", root=HERE, font_paths=_fonts(), sys_inputs=inputs)


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(font_paths=[str(FONTS)])
