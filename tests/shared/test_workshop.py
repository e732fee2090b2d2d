"""A real print-out of a workshop is taken apart into its boards, and no word of it is lost."""

from pathlib import Path

import pytest

from alongside.voice.loading.boards import Past
from alongside.voice.loading.reading import decoded, read

SEED = "002_15a5d3cbdd3b86d0.txt"


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return decoded((shared / "seeds" / SEED).read_bytes())


@pytest.fixture(scope="module")
def past(text: str) -> Past:
    return read(text)


def counts(past: Past, kind: str) -> list[int]:
    return [len(board.notes) for board in past.boards if board.kind == kind]


def test_every_board_is_found_with_its_notes(past: Past) -> None:
    assert counts(past, "breakout") == [15, 7, 20, 4]
    assert counts(past, "vote") == [6]
    assert len(counts(past, "discussion")) == 3
    assert counts(past, "key_issues") == [1, 1, 1, 1]
    assert len(counts(past, "whole_group")) == 3
    assert (len(counts(past, "closing")), len(counts(past, "reflection"))) == (2, 1)


def test_three_of_four_issues_were_discussed(past: Past) -> None:
    proposed = {board.title for board in past.boards if board.kind == "key_issues"}
    discussed = {board.title for board in past.boards if board.kind == "whole_group"}
    assert (len(proposed), len(discussed), discussed < proposed) == (4, 3, True)


def test_every_word_is_kept_in_order(past: Past, text: str) -> None:
    kept = [words for board in past.boards for words in (*board.before, board.title, *board.notes)]
    assert " ".join(kept).split() == text.replace("**", "").split()


def test_each_board_is_said_to_be_guessed(past: Past) -> None:
    assert len([one for one in past.guessed if one.why]) == len(past.boards)
