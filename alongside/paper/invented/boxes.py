"""What people do with boxes: the strokes in mm from the page's corner, and which box they come to."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from alongside.paper.invented import letters, marks
from alongside.paper.invented.hands import Hand, drawn
from alongside.paper.invented.truth import Kind, Stroke
from alongside.paper.layout import Box

type Filled = tuple[list[Stroke], float | None, bool]  # strokes, which box, whether with a weak pen


def cross(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A cross in a box."""
    return _at(marks.cross(rng, _small(hand), 0).strokes, boxes[0], rng), boxes[0].value, False


def tick(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A tick in a box, that may stand out of it."""
    made = marks.tick(rng, _small(hand), 0).strokes
    return [stroke + np.array([0, 1.0]) for stroke in _at(made, boxes[0], rng)], boxes[0].value, False


def full(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A box filled in."""
    return _hatch(rng, hand, boxes[0]), boxes[0].value, False


def slash(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """One stroke through a box."""
    return _at(marks.slash(rng, hand, 0).strokes, boxes[0], rng), boxes[0].value, False


def wide(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A cross larger than its box."""
    return _at(marks.cross(rng, hand, 0).strokes, boxes[0], rng), boxes[0].value, False


def ring(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A ring round a box."""
    return [_ring(rng, hand, boxes[0])], boxes[0].value, False


def faint(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A cross that is hardly to be seen."""
    return cross(rng, hand, boxes)[0], boxes[0].value, True


def two(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """Two boxes with a cross."""
    return [*cross(rng, hand, boxes)[0], *cross(rng, hand, boxes[1:])[0]], None, False


def ringed(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """Two crosses, and a ring round the one that is meant."""
    return [*two(rng, hand, boxes)[0], _ring(rng, hand, boxes[0])], boxes[0].value, False


def struck_out(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A cross that was scribbled over, and another."""
    return [*two(rng, hand, boxes)[0], *_hatch(rng, hand, boxes[1])], boxes[0].value, False


def between(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A cross between two boxes."""
    here, there = np.array(boxes[0].centre_mm), np.array(boxes[1].centre_mm)
    made = marks.cross(rng, _small(hand), 0).strokes
    return [stroke + (here + there) / 2 for stroke in made], None, False


def word(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:
    """A word over the boxes."""
    x, y = boxes[0].centre_mm
    return letters.word(rng, hand, str(rng.choice(letters.WORDS)), left=x - 3, top=y - 1.5, high=3.2), None, False


def nothing(rng: np.random.Generator, hand: Hand, boxes: list[Box]) -> Filled:  # noqa: ARG001 - as all are asked for
    """No box marked."""
    return [], None, False


type Maker = Callable[[np.random.Generator, Hand, list[Box]], Filled]

MAKERS: dict[Kind, dict[str, tuple[Maker, float]]] = {
    "clear": {"cross": (cross, 0.7), "tick": (tick, 0.2), "filled": (full, 0.1)},
    "tolerated": {"slash": (slash, 0.3), "wide cross": (wide, 0.35), "ring": (ring, 0.2), "faint": (faint, 0.15)},
    "must_review": {
        "two crosses": (two, 0.35), "two, one ringed": (ringed, 0.2), "struck out": (struck_out, 0.25),
        "between": (between, 0.1), "word": (word, 0.1),
    },
    "missing": {"nothing": (nothing, 1.0)},
}  # fmt: skip


def some(rng: np.random.Generator, hand: Hand, kind: Kind, boxes: tuple[Box, ...]) -> tuple[str, Filled]:
    """Invent what somebody does with the boxes of a question.

    Parameters
    ----------
    rng
        Where chance comes from.
    hand
        Whose.
    kind
        As truth has it.
    boxes
        Of the question, at least two.

    Returns
    -------
    pair
        What it is called; and its strokes, the box that was meant, and whether with a weak pen.

    Examples
    --------
    >>> from alongside.paper.invented import hands
    >>> rng = np.random.default_rng(5)
    >>> pair = (Box(value=0, centre_mm=(30, 50)), Box(value=1, centre_mm=(70, 50)))
    >>> some(rng, hands.some(rng), "clear", pair)[1][1] in (0, 1)
    True
    """
    names = list(MAKERS[kind])
    chances = np.array([MAKERS[kind][name][1] for name in names])
    name = str(rng.choice(names, p=chances / chances.sum()))
    first = int(rng.integers(len(boxes)))
    second = first + 1 if first == 0 or (first + 1 < len(boxes) and rng.random() < 0.5) else first - 1
    return name, MAKERS[kind][name][0](rng, hand, [boxes[first], boxes[second]])


def _small(hand: Hand) -> Hand:
    return replace(hand, reach=float(np.clip(hand.reach, 1.2, 2.6)))


def _at(strokes: list[Stroke], box: Box, rng: np.random.Generator) -> list[Stroke]:
    off = np.array(box.centre_mm) + rng.normal(0, 0.35, 2)
    return [stroke + off for stroke in strokes]


def _hatch(rng: np.random.Generator, hand: Hand, box: Box) -> list[Stroke]:
    (x, y), half = box.centre_mm, box.size_mm / 2 * rng.uniform(0.75, 1.0)
    rows = np.arange(-half, half, rng.uniform(0.3, 0.55))
    points = [(x + (half if place % 2 else -half) + rng.normal(0, 0.15), y + row) for place, row in enumerate(rows)]
    return [drawn(rng, hand, *points, steady=True)]


def _ring(rng: np.random.Generator, hand: Hand, box: Box) -> Stroke:
    (x, y), size = box.centre_mm, box.size_mm * rng.uniform(0.75, 1.0)
    angles = rng.uniform(0, 6) + np.linspace(0, 2 * np.pi * 1.05, 14)
    return drawn(rng, hand, *[(x + size * np.cos(a), y + size * np.sin(a)) for a in angles], steady=True)
