"""A workshop as JSON and as a CSV table: the same words in the same order."""

import json
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, ValidationError

from alongside.press.tables import csv_text
from alongside.voice.loading.boards import KINDS, LONGEST_TITLE, Board, Past, Unreadable, as_words, guesses
from alongside.voice.loading.layout import WORDS

WRONG = "This JSON is no workshop. It needs “boards”, each with a kind, a title and its notes."


class _Board(BaseModel):
    model_config = ConfigDict(extra="ignore")
    kind: str
    title: str
    notes: list[str]
    before: list[str] = []


class _Workshop(BaseModel):
    model_config = ConfigDict(extra="ignore")
    boards: list[_Board]


def as_json(slug: str, past: Past) -> str:
    """A workshop as JSON, as the import prints it and the export writes it."""
    said = {"slug": slug, "boards": as_words(past.boards), "guessed": guesses(past)}
    return json.dumps(said, ensure_ascii=False, indent=2)


def as_csv(boards: Sequence[Board]) -> str:
    """One row for each note; what stands before a board has rows of the kind “words”."""
    rows: list[tuple[int, str, str, str]] = []
    for number, board in enumerate(boards, 1):
        rows += [(number, WORDS, "", words) for words in board.before]
        rows += [(number, board.kind, board.title, note) for note in board.notes or [""]]
    return csv_text(("board", "kind", "title", "note"), rows)


def read(text: str) -> Past:
    """Read what `as_json` wrote.

    Raises
    ------
    Unreadable : it is no JSON, or no workshop
    """
    try:
        found = _Workshop.model_validate_json(text)
    except ValidationError as error:
        raise Unreadable(WRONG) from error
    for number, one in enumerate(found.boards, 1):
        if one.kind not in KINDS:
            raise Unreadable(f"Board {number} names no kind of board. Use one of {', '.join(KINDS)}.")
        if not one.title.strip() or len(one.title) > LONGEST_TITLE:
            raise Unreadable(f"Board {number} needs a title of up to {LONGEST_TITLE} letters.")
    return Past(
        boards=tuple(
            Board(kind=one.kind, title=_line(one.title), notes=_lines(one.notes), before=_lines(one.before))
            for one in found.boards
        )
    )


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := _line(text)))


def _line(text: str) -> str:
    return " ".join(text.split())
