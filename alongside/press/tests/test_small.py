"""What a small figure draws."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from alongside.press.document import Line, Point
from alongside.press.small import BOTTOM, LEFT, RIGHT, TOP, svg
from alongside.press.tests.example import SMALL_FIGURE


def drawn(figure=SMALL_FIGURE, **how):
    return ET.fromstring(svg(figure, **how))  # noqa: S314


def texts(figure=SMALL_FIGURE):
    return [element.text for element in drawn(figure).iter() if element.tag.endswith("}text")]


def lines(figure):
    return [one.get("points") for one in drawn(figure).iter() if one.tag.endswith("}polyline")]


def mean(*points):
    made = tuple(Point(x=x, y=y) for x, y in points)
    return replace(SMALL_FIGURE, lines=(Line(name="Mean", points=made),))


def test_it_says_both_ends_of_both_axes_and_where_each_line_ends():
    last = f"median {SMALL_FIGURE.lines[1].points[-1].y}"
    first_day, last_day = SMALL_FIGURE.ticks[0], SMALL_FIGURE.ticks[-1]
    ends = ["very often, or very much", "not at all", "mean 3.7", last]
    assert texts() == [*ends, first_day.label, first_day.under, last_day.label, last_day.under]


def test_the_whole_axis_is_there_so_that_small_changes_look_small():
    (points,) = lines(mean((0, 10), (10, 0)))
    assert points == f"{LEFT}.0,{TOP}.0 {RIGHT}.0,{BOTTOM}.0"


def test_a_gap_stays_a_gap_and_one_value_alone_is_a_dot():
    figure = mean((0, 5), (1, 5), (2, None), (3, 5))
    assert len(lines(figure)) == 1
    assert len([one for one in drawn(figure).iter() if one.tag.endswith("}circle")]) == 1


def test_the_names_of_two_lines_that_meet_do_not_touch():
    same = tuple(Line(name=name, points=(Point(x=0, y=5), Point(x=1, y=5))) for name in ("Mean", "Median"))
    named = [one for one in drawn(replace(SMALL_FIGURE, lines=same)).iter() if (one.text or "").startswith("me")]
    heights = sorted(float(one.get("y")) for one in named)
    assert heights[1] - heights[0] >= 14


def test_it_has_attributes_only_and_the_colours_of_page_or_paper():
    on_page, on_paper = svg(SMALL_FIGURE), svg(SMALL_FIGURE, colours="print")
    assert not re.search(r'\s(id|class|style|href|on\w+)="', on_page)
    assert "var(--series-2)" in on_page
    assert "var(" not in on_paper


def test_words_are_never_read_as_markup():
    assert texts(replace(SMALL_FIGURE, top_words="</text><script>"))[0] == "</text><script>"


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SMALL_FIGURE, lines=()),
        replace(SMALL_FIGURE, lines=SMALL_FIGURE.lines[:1] * 3),
        mean((0, None)),
        replace(SMALL_FIGURE, top=0),
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(ValueError, match="one or two lines"):
        svg(wrong)
