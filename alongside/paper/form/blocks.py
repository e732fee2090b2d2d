"""One question each: its words, its line or its boxes, and how much room they take."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from alongside.instruments.items import Item
from alongside.paper.form import style as at
from alongside.paper.form.asking import choices
from alongside.paper.form.setting import sizes
from alongside.paper.form.style import Style
from alongside.paper.form.things import Box, Stroke, Thing, Words, plain
from alongside.paper.layout import Box as Place
from alongside.paper.layout import Choice, Line

BOX_GAP = 2.5  # between a box and its words
WORDS_TO_BOX = 4.0
BETWEEN_ROWS = 3.0
BELOW_BOXES = 2.5
WHOLE = at.RIGHT_X - at.TEXT_X
LEFT_X = 15.0
LEFT_WIDTH = at.LINE_START - at.LABEL_GAP - LEFT_X
RIGHT_WIDTH = at.RIGHT_X - at.LINE_END - at.LABEL_GAP


@dataclass(frozen=True, kw_only=True)
class Block:
    """What stands together, with its top at nought: its height, what is drawn, and its place in the layout."""

    height: float
    things: list[Thing] = field(default_factory=list)
    item: Line | Choice | None = None
    new_part: bool = False

    def placed(self, y: float, page: int) -> tuple[list[Thing], Line | Choice | None]:
        """Put it on a page, so far from the top."""
        things = [replace(thing, y=thing.y + y) for thing in self.things]
        if isinstance(self.item, Line):
            start, end = self.item.start_mm, self.item.end_mm
            moved = {"start_mm": (start[0], _rounded(start[1] + y)), "end_mm": (end[0], _rounded(end[1] + y))}
            return things, self.item.model_copy(update={**moved, "page": page})
        if isinstance(self.item, Choice):
            boxes = tuple(
                box.model_copy(update={"centre_mm": (box.centre_mm[0], _rounded(box.centre_mm[1] + y))})
                for box in self.item.boxes
            )
            return things, self.item.model_copy(update={"boxes": boxes, "page": page})
        return things, None


def blocks(items: tuple[Item, ...], stem: str | None, style: Style) -> list[Block]:
    """Lay out questions, each by itself.

    Parameters
    ----------
    items
        Lines and single choices.
    stem
        What stands above them, if anything.
    style
        Sizes of type.

    Returns
    -------
    list of Block
        The stem, if there is one, and every question.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> from alongside.paper.form.style import USUAL
    >>> one = blocks(loader.load("service-evaluation").items, None, USUAL)[0]
    >>> one.item.start_mm[0], one.item.end_mm[0]
    (55.0, 155.0)
    """
    questions = [
        replace(plain(item.title, size=style.question, width=WHOLE, weight=600), x=at.TEXT_X) for item in items
    ]
    questions = _balanced(questions)
    heights = [high for _, high in sizes(questions)]
    parts = [False] + [one.occasion != next_.occasion for one, next_ in pairwise(items)]
    found = [_stem(stem, style)] if stem else []
    for item, question, high, new_part in zip(items, questions, heights, parts, strict=True):
        number = replace(plain(f"{item.number}", size=style.question, width=9, soft=True), x=at.NUMBER_X)
        begun: list[Thing] = [number, question]
        block = _line(item, begun, high, style) if item.kind == "line" else _choice(item, begun, high, style)
        found.append(replace(block, new_part=new_part))
    return found


def _balanced(words: list[Words]) -> list[Words]:
    """Narrow columns as far as texts need no further line, so that no word stands alone in the last one."""
    tried = [[replace(one, width=_rounded(one.width * (1 - 0.03 * step))) for step in range(16)] for one in words]
    highs = iter(sizes([one for widths in tried for one in widths]))
    kept = []
    for widths in tried:
        found = [(one, next(highs)[1]) for one in widths]
        kept.append([one for one, high in found if high <= found[0][1] + 0.01][-1])
    return kept


def _stem(stem: str, style: Style) -> Block:
    words = replace(plain(stem, size=style.lead, width=at.RIGHT_X - at.NUMBER_X), x=at.NUMBER_X)
    return Block(height=sizes([words])[0][1] + 1, things=[words])


def _line(item: Item, begun: list[Thing], high: float, style: Style) -> Block:
    left = plain(item.low_words, size=style.label, width=LEFT_WIDTH)
    right = plain(item.high_words, size=style.label, width=RIGHT_WIDTH)
    tall = [label for _, label in sizes([left, right])]
    wraps = [label > style.one_line(style.label) for label in tall]
    above, below = max(at.ABOVE_LINE, max(tall) / 2 + 1.5), max(at.BELOW_LINE, max(tall) / 2)
    air = max(0, at.LINES_APART - at.BETWEEN - high - above - below)
    y = _rounded(air + high + above)
    ends = (
        replace(left, x=LEFT_X, y=y, align="right", middle=True, wraps=wraps[0]),
        replace(right, x=at.LINE_END + at.LABEL_GAP, y=y, middle=True, wraps=wraps[1]),
    )
    line = Stroke(x=at.LINE_START, y=y, across=at.LINE_END - at.LINE_START)
    place = Line(
        id=f"q{item.number}", key=item.key, start_mm=(at.LINE_START, y), end_mm=(at.LINE_END, y),
        low=item.low, high=item.high,
    )  # fmt: skip
    lowered = [replace(thing, y=thing.y + air) for thing in begun]
    return Block(height=y + below, things=[*lowered, ends[0], line, ends[1]], item=place)


def _choice(item: Item, begun: list[Thing], high: float, style: Style) -> Block:
    given = choices(item)
    labels, wide = _labels([words for _, words in given], style)
    columns = len(given) if wide else 1
    things, places = list(begun), list[Place]()
    y = high + WORDS_TO_BOX
    for first in range(0, len(given), columns):
        row = list(zip(given, labels, strict=True))[first : first + columns]
        tall = max(at.BOX_MM, *(label for _, (_, label) in row))
        middle = _rounded(y + tall / 2)
        for column, ((value, _), (words, label)) in enumerate(row):
            x = _rounded(at.TEXT_X + column * wide)
            things.append(Box(x=x, y=middle - at.BOX_MM / 2, side=at.BOX_MM))
            wraps = label > style.one_line(style.label)
            things.append(replace(words, x=x + at.BOX_MM + BOX_GAP, y=middle, middle=True, wraps=wraps))
            places.append(Place(value=value, centre_mm=(_rounded(x + at.BOX_MM / 2), middle), size_mm=at.BOX_MM))
        y += tall + BETWEEN_ROWS
    item_place = Choice(id=f"q{item.number}", key=item.key, boxes=tuple(places))
    return Block(height=y - BETWEEN_ROWS + BELOW_BOXES, things=things, item=item_place)


def _labels(words: list[str], style: Style) -> tuple[list[tuple[Words, float]], float]:
    """Give choices with their heights, and how wide a column is: all side by side, or 0 for one under the other."""
    wide = WHOLE / len(words)
    for room in (wide - at.BOX_MM - 2 * BOX_GAP, WHOLE - at.BOX_MM - BOX_GAP):
        tried = [plain(text, size=style.label, width=room) for text in words]
        pieces = [plain(piece, size=style.label, width=room) for text in words for piece in text.split()]
        found = sizes([*tried, *pieces])
        labels = [(one, high) for one, (_, high) in zip(tried, found, strict=False)]
        whole_words = max(width for width, _ in found[len(tried) :]) <= room
        if whole_words and all(high < 2 * style.one_line(style.label) for _, high in labels):
            return [(one, label[1]) for one, label in zip(_balanced(tried), labels, strict=True)], wide
        wide = 0.0
    return labels, wide


def _rounded(mm: float) -> float:
    return round(mm, 2)
