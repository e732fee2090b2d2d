"""Says where a mark stands, from the strokes fitted to it, and what speaks against its being a plain cross."""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from alongside.paper.reading import filling, words
from alongside.paper.reading.ends import Ends
from alongside.paper.reading.ink import Ink
from alongside.paper.reading.strips import PX, Strip
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

STOUT, MOST_STOUT = 0.3, 0.55  # a stroke's width over its length: looked at closely, and too thick
NARROW = 38  # degrees between two strokes, at least
SHORT_ARM = 0.18  # of a stroke, on the shorter side of where the other one crosses it, at least
UNLIKE = 2.0  # one stroke’s length over the other’s, at most
LEVEL, LEAST_ALONG, LONGEST_ALONG = 15, 0.4, 14.0  # degrees, and mm to each side and in all, of a stroke along the line
EVEN = 0.45  # how much shorter a plus may be on one side of the line
ON_LINE, STEEP = 0.9, 60  # mm from the line where a stroke lies on it, and degrees of one that crosses it
APART = 0.7  # mm between the strokes' crossing and where they cross the line, at most
BESIDE_CROSS, STRUCK = 9.0, 0.75  # mm to each side of a cross that are looked at, and ink along the line there
ARM = 2.5  # mm of a flat stroke, beyond what is seen of it, that the line may hide
ROUGH = 0.02  # of a line’s rim, from which on ink along it says nothing
SEEN_LINK, ONE_SIDE = 0.03, 0.9  # of the ink, and of a link on one side of the crossing and away from it
LARGEST, LONGEST_ALONE = 21.0, 10.0  # mm of a stroke of a cross, and of one that stands for itself


@dataclass(frozen=True)
class Seen:
    """What was seen on a line.

    A place in mm from its start, its fit, each doubt in words, the pen’s width in mm, the ink’s darkness from 0 to 1,
    and whether it is one stroke alone.
    """

    place: float | None
    fit: float
    doubts: list[str] = field(default_factory=list)
    empty: bool = False
    width: float = 0.0
    level: float = 0.0
    alone: bool = False


@dataclass(frozen=True)
class Shape:
    """How ink compares with the strokes fitted to it: shares of it, and the pen's width in pixels."""

    width: float
    uneven: float
    places: int
    extra: float
    lacking: float
    gaps: float


@dataclass(frozen=True)
class Mark:
    """A mark on its line: its ink, and the points of it that can be seen."""

    strip: Strip
    ends: Ends
    ink: Ink
    mask: Mask
    points: Points
    width: float


def read(strip: Strip, ends: Ends, ink: Ink, mask: Mask) -> Seen:
    """Read one mark, whatever else is on its line."""
    rows, columns = np.nonzero((mask > 0) & (ink.band == 0))
    points = np.stack([columns, rows], axis=1).astype(np.float64)
    mark = Mark(strip, ends, ink, mask, points, pen_width(mask))
    plus = _plus_on_line(mark)
    as_plus = _read_as(mark, plus, plus=True) if plus else None
    if as_plus and not as_plus.doubts:
        return as_plus
    as_cross = _read_as(mark, fitted(points, mark.width), plus=False)
    # the flat stroke of a small cross lies on the line like that of a plus: it is whichever of both is plain
    return as_plus if as_plus and as_cross.doubts else as_cross


def _read_as(mark: Mark, found: list[Stroke], *, plus: bool) -> Seen:
    if not found:
        return Seen(None, 0.0, [words.SCRIBBLE])
    strip, ends, ink, points = mark.strip, mark.ends, mark.ink, mark.points
    strokes = found[:1] if plus else found  # the line hides too much of the other one for it to be compared with ink
    unseen = ((ink.band > 0) | (ink.hidden > 0)).astype(np.uint8)
    width, uneven, places = arms(strokes, mark.mask, unseen, mark.width)
    own = _off_line(strip, mark.mask) if plus else _without_link(strokes, width, mark.mask, ink)
    shape = Shape(width, uneven, places, *_compared(strokes, width, mark.mask, own, ink))
    place, doubts, strain = _placed(strip, strokes, points)
    doubts += _shaped(strokes, shape)
    longest = max(stroke.length for stroke in strokes) / PX
    if longest > (LARGEST if len(found) > 1 else LONGEST_ALONE):
        doubts.append(words.LARGE)
    oblique = len(strokes) == 2 and min(stroke.slope for stroke in strokes) >= LEVEL
    if oblique and _struck(strip, ends, ink, ink.mask & ~(mark.mask & ~own), strokes, width):
        doubts.append(words.STRUCK)
    doubts += filling.doubts(found, mark.mask if plus else own, ink)
    level = float(np.quantile(ink.level[(mark.mask > 0) & (ink.band == 0)], 0.7))
    if level < 1.2 * ink.strong:
        doubts.append(words.FAINT)
    along = strip.along(float(points[:, 0].mean()) if place is None else place)
    if along < ends.first - 1.2 or along > ends.last + 1.2:
        doubts.append(words.BEYOND)
    strain += (shape.extra / 0.08) ** 2 + (shape.gaps / 0.1) ** 2 + (shape.lacking / 0.12) ** 2
    strain += (ends.unsure / 0.4) ** 2 + (ink.strong / max(level, 1e-3)) ** 2
    fit = float(np.exp(-0.25 * strain))
    return Seen(along, fit, doubts, width=width / PX, level=level, alone=len(found) == 1)


def _plus_on_line(mark: Mark) -> list[Stroke]:
    """Find the upright stroke of a plus, and the one that lies on the line, where the line hides the most of it."""
    points, width, middle = mark.points, mark.width, mark.strip.middle
    off = np.abs(points[:, 1] - middle)
    beyond = points[off > ON_LINE * PX]
    strokes = fitted(beyond, width) if _narrow(beyond, width) else []
    if len(strokes) != 1 or strokes[0].slope < STEEP:
        return []
    place = on_row(strokes[0], middle)
    near = points[off <= ON_LINE * PX]
    if place is None or not len(near):
        return []
    up, down = middle - points[:, 1].min(), points[:, 1].max() - middle
    if min(up, down) < EVEN * max(up, down):
        return []
    left, right = place - near[:, 0].min(), near[:, 0].max() - place
    if min(left, right) < width / 2 + LEAST_ALONG * PX or max(left, right) > LONGEST_ALONG / 2 * PX:
        return []
    on_it = np.array([place, float(np.median(near[:, 1]))])
    return [strokes[0], Stroke(on_it, np.array([1.0, 0.0]), np.zeros(3), -left, right)]


def _narrow(points: Points, width: float) -> bool:
    """Whether ink lies near one straight line: looked at first, since it is soon seen."""
    if len(points) < 12:
        return False
    across = np.linalg.eigvalsh(np.cov(points.T))[0]
    return bool(across < width**2 / 4)


def _struck(strip: Strip, ends: Ends, ink: Ink, told: Mask, strokes: list[Stroke], width: float) -> bool:
    """Whether a third stroke lies along the printed line, which hides most of it."""
    reach = int(strip.line_most) + 5
    rows = slice(strip.middle - reach, strip.middle + reach + 1)
    inked = ((told[rows] > 0) & (ink.band[rows] == 0)).any(axis=0)
    longer = [replace(stroke, first=stroke.first - ARM * PX, last=stroke.last + ARM * PX) for stroke in strokes]
    own = drawn(longer, width + 6, (ink.mask.shape[0], ink.mask.shape[1]))[rows].any(axis=0)
    columns = np.arange(len(inked))
    printed = (columns > strip.column(ends.first + 1)) & (columns < strip.column(ends.last - 1))
    off = np.abs(columns - np.mean(columns[own])) if own.any() else np.full(len(inked), np.inf)
    near, far = (off < BESIDE_CROSS * PX) & ~own & printed, (off > 1.3 * BESIDE_CROSS * PX) & printed
    usual = float(inked[far].mean()) if far.any() else 0.0
    return usual < ROUGH and bool(inked[near].sum() > STRUCK * PX)


def _off_line(strip: Strip, main: Mask) -> Mask:
    rows = np.abs(np.arange(len(main)) - strip.middle) > ON_LINE * PX
    return np.asarray(main * rows[:, None], np.uint8)


def _without_link(strokes: list[Stroke], width: float, main: Mask, ink: Ink) -> Mask:
    """Leave out the thin line by which a pen that was not lifted joins two ends of a cross, on one side of it."""
    point = crossing(strokes[0], strokes[1]) if len(strokes) == 2 else None
    if point is None or not all(0.25 < stroke.share_at(point) < 0.75 for stroke in strokes):
        return main
    wide = cv2.dilate(drawn(strokes, width, (main.shape[0], main.shape[1])), np.ones((3, 3), np.uint8))
    beside = (main > 0) & (wide == 0) & (ink.band == 0)
    rows, columns = np.nonzero(beside)
    if len(rows) < SEEN_LINK * (main > 0).sum():
        return main
    from_point = np.stack([columns, rows], axis=1) - point
    arm, longest = (pick(stroke.length for stroke in strokes) / 2 for pick in (min, max))
    sides = np.array(
        [[stroke.ahead[0] * at[1] - stroke.ahead[1] * at[0] > 0 for stroke in strokes] for at in from_point]
    )
    _, count = np.unique(sides, axis=0, return_counts=True)
    off = np.linalg.norm(from_point, axis=1)
    far = float(((off > 0.35 * arm) & (off < 1.15 * longest)).mean())
    if count.max() < ONE_SIDE * len(rows) or far < ONE_SIDE:
        return main
    below = float(from_point[:, 1].mean()) > 0  # as a plus is drawn; joined above it would be a 4
    if not (all(_oblique(stroke) for stroke in strokes) or (below and _upright_and_level(strokes))):
        return main
    return np.asarray((main > 0) & ~beside, np.uint8)


def _oblique(stroke: Stroke) -> bool:
    return 25 < stroke.slope < 70


def _upright_and_level(strokes: list[Stroke]) -> bool:
    level, upright = sorted(stroke.slope for stroke in strokes)
    return level < 25 and upright > 60


def _compared(strokes: list[Stroke], width: float, main: Mask, told: Mask, ink: Ink) -> tuple[float, float, float]:
    """Compare ink with the strokes fitted to it: what is there besides, and what they lack along and across."""
    unseen = (ink.band > 0) | (ink.hidden > 0)
    wide = cv2.dilate(drawn(strokes, width, (main.shape[0], main.shape[1])), np.ones((5, 5), np.uint8))
    thin = drawn(strokes, max(1.0, 0.35 * width), (main.shape[0], main.shape[1]))
    around = cv2.dilate(main, np.ones((3, 3), np.uint8))
    full = drawn(strokes, max(1.0, width - 3), (main.shape[0], main.shape[1]))
    own, expected, whole = (told > 0) & ~unseen, (thin > 0) & ~unseen, (full > 0) & ~unseen
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
    along, upright = sorted((one, other), key=lambda stroke: stroke.slope)
    if along.slope < LEVEL and upright.slope > 50:
        return _plus(strip, upright, along, point)
    doubts = []
    shares = [_shorter_arm(stroke, point) for stroke in (one, other)]
    reached = [share * stroke.length / PX for share, stroke in zip(shares, (one, other), strict=True)]
    if between(one.ahead, other.ahead) < NARROW:
        doubts.append(words.LOPSIDED)
    if max(reached) < 0.5:
        doubts.append(words.TICK)
    elif min(reached) < 0.6 or min(shares) < SHORT_ARM:
        doubts.append(words.LOPSIDED)
    off = abs(float(point[1]) - strip.middle) / PX
    if off > 1.35:
        doubts.append(words.OFF_LINE)
    met = [place for stroke in (one, other) if (place := on_row(stroke, strip.middle)) is not None]
    steep = along.slope > NARROW
    if len(met) == 2 and steep and abs(sum(met) / 2 - float(point[0])) > APART * PX:
        doubts.append(words.APART)
    if along.slope < 8:
        doubts.append(words.FLAT)
    if max(one.sag, other.sag) > 0.16 or (min(one.sag, other.sag) > 0.085 and float(one.bulge @ other.bulge) > 0):
        doubts.append(words.SCRIBBLE)
    if max(one.length, other.length) > UNLIKE * min(one.length, other.length):
        doubts.append(words.LOPSIDED)
    return float(point[0]), doubts, (off / 1.2) ** 2 + (0.5 / max(min(reached), 0.1)) ** 2


def _plus(strip: Strip, upright: Stroke, along: Stroke, point: Points) -> tuple[float | None, list[str], float]:
    """A stroke along the line only shows the place where the upright one crosses it."""
    place, doubts, strain = _one(strip, upright)
    off = abs(float(point[1]) - strip.middle) / PX
    if along.length > LONGEST_ALONG * PX:
        doubts.append(words.FLAT)
    if _shorter_arm(along, point) < SHORT_ARM or _shorter_arm(upright, point) < SHORT_ARM:
        doubts.append(words.LOPSIDED)
    if off > 1.35:
        doubts.append(words.OFF_LINE)
    if place is not None and abs(place - float(point[0])) > APART * PX:
        doubts.append(words.APART)
    return place, doubts, strain + (off / 1.2) ** 2


def _shorter_arm(stroke: Stroke, point: Points) -> float:
    """How much of a stroke lies on the shorter side of a point."""
    share = stroke.share_at(point)
    return min(share, 1 - share)


def _shaped(strokes: list[Stroke], shape: Shape) -> list[str]:
    longest = max(stroke.length for stroke in strokes) / PX
    stout = shape.width / min(stroke.length for stroke in strokes)
    hidden = stout > STOUT or shape.places < 5
    unlike = shape.extra / 0.10 + shape.gaps / 0.12 + shape.lacking / 0.15 + max(shape.uneven - 0.5, 0.0)
    said = {
        words.SCRIBBLE: unlike > 1.0 or (hidden and (shape.extra > 0.05 or shape.gaps > 0.05)),
        words.BROKEN: shape.lacking > 0.15,
        words.THICK: stout > MOST_STOUT,
        words.SMALL: longest < 1.6,
    }
    return [doubt for doubt, so in said.items() if so]
