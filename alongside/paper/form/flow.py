"""Shares questions out over pages, evenly, with a little more air where there is room."""

from collections.abc import Callable

from alongside.paper.form.blocks import Block
from alongside.paper.form.style import BETWEEN, MOST_BETWEEN, NEW_PART

type Room = Callable[[int], tuple[float, float]]  # from where to where questions may stand on a page, in mm


def pages(blocks: list[Block], room: Room) -> list[list[tuple[float, Block]]]:
    """Give every question a page and a place.

    Parameters
    ----------
    blocks
        The questions.
    room
        For a page, from 1, from where to where they may stand, in mm from its top.

    Returns
    -------
    list of pages
        On each, pairs of a place from the top in mm and a question.

    Examples
    --------
    >>> from alongside.paper.layout import Line
    >>> one = Block(height=30, item=Line(id="q1", start_mm=(55, 20), end_mm=(155, 20)))
    >>> made = pages([one] * 5, lambda page: (50, 150))
    >>> [len(page) for page in made]
    [3, 2]
    """
    fewest = len(_filled(blocks, room, left_open=0))
    most_open = 0.0
    while len(_filled(blocks, room, left_open=most_open + 2)) == fewest and most_open < 200:
        most_open += 2
    return [
        _spread(page, *room(number)) for number, page in enumerate(_filled(blocks, room, left_open=most_open), start=1)
    ]


def _filled(blocks: list[Block], room: Room, *, left_open: float) -> list[list[Block]]:
    made: list[list[Block]] = [[]]
    for place, block in enumerate(blocks):
        top, bottom = room(len(made))
        kept = [block, blocks[place + 1]] if block.item is None and place + 1 < len(blocks) else [block]
        if made[-1] and top + _height([*made[-1], *kept], BETWEEN) > bottom - left_open:
            made.append([])
        made[-1].append(block)
    return made


def _height(page: list[Block], between: float) -> float:
    gaps = sum(between + NEW_PART * block.new_part for block in page[1:])
    return sum(block.height for block in page) + gaps


def _spread(page: list[Block], top: float, bottom: float) -> list[tuple[float, Block]]:
    spare = bottom - top - _height(page, BETWEEN)
    between = min(BETWEEN + max(spare, 0) / max(len(page) - 1, 1), MOST_BETWEEN)
    placed, y = list[tuple[float, Block]](), top
    for number, block in enumerate(page):
        y += (between + NEW_PART * block.new_part) * (number > 0)
        placed.append((round(y, 2), block))
        y += block.height
    return placed
