"""Sets a document of headings, paragraphs and people's words as DOCX, with the links that lead about in it."""

import io
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from alongside.press.prose import Heading, Link, Paragraph, Prose, Said, Words
from alongside.press.theme import plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph as Line

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document(prose: Prose, *, timestamp: datetime) -> bytes:
    """Set a document as DOCX: real headings and lists, a language and a title, and bookmarks that links lead to.

    Parameters
    ----------
    prose
        What to set. Its text is shown as it is.
    timestamp
        When it was made; the same document and timestamp give the same words and properties.

    Returns
    -------
    The DOCX file.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> prose = Prose(title="A quiet year", masthead="Wren Street", subject="", parts=(Heading(text="Notes"),))
    >>> document(prose, timestamp=datetime(2026, 5, 14, tzinfo=UTC))[:2]
    b'PK'
    """
    from docx import Document

    made = Document()
    _describe(made, prose, timestamp)
    bookmarks = count(1)
    made.add_paragraph(plain(prose.masthead), style="Subtitle")
    made.add_heading(plain(prose.title), level=1)
    for text in prose.lede:
        made.add_paragraph(plain(text))
    for part in prose.parts:
        match part:
            case Heading():
                _bookmark(made.add_heading(plain(part.text), level=part.level), part.anchor, bookmarks)
            case Paragraph():
                line = made.add_paragraph(plain(part.text) + (" " if part.text and part.links else ""))
                _links(line, part.links)
            case Said():
                for words in part.words:
                    _said(made, words, bookmarks)
    for text in prose.made:
        made.add_paragraph(plain(text))
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def _describe(made: "Document", prose: Prose, timestamp: datetime) -> None:
    """Say what it is and in which language, and let the headings follow one another as everywhere."""
    from docx.oxml.ns import qn

    when = timestamp.astimezone(UTC).replace(tzinfo=None)
    about = made.core_properties
    about.title, about.author, about.subject = plain(prose.title), plain(prose.masthead), plain(prose.subject)
    about.created = about.modified = when
    about.language, about.last_modified_by, about.comments = prose.language, "", ""
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), prose.language)


def _said(made: "Document", words: Words, bookmarks: "count[int]") -> None:
    line = made.add_paragraph(plain(words.text), style="List Bullet")
    _bookmark(line, words.anchor, bookmarks)
    if words.note:
        line.add_run(f" ({plain(words.note)})").italic = True
    if words.links:
        line.add_run().add_break()
        _links(line, words.links)


def _bookmark(line: "Line", anchor: str, bookmarks: "count[int]") -> None:
    """Let links lead to a paragraph."""
    if not anchor:
        return
    number = str(next(bookmarks))
    line._p.insert(1 if line._p.pPr is not None else 0, _element("w:bookmarkStart", {"id": number, "name": anchor}))
    line._p.append(_element("w:bookmarkEnd", {"id": number}))


def _links(line: "Line", links: tuple[Link, ...]) -> None:
    for place, link in enumerate(links):
        if place:
            line.add_run(" · ")
        run = line.add_run(plain(link.text))
        run.underline = True
        leading = _element("w:hyperlink", {"anchor": link.to, "history": "1"})
        run._r.addprevious(leading)
        leading.append(run._r)


def _element(name: str, attributes: dict[str, str]) -> "BaseOxmlElement":
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made
