"""What a figure of groups draws: each estimate on its band, and a kept place where there is none."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from alongside.press.document import Dot, Place
from alongside.press.dots import LEFT, RIGHT, WIDTH, svg
from alongside.press.tests.example import DOTS


def elements(figure, tag):
    return [one for one in ET.fromstring(svg(figure)).iter() if one.tag.endswith(f"}}{tag}")]  # noqa: S314


def texts(figure):
    return [one.text for one in elements(figure, "text")]


def marks(figure):
    """Every ring and disc beyond the key, as what it is and how far across it stands."""
    found = [
        ("ring" if one.get("fill") == "none" else "disc", float(one.get("cx"))) for one in elements(figure, "circle")
    ]
    return found[len(figure.names) if len(figure.names) > 1 else 0 :]


def bands(figure):
    found = re.findall(r'd="M([\d.]+) [\d.]+H([\d.]+)" stroke="var\(--band-1\)"', svg(figure))
    return [(float(low), float(high)) for low, high in found]


def one(*dots):
    return replace(DOTS, names=("Share",), places=(Place(name="Women", under="80 people", dots=dots),))


def test_it_names_its_groups_its_shapes_and_the_ends_of_its_axis():
    said = texts(DOTS)
    assert {"First form", "Nearest to day 100", "Women", "80 people", "Men", "not at all", "very often"} <= set(said)
    assert {"0", "5", "10", "6.6", "4.1"} <= set(said)


def test_the_earlier_is_a_ring_and_the_later_a_disc():
    assert [kind for kind, _ in marks(DOTS)] == ["ring", "disc", "ring", "disc"]
    assert [kind for kind, _ in marks(one(Dot(at=5, text="5")))] == ["disc"]


def test_a_mark_stands_where_its_number_says_on_the_band_of_its_interval():
    across = [(x - LEFT) / (RIGHT - LEFT) * 10 for _, x in marks(DOTS)]
    assert across == pytest.approx([6.6, 4.1, 9.8, 0.2], abs=0.01)
    ends = [(end - LEFT) / (RIGHT - LEFT) * 10 for band in bands(DOTS) for end in band]
    assert ends == pytest.approx([6.1, 7.1, 3.5, 4.7], abs=0.01)


def test_what_is_beyond_the_axis_stands_at_its_edge():
    assert [x for _, x in marks(one(Dot(at=1e9, text="a lot")))] == [RIGHT]
    assert bands(one(Dot(at=5, text="5", low=-3, high=12))) == [(LEFT, RIGHT)]


def test_a_group_without_a_number_keeps_its_place_and_says_why():
    assert "too few to average" in texts(DOTS)
    (kept,) = elements(DOTS, "rect")
    assert kept.get("stroke-dasharray")
    assert len(marks(replace(DOTS, places=DOTS.places[2:]))) == 0


@pytest.mark.parametrize("at", [0, 0.3, 5, 9.7, 10])
@pytest.mark.parametrize("reach", [0, 2, 10])
def test_every_number_is_within_the_drawing_and_beside_its_band_where_there_is_room(at, reach):
    figure = one(Dot(at=at, text="100%", low=at - reach, high=at + reach))
    (number,) = [one for one in elements(figure, "text") if one.text == "100%"]
    x, wide = float(number.get("x")), 7 * len("100%")
    start, stop = (x - wide, x) if number.get("text-anchor") == "end" else (x, x + wide)
    ((low, high),) = bands(figure)
    assert start >= 0
    assert stop <= WIDTH
    assert stop <= low or start >= high or reach == 10


@pytest.mark.parametrize("words", ["</text><script>", "w" * 300, "كلمة " * 60])
def test_long_words_and_markup_are_words_within_the_drawing(words):
    place = Place(name=words, under=words, kept=words)
    figure = replace(DOTS, names=(words, words), places=(place,), start_words=words, stop_words=words)
    assert "<script" not in svg(figure)
    height = float(ET.fromstring(svg(figure)).get("height"))  # noqa: S314
    assert all(float(one.get("y")) < height for one in elements(figure, "text"))
    assert max(map(len, texts(figure))) < WIDTH / 7


def test_it_has_attributes_only_and_the_colours_of_page_or_paper():
    on_page, on_paper = svg(DOTS), svg(DOTS, colours="print")
    assert not re.search(r'\s(id|class|style|href|on\w+)="', on_page)
    assert not re.search("#[0-9a-f]{3}", on_page)
    assert "var(" not in on_paper


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"ticks": ((0, "0"),)}, "two ticks"),
        ({"ticks": ((5, "5"), (5, "5"))}, "go up"),
        ({"places": (Place(name="Women", under="", dots=(Dot(at=5, text="5"),)),)}, "as many estimates"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_refused(changes, why):
    with pytest.raises(ValueError, match=why):
        svg(replace(DOTS, **changes))
