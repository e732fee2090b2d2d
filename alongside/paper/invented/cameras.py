"""What a phone makes of a page on a table: perspective, bent paper, shadow, blur."""

import cv2
import numpy as np
from numpy.typing import NDArray

from alongside.paper.invented.scanners import Scanned, noisy
from alongside.paper.invented.truth import Picture

COARSE = 8  # maps are worked out on every eighth pixel: they are smooth

type Map = NDArray[np.float32]


def photo(rng: np.random.Generator, page: Picture, px_per_mm: float, *, hard: bool) -> Scanned:
    """Photograph a page.

    Parameters
    ----------
    rng
        Where chance comes from.
    page
        In colour, upright.
    px_per_mm
        Its pixels in a millimetre.
    hard
        In bad light, held askew, bent, or in a hurry.

    Returns
    -------
    Scanned
        A picture of 2 to 8 megapixels.

    Examples
    --------
    >>> page = np.full((1754, 1240, 3), 255, np.uint8)
    >>> photo(np.random.default_rng(1), page, 150 / 25.4, hard=False).picture.shape[2]
    3
    """
    long = int(rng.uniform(1700, 2600) if hard else rng.uniform(2300, 3300))
    size = (round(long * 0.75), long) if rng.random() < 0.85 else (long, round(long * 0.75))
    made = [f"{size[0]} x {size[1]}"]
    source, fine = _placed(rng, page, px_per_mm, size, hard=hard)
    bent = float(np.abs(rng.normal(0, 3.5 if hard else 1.2)))
    made += [f"bent {bent:.1f} mm"] if bent > 2 else []
    across, below = _maps(rng, source, size, page, px_per_mm, bent)
    sheet = cv2.GaussianBlur(page, (0, 0), max(0.42 * px_per_mm / fine, 0.3))
    taken = cv2.remap(sheet, across, below, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    there = ((across > 0) & (across < page.shape[1]) & (below > 0) & (below < page.shape[0])).astype(np.float32)
    there = cv2.GaussianBlur(there, (0, 0), 0.7)
    small = cv2.resize(there, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    near = cv2.resize(cv2.GaussianBlur(small, (0, 0), 1.5), size, interpolation=cv2.INTER_LINEAR)
    table = _table(rng, size) * (1 - 0.5 * near[..., None])
    there = there[..., None]
    taken = taken * (np.float32(rng.uniform(0.86, 0.98)) * there) + table * (1 - there)
    taken *= _light(rng, size, hard=hard, made=made)[..., None]
    if hard and rng.random() < 0.25:
        _covered(rng, taken, source, made)
    return Scanned(picture=_developed(rng, taken, hard=hard, made=made), made=tuple(made))


def _placed(
    rng: np.random.Generator, page: Picture, px_per_mm: float, size: tuple[int, int], *, hard: bool
) -> tuple[NDArray[np.float64], float]:
    """Where the page's corners come to be in the picture, and about how many pixels a millimetre has."""
    wide, high = page.shape[1] / px_per_mm, page.shape[0] / px_per_mm
    corners = np.array([[-wide, -high, 0], [wide, -high, 0], [wide, high, 0], [-wide, high, 0]]) / 2
    lean = np.deg2rad(rng.normal(0, [9, 9] if hard else [4, 4]))
    turn = np.deg2rad(rng.normal(0, 7 if hard else 3))
    lying = (size[0] > size[1]) != (rng.random() < 0.08)
    turn += np.pi / 2 * (rng.choice([1, 3]) if lying else rng.choice([0, 2], p=[0.88, 0.12]))
    seen = corners @ _rotation(lean[0], lean[1], turn).T
    far = 2.2 * high / 2 * rng.uniform(1.1, 1.6)
    flat = seen[:, :2] / (far + seen[:, 2:])
    span = flat.max(axis=0) - flat.min(axis=0)
    fill = rng.uniform(0.72, 0.95)
    scale = fill * float(np.min(np.array(size) / span))
    middle = (flat.max(axis=0) + flat.min(axis=0)) / 2
    room = (np.array(size) - span * scale) / 2
    placed = (flat - middle) * scale + np.array(size) / 2 + rng.uniform(-0.7, 0.7, 2) * room
    return placed, float(np.hypot(*(placed[1] - placed[0])) / wide)


def _rotation(x: float, y: float, z: float) -> NDArray[np.float64]:
    about_x = np.array([[1, 0, 0], [0, np.cos(x), -np.sin(x)], [0, np.sin(x), np.cos(x)]])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_z = np.array([[np.cos(z), -np.sin(z), 0], [np.sin(z), np.cos(z), 0], [0, 0, 1]])
    return np.asarray(about_x @ about_y @ about_z)


def _maps(
    rng: np.random.Generator,
    placed: NDArray[np.float64],
    size: tuple[int, int],
    page: Picture,
    px_per_mm: float,
    bent: float,
) -> tuple[Map, Map]:
    """For every pixel of the picture the place on the page, in the page's pixels; the page bends in waves."""
    wide, high = page.shape[1], page.shape[0]
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32) - 0.5
    back = cv2.getPerspectiveTransform(placed.astype(np.float32), corners)
    down, right = np.mgrid[0 : size[1] + COARSE : COARSE, 0 : size[0] + COARSE : COARSE].astype(np.float64)
    flat = np.stack([right, down, np.ones_like(right)], -1) @ back.T
    x, y = flat[..., 0] / flat[..., 2], flat[..., 1] / flat[..., 2]
    lengthwise, phase, waves = rng.random() < 0.6, rng.uniform(0, 6), rng.uniform(2, 6)
    toward = (x / wide if lengthwise else y / high) * waves + phase
    lift = bent * px_per_mm * np.sin(toward) * 0.35  # how far a raised place seems moved from the middle
    x = x - lift * (x / wide - 0.5) * 1.4 - 0.3 * lift * rng.normal(0, 0.5)
    y = y - lift * (y / high - 0.5) * 1.4 - 0.3 * lift * rng.normal(0, 0.5)
    grown = [
        cv2.resize(one.astype(np.float32), None, fx=COARSE, fy=COARSE, interpolation=cv2.INTER_LINEAR) for one in (x, y)
    ]
    half = COARSE // 2
    across, below = (one[half : half + size[1], half : half + size[0]] for one in grown)
    return np.ascontiguousarray(across), np.ascontiguousarray(below)


def _table(rng: np.random.Generator, size: tuple[int, int]) -> NDArray[np.float32]:
    """A table: one colour with a grain, or dark, or with other things on it."""
    colour = rng.uniform(25, 215) * np.clip(rng.normal([0.75, 0.88, 1.0], 0.08), 0.4, 1.1)
    small = rng.normal(0, 1, (size[1] // 16 + 1, size[0] // 16 + 1)).astype(np.float32)
    streaked = cv2.GaussianBlur(small, (0, 0), sigmaX=float(rng.choice([1.0, 9.0])), sigmaY=1.0)
    grain = cv2.resize(streaked, size, interpolation=cv2.INTER_CUBIC) * rng.uniform(5, 40)
    table = colour.astype(np.float32) + grain[..., None].astype(np.float32)
    for _ in range(int(rng.integers(0, 4))):
        at, far = rng.uniform(0, 1, 2) * size, rng.uniform(60, 500, 2)
        corners = cv2.boxPoints((tuple(at.tolist()), tuple(far.tolist()), float(rng.uniform(0, 90))))
        cv2.fillPoly(table, [corners.astype(np.int32)], rng.uniform(5, 250, 3).tolist(), cv2.LINE_AA)
    return np.asarray(np.clip(table, 0, 255), np.float32)


def _light(rng: np.random.Generator, size: tuple[int, int], *, hard: bool, made: list[str]) -> Map:
    """Light that falls off to one side, shadows of a hand and a phone, and a lamp's glare."""
    wide, high = size
    down, right = np.mgrid[0:high:4, 0:wide:4].astype(np.float32)
    turn = rng.uniform(0, 2 * np.pi)
    slope = ((right / wide - 0.5) * np.cos(turn) + (down / high - 0.5) * np.sin(turn)) * rng.uniform(0, 0.5)
    far = np.hypot(right / wide - 0.5, down / high - 0.5)
    light = ((1 + slope) * (1 - rng.uniform(0, 0.35) * far**2)).astype(np.float32)
    if rng.random() < (0.75 if hard else 0.35):
        shape = np.ones_like(light)
        middle = rng.uniform(0.1, 0.9, 2) * (shape.shape[1], shape.shape[0])
        points = middle + rng.normal(0, 0.35, (int(rng.integers(3, 7)), 2)) * (shape.shape[1], shape.shape[0])
        cv2.fillPoly(
            shape,
            [cv2.convexHull(points.astype(np.int32))],
            float(rng.uniform(0.4, 0.75) if hard else rng.uniform(0.6, 0.85)),
        )
        light *= cv2.GaussianBlur(shape, (0, 0), rng.uniform(1.0, 25) if hard else rng.uniform(6, 25))
        made.append("shadow")
    if hard and rng.random() < 0.3:
        x, y, spread = rng.uniform(0, wide), rng.uniform(0, high), rng.uniform(0.08, 0.2) * wide
        light += rng.uniform(0.15, 0.5) * np.exp(-((right - x) ** 2 + (down - y) ** 2) / (2 * spread**2))
        made.append("glare")
    return np.asarray(cv2.resize(light.astype(np.float32), size, interpolation=cv2.INTER_LINEAR))


def _covered(
    rng: np.random.Generator, taken: NDArray[np.float32], placed: NDArray[np.float64], made: list[str]
) -> None:
    """A thumb on a corner, or a corner torn off."""
    corner = placed[int(rng.integers(4))]
    across = float(np.hypot(*(placed[1] - placed[0])))
    inward = (placed.mean(axis=0) - corner) / np.hypot(*(placed.mean(axis=0) - corner))
    at = corner + inward * 0.06 * across
    size = (across * rng.uniform(0.09, 0.13), across * rng.uniform(0.07, 0.09))
    colour = rng.uniform(60, 200) * np.array([0.62, 0.75, 1.0])
    turn = float(np.rad2deg(np.arctan2(inward[1], inward[0])))
    cv2.ellipse(
        taken, (tuple(at.tolist()), tuple((2 * np.array(size)).tolist()), turn), colour.tolist(), -1, cv2.LINE_AA
    )
    made.append("a corner covered")


def _developed(rng: np.random.Generator, taken: NDArray[np.float32], *, hard: bool, made: list[str]) -> Picture:
    """Focus, movement, colour of the light, exposure, noise and sharpening."""
    soft = rng.uniform(0.8, 1.9) if hard else rng.uniform(0.3, 1.0)
    seen = cv2.GaussianBlur(taken, (0, 0), soft)
    if hard and rng.random() < 0.35:
        long, turn = int(rng.integers(3, 8)), rng.uniform(0, np.pi)
        kernel = np.zeros((long, long), np.float32)
        half = (long - 1) / 2
        reach = np.array([np.cos(turn), np.sin(turn)]) * half
        cv2.line(kernel, tuple(np.round(half - reach).astype(int)), tuple(np.round(half + reach).astype(int)), 1.0)
        seen = cv2.filter2D(seen, -1, kernel / kernel.sum())
        made.append("moved")
    tint = np.clip(rng.normal([1, 1, 1], 0.05), 0.85, 1.12)
    exposed = rng.uniform(0.55, 1.02) if hard else rng.uniform(0.8, 1.04)
    lit = np.asarray(seen * (tint * exposed).astype(np.float32), np.float32)
    picture = noisy(rng, lit, rng.uniform(3, 11 if hard else 5))
    if rng.random() < 0.6:
        sharper = rng.uniform(0.3, 0.9)
        blurred = cv2.GaussianBlur(picture, (0, 0), 1.2)
        picture = np.asarray(cv2.addWeighted(picture, 1 + sharper, blurred, -sharper, 0), np.uint8)
    return picture
