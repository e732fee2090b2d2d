"""Says what is printed round a line or a box, so that it is not taken for a mark."""

import base64
from functools import lru_cache

import cv2
import numpy as np

from alongside.paper.layout import BadLayout, Blank, Layout, Line
from alongside.paper.reading.ends import Ends
from alongside.paper.reading.places import Picture
from alongside.paper.reading.strips import ACROSS, BESIDE, PX, placed, size
from alongside.paper.reading.strokes import Mask

FREE = 3.6  # white round a line of which nothing more is known, in mm
AROUND = 0.7  # how far print may lie from where it should, in mm
DAMAGED = "A layout’s picture of the blank page is damaged; use the file that alongside forms print wrote."
INK = 0.8  # a blank is print where it is darker than this part of white


def round_line(layout: Layout, line: Line, ends: Ends) -> Mask:
    """Say what is printed in a line's strip, the line itself aside; print is as stretched as the line."""
    length = float(np.hypot(line.end_mm[0] - line.start_mm[0], line.end_mm[1] - line.start_mm[1]))
    wide_high = size(length)
    blank = layout.page(line.page).blank
    if blank is None:
        return _unknown(wide_high)
    picture = _picture(blank.png)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    stretch = length / (ends.last - ends.first)
    stretched = np.array([[stretch, 0, PX * (BESIDE - stretch * (BESIDE + ends.first))], [0, 1, 0], [0, 0, 1]])
    whole = _to_pixels(blank) @ placed(line.start_mm, line.end_mm) @ stretched
    cut = cv2.warpPerspective(picture, whole, wide_high, flags=flags, borderValue=255.0)
    print_ = (cut < INK * 255).astype(np.uint8)
    middle, half = int(ACROSS * PX), int((layout.line_mm / 2 + 0.25) * PX)
    first, last = int((BESIDE + ends.first - 0.3) * PX), int((BESIDE + ends.last + 0.3) * PX)
    print_[middle - half : middle + half + 1, first : last + 1] = 0
    reach = 2 * int(AROUND * PX) + 1
    return np.asarray(cv2.dilate(print_, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))), np.uint8)


def window(blank: Blank, to_mm: np.ndarray, wide_high: tuple[int, int]) -> Picture:
    """Give the blank in a window of the page."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpPerspective(_picture(blank.png), _to_pixels(blank) @ to_mm, wide_high, flags=flags, borderValue=255.0)
    return np.asarray(cut, np.uint8)


def _unknown(wide_high: tuple[int, int]) -> Mask:
    """Where nothing is known of the print, only the white round the line can be trusted."""
    hidden = np.ones((wide_high[1], wide_high[0]), np.uint8)
    middle, free = int(ACROSS * PX), int(FREE * PX)
    beside = int((BESIDE - FREE) * PX)
    hidden[middle - free : middle + free + 1, beside : wide_high[0] - beside] = 0
    return hidden


def _to_pixels(blank: Blank) -> np.ndarray:
    return np.array([[blank.px_per_mm, 0, -0.5], [0, blank.px_per_mm, -0.5], [0, 0, 1.0]])


@lru_cache(maxsize=12)
def _picture(png: str) -> Picture:
    try:
        found = cv2.imdecode(np.frombuffer(base64.b64decode(png), np.uint8), cv2.IMREAD_GRAYSCALE)
    except (ValueError, cv2.error) as error:
        raise BadLayout(DAMAGED) from error
    if found is None:
        raise BadLayout(DAMAGED)
    return np.asarray(found, np.uint8)
