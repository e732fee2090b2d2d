"""Finds what runs straight through: dirt on the glass of a scanner, streaks of its feeder, folds."""

import cv2
import numpy as np
from numpy.typing import NDArray

from alongside.paper.reading.places import Picture, Sheet
from alongside.paper.reading.strips import PX, Grey, Plane
from alongside.paper.reading.strokes import Mask

WIDE = 1100  # pixels across the picture in which streaks are looked for
BLOCKS = 10
STEADY = 0.7  # of the rows of a block
UNBROKEN = 0.65  # of what runs through a strip, where a fax has left dashes of it
ASIDE = 4.0  # mm that a leaning streak may have moved by the next line
LEAN = 6  # how far a fold may lean, in degrees


def over_picture(picture: Picture, sheet: Sheet) -> tuple[Mask, float]:
    """Find what stays dark over a long way across the printed lines; and how much smaller the mask is."""
    scale = min(1.0, WIDE / min(picture.shape))
    small = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    across, down = sheet.to_picture[0, 1], sheet.to_picture[1, 1]
    if abs(down) >= abs(across):
        return _upright(small), scale
    return np.ascontiguousarray(_upright(np.ascontiguousarray(small.T)).T), scale


def _upright(small: Picture) -> Mask:
    """Columns that are darker than their neighbours in most rows of a block."""
    reach = max(5, small.shape[1] // 80) | 1
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    darker = cv2.divide(cv2.subtract(closed, small), np.maximum(closed, 32), scale=255)
    firm = darker > max(16.0, 3.0 * float(np.median(darker[::5, ::5])))
    mask = np.zeros(small.shape, np.uint8)
    high = max(1, small.shape[0] // BLOCKS)
    for at in range(0, small.shape[0] - high // 2, high // 2):
        mask[at : at + high, firm[at : at + high].mean(axis=0) > STEADY] = 1
    return np.asarray(cv2.dilate(mask, np.ones((1, 3), np.uint8)), np.uint8)


def on_strip(mask: Mask, scale: float, whole: Plane, wide_high: tuple[int, int]) -> Mask:
    """Give the part of a picture's mask that lies on a strip."""
    shrunk = np.diag([scale, scale, 1.0]) @ whole
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(mask, shrunk, wide_high, flags=flags), np.uint8)


def through(ink: Grey, printed: Mask, weak: float) -> Mask:
    """Find what runs through a whole strip, from its upper edge to its lower."""
    dark = cv2.resize((ink > weak).astype(np.uint8), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_NEAREST)
    covered = cv2.resize(printed, (dark.shape[1], dark.shape[0]), interpolation=cv2.INTER_NEAREST)
    found = np.zeros_like(dark)
    middle = (dark.shape[0] - 1) / 2
    closed = cv2.dilate(dark, np.ones((1, 3), np.uint8))
    for lean in range(-LEAN, LEAN + 1, 2):
        shear = float(np.tan(np.radians(lean)))
        matrix = np.array([[1.0, shear, -shear * middle], [0.0, 1.0, 0.0]])
        wide_high = (dark.shape[1], dark.shape[0])
        flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        turned = np.asarray(cv2.warpAffine(closed, matrix, wide_high, flags=flags), np.uint8)
        shown = np.asarray(1 - cv2.warpAffine(covered, matrix, wide_high, flags=flags), np.uint8)
        columns = _whole_columns(turned, shown)
        if columns.any():
            straight = np.zeros_like(dark)
            straight[:, columns] = 1
            back = np.asarray(cv2.warpAffine(straight, matrix, wide_high, flags=cv2.INTER_NEAREST), np.uint8)
            found = np.maximum(found, back)
    wide = cv2.dilate(found, np.ones((1, 5), np.uint8))
    return np.asarray(cv2.resize(wide, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_NEAREST), np.uint8)


def shifted(mask: Mask, by_mm: float, wide: int) -> Mask:
    """Give another line's strip as wide as this one and in line with it."""
    moved = np.zeros((mask.shape[0], wide), np.uint8)
    columns = np.arange(wide) + round(by_mm * PX)
    inside = (columns >= 0) & (columns < mask.shape[1])
    moved[:, inside] = mask[:, columns[inside]]
    return moved


def going_on(own: Mask, beside: list[Mask]) -> Mask:
    """Keep of what runs through a strip that which runs on through a neighbouring one."""
    count, labels = cv2.connectedComponents(own)
    near = np.zeros(own.shape[1], bool)
    for other in beside:
        near |= cv2.dilate(other.max(axis=0)[None], np.ones((1, 2 * int(ASIDE * PX) + 1), np.uint8))[0] > 0
    kept = [number for number in range(1, count) if near[(labels == number).any(axis=0)].any()]
    return np.isin(labels, kept).astype(np.uint8)


def _whole_columns(dark: Mask, shown: Mask) -> NDArray[np.bool_]:
    """Columns with ink nearly everywhere that ink can be seen, above the line as well as below it."""
    third = dark.shape[0] // 3
    both = dark * shown
    enough: NDArray[np.bool_] = _in_columns(shown) > 0.45 * dark.shape[0]
    for part in (slice(0, third), slice(third, 2 * third), slice(2 * third, None), slice(None)):
        seen = _in_columns(shown[part])
        share = _in_columns(both[part]) / np.maximum(seen, 1)
        enough &= (share > UNBROKEN) | (seen < 4)
    return enough


def _in_columns(mask: Mask) -> NDArray[np.int32]:
    return np.asarray(cv2.reduce(mask, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0], np.int32)
