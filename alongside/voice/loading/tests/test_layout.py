"""The layout: what is written is read again as it was, and mistakes are said with their line."""

from pathlib import Path

import pytest

from alongside.voice.loading import layout
from alongside.voice.loading.boards import KINDS, Board, Unreadable
from alongside.voice.loading.reading import decoded, read
from alongside.voice.loading.tests.texts import CROWDED, PRINTED, TYPED

WRITTEN = """Wren Street, November 2025

== breakout: Pair 1

more
light

less noise

== words:

Everybody came back together.

== Key issues: Light

There is little. Who pays?

== closing:

thank you
"""


def test_the_layout_is_read_as_it_says_and_nothing_is_guessed() -> None:
    past = read(WRITTEN)
    assert past.guessed == ()
    assert past.boards == (
        Board(
            kind="breakout",
            title="Pair 1",
            notes=("more light", "less noise"),
            before=("Wren Street, November 2025",),
        ),
        Board(
            kind="key_issues",
            title="Light",
            notes=("There is little. Who pays?",),
            before=("Everybody came back together.",),
        ),
        Board(kind="closing", title="Closing thoughts", notes=("thank you",)),
    )


@pytest.mark.parametrize("text", [WRITTEN, PRINTED, TYPED, CROWDED])
def test_what_is_written_is_read_again_as_it_was(text: str) -> None:
    boards = read(text).boards
    assert read(layout.write(boards)).boards == boards


def test_notes_that_look_like_headings_stay_notes() -> None:
    boards = (Board(kind="closing", title="Last", notes=("== vote: no", "\\o/", "= 1", "==="), before=("== so",)),)
    assert read(layout.write(boards)).boards == boards


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("== breakout: Pair 1\n\nlight\n\n== brekout: Pair 2\n", "Line 5: the heading names no kind"),
        ("== breakout: Pair 1\n\nlight\n\n== Pair 2\n", "Line 5: the heading names no kind"),
        (f"== vote: {'long ' * 30}\n", "Line 1: the title is longer than 120 letters"),
        ("== vote: V\n\ntea\n\n== words:\n\nbye\n", "Words stand after the last board"),
    ],
)
def test_a_mistake_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(text)


def test_a_file_that_is_no_utf_8_is_said() -> None:
    assert decoded(b"\xef\xbb\xbfPair 1") == "Pair 1"
    with pytest.raises(Unreadable, match="UTF-8"):
        decoded("Pair 1 £".encode("latin-1"))


def test_the_example_of_the_guide_is_read_as_the_guide_says() -> None:
    guide = (Path(__file__).parents[4] / "docs" / "how-to" / "load-a-past-workshop.md").read_text("utf-8")
    example = guide.split("```\n", 2)[1]
    past = read(example)
    assert past.guessed == ()
    assert [(board.kind, board.title, board.notes) for board in past.boards] == [
        ("breakout", "Pair 1", ("the meter runs out", "shame")),
        ("vote", "What to talk about", ("Rent and heating", "Who reads letters?")),
        ("closing", "Closing thoughts", ("thank you",)),
    ]
    assert all(f"`{kind.replace('_', ' ')}`" in guide for kind in KINDS)
