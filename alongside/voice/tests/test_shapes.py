"""Shapes that may tell who wrote a note are found; ordinary words are left alone."""

import pytest

from alongside.voice.document.shapes import shapes


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("write to jo@wren.example", "an @"),
        ("see www.wren.example", "a link"),
        ("I live at WR3 4EN", "a postcode"),
        ("ring 01632 960 123", "a long number"),
        ("aged 16 when it began", "a number with a unit"),
        ("I'm 16 and tired", "a number with a unit"),
        ("30 weeks on a list", "a number with a unit"),
        ("it was closed on a Tuesday", "a day or a date"),
        ("since 3 May", "a day or a date"),
        ("in 2019 it was better", "a day or a date"),
        ("Dr Hill was kind", "a title"),
        ("I'm one of the people who lead it", "what somebody is or does"),
        ("as a nurse at night", "what somebody is or does"),
        ("my daughter waited", "what somebody is or does"),
        ("the clinic in Wren Street", "a capital inside a sentence"),
    ],
)
def test_a_shape_is_found(text: str, what: str) -> None:
    assert [told for told, _words in shapes(text) if told.startswith(what)]


@pytest.mark.parametrize(
    "text", ["listen to us", "We may need more time. So be it", "who can I ask?", "24/7 support", ""]
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert shapes(text) == []
