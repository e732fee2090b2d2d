"""What can be wrong with a file, and how it is said: one sentence with the place and what to do."""

from dataclasses import dataclass

LONGEST_QUOTE = 40


class BadInput(Exception):
    """The file cannot be used as it is; the message is the sentence to show."""


class WrongUse(Exception):
    """The command was asked for something the file cannot answer; the message is the sentence to show."""


class MachineLacks(Exception):
    """The machine lacks memory or a place to write; the message is the sentence to show."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong in one row, as a spreadsheet numbers it (the header is row 1)."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.text}"


def printable(value: str) -> str:
    """Return text from the file without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "�" for letter in value)


def quoted(value: str) -> str:
    """Return a value from the file fit to show: printable, short and in quotation marks.

    >>> quoted("abc\\x1b[31m")
    '“abc�[31m”'
    """
    shown = printable(value)
    if len(shown) > LONGEST_QUOTE:
        shown = shown[: LONGEST_QUOTE - 1] + "…"
    return f"“{shown}”"
