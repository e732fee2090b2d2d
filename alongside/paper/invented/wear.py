"""What befalls paper before it is scanned: poor printing, folds, coffee, dirt, holes. Each changes the picture."""

import cv2
import numpy as np

from alongside.paper.invented.truth import Grey, Level, Picture


def poor_print(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """Toner that runs low in bands, and specks of it."""
    rows = np.interp(np.arange(page.shape[0]), np.linspace(0, page.shape[0], 12), 1 - rng.uniform(0, 0.35, 12))
    dark = 255 - page
    dim(dark, rows[:, None].astype(np.float32))
    page[:] = 255 - dark
    specks(rng, page, px_per_mm, count=int(rng.integers(10, 80)))


def copied(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """A copy of a copy: thicker or thinner, harder, with specks. It is not moved: marks are put on it afterwards."""
    grey = cv2.GaussianBlur(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), (0, 0), rng.uniform(0.06, 0.11) * px_per_mm)
    _harden(rng, page, px_per_mm, np.asarray(grey, np.uint8), rng.uniform(105, 180))


def copied_lightly(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """The filled-in page copied once, with a copier that keeps what was written."""
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    _harden(rng, page, px_per_mm, grey, rng.uniform(165, 205))


def _harden(rng: np.random.Generator, page: Picture, px_per_mm: float, grey: Level, at: float) -> None:
    steep = rng.uniform(0.03, 0.09)
    levels = 255 / (1 + np.exp(-steep * (np.arange(256) - at)))
    page[:] = cv2.LUT(grey, levels.astype(np.uint8))[..., None]
    specks(rng, page, px_per_mm, count=int(rng.integers(30, 250)))


def specks(rng: np.random.Generator, page: Picture, px_per_mm: float, *, count: int) -> None:
    """Grains of dirt, and now and then a hair."""
    high, wide = page.shape[:2]
    for _ in range(count):
        at = (int(rng.integers(wide)), int(rng.integers(high)))
        size = max(round(abs(rng.normal(0, 0.12)) * px_per_mm), 1)
        cv2.circle(page, at, size, (int(rng.uniform(30, 180)),) * 3, -1, cv2.LINE_AA)
    for _ in range(int(rng.random() < 0.3)):
        begin, turn = rng.uniform(0, 1, 2) * (wide, high), rng.uniform(0, 6)
        angles = turn + np.cumsum(rng.normal(0, 0.25, 24))
        points = begin + np.cumsum(np.stack([np.cos(angles), np.sin(angles)], 1) * 0.35 * px_per_mm, axis=0)
        cv2.polylines(
            page, [np.round(points).astype(np.int32)], isClosed=False, color=(90, 90, 90), lineType=cv2.LINE_AA
        )


def folded(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """One or two folds: a thin shadow with light beside it, where toner breaks off."""
    high, wide = page.shape[:2]
    for _ in range(int(rng.integers(1, 3))):
        across = rng.random() < 0.6
        middle = (high if across else wide) * rng.choice([0.333, 0.5, 0.667]) + rng.normal(0, 4 * px_per_mm)
        lean = rng.normal(0, 0.006)
        long = wide if across else high
        low = max(int(middle - abs(lean) * long - 15 * px_per_mm), 0)
        top = int(middle + abs(lean) * long + 15 * px_per_mm)
        band = page[low:top] if across else page[:, low:top]
        down, right = np.ogrid[: band.shape[0], : band.shape[1]]
        far = (down + low - middle - lean * right) if across else (right + low - middle - lean * down)
        far = (far / px_per_mm).astype(np.float32)
        dark = rng.uniform(0.06, 0.28) * np.exp(-((far / rng.uniform(0.15, 0.4)) ** 2))
        side = rng.uniform(0.0, 0.08) * np.exp(-np.abs(far) / 4) * np.sign(far) * rng.choice([-1, 1])
        broken = (np.abs(far) < 0.25) & (rng.random(band.shape[:2], dtype=np.float32) < 0.25)
        band[broken] = np.maximum(band[broken], 190)
        dim(band, (1 - dark + side).astype(np.float32))


def creased(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """Crumpled and smoothed out again: many short shades."""
    high, wide = page.shape[:2]
    small = np.zeros((high // 8, wide // 8), np.float32)
    for _ in range(int(rng.integers(8, 22))):
        points = rng.uniform(0, 1, 2) * small.shape[::-1] + np.cumsum(rng.normal(0, 30, (4, 2)), axis=0)
        cv2.polylines(small, [points.astype(np.int32)], isClosed=False, color=float(rng.normal(0, 1)), thickness=1)
    fine = cv2.GaussianBlur(small, (0, 0), 0.06 * px_per_mm) + 2 * cv2.GaussianBlur(small, (0, 0), 0.5 * px_per_mm)
    dim(page, 1 + 0.12 * cv2.resize(fine, (wide, high), interpolation=cv2.INTER_CUBIC))


def coffee(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """The ring of a cup, and drops."""
    high, wide = page.shape[:2]
    down, right = (np.mgrid[0:high:3, 0:wide:3] / px_per_mm).astype(np.float32)
    x, y = rng.uniform(30, 180), rng.uniform(40, 260)
    angle = np.arctan2(down - y, right - x)
    far = np.hypot(down - y, right - x) - rng.uniform(32, 44) - 0.6 * np.sin(3 * angle + rng.uniform(0, 6))
    strength = 0.6 + 0.4 * np.sin(angle + rng.uniform(0, 6))
    stain = strength * (0.8 * np.exp(-((far / 0.7) ** 2)) + 0.15 * (far < 0))
    for _ in range(int(rng.integers(0, 6))):
        dx, dy, size = rng.uniform(10, 200), rng.uniform(10, 280), rng.uniform(1, 4)
        edge = np.hypot(down - dy, right - dx) - size
        stain = np.maximum(stain, 0.7 * np.exp(-((edge / 0.3) ** 2)) + 0.35 * (edge < 0))
    colour = 1 - np.array([0.62, 0.42, 0.28], np.float32) * rng.uniform(0.5, 1.0)
    stain = cv2.resize(stain.astype(np.float32), (wide, high), interpolation=cv2.INTER_LINEAR)
    for channel in range(3):
        dim(page[..., channel], 1 - stain * (1 - colour[channel]))


def smeared(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """A sleeve over wet ink: grey drawn to one side in a band."""
    high, wide = page.shape[:2]
    top = int(rng.uniform(0.2, 0.8) * high)
    band = page[top : top + int(25 * px_per_mm), : wide * 4 // 5].astype(np.float32)
    long = int(rng.uniform(4, 9) * px_per_mm)
    pulled = cv2.filter2D(255 - band, -1, np.ones((1, long), np.float32) / long, anchor=(long - 1, 0))
    kept = np.clip(band - rng.uniform(0.1, 0.3) * pulled, 0, 255)
    page[top : top + int(25 * px_per_mm), : wide * 4 // 5] = kept.astype(np.uint8)


def punched(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """Two holes at the left, and sometimes a staple."""
    middle = page.shape[0] / 2
    for off in (-40, 40):
        at = (int((8.5 + rng.normal(0, 0.4)) * px_per_mm), int(middle + off * px_per_mm))
        cv2.circle(page, at, int(2.9 * px_per_mm), (int(rng.uniform(20, 235)),) * 3, -1, cv2.LINE_AA)
    if rng.random() < 0.4:
        start = np.array([rng.uniform(3, 7), rng.uniform(3, 7)]) * px_per_mm
        stop = start + np.array([9, rng.uniform(-3, 3)]) * px_per_mm
        cv2.line(
            page, tuple(start.astype(int)), tuple(stop.astype(int)), (120, 120, 120), int(0.5 * px_per_mm), cv2.LINE_AA
        )


def other_side(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """Print that shines through from the back: here its own page, turned."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    back = cv2.GaussianBlur(cv2.flip(grey, 1), (0, 0), 0.25 * px_per_mm)
    shift = np.array([[1, 0, rng.normal(0, 6) * px_per_mm], [0, 1, rng.normal(0, 6) * px_per_mm]])
    back = cv2.warpAffine(back, shift.astype(np.float32), page.shape[1::-1], borderValue=255)
    shine = rng.uniform(0.03, 0.1) * (255 - back.astype(np.float32))
    page[:] = cv2.subtract(page, cv2.merge([shine.astype(np.uint8)] * 3))


def on_a_screen(rng: np.random.Generator, page: Picture, px_per_mm: float) -> None:
    """The page is shown on a screen: its dots stand in rows, in three colours."""
    period = rng.uniform(0.22, 0.3) * px_per_mm
    down = 1 - 0.25 * (1 + np.cos(2 * np.pi * np.arange(page.shape[0]) / period)) / 2
    for channel in range(3):
        across = 1 - 0.45 * (1 + np.cos(2 * np.pi * (np.arange(page.shape[1]) / period + channel / 3))) / 2
        dots = (down[:, None] * across[None]).astype(np.float32)
        page[..., channel] = cv2.multiply(np.ascontiguousarray(page[..., channel]), dots, dtype=cv2.CV_8U)


def dim(page: Level, light: Grey) -> None:
    """Let so much light through at every place, 1 for all; it may be a row or a column for the whole page."""
    whole = np.ascontiguousarray(np.broadcast_to(light, page.shape[:2]), dtype=np.float32)
    each = cv2.merge([whole] * 3) if page.ndim == 3 else whole
    page[:] = cv2.multiply(np.ascontiguousarray(page), each, dtype=cv2.CV_8U)
