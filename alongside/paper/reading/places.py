"""Finds the coded markers in a picture, and with them every place of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from alongside.paper.layout import Layout
from alongside.paper.reading.strips import Plane

type Picture = NDArray[np.uint8]
type Corners = NDArray[np.float32]

LEAST = 3  # markers without which no place is certain
COARSE = 2.6  # pixels a mm, at least
BENT, WARPED = 0.7, 4.0  # how far corners may lie from where they should, in mm, on a flat page; and on any


@dataclass(frozen=True)
class Sheet:
    """Where a page lies in its picture."""

    page: int
    to_picture: Plane
    markers: int
    off: float
    px_per_mm: float


def found(picture: Picture, wanted: set[int]) -> tuple[dict[int, Corners], bool]:
    """Find markers: their corners by their ids, trying harder until four of a page are found; and whether one is
    there twice, as where two forms lie side by side."""
    best: dict[int, Corners] = {}
    twice = False
    for tried, scale in _tries(picture):
        corners, ids = _detected(tried)
        twice = twice or _twice(corners, ids, wanted)
        for marker, corner in zip(ids, corners, strict=True):
            if marker in wanted and marker not in best:
                best[marker] = np.asarray((corner + 0.5) / scale - 0.5, np.float32)
        if any(sum(marker // 4 == page for marker in best) == 4 for page in {marker // 4 for marker in best}):
            break
    return best, twice


def _twice(corners: list[Corners], ids: list[int], wanted: set[int]) -> bool:
    """Whether one marker is in two places, farther apart than it is wide."""
    for marker in wanted:
        same = [corner for corner, one in zip(corners, ids, strict=True) if one == marker]
        if any(np.abs(same[0].mean(axis=0) - other.mean(axis=0)).max() > np.ptp(same[0]) for other in same[1:]):
            return True
    return False


def laid(layout: Layout, page: int, markers: dict[int, Corners]) -> Sheet | None:
    """Lay a page's millimetres over its picture; None where too few markers fit one flat page."""
    known = {marker.id: np.asarray(marker.corners_mm, np.float64) for marker in layout.page(page).markers}
    seen = [marker for marker in known if marker in markers]
    if len(seen) < LEAST:
        return None
    on_page = np.concatenate([known[marker] for marker in seen])
    in_picture = np.concatenate([markers[marker] for marker in seen]).astype(np.float64)
    matrix, _ = cv2.findHomography(on_page, in_picture, 0)
    if matrix is None or not np.isfinite(matrix).all():
        return None
    back = cv2.perspectiveTransform(in_picture[None], np.linalg.inv(matrix))[0]
    off = float(np.sqrt(np.mean(np.sum((back - on_page) ** 2, axis=1))))
    sides = np.linalg.norm(np.roll(in_picture.reshape(-1, 4, 2), -1, axis=1) - in_picture.reshape(-1, 4, 2), axis=2)
    lengths = np.linalg.norm(np.roll(on_page.reshape(-1, 4, 2), -1, axis=1) - on_page.reshape(-1, 4, 2), axis=2)
    return Sheet(page, np.asarray(matrix, np.float64), len(seen), off, float(np.median(sides / lengths)))


def _tries(picture: Picture) -> Iterator[tuple[Picture, float]]:
    yield picture, 1.0
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    yield np.asarray(half, np.uint8), 0.5
    yield np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.0), np.uint8), 1.0
    even = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(half)
    yield np.asarray(even, np.uint8), 0.5
    for mended in _without_streaks(picture):
        yield mended, 1.0
        yield np.asarray(cv2.resize(mended, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8), 0.5
        yield np.asarray(cv2.GaussianBlur(mended, (0, 0), 1.5), np.uint8), 1.0


def _without_streaks(picture: Picture) -> Iterator[Picture]:
    """The picture with what is dark over half its height or width taken out: a streak may cross a marker."""
    reach = max(5, min(picture.shape) // 120) | 1
    for upright in (True, False):
        turned = picture if upright else np.ascontiguousarray(picture.T)
        closed = cv2.morphologyEx(turned, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
        dark = (cv2.subtract(closed, turned) > 40).mean(axis=0) > 0.5
        if dark.any():
            wide = cv2.dilate(dark[None].astype(np.uint8), np.ones((1, 3), np.uint8))[0] > 0
            mended = turned.copy()
            mended[:, wide] = _across(turned, wide)
            yield mended if upright else np.ascontiguousarray(mended.T)


def _across(picture: Picture, wide: NDArray[np.bool_]) -> Picture:
    """What the columns beside a streak say of those under it."""
    columns, kept = np.flatnonzero(wide), np.flatnonzero(~wide)
    after = np.clip(np.searchsorted(kept, columns), 1, len(kept) - 1)
    left, right = kept[after - 1], kept[after]
    share = ((columns - left) / np.maximum(right - left, 1)).clip(0, 1)
    return np.asarray((1 - share) * picture[:, left] + share * picture[:, right], np.uint8)


def _detected(picture: Picture) -> tuple[list[Corners], list[int]]:
    settings = cv2.aruco.DetectorParameters()
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    settings.minMarkerPerimeterRate = 0.02
    kinds = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    corners, ids, _ = cv2.aruco.ArucoDetector(kinds, settings).detectMarkers(picture)
    if ids is None:
        return [], []
    return [np.asarray(corner, np.float32).reshape(4, 2) for corner in corners], [int(one) for one in ids.ravel()]
