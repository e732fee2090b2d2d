"""Finds the ink on a line that nobody printed, and parts it into marks, writing beside them, and specks."""

from dataclasses import dataclass

import cv2
import numpy as np

from alongside.paper.reading.ends import Ends
from alongside.paper.reading.strips import PX, Grey, Strip, unevenness
from alongside.paper.reading.strokes import Mask

NEAR, BESIDE_MARK = 7.0, 8.0  # how far ink is looked at: across the line, and beyond its ends, in mm
STRONG, WEAK = 0.15, 0.075  # the least darkness of ink, and of what belongs to it
DARK_DOT, SPECKLED, SOFTER = 0.2, 0.005, 1.8  # a dot’s darkness, how much of the paper is dots, and pixels of softening
EDGE = 15  # rows to either side of the printed line in which it is seen
DUST, SPECK = 0.10, 0.85  # square mm: smaller is nothing, or no mark beside a larger one
DOT = 0.7  # mm across, at most


@dataclass(frozen=True)
class Ink:
    """The ink of a strip that nobody printed, and where it could not be seen."""

    mask: Mask
    band: Mask
    hidden: Mask
    strong: float
    level: Grey


def found(strip: Strip, ends: Ends, printed: Mask, streaks: Mask) -> Ink:
    """Find the ink of a strip."""
    hidden = printed | streaks
    soft_by = SOFTER if _speckled(strip, hidden) else 1.0
    level = np.asarray(cv2.GaussianBlur(strip.ink, (0, 0), soft_by), np.float32)
    noise = unevenness(level)
    strong, weak = max(6.5 * noise, STRONG), max(3.5 * noise, WEAK)
    band = _without_line(strip, ends, level)
    window = np.zeros_like(hidden)
    near = int(NEAR * PX)
    left, right = int(strip.column(ends.first - BESIDE_MARK)), int(strip.column(ends.last + BESIDE_MARK))
    window[strip.middle - near : strip.middle + near + 1, max(left, 0) : right + 1] = 1
    open_ = (window > 0) & (hidden == 0) & (band == 0)
    soft = ((level > weak) & open_).astype(np.uint8)
    count, labels = cv2.connectedComponents(soft, connectivity=8)
    firm = np.zeros(count, bool)
    firm[np.unique(labels[(level > strong) & (soft > 0)])] = True
    firm[0] = False
    mask = firm[labels].astype(np.uint8)
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (int(2 * strip.line_half) + 7,) * 2)
    bridged = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, round_)
    mask = np.where(band > 0, bridged, mask).astype(np.uint8)
    return Ink(mask, band, hidden, strong, level)


def _speckled(strip: Strip, hidden: Mask) -> bool:
    """Whether the paper is full of dots, as where a scanner makes grey out of black and white."""
    rows = np.r_[strip.middle - 60 : strip.middle - 10, strip.middle + 10 : strip.middle + 60]
    dots, open_ = strip.ink[rows] > DARK_DOT, hidden[rows] == 0
    blocks = np.array_split(np.arange(dots.shape[1]), 12)
    shares = [float(dots[:, block][open_[:, block]].mean()) for block in blocks if open_[:, block].any()]
    return bool(shares) and float(np.median(shares)) > SPECKLED


def _without_line(strip: Strip, ends: Ends, level: Grey) -> Mask:
    """Take the soft edges of the printed line away, and say where its middle hides all ink."""
    first, last = int(strip.column(ends.first) - 3), int(np.ceil(strip.column(ends.last) + 3))
    rows = slice(strip.middle - EDGE, strip.middle + EDGE + 1)
    usual = np.clip(np.median(level[rows, first + 40 : last - 40 : 3], axis=1), 0.0, 1.0)
    usual[usual < 0.015] = 0.0
    through = 1.0 - usual[:, None]
    cleared = 1.0 - (1.0 - level[rows, first : last + 1]) / np.maximum(through, 0.3)
    # the edge of the line is never quite even: what is left of it counts for less
    level[rows, first : last + 1] = np.where(usual[:, None] > 0, cleared - 0.45 * usual[:, None], cleared)
    band = np.zeros(strip.ink.shape, np.uint8)
    core = np.flatnonzero(usual > 0.5 * max(float(usual.max()), 0.1)) + rows.start
    if len(core):
        band[core.min() - 1 : core.max() + 2, first : last + 1] = 1
    return band


def parted(strip: Strip, ink: Ink) -> tuple[list[Mask], list[Mask], list[Mask]]:
    """Part the ink into marks on the line, writing beside it, and specks."""
    mask, specks = _without_dots(strip, ink.mask)
    joined = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11)))
    count, labels = cv2.connectedComponents(joined)
    marks: list[Mask] = []
    beside: list[Mask] = []
    for number in range(1, count):
        own = ((labels == number) & (mask > 0)).astype(np.uint8)
        rows, columns = np.nonzero(own)
        gap = max(float(np.abs(rows - strip.middle).min()) - strip.line_half - 1, 0.0) / PX
        long = max(np.ptp(rows), np.ptp(columns)) / PX
        if len(rows) < SPECK * PX * PX and long < 1.6:
            specks.append(own)
        elif gap <= 1.2:
            marks.append(own)
        else:
            beside.append(own)
    return marks, beside, specks


def _without_dots(strip: Strip, mask: Mask) -> tuple[Mask, list[Mask]]:
    """Take out the rough edges of the printed line, and dots that lie by themselves."""
    count, labels, found, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    top, high = found[:, cv2.CC_STAT_TOP], found[:, cv2.CC_STAT_HEIGHT]
    farthest = np.maximum(strip.middle - top, top + high - 1 - strip.middle)
    rough = farthest < strip.line_most + 5
    across = np.maximum(high, found[:, cv2.CC_STAT_WIDTH])
    dot = ~rough & (across <= DOT * PX) & (found[:, cv2.CC_STAT_AREA] < 0.7 * (DOT * PX) ** 2)
    large = ~rough & ~dot
    large[0] = rough[0] = dot[0] = False
    near = cv2.dilate(large[labels].astype(np.uint8), np.ones((17, 17), np.uint8))
    beside_a_stroke = np.zeros(count, bool)
    beside_a_stroke[np.unique(labels[near > 0])] = True
    kept = large | (dot & beside_a_stroke)
    alone = dot & ~beside_a_stroke & (found[:, cv2.CC_STAT_AREA] >= DUST * PX * PX)
    return kept[labels].astype(np.uint8), [(labels == at).astype(np.uint8) for at in np.flatnonzero(alone)]
