"""A past workshop as plain data: its boards in order, and what was only guessed about them."""

from dataclasses import dataclass
from typing import Final, TypedDict

KINDS: Final = {
    "breakout": "Breakout: a pair or small group writes notes",
    "vote": "Vote: the issues that people chose from",
    "discussion": "Discussion: a small group on one theme",
    "closing": "Closing thoughts",
    "reflection": "Reflections",
    "key_issues": "Key issue: its title, its tension and its questions",
    "whole_group": "Whole group: everybody on one issue",
}

TITLES: Final = {
    "breakout": "Notes",
    "vote": "Vote",
    "discussion": "Discussion",
    "closing": "Closing thoughts",
    "reflection": "Reflections",
    "key_issues": "Key issues",
    "whole_group": "Whole group",
}  # where a heading has no words of its own, or too many
LONGEST_TITLE: Final = 120


class BoardWords(TypedDict):
    """A board as JSON holds it; `before` is what stands before it and is no note."""

    kind: str
    title: str
    before: list[str]
    notes: list[str]


class GuessWords(TypedDict):
    """A guess as JSON holds it."""

    line: int
    guess: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Board:
    """One board: its heading, the words that stand before it, and its notes in order."""

    kind: str
    title: str
    notes: tuple[str, ...]
    before: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Something that the text does not say and a person should look at."""

    line: int
    guess: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Past:
    """A past workshop as it was read."""

    boards: tuple[Board, ...]
    guessed: tuple[Guess, ...] = ()


class Unreadable(Exception):
    """The text is no workshop; the message is the sentence to show."""


def as_words(boards: tuple[Board, ...]) -> list[BoardWords]:
    """Boards as JSON holds them, in the order in which their words stand in the text."""
    return [
        BoardWords(kind=one.kind, title=one.title, before=list(one.before), notes=list(one.notes)) for one in boards
    ]


def from_words(said: BoardWords) -> Board:
    """A board that `as_words` wrote."""
    return Board(kind=said["kind"], title=said["title"], notes=tuple(said["notes"]), before=tuple(said["before"]))


def guesses(past: Past) -> list[GuessWords]:
    """What was guessed, as JSON holds it."""
    return [GuessWords(line=one.line, guess=one.guess, why=one.why) for one in past.guessed]
