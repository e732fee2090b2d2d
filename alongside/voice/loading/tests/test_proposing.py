"""Boards are proposed for workshops written down in different ways; no word is lost, and each guess is said."""

import re

import pytest

from alongside.voice.loading.boards import Past, Unreadable
from alongside.voice.loading.proposing import propose
from alongside.voice.loading.reading import read
from alongside.voice.loading.tests.texts import BARE, CROWDED, PRINTED, TYPED

ALL = [PRINTED, TYPED, CROWDED, BARE]
MARKS = re.compile(r"\*\*|^\s*(?:\*|#+)\s+", re.MULTILINE)


def kinds(past: Past) -> list[tuple[str, str, int]]:
    return [(board.kind, board.title, len(board.notes)) for board in past.boards]


def every_word(past: Past) -> list[str]:
    texts = [text for board in past.boards for text in (*board.before, board.title, *board.notes)]
    return " ".join(texts).split()


def test_a_printed_workshop_gives_its_boards() -> None:
    assert kinds(read(PRINTED)) == [
        ("breakout", "Pair 1", 3),
        ("breakout", "Pair 2", 2),
        ("vote", "Voting on what to talk about in 1st meeting", 3),
        ("discussion", "Letters", 2),
        ("discussion", "Rent and heating", 2),
        ("discussion", "Rent and heating", 1),
        ("closing", "Closing thoughts at the end of 1st Warm Homes meeting", 1),
        ("reflection", "Reflections at beginning of 2nd meeting", 1),
        ("key_issues", "LETTERS/REPLIES", 1),
        ("key_issues", "WARM ROOMS", 1),
        ("whole_group", "WARM ROOMS", 3),
        ("closing", "Closing thoughts at the end of 2nd Warm Homes meeting", 1),
    ]


def test_lines_of_a_note_are_joined_and_a_dash_inside_it_begins_no_other() -> None:
    assert read(PRINTED).boards[0].notes[0] == "the meter runs out - at night"


def test_a_typed_workshop_with_headings_and_lists_gives_its_boards() -> None:
    assert kinds(read(TYPED)) == [
        ("whole_group", "Plenary: getting started", 1),
        ("breakout", "Breakout room A", 2),
        ("breakout", "Breakout room B", 2),
        ("vote", "Dot voting", 2),
        ("discussion", "Discussion: Buses", 1),
        ("discussion", "Table discussion – Benches", 1),
        ("closing", "Last words", 1),
    ]
    assert read(TYPED).boards[1].notes[0] == "buses stop at six"


def test_where_no_blank_line_stands_each_line_is_a_note_and_that_is_said() -> None:
    past = read(CROWDED)
    assert kinds(past) == [("breakout", "ROOM 1", 2), ("breakout", "ROOM 2", 1), ("closing", "FINAL THOUGHTS", 2)]
    assert "each line is a note" in [one.guess for one in past.guessed]


def test_headings_right_above_notes_that_have_blank_lines_between_them() -> None:
    past = read("Pair 1\nmore\nlight\n\nless noise\n\na door\n\nPair 2\nmore time\n\na map\n")
    assert [board.notes for board in past.boards] == [("more light", "less noise", "a door"), ("more time", "a map")]


def test_without_any_heading_everything_is_one_board_and_that_is_said() -> None:
    past = read(BARE)
    assert kinds(past) == [("breakout", "Notes", 2)]
    assert past.guessed[0].why == "no heading that says a kind was found"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", ALL)
def test_every_word_is_kept_in_order_whatever_the_line_ends(text: str, ends: str) -> None:
    found = every_word(read(text.replace("\n", ends)))
    added = ["Notes"] if text is BARE else []
    assert found == added + MARKS.sub("", text).split()


@pytest.mark.parametrize("text", ALL)
def test_every_board_is_said_to_be_a_guess_with_its_line(text: str) -> None:
    past = read(text)
    lines = text.split("\n")
    said = [one for one in past.guessed if not one.guess.startswith("each line")]
    assert len(said) == len(past.boards)
    for board, guess in zip(past.boards, said, strict=True):
        assert guess.why
        assert guess.guess.startswith(board.kind)
        first = lines[guess.line - 1].strip("*# \r").split()
        assert first == (board.title.split() if board.title != "Notes" else list(board.notes[0].split()))[: len(first)]


def test_another_order_and_a_session_named_between_parts() -> None:
    text = "Session 1\n\nFinal reflections\n\nit went well\n\nSession 2\n\nPair 1\n\nmore tea\n\nVote\n\ntea\n\nmap\n"
    past = read(text)
    assert kinds(past) == [("closing", "Final reflections", 1), ("breakout", "Pair 1", 1), ("vote", "Vote", 2)]
    assert past.boards[1].before == ("Session 2",)
    assert every_word(past) == text.split()


def test_talk_of_votes_and_discussions_in_notes_begins_no_board() -> None:
    notes = [
        "Interesting discussion with others",
        "we should vote on it",
        "Is voting fair?",
        "group work helps",
    ]
    past = read("Pair 1\n\n" + "\n\n".join(notes))
    assert [board.notes for board in past.boards] == [tuple(notes)]


def test_key_issues_in_small_letters_are_told_apart_by_their_questions() -> None:
    text = (
        "Key issues\n\nEmpty rooms\n\nThere are many rooms that nobody uses.\n\nWho has the keys?\n\n"
        "Slow letters\n\nLetters take six weeks or longer to come.\n\nWho could answer sooner?\n"
    )
    past = read(text)
    assert kinds(past) == [("key_issues", "Empty rooms", 1), ("key_issues", "Slow letters", 1)]
    assert past.boards[0].notes[0].endswith("uses. Who has the keys?")


def test_the_question_of_a_vote_is_part_of_its_heading() -> None:
    past = read("Vote\n\nWhich comes first?\n\ntea\n\na map\n")
    assert kinds(past) == [("vote", "Vote Which comes first?", 2)]


def test_page_numbers_are_left_out_and_said() -> None:
    past = read("Pair 1\n\nmore light\n\nPage 2 of 3\n\nless noise\n")
    assert past.boards[0].notes == ("more light", "less noise")
    assert past.guessed[0].guess == "left out: Page 2 of 3"


def test_a_heading_too_long_for_a_title_stands_before_its_board() -> None:
    heading = "Closing thoughts of " + ", ".join(["representatives"] * 8)
    board = read(f"{heading}\n\nthank you").boards[0]
    assert (board.title, board.before) == ("Closing thoughts", (heading,))


@pytest.mark.parametrize("text", ["", " \n\n ", "\f\r\n"])
def test_nothing_to_read_is_said(text: str) -> None:
    with pytest.raises(Unreadable, match="no word"):
        propose(text.replace("\f", "\n"))


def test_too_much_is_said() -> None:
    with pytest.raises(Unreadable, match="million letters"):
        read("a " * 600_000)


@pytest.mark.parametrize(
    "text", ["page 1\n" * 140_000 + "tea", "“" * 900_000, "** " * 300_000], ids=["pages", "quotes", "stars"]
)
def test_a_text_made_to_be_slow_is_read_all_the_same(text: str) -> None:
    """Each of these would take hours if a line were compared with every other."""
    assert len(read(text).boards) == 1


def test_too_many_headings_are_refused() -> None:
    with pytest.raises(Unreadable, match="1,000 headings"):
        read("Vote\n\ntea\n\n" * 1_001)
