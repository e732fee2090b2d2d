"""A document of people's words says the same as PDF and as DOCX, and its links lead somewhere in both."""

import io
from datetime import UTC, datetime

import docx
import pikepdf
import pypdfium2
import pytest

from alongside.press import docx as word
from alongside.press.prose import Heading, Link, Paragraph, Prose, Said, Words, as_data, document, from_data

MADE = datetime(2026, 5, 14, tzinfo=UTC)
MARKUP = "*more* #light $x$ <b>now</b> \\ @here"
PROSE = Prose(
    title="Warm homes",
    masthead="Wren Street",
    subject="What people said",
    lede=("Winter, 2025",),
    parts=(
        Heading(text="Pairs"),
        Heading(text="Pair 1", level=3, anchor="board-1"),
        Said(
            words=(
                Words(text=MARKUP, anchor="note-1", links=(Link(text="Theme: Rent", to="theme-1"),)),
                Words(text="quiet 🌱", note="written down for somebody"),
            )
        ),
        Heading(text="Rent", level=3, anchor="theme-1"),
        Paragraph(text="From:", links=(Link(text="Pair 1: more", to="note-1"), Link(text="Pair 1", to="board-1"))),
        Paragraph(text="", links=(Link(text="Pair 1", to="board-1"),)),
    ),
    made=("Issued on 14 May 2026.",),
)


def pdf_text(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_data_that_was_kept_gives_the_same_document() -> None:
    assert from_data(as_data(PROSE)) == PROSE
    with pytest.raises(KeyError, match="Secret"):
        from_data(as_data(PROSE) | {"parts": [{"kind": "Secret"}]})


def test_the_pdf_is_tagged_and_reads_nothing_as_markup() -> None:
    content = document(PROSE, timestamp=MADE)
    assert content == document(PROSE, timestamp=MADE)
    text = " ".join(pdf_text(content).split())
    for words in ("Warm homes", MARKUP, "quiet □ (written down for somebody)", "Issued on 14 May 2026."):
        assert words in text
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert (str(opened.Root.Lang), str(opened.docinfo.Title)) == ("en-GB", "Warm homes")
        assert len([one for page in opened.pages for one in page.get("/Annots", [])]) == 4


def test_the_docx_has_headings_lists_a_language_and_links() -> None:
    opened = docx.Document(io.BytesIO(word.document(PROSE, timestamp=MADE)))
    lines = [(line.style.name, line.text) for line in opened.paragraphs]
    assert ("Heading 1", "Warm homes") in lines
    assert ("Heading 3", "Pair 1") in lines
    assert ("List Bullet", "quiet 🌱 (written down for somebody)") in lines
    assert [link.fragment for line in opened.paragraphs for link in line.hyperlinks] == [
        "theme-1", "note-1", "board-1", "board-1",
    ]  # fmt: skip
    about = opened.core_properties
    assert (about.title, about.language, about.created.year) == ("Warm homes", "en-GB", 2026)


def test_what_no_file_can_hold_is_written_as_a_blank_or_a_box() -> None:
    odd = Prose(title="A\x00B\ud800", masthead="", subject="", parts=(Said(words=(Words(text="x\x0by"),)),))
    lines = [line.text for line in docx.Document(io.BytesIO(word.document(odd, timestamp=MADE))).paragraphs]
    assert {"A B□", "x y"} <= set(lines)
    assert "x y" in pdf_text(document(odd, timestamp=MADE))
