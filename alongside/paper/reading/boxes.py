"""Reads which of a question's boxes is marked."""

from dataclasses import dataclass

import cv2
import numpy as np

from alongside.paper.layout import Blank, Box, Choice
from alongside.paper.reading import blanks, words
from alongside.paper.reading.places import Picture, Sheet
from alongside.paper.reading.strips import PX, Grey, Plane, darkness, unevenness
from alongside.paper.reading.strokes import Mask, drawn, fitted, pen_width

ROUND = 4.5  # mm looked at beyond a box
SEARCH = 1.6  # how far a box may lie from where it should, in mm
MARKED, FILLED = 0.045, 0.65  # how much of a box is ink when it is marked, and when it is filled in
CLEARLY_EMPTY = 0.012
LOOP, UNLIKE = 0.2, 0.12  # square mm of a loop, and the share of ink that is in neither of two strokes
INK, FAINT = 0.16, 0.07
SEEN = 0.35  # how like a square the printed box must look


@dataclass(frozen=True)
class Chosen:
    """Which box is marked, how clearly, and each doubt in words."""

    value: float | None
    fit: float
    doubts: list[str]
    empty: bool = False


@dataclass(frozen=True)
class Square:
    """One box: the share of its inside that is ink, or faint ink, the ink near it and farther off, its frame,
    and whether the ink is a plain mark."""

    inside: float
    faint: float
    near: float
    far: float
    frame: float
    plain: bool


def read(picture: Picture, sheet: Sheet, choice: Choice, blank: Blank | None) -> Chosen:
    """Read a question with boxes."""
    squares = [_square(picture, sheet, box, blank) for box in choice.boxes]
    marked = [at for at, square in enumerate(squares) if square.inside >= MARKED]
    doubts = _doubts(squares, marked)
    if len(marked) != 1:
        return Chosen(None, 0.3 if doubts else 1.0, doubts, empty=not marked)
    return Chosen(choice.boxes[marked[0]].value, _clearness(squares, marked[0]), doubts)


def window(centre: tuple[float, float], half_wide: float, half_high: float) -> tuple[Plane, tuple[int, int]]:
    """Give the matrix from a window's pixels to mm on the page, and its width and height in pixels."""
    placed = np.array([[1 / PX, 0, centre[0] - half_wide], [0, 1 / PX, centre[1] - half_high], [0, 0, 1]], np.float64)
    return placed, (round(2 * half_wide * PX) + 1, round(2 * half_high * PX) + 1)


def cut(picture: Picture, sheet: Sheet, placed: Plane, wide_high: tuple[int, int]) -> Grey:
    """Cut a window of the page out of its picture."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    whole = sheet.to_picture @ placed
    grey = cv2.warpPerspective(picture, whole, wide_high, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(grey, np.float32)


def _doubts(squares: list[Square], marked: list[int]) -> list[str]:
    others = [square for at, square in enumerate(squares) if at not in marked]
    doubts = []
    if min(square.frame for square in squares) < SEEN:
        doubts.append(words.NOT_FOUND)
    if len(marked) > 1:
        doubts.append(words.BOXES)
    if any(squares[at].inside > FILLED for at in marked):
        doubts.append(words.FILLED)
    if any(not squares[at].plain and squares[at].inside <= FILLED for at in marked):
        doubts.append(words.NOT_PLAIN)
    if any(square.inside > CLEARLY_EMPTY or square.faint > 2.5 * CLEARLY_EMPTY for square in others):
        doubts.append(words.LIGHTLY)
    astray = any(square.near > 0.05 or square.far > 0.03 for square in others)
    if astray or any(squares[at].near > 0.045 or squares[at].far > 0.01 for at in marked):
        doubts.append(words.OUT_OF_BOX)
    return doubts


def _clearness(squares: list[Square], chosen: int) -> float:
    """How far the marked box is from an empty one, and the others from a marked one."""
    others = max((square.inside for at, square in enumerate(squares) if at != chosen), default=0.0)
    strain = (MARKED / squares[chosen].inside) ** 2 + (others / MARKED) ** 2 + (0.3 / squares[chosen].frame) ** 2
    return float(np.exp(-0.25 * strain))


def _square(picture: Picture, sheet: Sheet, box: Box, blank: Blank | None) -> Square:
    half = box.size_mm / 2
    placed, wide_high = window(box.centre_mm, half + ROUND, half + ROUND)
    ink, _ = darkness(cut(picture, sheet, placed, wide_high))
    x, y, found = _found(ink, _frame(box.size_mm))
    soft = np.asarray(cv2.GaussianBlur(ink, (0, 0), 1.5), np.float32)
    faint = soft > max(FAINT, 5 * unevenness(soft))
    firm = (ink > max(INK, 6 * unevenness(ink))).astype(np.uint8)
    inside = _part(y, half - 0.65), _part(x, half - 0.65)
    free = _free(blank, placed, wide_high, (x, y), half)
    near, far = _beyond(free, (x, y), half, 0.8, 2.2), _beyond(free, (x, y), half, 2.2, ROUND)
    return Square(
        inside=float(firm[inside].mean()),
        faint=float(faint[inside].mean()),
        near=_share(faint.astype(np.uint8), near),
        far=_share(faint.astype(np.uint8), far) if blank is not None else 0.0,
        frame=found,
        plain=_plain(firm[inside]),
    )


def _plain(firm: Mask) -> bool:
    """Whether ink is a cross, a tick or a stroke: two strokes explain it, and it has no loop."""
    firm = np.pad(firm, 1)
    rows, columns = np.nonzero(firm)
    width = pen_width(firm)
    strokes = fitted(np.stack([columns, rows], axis=1).astype(np.float64), width)
    if not strokes:
        return False
    beyond = (firm > 0) & (drawn(strokes, width + 6, (firm.shape[0], firm.shape[1])) == 0)
    count, _, found, _ = cv2.connectedComponentsWithStats(1 - firm, connectivity=4)
    left, top = found[:, cv2.CC_STAT_LEFT], found[:, cv2.CC_STAT_TOP]
    right, bottom = left + found[:, cv2.CC_STAT_WIDTH], top + found[:, cv2.CC_STAT_HEIGHT]
    loop = (left > 0) & (top > 0) & (right < firm.shape[1]) & (bottom < firm.shape[0])
    loop &= (found[:, cv2.CC_STAT_AREA] > LOOP * PX * PX) & (np.arange(count) > 0)
    return float(beyond.sum() / len(rows)) < UNLIKE and not bool(loop.any())


def _free(
    blank: Blank | None, placed: Plane, wide_high: tuple[int, int], found: tuple[float, float], half: float
) -> Mask:
    """Where nothing is printed, the box aside."""
    if blank is None:
        return np.ones((wide_high[1], wide_high[0]), np.uint8)
    dark = (blanks.window(blank, placed, wide_high) < blanks.INK * 255).astype(np.uint8)
    middle = (wide_high[0] - 1) / 2, (wide_high[1] - 1) / 2
    dark[_part(middle[1], half + 0.6), _part(middle[0], half + 0.6)] = 0
    moved = np.roll(dark, (round(found[1] - middle[1]), round(found[0] - middle[0])), axis=(0, 1))
    return np.asarray(1 - cv2.dilate(moved, np.ones((7, 7), np.uint8)), np.uint8)


def _beyond(free: Mask, found: tuple[float, float], half: float, first: float, last: float) -> Mask:
    """The free places round a box, from so many mm beyond its edge to so many."""
    ring = np.zeros_like(free)
    ring[_part(found[1], half + last), _part(found[0], half + last)] = 1
    ring[_part(found[1], half + first), _part(found[0], half + first)] = 0
    return ring & free


def _share(firm: Mask, part: Mask) -> float:
    return float((firm & part).sum() / max(int(part.sum()), 1))


def _part(centre: float, half_mm: float) -> slice:
    return slice(max(0, round(centre - half_mm * PX)), round(centre + half_mm * PX) + 1)


def _frame(side_mm: float) -> Grey:
    """A square's outline to look for."""
    side = round(side_mm * PX)
    frame = np.full((side + 13, side + 13), -0.25, np.float32)
    frame[5:-5, 5:-5] = 1.0
    frame[8:-8, 8:-8] = -0.25
    frame[14:-14, 14:-14] = 0.0
    return frame


def _found(ink: Grey, frame: Grey) -> tuple[float, float, float]:
    """Where the printed square lies in its window, and how well it was seen."""
    centre, half, reach = (ink.shape[0] - 1) // 2, (frame.shape[0] - 1) // 2, int(SEARCH * PX)
    low = centre - half - reach
    part = ink[low : low + frame.shape[0] + 2 * reach, low : low + frame.shape[1] + 2 * reach]
    fits = cv2.matchTemplate(np.clip(part, 0, 0.6), frame, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(fits)
    return float(low + x + half), float(low + y + half), float(best)
