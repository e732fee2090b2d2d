"""What a figure draws."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from alongside.press.document import Figure, Interval, Line, Point, Tick
from alongside.press.figures import interval_svg, svg
from alongside.press.tests.example import LINE_FIGURE


def texts(drawn):
    return [element.text or "" for element in ET.fromstring(drawn).iter() if element.tag.endswith("}text")]  # noqa: S314


def one_line(*points, ticks=2):
    return replace(
        LINE_FIGURE,
        lines=(Line(name="Calm", points=tuple(Point(x=x, y=y) for x, y in points)),),
        ticks=tuple(Tick(x=x, label=f"Week {x}", under="9 people") for x in range(ticks)),
    )


def test_lines_are_named_and_numbered_at_their_ends():
    words = texts(svg(LINE_FIGURE))
    assert "How often: 3.7" in words
    assert "How much it got in" in " ".join(words)
    assert "interval 3.1 to 4.3" in words
    assert "6.1" in words


def test_the_axis_has_its_whole_range_and_its_own_words():
    words = texts(svg(LINE_FIGURE))
    assert {"0", "5", "10", "not at all", "very often, or very much", "First form", "120 people"} <= set(words)


def test_a_page_chooses_the_colours_and_paper_has_its_own():
    on_page, on_paper = svg(LINE_FIGURE), svg(LINE_FIGURE, colours="print")
    assert not re.search("#[0-9a-f]{3}", on_page)
    assert "var(--series-2)" in on_page
    assert "var(" not in on_paper
    assert "#a86500" in on_paper


def test_nothing_in_a_drawing_can_clash_with_another():
    drawn = svg(LINE_FIGURE)
    assert not re.search(r'\s(id|class|role|aria-\w+|style|href)="', drawn)


def test_a_missing_value_leaves_a_gap():
    whole = svg(one_line((0, 4), (1, 5), (2, 6), (3, 7)))
    broken = svg(one_line((0, 4), (1, None), (2, 6), (3, 7)))
    assert whole.count('stroke-width="3"') == 1
    assert broken.count('stroke-width="3"') == 2


@pytest.mark.parametrize("points", [[(3, 5.0)], [(0, None), (1, 5.0), (2, None)]])
def test_a_single_value_still_shows(points):
    drawn = svg(one_line(*points))
    assert "Calm: 5.0" in texts(drawn)
    assert len(re.findall(r'<path[^>]*d="M\d[^"]*A[^>]*fill="var\(--series-1\)"', drawn)) == 1


def test_a_line_with_no_values_says_so():
    assert "Calm: not shown" in texts(svg(one_line((0, None), (1, None))))


def test_labels_too_close_are_left_out_but_never_the_first_or_last():
    words = texts(svg(one_line((0, 4), (39, 5), ticks=40)))
    shown = [word for word in words if word.startswith("Week")]
    assert shown[0] == "Week 0"
    assert shown[-1] == "Week 39"
    assert 4 < len(shown) < 14


def test_names_of_lines_that_end_together_stand_apart():
    lines = tuple(Line(name=name, points=(Point(x=0, y=2), Point(x=1, y=5))) for name in ("One", "Two", "Three"))
    drawn = svg(replace(LINE_FIGURE, lines=lines))
    heights = [float(y) for y in re.findall(r"translate\([\d.]+,([\d.]+)\)\"[^>]*font-size=\"18px\"", drawn)]
    assert len(heights) == 3
    assert all(after - before >= 22 for before, after in itertools.pairwise(heights))


def test_words_are_words_whatever_they_hold():
    line = Line(name="<b>&\x00", points=(Point(x=0, y=1),))
    assert "<b>& : 1.0" in texts(svg(replace(LINE_FIGURE, lines=(line,))))


@pytest.mark.parametrize("change", [{"lines": ()}, {"lines": LINE_FIGURE.lines * 2}, {"top": 0}])
def test_a_figure_that_cannot_be_drawn_is_refused(change):
    figure: Figure = replace(LINE_FIGURE, **change)
    with pytest.raises(ValueError, match="one to three lines"):
        svg(figure)


def test_an_interval_past_the_edge_stops_at_the_edge():
    drawn = interval_svg(Interval(low=-90, point=0, high=90, start=-1, stop=1))
    assert "M8 13H192" in drawn
    assert 'cx="100.0"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_an_interval_needs_an_axis():
    with pytest.raises(ValueError, match="above its start"):
        interval_svg(Interval(low=0, point=0, high=0, start=1, stop=1))


def test_people_stand_behind_the_line_each_with_a_line_of_their_own():
    people = tuple(Line(name="", points=(Point(x=0, y=n), Point(x=100, y=99))) for n in range(7))
    alone, among = svg(LINE_FIGURE), svg(replace(LINE_FIGURE, behind=people))
    thin = re.findall(r'<path[^>]*stroke-width="0.9"[^>]*>', among)
    assert 'stroke-width="0.9"' not in alone
    assert len(thin) == 7
    assert among.index(thin[-1]) < among.index('stroke-width="3"')
    assert len(texts(among)) == len(texts(alone))


def test_a_fitted_line_has_no_dots_since_dots_are_forms():
    points = [(0, 4), (1, 5), (2, 6)]
    dots = [svg(replace(one_line(*points, ticks=1), drawn=drawn)).count("A") for drawn in ("dots", "line")]
    assert dots[0] > dots[1]


def test_a_curve_in_steps_stays_level_up_to_the_next_point():
    drawn = svg(replace(one_line((0, 10), (5, 6), (10, 2)), drawn="steps"))
    (line,) = re.findall(r'<path[^>]*d="([^"]*)"[^>]*stroke-width="3"', drawn)
    corners = [tuple(map(float, corner)) for corner in re.findall(r"[ML]([\d.]+),([\d.]+)", line)]
    assert len(corners) == 5
    assert all(x == x2 or y == y2 for (x, y), (x2, y2) in itertools.pairwise(corners))


def test_shares_are_written_in_per_cent():
    words = texts(svg(replace(one_line((0, 1), (5, 0.42)), bottom=0, top=1, shares=True)))
    assert {"0%", "50%", "100%", "Calm: 42%"} <= set(words)
