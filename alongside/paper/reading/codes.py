"""Reads the square code on a page: where it should be, or anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from alongside.paper.layout import Code
from alongside.paper.reading.places import Picture, Sheet
from alongside.paper.reading.strips import Plane

QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
PX, ROUND = 12, 4.0  # pixels a mm of the rectified window, and mm around the code


@dataclass(frozen=True)
class Found:
    """A code: what it says, and its corners in the picture, clockwise from its own top left."""

    text: str
    corners: Plane


def in_place(picture: Picture, sheet: Sheet, code: Code) -> list[str]:
    """Read the code where the layout says that it is."""
    side = round((code.size_mm + 2 * ROUND) * PX)
    placed = np.array(
        [[1 / PX, 0, code.corner_mm[0] - ROUND], [0, 1 / PX, code.corner_mm[1] - ROUND], [0, 0, 1]], np.float64
    )
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    whole = sheet.to_picture @ placed
    cut = cv2.warpPerspective(picture, whole, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return next((said for tried in _tries(cut) if (said := _texts(tried))), [])


def anywhere(picture: Picture) -> list[Found]:
    """Read every code in a picture."""
    found = _found(picture, 1.0)
    if found:
        return found
    soft = cv2.GaussianBlur(picture, (0, 0), 1.2)
    return _found(cv2.resize(soft, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 0.5)


def _tries(cut: cv2.typing.MatLike) -> Iterator[cv2.typing.MatLike]:
    """The window as it is, and then sharpened for pictures that are out of focus."""
    yield cut
    for soft in (2.2, 6.0):
        blurred = cv2.GaussianBlur(cut, (0, 0), soft)
        yield cv2.addWeighted(cut, 2.5, blurred, -1.5, 0)


def _texts(picture: cv2.typing.MatLike) -> list[str]:
    return [found.text for found in _found(picture, 1.0)]


def _found(picture: cv2.typing.MatLike, scale: float) -> list[Found]:
    """Every code that can be read, once, and where its corners are in the picture before it was made smaller."""
    found: dict[str, Found] = {}
    for code in zxingcpp.read_barcodes(np.ascontiguousarray(picture), formats=QR):
        place = code.position
        points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        corners = np.array([(point.x, point.y) for point in points], np.float64)
        if code.text:
            found.setdefault(code.text, Found(code.text, (corners + 0.5) / scale - 0.5))
    return list(found.values())
