"""A text as blocks: lines that stand together, without the marks of bold type, headings and lists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

BOLD = re.compile(r"(\*\*|__)(?=\S)(.*\S)\1", re.DOTALL)
HASHES = re.compile(r"#{1,6}\s+(?=\S)")
BULLET = re.compile(r"[-*•●◦▪–—·]\s+(?=\S)")
NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+(?=\S)")
PAGE = re.compile(r"(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?|[-–—]\s*\d+\s*[-–—]", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line without the blanks at its ends, and its number in the text."""

    number: int
    text: str


@dataclass(frozen=True)
class Block:
    """Lines that stand together; `strong` was set in bold type or marked as a heading."""

    lines: tuple[Line, ...]
    strong: bool = False

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(line.text for line in self.lines)

    @property
    def number(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def words(self) -> list[str]:
        """Its words."""
        return self.text.split()


def lines_of(text: str) -> tuple[list[Line], list[Line]]:
    """The lines of a text, blank ones too, and those set aside since they only number a page."""
    lines = [Line(number, " ".join(line.split())) for number, line in enumerate(text.split("\n"), 1)]
    kept: list[Line] = []
    aside: list[Line] = []
    for line in lines:
        (aside if PAGE.fullmatch(line.text) else kept).append(line)
    return kept, aside


def blocks_of(lines: Iterable[Line]) -> list[Block]:
    """Blocks with blank lines between them; a list gives a block for each of its items."""
    together = (tuple(group) for blank, group in groupby(lines, key=lambda line: not line.text) if not blank)
    return [unmarked(Block(part)) for block in together for part in _items(block)]


def unmarked(block: Block) -> Block:
    """A block without the marks that made it strong."""
    first = block.lines[0]
    if mark := HASHES.match(first.text):
        block = Block((Line(first.number, first.text[mark.end() :]), *block.lines[1:]), strong=True)
    bold = BOLD.fullmatch("\n".join(line.text for line in block.lines))
    if bold is None or bold[1] in bold[2]:
        return block
    texts = bold[2].split("\n")
    return Block(tuple(Line(line.number, text) for line, text in zip(block.lines, texts, strict=True)), strong=True)


def _items(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """The items of a list, or the whole block: a dash inside a note whose first line has none begins nothing."""
    mark = next((mark for mark in (BULLET, NUMBERED) if mark.match(lines[0].text)), None)
    if mark is None:
        yield lines
        return
    item: list[Line] = []
    for line in lines:
        begins = mark.match(line.text)
        if begins and item:
            yield tuple(item)
            item = []
        bullet = begins and mark is BULLET  # a number is a word and stays
        item.append(Line(line.number, line.text[begins.end() :]) if bullet and begins else line)
    yield tuple(item)
