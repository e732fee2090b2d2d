"""Reads the mark on one line: where it is, or why a person should say."""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from alongside.paper.reading import words
from alongside.paper.reading.strips import PX, Grey, Strip, unevenness
from alongside.paper.reading.strokes import (
    Mask,
    Points,
    Stroke,
    arms,
    between,
    crossing,
    drawn,
    fitted,
    on_row,
    pen_width,
)

NEAR, BESIDE_MARK = 7.0, 8.0  # how far ink is looked at: across the line, and beyond its ends, in mm
STRONG, WEAK = 0.15, 0.075  # the least darkness of ink, and of what belongs to it
STOUT, MOST_STOUT = 0.3, 0.55  # a stroke's width over its length: looked at closely, and too thick
NARROW = 25  # degrees between two strokes, at least
EDGE = 15  # rows to either side of the printed line in which it is seen
DUST, SPECK = 0.10, 0.55  # square mm: smaller is nothing, or no mark beside a larger one
DOT = 0.7  # mm across, at most


@dataclass(frozen=True)
class Seen:
    """What was seen on a line: a place in mm from its start, its fit, each doubt in words, the pen’s width in mm."""

    place: float | None
    fit: float
    doubts: list[str] = field(default_factory=list)
    empty: bool = False
    width: float = 0.0


@dataclass(frozen=True)
class Ends:
    """Where the printed line starts and ends in its strip, in mm, and how far that may be wrong."""

    first: float
    last: float
    unsure: float


@dataclass(frozen=True)
class Ink:
    """The ink of a strip that nobody printed, and where it could not be seen."""

    mask: Mask
    band: Mask
    hidden: Mask
    strong: float
    level: Grey


def read(strip: Strip, ends: Ends, printed: Mask, streaks: Mask) -> Seen:
    """Read the mark on a line."""
    ink = _ink(strip, ends, printed, streaks)
    marks, beside, specks = _sorted_out(strip, ink)
    if not marks:
        return _nothing(strip, ends, ink, beside, specks)
    main = max(marks, key=lambda mark: int(mark.sum()))
    doubts = _around(main, [mark for mark in marks if mark is not main], beside, streaks, printed)
    seen = _fitted(strip, ends, ink, main)
    return replace(seen, doubts=seen.doubts + doubts)


def _ink(strip: Strip, ends: Ends, printed: Mask, streaks: Mask) -> Ink:
    level = np.asarray(cv2.GaussianBlur(strip.ink, (0, 0), 1.0), np.float32)
    noise = unevenness(level)
    strong, weak = max(6.5 * noise, STRONG), max(3.5 * noise, WEAK)
    hidden = printed | streaks
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


def _sorted_out(strip: Strip, ink: Ink) -> tuple[list[Mask], list[Mask], list[Mask]]:
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


def _around(main: Mask, others: list[Mask], beside: list[Mask], streaks: Mask, printed: Mask) -> list[str]:
    doubts = []
    if others:
        doubts.append(words.TWO)
    if any(_written(mark) for mark in beside):
        doubts.append(words.WRITTEN)
    near = np.asarray(cv2.dilate(main, np.ones((1, 21), np.uint8)), np.uint8)
    if (near & streaks).any():
        doubts.append(words.STREAK)
    touching = np.asarray(cv2.dilate(main, np.ones((7, 7), np.uint8)), np.uint8) & printed
    if touching.sum() > 1.0 * PX * PX:
        doubts.append(words.PRINT)
    return doubts


def _written(mark: Mask) -> bool:
    """Whether ink beside the line is more than a dot."""
    rows, columns = np.nonzero(mark)
    return len(rows) > 2.0 * PX * PX or float(max(np.ptp(rows), np.ptp(columns))) > 1.9 * PX


@dataclass(frozen=True)
class Shape:
    """How ink compares with the strokes fitted to it: shares of it, and the pen's width in pixels."""

    width: float
    uneven: float
    places: int
    extra: float
    lacking: float
    gaps: float


def _fitted(strip: Strip, ends: Ends, ink: Ink, main: Mask) -> Seen:
    seen_part = (main > 0) & (ink.band == 0)
    rows, columns = np.nonzero(seen_part)
    points = np.stack([columns, rows], axis=1).astype(np.float64)
    width = pen_width(main)
    strokes = fitted(points, width)
    if not strokes:
        return Seen(None, 0.0, [words.SCRIBBLE])
    width, uneven, places = arms(strokes, main, ((ink.band > 0) | (ink.hidden > 0)).astype(np.uint8), width)
    shape = Shape(width, uneven, places, *_compared(strokes, width, main, ink))
    place, doubts, strain = _placed(strip, strokes, points)
    doubts += _shaped(strokes, shape, main)
    level = float(np.quantile(ink.level[seen_part], 0.7))
    if level < 1.2 * ink.strong:
        doubts.append(words.FAINT)
    along = strip.along(float(columns.mean()) if place is None else place)
    if along < ends.first - 1.2 or along > ends.last + 1.2:
        doubts.append(words.BEYOND)
    strain += (shape.extra / 0.08) ** 2 + (shape.gaps / 0.1) ** 2 + (shape.lacking / 0.12) ** 2
    strain += (ends.unsure / 0.4) ** 2 + (ink.strong / max(level, 1e-3)) ** 2
    return Seen(along, float(np.exp(-0.25 * strain)), doubts, width=width / PX)


def _compared(strokes: list[Stroke], width: float, main: Mask, ink: Ink) -> tuple[float, float, float]:
    """Compare ink with the strokes fitted to it: what is there besides, and what they lack along and across."""
    unseen = (ink.band > 0) | (ink.hidden > 0)
    wide = cv2.dilate(drawn(strokes, width, (main.shape[0], main.shape[1])), np.ones((5, 5), np.uint8))
    thin = drawn(strokes, max(1.0, 0.35 * width), (main.shape[0], main.shape[1]))
    around = cv2.dilate(main, np.ones((3, 3), np.uint8))
    full = drawn(strokes, max(1.0, width - 3), (main.shape[0], main.shape[1]))
    own, expected, whole = (main > 0) & ~unseen, (thin > 0) & ~unseen, (full > 0) & ~unseen
    extra = float((own & (wide == 0)).sum() / max(own.sum(), 1))
    lacking = float((expected & (around == 0)).sum() / max(expected.sum(), 1))
    gaps = float((whole & (around == 0)).sum() / max(whole.sum(), 1))
    return extra, lacking, gaps


def _placed(strip: Strip, strokes: list[Stroke], points: Points) -> tuple[float | None, list[str], float]:
    above = float((points[:, 1] < strip.middle - strip.line_half).sum())
    below = float((points[:, 1] > strip.middle + strip.line_half).sum())
    doubts = [words.ONE_SIDE] if min(above, below) < 0.08 * max(above, below) else []
    if len(strokes) == 1:
        place, more, strain = _one(strip, strokes[0])
    else:
        place, more, strain = _two(strip, strokes[0], strokes[1])
    return place, doubts + more, strain


def _one(strip: Strip, stroke: Stroke) -> tuple[float | None, list[str], float]:
    """A single stroke stands for the place where it crosses the line."""
    if stroke.slope < 25:
        return on_row(stroke, strip.middle), [words.FLAT], 4.0
    place = on_row(stroke, strip.middle)
    if place is None:
        return None, [words.ONE_SIDE], 4.0
    _, points = stroke.places()
    up, down = strip.middle - points[:, 1].min(), points[:, 1].max() - strip.middle
    doubts = []
    if min(up, down) < 0.6 * PX:
        doubts.append(words.ONE_SIDE)
    if stroke.slope < 50 or stroke.sag > 0.10:
        doubts.append(words.SLANTED)
    return place, doubts, ((90 - stroke.slope) / 40) ** 2


def _two(strip: Strip, one: Stroke, other: Stroke) -> tuple[float | None, list[str], float]:
    """Two strokes stand for the place where they cross each other."""
    point = crossing(one, other)
    if point is None:
        return None, [words.LOPSIDED], 4.0
    doubts = []
    shares = [stroke.share_at(point) for stroke in (one, other)]
    reached = [min(share, 1 - share) * stroke.length / PX for share, stroke in zip(shares, (one, other), strict=True)]
    if between(one.ahead, other.ahead) < NARROW:
        doubts.append(words.LOPSIDED)
    if max(reached) < 0.5:
        doubts.append(words.TICK)
    elif min(reached) < 0.6 or min(min(share, 1 - share) for share in shares) < 0.12:
        doubts.append(words.LOPSIDED)
    off = abs(float(point[1]) - strip.middle) / PX
    if off > 1.35:
        doubts.append(words.OFF_LINE)
    if min(one.slope, other.slope) < 10:
        doubts.append(words.FLAT)
    if max(one.sag, other.sag) > 0.16:
        doubts.append(words.SCRIBBLE)
    if max(one.length, other.length) > 3.0 * min(one.length, other.length):
        doubts.append(words.LOPSIDED)
    return float(point[0]), doubts, (off / 1.2) ** 2 + (0.5 / max(min(reached), 0.1)) ** 2


def _shaped(strokes: list[Stroke], shape: Shape, main: Mask) -> list[str]:
    longest = max(stroke.length for stroke in strokes) / PX
    stout = shape.width / min(stroke.length for stroke in strokes)
    hidden = stout > STOUT or shape.places < 5
    unlike = shape.extra / 0.10 + shape.gaps / 0.12 + shape.lacking / 0.15 + max(shape.uneven - 0.5, 0.0)
    said = {
        words.SCRIBBLE: unlike > 1.0 or (hidden and (shape.extra > 0.05 or shape.gaps > 0.05)),
        words.BROKEN: shape.lacking > 0.15,
        words.THICK: stout > MOST_STOUT or shape.width > 3.2 * PX,
        words.LARGE: longest > 15.5,
        words.SMALL: longest < 1.6,
        words.LOOP: _holes(main) > 0.25 * PX * PX,
    }
    return [doubt for doubt, so in said.items() if so]


def _holes(main: Mask) -> float:
    """The area of the largest hole in the ink."""
    count, _, found, _ = cv2.connectedComponentsWithStats((main == 0).astype(np.uint8), connectivity=4)
    areas = sorted((int(found[at, cv2.CC_STAT_AREA]) for at in range(1, count)), reverse=True)
    return float(areas[1]) if len(areas) > 1 else 0.0


def _nothing(strip: Strip, ends: Ends, ink: Ink, beside: list[Mask], specks: list[Mask]) -> Seen:
    doubts = []
    if beside:
        doubts.append(words.WRITTEN)
    if specks or _hinted(strip, ends, ink):
        doubts.append(words.HINT)
    if ink.strong > 0.3 or strip.line_ink < 1.3 * ink.strong:
        doubts.append(words.POOR)
    return Seen(None, float(np.exp(-((ink.strong / 0.3) ** 2))), doubts, empty=True)


def _hinted(strip: Strip, ends: Ends, ink: Ink) -> bool:
    """Whether the line is thicker or darker somewhere, or something faint crosses it."""
    half = int(strip.line_half)
    near = slice(strip.middle - half - 12, strip.middle + half + 13)
    first, last = int(strip.column(ends.first)), int(strip.column(ends.last))
    rows = np.where(ink.hidden[near] > 0, 0.0, ink.level[near])
    sums = cv2.blur(rows.sum(axis=0)[None, :].astype(np.float32), (5, 1))[0, first - 25 : last + 26]
    inner = sums[30:-30]
    usual = float(np.median(inner))
    spread = 1.4826 * float(np.median(np.abs(inner - usual)))
    # a line and what is on it, per column, in pixels of full ink
    return bool(inner.max() - usual > max(7 * spread, 0.6)) or bool(
        max(sums[:20].max(), sums[-20:].max()) > max(7 * spread, 1.0)
    )
