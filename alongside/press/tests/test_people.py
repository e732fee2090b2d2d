"""What the figures draw in which each person is a dot or a bar."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from alongside.press.document import Bars, Spots
from alongside.press.people import FEW, LARGEST, SQUARE, WIDTH, svg
from alongside.press.tests.example import ORDERED, SCATTER


def elements(figure, tag):
    return [one for one in ET.fromstring(svg(figure)).iter() if one.tag.endswith(f"}}{tag}")]  # noqa: S314


def texts(figure):
    return [one.text for one in elements(figure, "text")]


def dots(figure):
    """Every round dot beyond the key, as across, down and radius."""
    found = [tuple(float(one.get(name)) for name in ("cx", "cy", "r")) for one in elements(figure, "circle")]
    return [dot for dot in found if dot[0] != 12]


def diamonds(figure):
    return sum(one.get("d").count("z") for one in elements(figure, "path") if "l" in one.get("d"))


def corners(figure):
    (band,) = elements(figure, "polygon")
    return [tuple(map(float, corner.split(","))) for corner in band.get("points").split()]


def only(*places, **changes):
    everybody = Spots(name="Everybody", places=places)
    return replace(SCATTER, better=None, between=everybody, worse=None, band=None, **changes)


def bars(*changes, **others):
    everybody = Bars(name="Everybody", changes=changes)
    return replace(ORDERED, better=None, between=everybody, worse=None, band=None, **others)


def drawn_bars(figure):
    """Every bar as across, zero, end and width."""
    found = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)h([\d.]+)V[\d.]+z", svg(figure))
    return [tuple(map(float, bar)) for bar in found]


def test_a_scatter_says_who_its_shapes_are_and_what_its_ends_mean():
    said = texts(SCATTER)
    assert said[:4] == [SCATTER.better.name, SCATTER.between.name, SCATTER.worse.name, "No change"]
    assert {"Last form: very often", "not at all", "First form: very often"} <= set(said)
    assert (said.count("0"), said.count("10")) == (2, 2)


def test_better_and_worse_differ_in_shape_as_well_as_shade():
    assert diamonds(SCATTER) == 2
    assert len(dots(SCATTER)) == 3
    assert len(re.findall(r'<g fill="none" stroke="var\(--ink-soft\)"', svg(SCATTER))) == 2


def test_a_dot_stands_where_its_two_scores_say():
    ((x, y, _),) = dots(only((10, 0, 1)))
    ((left, low, _),) = dots(only((0, 0, 1)))
    ((_, top, _),) = dots(only((0, 10, 1)))
    assert (y, x > left, low - top) == (low, True, SQUARE)


def test_several_people_on_one_spot_make_a_dot_as_large_as_they_are_many():
    (one, four) = dots(only((2, 2, 1), (8, 8, 4)))
    assert four[2] == pytest.approx(2 * one[2], abs=0.1)


def test_no_crowd_makes_a_dot_that_covers_the_figure():
    (_, crowd) = dots(only((2, 2, 1), (8, 8, 4000)))
    assert crowd[2] == LARGEST


def test_many_dots_are_smaller_and_let_each_other_through():
    few, many = (only(*((n % 10, n / 300, 1) for n in range(people))) for people in (20, 2000))
    assert dots(many)[0][2] < dots(few)[0][2] / 2
    assert 'fill-opacity="0.65"' in svg(many)


def test_the_band_goes_as_far_from_the_diagonal_as_a_change_must():
    (left, low), (_, up), (short_of_the_top, top), *_ = corners(SCATTER)
    right = WIDTH - 14
    assert (low - up) / (low - top) == pytest.approx(0.2, abs=0.002)
    assert (right - short_of_the_top) / (right - left) == pytest.approx(0.2, abs=0.002)


@pytest.mark.parametrize("band", [10, 1e9])
def test_a_band_wider_than_the_figure_fills_it(band):
    across, down = zip(*corners(replace(SCATTER, band=band)), strict=True)
    assert len(set(across)) == len(set(down)) == 2


def test_without_a_band_there_is_none_and_dots_are_not_rings():
    drawn = svg(only((3, 4, 1)))
    assert "polygon" not in drawn
    assert "band-1" not in drawn
    assert '<g fill="var(--series-1)"' in drawn


def test_what_is_far_out_stands_at_the_edge():
    assert dots(only((3, 1e9, 1), (-1e9, 4, 1))) == dots(only((3, 10, 1), (0, 4, 1)))


def test_scores_below_nothing_have_a_true_minus_sign():
    assert "−10" in texts(only((-5, -2, 1), bottom=-10, top=0))


def test_bars_go_from_no_change_to_the_change_from_left_to_right():
    found = drawn_bars(ORDERED)
    _, zero, end, _ = found[0]
    assert [round(8 * (at - last) / (end - zero), 1) for _, at, last, _ in found] == [-8, -4, -4, 0, 6]
    assert [x for x, *_ in found] == sorted(x for x, *_ in found)


def test_few_bars_have_heads_and_many_have_none():
    assert (len(dots(ORDERED)), diamonds(ORDERED)) == (4, 2)
    assert dots(bars(*[(-1, 1)] * (FEW + 1))) == []


def test_a_bar_is_as_wide_as_the_people_it_is_of():
    (_, _, _, one), (_, _, _, three) = drawn_bars(bars((-2, 100), (1, 300)))
    assert three == pytest.approx(3 * one, abs=0.05)


def test_an_ordered_figure_says_its_ends_and_signs_its_numbers():
    assert {"went up: worse", "went down: better", "most for the better", "most for the worse"} <= set(texts(ORDERED))
    assert {"+10", "+5", "0", "−5", "−10"} <= set(texts(ORDERED))


def test_a_change_far_out_stops_at_the_edge():
    assert drawn_bars(bars((-1e9, 1), (1, 1))) == drawn_bars(bars((-10, 1), (1, 1)))


@pytest.mark.parametrize("figure", [SCATTER, ORDERED])
def test_it_has_attributes_only_and_the_colours_of_page_or_paper(figure):
    on_page, on_paper = svg(figure), svg(figure, colours="print")
    assert not re.search(r'\s(id|class|style|href|on\w+)="', on_page)
    assert not re.search("#[0-9a-f]{3}", on_page)
    assert "var(" not in on_paper


@pytest.mark.parametrize("words", ["</text><script>", "w" * 300, "كلمة " * 60])
def test_long_words_and_markup_are_words_within_the_drawing(words):
    scatter = replace(SCATTER, bottom_words=words, top_words=words, better=Spots(name=words, places=()))
    ordered = replace(ORDERED, bottom_words=words, top_words=words, start_words=words, stop_words=words)
    for drawn in (scatter, ordered):
        assert "<script" not in svg(drawn)
        height = float(ET.fromstring(svg(drawn)).get("height"))  # noqa: S314
        assert all(float(one.get("y")) < height for one in elements(drawn, "text"))
        assert max(map(len, texts(drawn))) < WIDTH / 7


@pytest.mark.parametrize("figure", [SCATTER, ORDERED])
def test_an_axis_that_does_not_go_up_is_refused(figure):
    with pytest.raises(ValueError, match="top above its bottom"):
        svg(replace(figure, top=figure.bottom))
