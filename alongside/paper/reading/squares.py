"""Finds markers by their outline where their inside cannot be read, from the place of the square code."""

import cv2
import numpy as np

from alongside.paper.layout import Layout
from alongside.paper.reading.codes import Found
from alongside.paper.reading.places import Corners, Picture
from alongside.paper.reading.strips import Plane

ENOUGH = 12  # corners for a perspective
AROUND = 6.0  # how far a marker may lie from where the code puts it, in mm
LIKE = 0.28  # how much longer or shorter its sides may be


def outlined(
    picture: Picture, layout: Layout, page: int, code: Found | None, markers: dict[int, Corners]
) -> dict[int, Corners]:
    """Find the markers of a page that could not be read, as dark squares where they should be.

    Only their place says which they are, so they count only together: `places.laid` says how well they fit.
    """
    described = layout.page(page)
    on_page, in_picture = np.empty((0, 2)), np.empty((0, 2))
    if code is not None and described.code is not None:
        on_page, in_picture = _corners(described.code.corner_mm, described.code.size_mm), code.corners
    found = {marker.id: markers[marker.id] for marker in described.markers if marker.id in markers}
    for marker in described.markers:
        if marker.id in found:
            on_page = np.concatenate([on_page, np.asarray(marker.corners_mm, np.float64)])
            in_picture = np.concatenate([in_picture, found[marker.id].astype(np.float64)])
    if not len(on_page):
        return found
    for marker in sorted(described.markers, key=lambda one: float(np.linalg.norm(one.corners_mm[0] - on_page[0]))):
        known = np.asarray(marker.corners_mm, np.float64)
        guess = None if marker.id in found else _placed(on_page, in_picture, known)
        seen = None if guess is None else _square(picture, guess, known)
        if seen is not None:
            found[marker.id] = seen
            on_page = np.concatenate([on_page, known])
            in_picture = np.concatenate([in_picture, seen.astype(np.float64)])
    return found


def _placed(on_page: Plane, in_picture: Plane, known: Plane) -> Plane | None:
    """Where a marker should be: by perspective where three are known, more stiffly where the code is nearly all."""
    if len(on_page) >= ENOUGH:
        matrix, _ = cv2.findHomography(on_page, in_picture, 0)
        return None if matrix is None else np.asarray(cv2.perspectiveTransform(known[None], matrix)[0], np.float64)
    guess, _ = cv2.estimateAffine2D(on_page, in_picture)
    return None if guess is None else np.asarray(known @ guess[:, :2].T + guess[:, 2], np.float64)


def _corners(corner: tuple[float, float], side: float) -> Plane:
    x, y = corner
    return np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)], np.float64)


def _square(picture: Picture, expected: Plane, known: Plane) -> Corners | None:
    """The dark square nearest to where one is expected, of about its size."""
    side = float(np.linalg.norm(expected[1] - expected[0]))
    around = AROUND * side / float(np.linalg.norm(known[1] - known[0]))
    low = np.maximum(np.floor(expected.min(axis=0) - around).astype(int), 0)
    high = np.minimum(np.ceil(expected.max(axis=0) + around).astype(int), picture.shape[::-1])
    if (high - low < side).any():
        return None
    part = np.asarray(cv2.GaussianBlur(picture[low[1] : high[1], low[0] : high[0]], (0, 0), 1.2), np.uint8)
    _, dark = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    squares = [square for outline in outlines if (square := _as_square(outline, side)) is not None]
    if not squares:
        return None
    middle = expected.mean(axis=0) - low
    best = min(squares, key=lambda one: float(np.linalg.norm(one.mean(axis=0) - middle)))
    order = [int(np.argmin(np.linalg.norm(best + low - corner, axis=1))) for corner in expected]
    if len(set(order)) < 4:
        return None
    refined = np.ascontiguousarray(best[order][:, None, :], np.float32)
    cv2.cornerSubPix(part, refined, (4, 4), (-1, -1), (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_COUNT, 30, 0.02))
    return np.asarray(refined[:, 0, :] + low, np.float32)


def _as_square(outline: cv2.typing.MatLike, side: float) -> Plane | None:
    hull = cv2.convexHull(outline)
    if not (1 - LIKE) ** 2 < cv2.contourArea(hull) / side**2 < (1 + LIKE) ** 2:
        return None
    four = cv2.approxPolyDP(hull, 0.08 * cv2.arcLength(hull, closed=True), closed=True)
    if len(four) != 4:
        return None
    corners = np.asarray(four[:, 0, :], np.float64)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return corners if (np.abs(sides / side - 1) < LIKE).all() else None
