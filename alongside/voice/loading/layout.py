"""The layout of a workshop as plain text: a heading line with a kind, then notes with a blank line between them."""

import re
from collections.abc import Iterable, Iterator

from alongside.voice.loading.boards import KINDS, LONGEST_TITLE, TITLES, Board, Past, Unreadable

HEADING = re.compile(r"==(?!=)\s*([^:]*?)\s*(?::\s*(.*))?$")
KNOWN = re.compile(rf"==\s*(?:{'|'.join(kind.replace('_', '[ _]') for kind in KINDS)})\s*:", re.IGNORECASE)
WORDS = "words"  # what stands between the boards and is no note


def is_layout(text: str) -> bool:
    """Whether a text is written in this layout: one heading line that names a kind is enough.

    >>> is_layout("== breakout: Pair 1"), is_layout("Pair 1")
    (True, False)
    """
    return any(KNOWN.match(line) for line in text.split("\n"))


def read(text: str) -> Past:
    """Read a text in this layout; nothing is guessed.

    >>> read("== breakout: Pair 1\\n\\nmore\\nlight\\n\\nless noise").boards[0].notes
    ('more light', 'less noise')

    Raises
    ------
    Unreadable : a heading line names no kind, or words stand after the last board
    """
    boards: list[Board] = []
    before: list[str] = []
    for kind, title, notes in _parts(text):
        if kind == WORDS:
            before += [title] if title else []
            before += notes
        else:
            boards.append(Board(kind=kind, title=title or TITLES[kind], notes=tuple(notes), before=tuple(before)))
            before = []
    if before:
        raise Unreadable("Words stand after the last board. Put them before the board that they belong to.")
    return Past(boards=tuple(boards))


def write(boards: Iterable[Board]) -> str:
    """Write boards in this layout; reading it gives the same boards."""
    return "\n".join("\n".join(_written(board)) for board in boards)


def _parts(text: str) -> Iterator[tuple[str, str, list[str]]]:
    kind, title, notes, note = WORDS, "", [], []  # type: tuple[str, str, list[str], list[str]]
    for number, line in enumerate([*text.split("\n"), ""], 1):
        heading = HEADING.match(line)
        if (heading or not line.strip()) and note:
            notes.append(" ".join(note))
            note = []
        if heading:
            yield kind, title, notes
            kind, title, notes = _kind(heading[1], number), _title(heading[2] or "", number), []
        elif line.strip():
            note.append(" ".join(line.removeprefix("\\").split()))
    yield kind, title, notes


def _kind(said: str, line: int) -> str:
    kind = "_".join(said.casefold().split())
    if kind not in {*KINDS, WORDS}:
        kinds = ", ".join(one.replace("_", " ") for one in KINDS)
        raise Unreadable(f"Line {line}: the heading names no kind of board. After == write {kinds} or words, then “:”.")
    return kind


def _title(said: str, line: int) -> str:
    title = " ".join(said.split())
    if len(title) > LONGEST_TITLE:
        raise Unreadable(f"Line {line}: the title is longer than {LONGEST_TITLE} letters. Put its words in a note.")
    return title


def _written(board: Board) -> Iterator[str]:
    if board.before:
        yield f"== {WORDS}:\n"
        yield from (f"{_plain(words)}\n" for words in board.before)
    yield f"== {board.kind.replace('_', ' ')}: {board.title}".rstrip() + "\n"
    yield from (f"{_plain(note)}\n" for note in board.notes)


def _plain(note: str) -> str:
    return f"\\{note}" if note.startswith(("==", "\\")) else note
