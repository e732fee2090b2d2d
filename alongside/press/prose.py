"""Sets a document of headings, paragraphs and people's words as PDF/UA and as DOCX, with links inside it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from alongside.press import pdf

type Part = Heading | Paragraph | Said


@dataclass(frozen=True, kw_only=True)
class Link:
    """Words that lead to another place of the document, by its anchor."""

    text: str
    to: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of level 2 or 3; `anchor` is what links name, if any do."""

    text: str
    level: Literal[2, 3] = 2
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph, and the places that it leads to."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody wrote, with where it leads and what is said of it (such as that it was entered for them)."""

    text: str
    anchor: str = ""
    links: tuple[Link, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words of several people, as a list in order."""

    words: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A whole document, in reading order."""

    title: str
    masthead: str
    subject: str
    parts: tuple[Part, ...]
    lede: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    language: str = "en-GB"


def as_data(prose: Prose) -> dict[str, Any]:
    """Return a document as JSON holds it, to be kept.

    Parameters
    ----------
    prose
        The document.

    Returns
    -------
    Plain data; `from_data` gives the same document.

    Examples
    --------
    >>> prose = Prose(title="A quiet year", masthead="Wren Street", subject="", parts=(Heading(text="Notes"),))
    >>> from_data(as_data(prose)) == prose
    True
    """
    return asdict(prose) | {"parts": [asdict(part) | {"kind": type(part).__name__} for part in prose.parts]}


def from_data(data: dict[str, Any]) -> Prose:
    """Return the document that `as_data` wrote.

    Parameters
    ----------
    data
        What `as_data` gave, also after it was written and read as JSON.

    Returns
    -------
    The document.

    Raises
    ------
    KeyError
        A part is of a kind that no document has.

    Examples
    --------
    >>> from_data({"title": "A", "masthead": "B", "subject": "", "parts": [{"kind": "Heading", "text": "C"}]}).parts[0]
    Heading(text='C', level=2, anchor='')
    """
    lists = {name: tuple(data.get(name, ())) for name in ("lede", "made")}
    return Prose(**{**data, **lists, "parts": tuple(map(_part, data["parts"]))})


def _part(data: dict[str, Any]) -> Part:
    rest = {name: value for name, value in data.items() if name != "kind"}
    match data["kind"]:
        case "Heading":
            return Heading(**rest)
        case "Paragraph":
            return Paragraph(text=rest["text"], links=_links(rest))
        case "Said":
            return Said(words=tuple(Words(**{**one, "links": _links(one)}) for one in rest["words"]))
        case kind:
            raise KeyError(kind)


def _links(data: dict[str, Any]) -> tuple[Link, ...]:
    return tuple(Link(**one) for one in data.get("links", ()))


def document(prose: Prose, *, timestamp: int | datetime) -> bytes:
    """Set a document as a tagged PDF.

    Parameters
    ----------
    prose
        What to set. Its text is shown as it is: nothing in it is read as markup.
    timestamp
        When it was made, in seconds since 1970 or as a date with a time. The same document and timestamp give the
        same bytes, on one computer and its fonts.

    Returns
    -------
    The PDF file.

    Raises
    ------
    RuntimeError
        The document could not be set without a warning: a fault here, not in its words.

    Examples
    --------
    >>> prose = Prose(title="A quiet year", masthead="Wren Street", subject="", parts=(Heading(text="Notes"),))
    >>> document(prose, timestamp=1_778_716_800)[:5]
    b'%PDF-'
    """
    shown = json.dumps(pdf.displayable(as_data(prose)))
    return pdf.compiled("prose.typ", {"prose": shown}, timestamp=timestamp)
