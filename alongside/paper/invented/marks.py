"""What people do on a line: the strokes, in mm along it and across it (down is more), and what they come to."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from alongside.paper.invented import letters
from alongside.paper.invented.hands import Hand, crossing, drawn
from alongside.paper.invented.truth import Kind, Stroke

LENGTH = 100.0

type Maker = Callable[[np.random.Generator, Hand, float], Mark]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Strokes; where they mark the line in mm from its start, None where nobody can say; `faint` for a weak pen."""

    strokes: list[Stroke] = field(default_factory=list)
    at: float | None = None
    faint: bool = False


def cross(rng: np.random.Generator, hand: Hand, x: float, *, off: float | None = None, twice: bool = False) -> Mark:
    """Two slanted strokes; the mark is where they cross."""
    y = float(rng.normal(0, hand.aim)) if off is None else off
    met = None
    while met is None:
        size = hand.reach * rng.uniform(0.85, 1.2)
        tilt = np.arctan(rng.uniform(0.55, 1.7, 2)) * np.array([1, -1]) + hand.slant + rng.normal(0, 0.08, 2)
        strokes = [_through(rng, hand, x, y, size, angle) for angle in tilt]
        met = crossing(*strokes)
    strokes = [stroke + np.array([0, y - met[1]]) for stroke in strokes]
    if twice:
        strokes.append(strokes[0] + rng.normal(0, 0.15, 2))
    return Mark(strokes=strokes, at=met[0])


def in_one_go(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross without lifting the pen, with a loop at one side."""
    size, y = hand.reach, float(rng.normal(0, hand.aim))
    met = None
    while met is None:
        side = size * rng.uniform(0.8, 1.15, 4)
        points = [(-side[0], -side[0]), (0.0, 0.0), (side[1], side[1]), (side[2] * 1.05, -side[2]), (-side[3], side[3])]
        stroke = drawn(rng, hand, *[(x + a, y + b) for a, b in points], steady=True)
        met = crossing(stroke[: len(stroke) // 3], stroke[len(stroke) // 2 :])
    return Mark(strokes=[stroke], at=met[0])


def upright(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """One stroke across the line, more or less upright."""
    return _single(rng, hand, x, lean=hand.slant + rng.normal(0, 0.1))


def slash(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """One slanted stroke across the line."""
    return _single(rng, hand, x, lean=rng.uniform(0.4, 0.9))


def plus(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """An upright stroke and one along the line."""
    one = _single(rng, hand, x, lean=rng.normal(0, 0.08))
    size, y = hand.reach, rng.normal(0, 0.2)
    level = drawn(rng, hand, (x - size, y), (x + size, y + rng.normal(0, 0.2)))
    met = crossing(one.strokes[0], level)
    return Mark(strokes=[*one.strokes, level], at=met[0] if met else one.at)


def tick(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A tick; the mark is its lowest point."""
    y, size = rng.uniform(-0.2, 0.7), hand.reach
    begin = (x - size * rng.uniform(0.4, 0.8), y - size * rng.uniform(0.5, 0.9))
    end = (x + size * rng.uniform(0.9, 1.8), y - size * rng.uniform(1.2, 2.0))
    stroke = np.vstack([drawn(rng, hand, begin, (x, y), steady=True), drawn(rng, hand, (x, y), end, steady=True)])
    return Mark(strokes=[stroke], at=x)


def ring(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A ring round a place on the line."""
    return Mark(strokes=[_ring(rng, hand, x, rng.normal(0, 0.2), hand.reach * rng.uniform(0.7, 1.1))], at=x)


def dot(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A dot, filled by a small turn of the pen."""
    size, y = rng.uniform(0.4, 0.9), rng.normal(0, 0.15)
    turns = [(x + size * (1 - t / 14) * np.cos(t), y + size * (1 - t / 14) * np.sin(t)) for t in np.arange(0, 13, 0.7)]
    return Mark(strokes=[drawn(rng, hand, *turns, steady=True)], at=x)


def off_line(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross that meets a little above or below the line."""
    return cross(rng, hand, x, off=float(rng.choice([-1, 1]) * rng.uniform(0.7, 1.2)))


def gone_over(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross with one stroke drawn twice."""
    return cross(rng, hand, x, twice=True)


def faint(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross that is hardly to be seen."""
    return replace(cross(rng, hand, x), faint=True)


def commented(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross, and something written well beside it."""
    made = cross(rng, hand, x)
    left = x + 12 if x < 60 else x - 35
    said = letters.word(rng, hand, str(rng.choice(letters.WORDS)), left=left, top=-6.3, high=rng.uniform(2.2, 3.2))
    return Mark(strokes=[*made.strokes, *said], at=made.at)


def at_an_end(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A mark on an end of the line, or within half a millimetre of it."""
    end = 0.0 if x < LENGTH / 2 else LENGTH
    maker = cross if rng.random() < 0.8 else upright
    made = maker(rng, hand, end + rng.uniform(-0.5, 0.5))
    return Mark(strokes=made.strokes, at=end if made.at is None else float(np.clip(made.at, 0, LENGTH)))


def two(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """Two crosses."""
    far = rng.choice([-1, 1]) * rng.uniform(7, 40)
    other = x + far if 2 < x + far < 98 else x - far
    strokes = [*cross(rng, hand, x).strokes, *cross(rng, hand, float(np.clip(other, 1, 99))).strokes]
    return Mark(strokes=strokes)


def ringed(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """Two crosses, and a ring round the one that is meant, as the form asks."""
    made, meant = two(rng, hand, x), cross(rng, hand, x)
    around = _ring(rng, hand, x, 0.0, hand.reach * rng.uniform(1.3, 1.7))
    return Mark(strokes=[*made.strokes[2:], *meant.strokes, around], at=meant.at)


def struck_out(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross that was scribbled over, and another."""
    meant = cross(rng, hand, x)
    away = x + 14 if x < 70 else x - 14
    over = scribble(rng, hand, away)
    return Mark(strokes=[*cross(rng, hand, away).strokes, *over.strokes, *meant.strokes], at=meant.at)


def scribble(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """To and fro over a place on the line."""
    wide, high = rng.uniform(2, 5), rng.uniform(1.2, 3)
    turns = int(rng.integers(5, 12))
    points = [
        (x - wide + 2 * wide * step / turns + rng.normal(0, 0.4), (-1) ** step * high * rng.uniform(0.6, 1.1))
        for step in range(turns + 1)
    ]
    return Mark(strokes=[drawn(rng, hand, *points, steady=True)])


def digit(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A number written on the line instead of a mark."""
    high = rng.uniform(3.5, 7)
    said = str(rng.choice(letters.DIGITS))
    top = -high * rng.uniform(0.35, 1.0)
    return Mark(strokes=letters.word(rng, hand, said, left=x - high / 3, top=top, high=high))


def question(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A question mark on the line."""
    high = rng.uniform(3.5, 7)
    return Mark(strokes=letters.word(rng, hand, "?", left=x - high / 3, top=-high * rng.uniform(0.4, 0.9), high=high))


def words(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A word written on the line instead of a mark."""
    high = rng.uniform(2.5, 4.5)
    left = min(x, 70)
    said = str(rng.choice(letters.WORDS))
    return Mark(strokes=letters.word(rng, hand, said, left=left, top=-high * rng.uniform(0.4, 0.9), high=high))


def far_off(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross well above or below the line."""
    return cross(rng, hand, x, off=float(rng.choice([-1, 1]) * (hand.reach * 1.3 + rng.uniform(0.6, 1.2))))


def beyond(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A cross beyond an end of the line; what was meant is that end."""
    past = rng.uniform(1.8, 4.0)
    at = -past if x < LENGTH / 2 else LENGTH + past
    return Mark(strokes=cross(rng, hand, at).strokes, at=float(np.clip(at, 0, LENGTH)))


def stretch(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """A part of the line, with a stroke at both its ends."""
    wide = rng.uniform(8, 25)
    left, right = max(x - wide, 2), min(x + wide, 98)
    y = rng.normal(0, 0.5)
    along = drawn(rng, hand, (left, y), (right, y + rng.normal(0, 0.4)), steady=True)
    return Mark(strokes=[*upright(rng, hand, left).strokes, along, *upright(rng, hand, right).strokes])


def stray(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """No mark: a touch of the pen near the line."""
    y = rng.choice([-1, 1]) * rng.uniform(3.2, 6)
    return Mark(strokes=[drawn(rng, hand, (x, y), (x + rng.uniform(0.2, 1.0), y + rng.normal(0, 0.3)), steady=True)])


def remark(rng: np.random.Generator, hand: Hand, x: float) -> Mark:
    """No mark: a word over the line, which it does not touch."""
    said = str(rng.choice(letters.WORDS))
    return Mark(strokes=letters.word(rng, hand, said, left=min(x, 70), top=-6.3, high=rng.uniform(2, 2.8)))


def nothing(rng: np.random.Generator, hand: Hand, x: float) -> Mark:  # noqa: ARG001 - as every mark is asked for
    """An empty line."""
    return Mark()


MAKERS: dict[Kind, dict[str, tuple[Maker, float]]] = {
    "clear": {"cross": (cross, 1.0)},
    "tolerated": {
        "upright": (upright, 0.14), "slash": (slash, 0.1), "plus": (plus, 0.08), "tick": (tick, 0.14),
        "ring": (ring, 0.09), "dot": (dot, 0.07), "off the line": (off_line, 0.09), "gone over": (gone_over, 0.06),
        "faint": (faint, 0.07), "with a comment": (commented, 0.08),
        "in one go": (in_one_go, 0.08), "at an end": (at_an_end, 0.08),
    },
    "must_review": {
        "two crosses": (two, 0.18), "two, one ringed": (ringed, 0.12), "struck out": (struck_out, 0.12),
        "scribble": (scribble, 0.1), "digit": (digit, 0.14), "question mark": (question, 0.06), "word": (words, 0.1),
        "off the line altogether": (far_off, 0.06), "beyond the end": (beyond, 0.08), "a stretch": (stretch, 0.04),
    },
    "missing": {"nothing": (nothing, 0.86), "stray touch": (stray, 0.07), "remark": (remark, 0.07)},
}  # fmt: skip


def some(rng: np.random.Generator, hand: Hand, kind: Kind, x: float) -> tuple[str, Mark]:
    """Invent a mark of a kind.

    Parameters
    ----------
    rng
        Where chance comes from.
    hand
        Whose.
    kind
        As truth has it.
    x
        About where, in mm from the line's start, from 0 to 100.

    Returns
    -------
    pair
        What it is called, and the mark.

    Examples
    --------
    >>> from alongside.paper.invented import hands
    >>> rng = np.random.default_rng(4)
    >>> some(rng, hands.some(rng), "missing", 50)[1].at is None
    True
    """
    names = list(MAKERS[kind])
    chances = np.array([MAKERS[kind][name][1] for name in names])
    name = str(rng.choice(names, p=chances / chances.sum()))
    return name, MAKERS[kind][name][0](rng, hand, x)


def _through(rng: np.random.Generator, hand: Hand, x: float, y: float, size: float, angle: float) -> Stroke:
    """One stroke of a cross."""
    middle = np.array([x, y]) + rng.normal(0, 0.12 * hand.uneven * size, 2)
    reach = size * rng.uniform(1 - hand.uneven, 1 + hand.uneven, 2)
    along = np.array([np.cos(angle), np.sin(angle)])
    ends = middle - along * reach[0], middle + along * reach[1]
    return drawn(rng, hand, tuple(ends[0]), tuple(ends[1]))


def _single(rng: np.random.Generator, hand: Hand, x: float, *, lean: float) -> Mark:
    """One stroke; the mark is where it crosses the line."""
    size = hand.reach * rng.uniform(0.9, 1.3)
    along = np.array([np.sin(lean), -np.cos(lean)])
    middle = np.array([x, rng.normal(0, hand.aim)])
    begin, end = middle + along * size * rng.uniform(0.8, 1.1), middle - along * size * rng.uniform(0.8, 1.1)
    stroke = drawn(rng, hand, tuple(begin), tuple(end))
    met = crossing(stroke, np.array([[x - 20.0, 0.0], [x + 20.0, 0.0]]))
    return Mark(strokes=[stroke], at=met[0] if met else x)


def _ring(rng: np.random.Generator, hand: Hand, x: float, y: float, size: float) -> Stroke:
    begin, flat = rng.uniform(0, 2 * np.pi), rng.uniform(0.75, 1.1)
    angles = begin + np.linspace(0, 2 * np.pi * rng.uniform(0.97, 1.12), 14)
    points = [(x + size * np.cos(a) * rng.uniform(0.95, 1.05), y + size * flat * np.sin(a)) for a in angles]
    return drawn(rng, hand, *points, steady=True)
