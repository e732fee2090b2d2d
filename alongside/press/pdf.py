"""Sets a report as a PDF that screen readers can follow (PDF/UA-1), on A4."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from html import escape
from threading import Lock
from unicodedata import category

import typst

from alongside.press import dots, figures, people, small
from alongside.press.document import (
    Cell,
    Dots,
    Figure,
    Interval,
    Kept,
    Number,
    Ordered,
    Report,
    Scatter,
    Small,
    Table,
    Words,
)
from alongside.press.theme import FONT, FONTS, TEMPLATES, plain, printed

WIDTH = 820
PROBE = b"""#set document(title: "probe")
#set text(font: sys.inputs.font, fallback: sys.inputs.fallback == "yes")
#sys.inputs.words #strong(sys.inputs.words)
#if sys.inputs.fallback == "yes" { image(bytes(sys.inputs.svg), format: "svg", alt: "probe") }"""


def document(report: Report, *, timestamp: int | datetime) -> bytes:
    """Set a report as a tagged PDF.

    Parameters
    ----------
    report
        What to set. Its text is shown as it is: nothing in it is read as markup. A character that no font
        here can show becomes a box.
    timestamp
        When the report was made, in seconds since 1970 or as a date with a time. The same report and
        timestamp give the same bytes, on one computer and its fonts.

    Returns
    -------
    The PDF file.

    Raises
    ------
    ValueError
        A figure has no line or more than three, or an axis that does not go up.
    RuntimeError
        The document could not be set without a warning: a fault here, not in the report.

    Examples
    --------
    >>> report = Report(title="A quiet year", lede="", masthead="Wren Street", subject="Yearly report",
    ...                 blocks=(), caveats=(), made=("Issued 14 May 2026.",))
    >>> document(report, timestamp=1_778_716_800)[:5]
    b'%PDF-'
    """
    return compiled("report.typ", {"report": json.dumps(_content(displayable(report)))}, timestamp=timestamp)


def compiled(template: str, inputs: dict[str, str], *, timestamp: int | datetime) -> bytes:
    """Set one of our templates as a tagged PDF.

    Parameters
    ----------
    template
        The name of a template that lies here.
    inputs
        What it reads, as texts; the colours and the font are added.
    timestamp
        When the document was made, in seconds since 1970 or as a date with a time.

    Returns
    -------
    The PDF file.

    Raises
    ------
    RuntimeError
        The document could not be set without a warning.

    Examples
    --------
    >>> import json
    >>> nothing = dict.fromkeys(("masthead", "subject"), "") | dict.fromkeys(("parts", "lede", "made"), ())
    >>> nothing |= {"title": "A", "language": "en-GB"}
    >>> compiled("prose.typ", {"prose": json.dumps(nothing)}, timestamp=0)[:5]
    b'%PDF-'
    """
    pdf, warnings = _compile(
        _compiler().compile_with_warnings,
        TEMPLATES / template,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={**inputs, "colours": json.dumps(printed()), "font": FONT},
        timestamp=timestamp,
    )
    if warnings or not isinstance(pdf, bytes):
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    return pdf


_one_at_a_time = Lock()  # a compiler refuses a second document while it sets one


def _compile[Set](how: Callable[..., Set], *document: object, **options: object) -> Set:
    with _one_at_a_time:
        return how(*document, **options)


@cache
def _compiler() -> typst.Compiler:
    """Return a compiler that looks in our fonts, then in those of the computer."""
    return typst.Compiler(root=TEMPLATES, font_paths=typst.Fonts(font_paths=[str(FONTS)]))


def displayable(part: object) -> object:
    """Return a part of a document in which every text can be shown by the fonts there are.

    Parameters
    ----------
    part
        A text, or data that holds texts, at any depth.

    Returns
    -------
    The same with a box in place of each letter that no font here has.

    Examples
    --------
    >>> displayable({"title": "A quiet\\x00year"})
    {'title': 'A quiet year'}
    """
    if isinstance(part, str):
        return _shown(plain(part))
    if isinstance(part, tuple | list):
        return tuple(displayable(item) for item in part)
    if isinstance(part, dict):
        return {name: displayable(value) for name, value in part.items()}
    if not is_dataclass(part) or isinstance(part, type):
        return part
    return replace(part, **{field.name: displayable(getattr(part, field.name)) for field in fields(part)})


def _shown(text: str) -> str:
    """Return text as it is if our font or any other shows it, or with a box for each letter ours lacks."""
    if all(map(_ours, text)) or _renders(text):
        return text
    return "".join(letter if _ours(letter) else "□" for letter in text)


@cache
def _ours(letter: str) -> bool:
    return letter.isascii() or (category(letter)[0] not in "MC" and _renders(letter, fallback="no"))


@lru_cache(maxsize=4096)
def _renders(words: str, *, fallback: str = "yes") -> bool:
    """Try words in regular and bold; with other fonts allowed, also inside a drawing."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{escape(words)}</text></svg>'
    inputs = {"words": words, "svg": svg, "fallback": fallback, "font": FONT}
    try:
        _compile(_compiler().compile, PROBE, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs, timestamp=0)
    except typst.TypstError:
        return False
    return True


def _content(part: object) -> object:
    """Return a part of a report as JSON holds it: `kind` says what it is, drawings are SVG."""
    if isinstance(part, tuple):
        return [_content(item) for item in part]
    if not is_dataclass(part) or isinstance(part, type):
        return part
    if isinstance(part, Small):
        drawn = part.figure and {"svg": small.svg(part.figure, colours="print"), "alt": part.figure.alt}
        return {"title": part.title, "text": part.text, "figure": drawn}
    if isinstance(part, Figure | Scatter | Ordered | Dots):
        return _picture(part)
    content = {field.name: _content(getattr(part, field.name)) for field in fields(part)}
    if isinstance(part, Interval):
        content["svg"] = figures.interval_svg(part, colours="print")
    if isinstance(part, Table):
        content["widths"] = _widths(part)
    return content | {"kind": type(part).__name__}


def _picture(drawn: Figure | Scatter | Ordered | Dots) -> object:
    """Return a drawing and how much of the page's width it takes, in per cent."""
    match drawn:
        case Figure():
            svg, width = figures.svg(drawn, width=WIDTH, colours="print"), 100
        case Dots():
            svg, width = dots.svg(drawn, colours="print"), 45
        case _:
            svg, width = people.svg(drawn, colours="print"), 54
    return {"svg": svg, "alt": drawn.alt, "width": width}


def _widths(table: Table) -> list[int]:
    """Return how wide columns are beside one another, in letters of their longest cell or heading word."""
    rows = [row.cells for group in table.groups for row in group.rows]
    return [
        max(
            max((len(word) for word in column.title.split()), default=0),
            len(column.title) // 3,
            max((_letters(row[place]) for row in rows if place < len(row)), default=0),
        )
        for place, column in enumerate(table.columns)
    ]


def _letters(cell: Cell) -> int:
    """Return about how many letters wide a cell would like to be, between 6 and 34."""
    match cell:
        case Words(text=text) | Kept(text=text):
            wanted = len(text)
        case Number(strong=strong, soft=soft):
            wanted = len(strong) + len(soft)
        case Interval():
            wanted = 20
    return min(max(wanted + 2, 6), 34)
