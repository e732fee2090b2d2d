"""How a hand moves: strokes with the speed of a reaching arm, a tremor, and habits of its own."""

from dataclasses import dataclass

import numpy as np

from alongside.paper.invented.truth import Stroke

STEP = 0.06  # mm between points of a stroke


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Somebody's way of writing: sizes in mm, slant in radians, `bow` as a share of a stroke's length."""

    reach: float
    slant: float
    tremor: float
    bow: float
    aim: float
    hooks: float
    uneven: float


def some(rng: np.random.Generator) -> Hand:
    """Invent somebody's way of writing.

    Parameters
    ----------
    rng
        Where chance comes from.

    Returns
    -------
    Hand
        Mostly steady; one in eight trembles.

    Examples
    --------
    >>> 1.2 < some(np.random.default_rng(1)).reach < 4.6
    True
    """
    shaky = rng.random() < 0.125
    return Hand(
        reach=float(np.clip(rng.lognormal(np.log(2.5), 0.3), 1.3, 4.5)),
        slant=float(rng.normal(0, 0.14)),
        tremor=float(rng.uniform(0.08, 0.22) if shaky else rng.uniform(0.005, 0.06)),
        bow=float(rng.normal(0, 0.05)),
        aim=float(rng.uniform(0.1, 0.4)),
        hooks=float(rng.choice([0.0, 0.1, 0.4])),
        uneven=float(rng.uniform(0.05, 0.4)),
    )


def drawn(rng: np.random.Generator, hand: Hand, *through: tuple[float, float], steady: bool = False) -> Stroke:
    """Draw one stroke without lifting the pen.

    Parameters
    ----------
    rng
        Where chance comes from.
    hand
        Whose.
    *through
        At least two points in mm, in order.
    steady
        Without the bow and the hook of a quick stroke, for letters.

    Returns
    -------
    array of points
        In mm, close together where the hand is slow: at both ends (minimum jerk).

    Examples
    --------
    >>> rng = np.random.default_rng(2)
    >>> stroke = drawn(rng, some(rng), (0, 0), (4, 3))
    >>> stroke.shape[1], bool(np.hypot(*(stroke[-1] - stroke[0])) > 3)
    (2, True)
    """
    points = np.array(through, dtype=float)
    if len(points) == 2 and not steady:
        across = points[1] - points[0]
        off = (hand.bow + rng.normal(0, 0.03)) * np.array([-across[1], across[0]])
        points = np.array([points[0], points.mean(axis=0) + off, points[1]])
    if not steady and rng.random() < hand.hooks:
        along = points[-1] - points[-2]
        length = max(float(np.hypot(*along)), 1e-6)
        turn = rng.choice([-1, 1]) * np.array([-along[1], along[0]]) / length
        points = np.vstack([points, points[-1] + turn * rng.uniform(0.3, 0.9) - along / length * rng.uniform(0.0, 0.5)])
    path = _smooth(points)
    return path + _tremble(rng, path, hand.tremor)


def crossing(one: Stroke, other: Stroke) -> tuple[float, float] | None:
    """Say where two strokes cross, nearest to the line.

    Parameters
    ----------
    one, other
        Points in mm.

    Returns
    -------
    pair or None
        In mm; None where they do not cross.

    Examples
    --------
    >>> crossing(np.array([[0.0, -1], [2, 1]]), np.array([[0.0, 1], [2, -1]]))
    (1.0, 0.0)
    """
    start, along = one[:-1, None], np.diff(one, axis=0)[:, None]
    begin, ahead = other[None, :-1], np.diff(other, axis=0)[None]
    turn = along[..., 0] * ahead[..., 1] - along[..., 1] * ahead[..., 0]
    gap = begin - start
    with np.errstate(divide="ignore", invalid="ignore"):
        here = (gap[..., 0] * ahead[..., 1] - gap[..., 1] * ahead[..., 0]) / turn
        there = (gap[..., 0] * along[..., 1] - gap[..., 1] * along[..., 0]) / turn
    found = (here >= 0) & (here <= 1) & (there >= 0) & (there <= 1)
    if not found.any():
        return None
    points = (start + here[..., None] * along)[found]
    nearest = points[np.abs(points[:, 1]).argmin()]
    return float(nearest[0]), float(nearest[1])


def _smooth(points: Stroke) -> Stroke:
    """A curve through points, at the speed of least jerk."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    knots = np.concatenate([[0.0], np.cumsum(np.maximum(lengths, 1e-6))])
    count = max(int(knots[-1] / STEP), 8)
    time = np.linspace(0, 1, count)
    eased = knots[-1] * (10 * time**3 - 15 * time**4 + 6 * time**5)
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    piece = np.clip(np.searchsorted(knots, eased, side="right") - 1, 0, len(points) - 2)
    u = ((eased - knots[piece]) / (knots[piece + 1] - knots[piece]))[:, None]
    a, b, c, d = (padded[piece + place] for place in range(4))
    found = 0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3)
    return np.asarray(found)


def _tremble(rng: np.random.Generator, path: Stroke, tremor: float) -> Stroke:
    far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    shaken = np.zeros_like(path)
    for _ in range(4):
        wave = rng.uniform(0.8, 5.0)
        turned = rng.uniform(0, 2 * np.pi)
        swing = (
            tremor
            * min(wave / 2.5, 1)
            * rng.normal(0, 0.6)
            * np.sin(2 * np.pi * far / wave + rng.uniform(0, 2 * np.pi))
        )
        shaken += swing[:, None] * np.array([np.cos(turned), np.sin(turned)])
    return shaken
