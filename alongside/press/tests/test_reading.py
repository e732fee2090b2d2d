"""How the page behaves in a real browser: for a screen reader, on a phone, in the dark, on paper."""

from dataclasses import replace

import pypdfium2
import pytest

from alongside.press.document import Column, Group, Part, Parts, Row, Table, Words
from alongside.press.html import page
from alongside.press.tests.example import REPORT, SMALL, saying

OPEN = "document.querySelectorAll('details').forEach(details => details.open = true)"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
RULES = "axe.run({resultTypes: ['violations']})"
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "dark forced colours": {"forced_colors": "active", "color_scheme": "dark"},
    "phone": {"viewport": {"width": 375, "height": 700}},
    "320 px": {"viewport": {"width": 320, "height": 560}},
    "400% zoom": {"viewport": {"width": 320, "height": 256}},
}


@pytest.fixture
def opened(browser, tmp_path):
    """Return a way to open a report, which fails if the page asks for anything but itself."""
    contexts = []

    def open_report(report=REPORT, **look):
        file = tmp_path / "report.html"
        file.write_text(page(report), "utf-8")
        contexts.append(browser.new_context(**look))
        tab = contexts[-1].new_page()
        asked, said = [], []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(file.as_uri())
        outside = [url for url in asked if not url.startswith("data:")]
        assert outside == [file.as_uri()]
        assert not said
        return tab

    yield open_report
    for context in contexts:
        context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(opened, axe, look):
    tab = opened(**LOOKS[look])
    tab.evaluate(OPEN)
    tab.evaluate(axe)
    found = tab.evaluate(RULES)["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


def test_axe_finds_nothing_when_titles_repeat_or_are_missing(opened, axe):
    unnamed = replace(SMALL, columns=(Column(title=""), *SMALL.columns[1:]))
    tab = opened(replace(REPORT, blocks=(SMALL, unnamed, *REPORT.blocks)))
    tab.evaluate(OPEN)
    tab.evaluate(axe)
    assert tab.evaluate(RULES)["violations"] == []


@pytest.mark.parametrize("text", ["word", "w" * 200, "كلمة" * 60, "日本語" * 60])
def test_nothing_scrolls_sideways(opened, text):
    tab = opened(REPORT if text == "word" else saying(text), **LOOKS["320 px"])
    tab.evaluate(OPEN)
    assert tab.evaluate(FITS)
    tab.set_viewport_size({"width": 1280, "height": 800})
    assert tab.evaluate(FITS)


def test_the_figure_scrolls_inside_its_own_region(opened):
    tab = opened(**LOOKS["320 px"])
    region = tab.get_by_role("region", name="Figure 3")
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
    region.focus()
    assert region.evaluate("region => document.activeElement === region")


def test_figures_of_people_need_no_scrolling_on_a_phone(opened):
    tab = opened(**LOOKS["320 px"])
    for name in ("Each person’s first and last form", "Each person’s change, in order"):
        region = tab.get_by_role("region", name=f": {name}").first
        assert region.evaluate("region => region.scrollWidth <= region.clientWidth")


def test_help_and_a_way_out_are_always_in_sight_on_a_phone(opened):
    tab = opened(**LOOKS["phone"])
    tab.evaluate("window.scrollTo(0, 900)")
    way_out = tab.get_by_role("link", name="Leave this page")
    assert way_out.bounding_box()["y"] < 700
    assert way_out.get_attribute("rel") == "noreferrer noopener"
    tab.get_by_role("link", name="Help now").click()
    assert tab.locator("#help").is_visible()
    assert tab.url.endswith("#help")


@pytest.mark.parametrize("look", ["light", "dark", "forced colours"])
def test_lines_stand_out_from_the_page(opened, look):
    tab = opened(**LOOKS[look])
    shades = tab.evaluate(
        """[...document.querySelectorAll('.figure path')]
           .map(path => getComputedStyle(path).stroke).filter(stroke => stroke !== 'none')"""
    )
    assert shades
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(shade not in {ground, "rgba(0, 0, 0, 0)"} for shade in shades)


def test_right_to_left_words_are_set_from_the_right(opened):
    rows = (Row(cells=(Words(text="مرحبا"), Words(text="English"))),)
    table = Table(title="عنوان", columns=SMALL.columns[:2], groups=(Group(title="", rows=rows),))
    tab = opened(replace(REPORT, blocks=(table,)))
    assert tab.locator("h2").first.evaluate("title => getComputedStyle(title).direction") == "rtl"
    assert tab.locator("h1").evaluate("title => getComputedStyle(title).direction") == "ltr"


def test_paper_opens_the_tables_and_repeats_the_banner(opened):
    tab = opened(color_scheme="dark")
    pdf = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    pages = [sheet.get_textpage().get_text_range() for sheet in pdf]
    pdf.close()
    assert len(pages) > 1
    assert all(REPORT.banner in text for text in pages)
    assert "Non-binary people" in " ".join(pages)
    assert "Leave this page" not in " ".join(pages)


def test_each_part_of_a_whole_is_as_wide_as_its_share(opened):
    parts = (Part(share=0.6, number="60", text="a"), Part(share=0.25, number="25", text="b"))
    whole = Parts(title="Who answered", parts=(*parts, Part(share=0.15, number="15", text="c")), text="")
    tab = opened(replace(REPORT, blocks=(whole,)), viewport={"width": 1280, "height": 800})
    widths = tab.evaluate("[...document.querySelectorAll('.part')].map(part => part.getBoundingClientRect().width)")
    assert [round(100 * width / sum(widths)) for width in widths] == [60, 25, 15]
