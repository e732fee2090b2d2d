"""One sentence for one question over time: where it was, where it is, and nothing about what that means."""

from collections.abc import Sequence
from statistics import fmean

from alongside.instruments.schema import Item

SAME = 1.0  # closer than this on a 10 cm line reads as the same
NEAR = 2.0
MOST = 0.75


def how_it_went(item: Item, marks: Sequence[float]) -> str:
    """Say it, for the marks in the order they were made.

    >>> from alongside.instruments import loader
    >>> often, *_ = loader.load("service-evaluation").items
    >>> how_it_went(often, [7.8, 8.1, 6.4, 4.1, 3.2])
    'Lower than at the start: 7.8 then, 3.2 now.'
    >>> how_it_went(often, [5.4, 5.0, 5.6, 5.2])
    'About the same throughout.'
    >>> how_it_went(often, [4.2, 2.6, 5.1, 3.0, 4.8, 2.2, 4.4])
    'Up and down, with no clear direction.'
    """
    if len(marks) < 2:
        return f"One mark so far: {marks[0]:.1f}." if marks else "No mark yet."
    first, last = marks[0], marks[-1]
    near_all = _near(item, marks, SAME)
    if near_all == len(marks) or near_all == -len(marks):
        return f"Near “{_end(item, near_all)}” on every form."
    way = _way(marks)
    if way and abs(last - first) >= SAME and (last > first) == (way > 0):
        return f"{'Higher' if way > 0 else 'Lower'} than at the start: {first:.1f} then, {last:.1f} now."
    if all(abs(mark - fmean(marks)) <= SAME for mark in marks):
        return "About the same throughout."
    near_most = _near(item, marks, NEAR)
    if abs(near_most) >= MOST * len(marks):
        return f"Near “{_end(item, near_most)}” on most forms."
    return "Up and down, with no clear direction."


def _near(item: Item, marks: Sequence[float], distance: float) -> int:
    """How many marks are near the high end, or, as a number below zero, near the low end; whichever are more."""
    low = sum(mark - item.low <= distance for mark in marks)
    high = sum(item.high - mark <= distance for mark in marks)
    return high if high > low else -low


def _end(item: Item, near: int) -> str:
    return item.high_words if near > 0 else item.low_words


def _way(marks: Sequence[float]) -> int:
    """Which way the last third of the marks lies from the first third: 1, -1, or 0 where they are about the same."""
    third = max(1, len(marks) // 3)
    moved = fmean(marks[-third:]) - fmean(marks[:third])
    return 0 if abs(moved) < SAME else 1 if moved > 0 else -1
