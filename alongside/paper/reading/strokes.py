"""Fits one or two pen strokes to the ink of a mark."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

type Points = NDArray[np.float64]  # one row a point: along and across, in pixels of the strip
type Mask = NDArray[np.uint8]

TRIES, MOST_POINTS, KEPT, CLOSEST = 260, 420, 9, 3
WHOLE = 0.985  # of the ink: two strokes that explain so much are looked at no further
MOST_OF_IT = 0.6  # of the ink near one straight line, without which no single stroke is tried
SHARED = 2.0  # pixels by which ink may lie nearer to the other stroke
ALIKE = 9  # degrees between two axes that may be those of one stroke


@dataclass(frozen=True)
class Stroke:
    """A slightly bowed stroke: off its axis by a polynomial of the way along it."""

    centre: Points
    ahead: Points
    bow: Points
    first: float
    last: float

    @property
    def length(self) -> float:
        """How long it is, in pixels."""
        return self.last - self.first

    @property
    def slope(self) -> float:
        """Its angle with the printed line, from 0 to 90 degrees."""
        return float(np.degrees(np.arctan2(abs(self.ahead[1]), abs(self.ahead[0]))))

    @property
    def sag(self) -> float:
        """How bowed it is: its height over its length."""
        return abs(float(self.bow[2])) * self.length / 4

    @property
    def bulge(self) -> Points:
        """To which side it is bowed: a K’s strokes both to the side of its stem."""
        return np.asarray(self.bow[2] * np.array([self.ahead[1], -self.ahead[0]]))

    def places(self, beyond: float = 0.0, step: float = 0.5) -> tuple[Points, Points]:
        """Ways along it, and the points there."""
        way = np.arange(self.first - beyond, self.last + beyond + step, step)
        off = np.polynomial.polynomial.polyval(way, self.bow)
        side = np.array([-self.ahead[1], self.ahead[0]])
        return way, self.centre + way[:, None] * self.ahead + off[:, None] * side

    def off(self, points: Points) -> tuple[Points, Points]:
        """How far along it and how far off it points lie."""
        way = (points - self.centre) @ self.ahead
        side = (points - self.centre) @ np.array([-self.ahead[1], self.ahead[0]])
        return way, side - np.polynomial.polynomial.polyval(way, self.bow)

    def share_at(self, point: Points) -> float:
        """Where on its length a point lies: 0 at one end, 1 at the other."""
        way, _ = self.off(point[None, :])
        return float((way[0] - self.first) / max(self.length, 1e-6))


def pen_width(mask: Mask) -> float:
    """How wide the pen was, in pixels."""
    inside = cv2.distanceTransform(np.pad(mask, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    return max(4.0 * (float(inside[mask > 0].mean()) - 0.5), 2.0) if mask.any() else 0.0


def fitted(points: Points, width: float) -> list[Stroke]:
    """Fit one stroke if one explains the ink, else the two that explain most of it."""
    if len(points) < 12:
        return []
    some = points[:: max(1, len(points) // MOST_POINTS)]
    near = width / 2 + 1.2
    axes = _axes(some, near)
    if not axes:
        return []
    hits = np.stack([np.clip(1 - (_off_axis(some, axis) / near) ** 2, 0, 1) for axis in axes])
    close = (hits > 0).mean(axis=1)
    alone = int(close.argmax())
    one = _refined(points, [axes[alone]], near) if close[alone] > MOST_OF_IT else []
    if one and _explained(points, one, near) >= 0.94:
        return one
    pairs = [
        (float(np.maximum(hits[i], hits[j]).mean()) - 0.15 * float(np.minimum(hits[i], hits[j]).mean()), i, j)
        for i in range(len(axes))
        for j in range(i)
        if between(axes[i][1], axes[j][1]) > 20
    ]
    if not pairs:
        return one or _refined(points, [axes[alone]], near)
    best: tuple[float, list[Stroke]] = (0.0, [])
    for _, first, second in sorted(pairs, reverse=True)[:CLOSEST]:
        two = _refined(points, [axes[first], axes[second]], near)
        best = max(best, (_explained(points, two, near), two), key=lambda tried: tried[0])
        if best[0] > WHOLE:
            break
    return best[1]


def crossing(one: Stroke, other: Stroke) -> Points | None:
    """Give the point where two strokes cross."""
    reach = 0.25 * max(one.length, 6.0)
    _, points = one.places(beyond=reach)
    _, off = other.off(points)
    turn = np.flatnonzero(np.sign(off[:-1]) != np.sign(off[1:]))
    if not len(turn):
        return None
    middle = one.centre + (one.first + one.last) / 2 * one.ahead
    at = min(turn, key=lambda i: float(np.linalg.norm(points[i] - middle)))
    share = off[at] / (off[at] - off[at + 1])
    return np.asarray(points[at] + share * (points[at + 1] - points[at]))


def on_row(stroke: Stroke, row: float) -> float | None:
    """Give the column where a stroke crosses a row."""
    _, points = stroke.places(beyond=0.15 * stroke.length)
    off = points[:, 1] - row
    turn = np.flatnonzero(np.sign(off[:-1]) != np.sign(off[1:]))
    if not len(turn):
        return None
    at = int(turn[len(turn) // 2])
    share = off[at] / (off[at] - off[at + 1])
    return float(points[at, 0] + share * (points[at + 1, 0] - points[at, 0]))


def drawn(strokes: list[Stroke], width: float, shape: tuple[int, int]) -> Mask:
    """Draw strokes with a pen of this width."""
    plane = np.zeros(shape, np.uint8)
    for stroke in strokes:
        _, points = stroke.places(beyond=-min(width / 2, 0.4 * stroke.length), step=1.0)
        sharp = np.round(points * 16).astype(np.int32)
        cv2.polylines(plane, [sharp], isClosed=False, color=1, thickness=max(1, round(width)), shift=4)
    return plane


def arms(strokes: list[Stroke], mask: Mask, unseen: Mask, width: float) -> tuple[float, float, int]:
    """Measure the ink across strokes, away from their crossing: its width, how uneven it is, at how many places."""
    reach = np.arange(-int(2.2 * width) - 3, int(2.2 * width) + 4)
    widths: list[float] = []
    for stroke in strokes:
        _, points = stroke.places(step=2.0)
        for other in strokes:
            if other is not stroke and len(points):
                points = points[np.abs(other.off(points)[1]) > 0.9 * width + 1]
        side = np.array([-stroke.ahead[1], stroke.ahead[0]])
        at = np.round(points[:, None, :] + reach[None, :, None] * side).astype(int)
        rows, columns = np.clip(at[..., 1], 0, mask.shape[0] - 1), np.clip(at[..., 0], 0, mask.shape[1] - 1)
        here = mask[rows, columns] > 0
        middle = len(reach) // 2
        run = np.cumprod(here[:, middle:], axis=1).sum(axis=1) + np.cumprod(here[:, middle::-1], axis=1).sum(axis=1) - 1
        near = np.abs(reach) <= width / 2 + 2
        covered = (unseen[rows, columns] > 0)[:, near].any(axis=1)
        widths += [float(one) for one in run[~covered] if one > 0]
    if len(widths) < 5:
        return width, 0.0, len(widths)
    low, usual, high = np.quantile(widths, [0.15, 0.5, 0.85])
    return min(float(usual), width), float((high - low) / max(usual, 3.0)), len(widths)


def _axes(points: Points, near: float) -> list[tuple[Points, Points]]:
    """The straight lines through most of the points, no two of them alike."""
    chance = np.random.default_rng(7)
    pairs = chance.integers(0, len(points), size=(TRIES, 2))
    ahead = points[pairs[:, 1]] - points[pairs[:, 0]]
    far = np.linalg.norm(ahead, axis=1)
    long_enough = far > max(10.0, 0.25 * float(np.ptp(points, axis=0).max()))
    ahead, origin = ahead[long_enough] / far[long_enough, None], points[pairs[long_enough, 0]]
    if not len(ahead):
        return []
    side = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    off = np.abs(points @ side.T - np.sum(origin * side, axis=1))
    count = (off < near).sum(axis=0)
    left = np.argsort(-count, kind="stable")
    kept: list[tuple[Points, Points]] = []
    while len(left) and len(kept) < KEPT:
        best = left[0]
        kept.append((origin[best], ahead[best]))
        turned = np.degrees(np.arccos(np.minimum(1.0, np.abs(ahead[left] @ ahead[best]))))
        away = np.abs((origin[left] - origin[best]) @ side[best])
        left = left[(turned > ALIKE) | (away > 2 * near)]
    return kept


def between(one: Points, other: Points) -> float:
    """The angle between two directions, from 0 to 90 degrees."""
    return float(np.degrees(np.arccos(min(1.0, abs(float(one @ other))))))


def _off_axis(points: Points, axis: tuple[Points, Points]) -> Points:
    return np.asarray((points - axis[0]) @ np.array([-axis[1][1], axis[1][0]]))


def _refined(points: Points, axes: list[tuple[Points, Points]], near: float) -> list[Stroke]:
    """Fit each stroke to the ink near it, again and again, the last times with a bow."""
    strokes = [Stroke(origin, ahead, np.zeros(3), -1e9, 1e9) for origin, ahead in axes]
    for turn in range(6):
        reach = near * (1.25 if turn < 3 else 1.0)
        off = np.stack([np.abs(stroke.off(points)[1]) for stroke in strokes])
        nearest = off <= off.min(axis=0) + SHARED  # so that the longer of two strokes does not take all of the other
        strokes = [
            _fit(points[(off[at] < reach) & nearest[at]], stroke, near, bowed=turn > 2)
            for at, stroke in enumerate(strokes)
        ]
        if any(stroke.length < 4 for stroke in strokes):
            return [stroke for stroke in strokes if stroke.length >= 4]
    return strokes


def _fit(own: Points, stroke: Stroke, near: float, *, bowed: bool) -> Stroke:
    if len(own) < 8:
        return Stroke(stroke.centre, stroke.ahead, stroke.bow, 0.0, 0.0)
    if not bowed or stroke.length < max(36.0, 3.5 * near):
        centre = own.mean(axis=0)
        _, vectors = np.linalg.eigh(np.cov((own - centre).T))
        ahead = vectors[:, -1]
        way = (own - centre) @ ahead
        return Stroke(centre, ahead, np.zeros(3), *_extent(way))
    way = (own - stroke.centre) @ stroke.ahead
    side = (own - stroke.centre) @ np.array([-stroke.ahead[1], stroke.ahead[0]])
    bow = np.polynomial.polynomial.polyfit(way, side, 2)
    return Stroke(stroke.centre, stroke.ahead, bow, *_extent(way))


def _extent(way: Points) -> tuple[float, float]:
    ordered = np.sort(way)
    beyond = round(0.01 * (len(way) - 1))  # a stray point at either end is not the stroke's
    return float(ordered[beyond]), float(ordered[-1 - beyond])


def _explained(points: Points, strokes: list[Stroke], near: float) -> float:
    close = [np.abs(stroke.off(points)[1]) < near for stroke in strokes]
    return float(np.mean(np.logical_or.reduce(close)))
