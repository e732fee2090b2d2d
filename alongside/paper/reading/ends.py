"""Agrees on where the printed lines of a page start and end, so that a mark on an end cannot move it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.paper.reading.strips import Plane, Strip, ends

CLEAR, NEAR = 0.7, 0.35  # how clear an end must be, and how near (mm) to where the other lines say


@dataclass(frozen=True)
class Ends:
    """Where the printed line starts and ends in its strip, in mm, and how far that may be wrong."""

    first: float
    last: float
    unsure: float


def agreed(strips: list[Strip], heights: list[float]) -> list[Ends]:
    """Find the ends of every line of a page, each checked against all the others."""
    measured = np.array([ends(strip) for strip in strips]).reshape(-1, 4)
    y = np.asarray(heights, float)
    first, first_unsure = _side(measured[:, 0], measured[:, 2], y)
    last, last_unsure = _side(measured[:, 1], measured[:, 3], y)
    return [
        Ends(float(first[at]), float(strip.length + last[at]), float(max(first_unsure[at], last_unsure[at])))
        for at, strip in enumerate(strips)
    ]


def _side(found: Plane, clear: Plane, y: Plane) -> tuple[Plane, Plane]:
    good = clear > CLEAR
    expected, spread = _expected(found, good, y)
    off = np.abs(found - expected)
    own = good & (off < max(NEAR, 2.5 * spread))
    unsure = np.where(own, np.minimum(0.08 + 0.5 * off, 0.3), 0.15 + 2.0 * spread)
    return np.where(own, found, expected), unsure


def _expected(found: Plane, good: NDArray[np.bool_], y: Plane) -> tuple[Plane, float]:
    """Where a gentle curve through the other lines' ends puts each end, and how well they keep to it."""
    count = int(good.sum())
    if count < 2:
        return np.zeros_like(found), 0.6
    order = 0 if count < 3 else 1 if count < 5 else 2
    middle, half = float(y.mean()), max(float(np.ptp(y)) / 2, 1.0)
    x, weight = (y - middle) / half, good.astype(float)
    if order == 0:
        return np.full_like(found, float(np.median(found[good]))), 0.2
    for _ in range(8):
        fitted = np.polynomial.polynomial.polyfit(x, found, order, w=weight)
        off = np.abs(found - np.polynomial.polynomial.polyval(x, fitted))
        usual = max(1.5 * float(np.median(off[good])), 0.05)
        weight = good * np.minimum(1.0, usual / np.maximum(off, 1e-9))
    off = np.abs(found - np.polynomial.polynomial.polyval(x, fitted))
    return np.asarray(np.polynomial.polynomial.polyval(x, fitted)), float(1.48 * np.median(off[good]))
