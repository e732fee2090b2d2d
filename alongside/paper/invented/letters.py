"""Digits, question marks and short words as strokes, for what people write where a mark is asked for."""

import numpy as np

from alongside.paper.invented.hands import Hand, drawn
from alongside.paper.invented.truth import Stroke

# Strokes of each letter through points in a box one wide and one high, y going down.
SHAPES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.5, 0), (0.1, 0.3), (0.1, 0.75), (0.5, 1), (0.9, 0.7), (0.85, 0.25), (0.5, 0)),),
    "1": (((0.3, 0.2), (0.55, 0), (0.5, 1)),),
    "2": (((0.1, 0.25), (0.5, 0), (0.85, 0.3), (0.1, 1), (0.9, 1)),),
    "3": (((0.1, 0.1), (0.6, 0), (0.8, 0.25), (0.4, 0.48), (0.85, 0.75), (0.5, 1), (0.1, 0.9)),),
    "4": (((0.6, 0), (0.1, 0.65), (0.9, 0.62)), ((0.65, 0.35), (0.6, 1))),
    "5": (((0.2, 0), (0.15, 0.45), (0.6, 0.4), (0.85, 0.7), (0.5, 1), (0.1, 0.9)), ((0.2, 0), (0.85, 0.02))),
    "6": (((0.7, 0), (0.2, 0.5), (0.2, 0.85), (0.55, 1), (0.85, 0.75), (0.5, 0.55), (0.2, 0.75)),),
    "7": (((0.1, 0.05), (0.9, 0), (0.4, 1)), ((0.3, 0.5), (0.75, 0.48))),
    "8": (((0.8, 0.15), (0.4, 0), (0.2, 0.25), (0.8, 0.7), (0.5, 1), (0.2, 0.75), (0.7, 0.35), (0.8, 0.15)),),
    "9": (((0.8, 0.3), (0.5, 0.5), (0.2, 0.25), (0.5, 0), (0.8, 0.2), (0.75, 1)),),
    "?": (((0.15, 0.25), (0.5, 0), (0.85, 0.25), (0.5, 0.55), (0.5, 0.72)), ((0.48, 0.95), (0.54, 1.0))),
    "a": (((0.8, 0.5), (0.4, 0.4), (0.15, 0.75), (0.45, 1), (0.8, 0.6), (0.8, 0.95), (0.95, 1)),),
    "d": (((0.75, 0.5), (0.4, 0.42), (0.15, 0.75), (0.45, 1), (0.75, 0.7), (0.8, 0), (0.8, 0.95), (0.92, 1)),),
    "e": (((0.15, 0.7), (0.8, 0.65), (0.5, 0.4), (0.15, 0.7), (0.45, 1), (0.85, 0.9)),),
    "g": (((0.8, 0.5), (0.4, 0.4), (0.15, 0.7), (0.5, 0.95), (0.8, 0.5), (0.75, 1.3), (0.3, 1.35)),),
    "i": (((0.5, 0.45), (0.45, 0.95), (0.6, 1)), ((0.5, 0.2), (0.54, 0.24))),
    "k": (((0.2, 0), (0.2, 1)), ((0.75, 0.4), (0.25, 0.7), (0.8, 1))),
    "m": (((0.05, 0.45), (0.1, 1), (0.3, 0.45), (0.45, 1), (0.65, 0.45), (0.85, 1)),),
    "n": (((0.15, 0.45), (0.2, 1), (0.5, 0.45), (0.8, 0.6), (0.8, 1)),),
    "o": (((0.5, 0.42), (0.15, 0.7), (0.5, 1), (0.85, 0.7), (0.5, 0.42)),),
    "r": (((0.2, 0.45), (0.25, 1), (0.35, 0.6), (0.8, 0.45)),),
    "s": (((0.8, 0.5), (0.4, 0.42), (0.3, 0.65), (0.75, 0.8), (0.5, 1), (0.15, 0.92)),),
    "t": (((0.5, 0.05), (0.45, 0.9), (0.7, 1)), ((0.2, 0.4), (0.8, 0.38))),
    "u": (((0.15, 0.45), (0.2, 0.9), (0.55, 0.95), (0.8, 0.45), (0.85, 1)),),
    "y": (((0.15, 0.45), (0.3, 0.85), (0.75, 0.45), (0.5, 1.1), (0.2, 1.35)),),
}
WORDS = ("ok", "no", "yes", "none", "same", "not sure", "sometimes", "again", "today", "my son")
DIGITS = ("0", "2", "3", "4", "5", "6", "7", "8", "9", "10")


def word(rng: np.random.Generator, hand: Hand, text: str, *, left: float, top: float, high: float) -> list[Stroke]:
    """Write letters in a row.

    Parameters
    ----------
    rng
        Where chance comes from.
    hand
        Whose.
    text
        Letters that have a shape here; others are left out as gaps.
    left, top
        Where it begins, in mm.
    high
        How high, in mm.

    Returns
    -------
    list of strokes
        In mm.

    Examples
    --------
    >>> from alongside.paper.invented.hands import some
    >>> rng = np.random.default_rng(3)
    >>> len(word(rng, some(rng), "4", left=0, top=0, high=5))
    2
    """
    wide = high * rng.uniform(0.5, 0.75)
    strokes, x = list[Stroke](), left
    for letter in text:
        for shape in SHAPES.get(letter, ()):
            lean = np.tan(hand.slant + 0.1)
            points = [
                (x + px * wide - (py - 0.5) * high * lean + rng.normal(0, 0.04 * wide),
                 top + py * high + rng.normal(0, 0.03 * high))
                for px, py in shape
            ]  # fmt: skip
            strokes.append(drawn(rng, hand, *points, steady=True))
        x += wide * rng.uniform(1.0, 1.25)
    return strokes
