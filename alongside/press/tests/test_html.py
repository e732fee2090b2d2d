"""What is in the page: everything the report says, safely, and nothing from anywhere else."""

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from alongside.press.document import Compared, Finding, Individuals, KeyNumbers, Multiples, Part, Parts, Table
from alongside.press.html import body, page
from alongside.press.tests.example import DOTS, LINE_FIGURE, ORDERED, REPORT, SCATTER, SMALL_FIGURE, saying
from alongside.press.theme import TEMPLATES

ALLOWED = {"https://www.bbc.co.uk/weather", "#main", "#help", "tel:116123", "tel:111", "tel:999", "data:,"}
ALLOWED |= {"sms:85258?&body=SHOUT"}


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def html():
    return page(REPORT)


@pytest.fixture(scope="module")
def elements(html):
    return Elements(html).found


def test_every_address_is_one_we_chose(elements):
    addresses = {value for _, attrs in elements for name, value in attrs.items() if name in {"href", "src"}}
    assert addresses == ALLOWED


def test_nothing_is_fetched_or_run(html, elements):
    assert not {"script", "iframe", "img", "object"} & {tag for tag, _ in elements}
    assert all(address.startswith("data:") for address in re.findall(r"url\(([^)]*)\)", html))
    assert "@import" not in html
    assert not [name for _, attrs in elements for name in attrs if name.startswith("on")]


def test_every_part_of_the_report_is_there(html):
    for words in ("Wren Street", REPORT.title, REPORT.lede, REPORT.gentle, REPORT.subject, REPORT.banner):
        assert words in html
    for block in REPORT.blocks:
        assert block.title in html
    for table in REPORT.appendix:
        assert table.title in html
    for caveat in REPORT.caveats:
        assert caveat.title in html
        assert caveat.text in html
    for line in REPORT.made:
        assert line in html


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (KeyNumbers, "family members and friends"),
        (Parts, "120 answered twice or more (65%), 40 answered once, 25 no form."),
        (Finding, LINE_FIGURE.alt),
        (Finding, "Show the table"),
        (Compared, DOTS.alt),
        (Compared, "Show the table"),
        (Table, " of 120 (63%)"),
        (Table, "The same, beside its table."),
        (Multiples, SMALL_FIGURE.alt),
        (Multiples, "The future: too few to say"),
        (Individuals, SCATTER.alt),
        (Individuals, ORDERED.alt),
        (Individuals, "Show the table"),
    ],
)
def test_each_kind_of_block_shows_what_it_holds(kind, words):
    blocks = tuple(block for block in REPORT.blocks if isinstance(block, kind))
    assert words in page(replace(REPORT, blocks=blocks))


def test_a_kept_place_is_dashed_and_says_why(html):
    assert re.search(r'class="kept"[^>]*>too few to average<', html)


def test_headings_go_down_one_step_at_a_time(elements):
    levels = [int(tag[1]) for tag, _ in elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_no_id_is_used_twice(elements):
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))


def test_tables_are_regions_reached_by_keyboard(elements):
    regions = [attrs for _, attrs in elements if attrs.get("role") == "region"]
    assert all(attrs["tabindex"] == "0" for attrs in regions)
    assert len({attrs["aria-label"] for attrs in regions}) == len(regions) == 12


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "</style><script>", '"><script x="', "'><script>"])
def test_no_text_is_read_as_html(text):
    elements = Elements(page(saying(text))).found
    plain = Elements(page(saying("x"))).found
    drawn = {"g", "path", "text", "line", "rect"}
    assert [tag for tag, _ in elements if tag not in drawn] == [tag for tag, _ in plain if tag not in drawn]
    assert {name for _, attrs in elements for name in attrs} == {name for _, attrs in plain for name in attrs}


def test_no_text_is_read_as_a_template():
    assert "{{ 7 * 7 }}" in page(saying("{{ 7 * 7 }}"))


def test_control_characters_do_not_reach_the_page():
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", page(saying("a\x00b\x1b\ud800")))


def test_parts_left_empty_leave_nothing_behind():
    bare = replace(REPORT, lede="", gentle="", banner="", caveats=(), blocks=())
    html = page(bare)
    assert 'class="note"' not in html
    assert "What these numbers cannot tell you" not in html
    assert "Samaritans" in html


def test_the_page_and_the_part_for_a_site_say_the_same(html):
    inside = re.search(r"<main[^>]*>(.*)</main>", html, re.DOTALL)[1]
    assert inside.split() == body(REPORT).split()


def test_the_part_for_a_site_needs_no_style_and_no_script():
    found = Elements(body(REPORT)).found
    assert not {"style", "script", "link", "html", "body", "main"} & {tag for tag, _ in found}
    assert not [name for _, attrs in found for name in attrs if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(("share", "said"), [(0, "0 0"), (0.034, "0 3"), (0.649, "6 5"), (1, "10 0")])
def test_a_part_says_its_share_in_tens_and_units(share, said):
    parts = Parts(title="Who answered", parts=(Part(share=share, number="12", text="answered"),), text="")
    (part,) = (attrs for _, attrs in Elements(body(replace(REPORT, blocks=(parts,)))).found if "data-tens" in attrs)
    assert f"{part['data-tens']} {part['data-units']}" == said


def test_the_styles_of_a_report_leave_the_page_around_it_alone():
    css = re.sub(r"/\*.*?\*/", "", (TEMPLATES / "report.css").read_text("utf-8"), flags=re.DOTALL)
    selectors = [rule.strip() for rule in re.findall(r"([^{}]+)\{", css) if not rule.strip().startswith("@")]
    assert len(selectors) > 50
    assert [one for one in selectors if not one.startswith((".report", "[data-"))] == []


def test_no_line_of_a_title_ends_inside_self_harm():
    title = body(replace(REPORT, title="Self-harm <b> went down")).partition("</h1>")[0]
    assert title.endswith('<span class="whole">Self-harm</span> &lt;b&gt; went down')
