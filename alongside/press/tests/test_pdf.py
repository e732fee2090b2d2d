"""The PDF: what a person and a screen reader find in it, whatever a report holds."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest

from alongside.press.document import Column, Group, Number, Row, Table, Words
from alongside.press.pdf import document
from alongside.press.tests.example import DOTS, ORDERED, REPORT, SCATTER, SMALL_FIGURE, saying

MADE_AT = 1_778_716_800


def pages(pdf):
    opened = pypdfium2.PdfDocument(pdf)
    texts = [sheet.get_textpage().get_text_range() for sheet in opened]
    opened.close()
    return texts


def text(pdf):
    return " ".join(" ".join(pages(pdf)).split())


def tags(pdf):
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), str(node.get("/Alt", ""))))
            walk(node.get("/K", pikepdf.Array()))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        walk(opened.Root.StructTreeRoot.K)
    return found


@pytest.fixture(scope="module")
def pdf():
    return document(REPORT, timestamp=MADE_AT)


def test_it_says_it_is_accessible_and_in_which_language(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.Root.MarkInfo.Marked
        assert opened.docinfo["/Title"] == REPORT.title
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_headings_tables_and_figures_are_tagged(pdf):
    found = tags(pdf)
    kinds = [kind for kind, _ in found]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TR", "/TH", "/TD", "/Link", "/THead"} <= set(kinds)
    drawn = (REPORT.blocks[2].figure, DOTS, REPORT.blocks[5].figure, SMALL_FIGURE, SCATTER, ORDERED)
    assert [alt for kind, alt in found if kind == "/Figure"] == [figure.alt for figure in drawn]


def test_the_numbers_and_words_are_in_it(pdf):
    found = text(pdf)
    for words in ("185", "65%", "−2.4 (−3.0 to −1.8)", "75 of 120 (63%)", "How often: 3.7", "fewer than 8", "no form"):
        assert words in found
    for words in (REPORT.title, REPORT.lede, "What these numbers cannot tell you", "Samaritans", *REPORT.made):
        assert words in found


def test_every_page_has_the_banner_the_subject_and_its_number(pdf):
    found = pages(pdf)
    assert len(found) > 1
    for place, words in enumerate(found, 1):
        assert REPORT.banner in words
        assert REPORT.subject in words
        assert f"page {place} of {len(found)}" in words


def test_the_same_report_gives_the_same_bytes(pdf):
    assert document(REPORT, timestamp=MADE_AT) == pdf
    assert document(REPORT, timestamp=MADE_AT + 1) != pdf
    assert document(REPORT, timestamp=datetime.fromtimestamp(MADE_AT, tz=UTC))[:5] == b"%PDF-"


@pytest.mark.parametrize(
    "words",
    ["# *b* _i_ `c` $m$ @r <l> [k] // x", "\\u{41} \\ #eval(1)", '" + panic() + "', "= Title\n- list", "~ -- ..."],
)
def test_no_text_is_read_as_markup(words):
    found = text(document(replace(REPORT, blocks=(), lede=words), timestamp=MADE_AT))
    assert " ".join(words.split()) in found


@pytest.mark.parametrize(
    "words",
    [
        "العربية",
        "日本語の名前",
        "👨‍👩‍👧‍👦 🇬🇧 👍🏽",
        "ไทย हिन्दी",
        "a\u200bb\u2060\ufeffc\u202e",
        "\x00\x07\x1b",
        "a\ud800b",
        "e\u0301\u0301\u0301",
        "1\ufe0f\u20e3",
        "\U00013000\ue000\uffff",
        "w" * 300,
    ],
)
def test_no_text_stops_it(words):
    pdf = document(saying(f"Level {words}"), timestamp=MADE_AT)
    assert "Level" in text(pdf)


def test_what_no_font_can_show_becomes_a_box():
    assert "Level □ of 3" in text(document(replace(REPORT, lede="Level \uffff\U000e1234 of 3"), timestamp=MADE_AT))


def test_a_long_table_goes_on_with_its_headings():
    rows = tuple(Row(cells=(Words(text=f"Row {place}"), Number(soft=str(place)))) for place in range(400))
    columns = (Column(title="Place in the list"), Column(title="Count", numeric=True))
    table = Table(title="Many rows", columns=columns, groups=(Group(title="All of them", rows=rows),))
    found = pages(document(replace(REPORT, blocks=(table,)), timestamp=MADE_AT))
    with_rows = [words for words in found if "Row " in words]
    assert len(with_rows) > 5
    assert all("Place in the list" in words for words in with_rows)


def test_a_heading_stays_with_what_it_is_about():
    tables = tuple(replace(REPORT.blocks[3], title=f"Table {place}", lede="") for place in range(12))
    for words in pages(document(replace(REPORT, blocks=tables), timestamp=MADE_AT)):
        for place in range(12):
            if f"Table {place}\r" in words:
                assert "What people marked" in words.split(f"Table {place}\r")[1]


def test_two_reports_can_be_set_at_once():
    with ThreadPoolExecutor(4) as people:
        set_at_once = list(people.map(lambda _: document(saying("☃ Ω 早"), timestamp=MADE_AT), range(4)))
    assert len(set(set_at_once)) == 1
