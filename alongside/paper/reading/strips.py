"""Cuts a straight strip round each printed line, follows the line, and finds its ends."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

type Grey = NDArray[np.float32]
type Plane = NDArray[np.float64]

PX = 10  # pixels a millimetre
BESIDE, ACROSS = 11.0, 9.0  # millimetres beyond the ends, and to either side
FOLLOWED = 3.0  # how far the printed line may lie from where it is looked for, in mm
THICKEST = 0.88  # of the line’s columns, more than a mark leaves
CHUNK = 25  # columns looked at together when the line is followed


@dataclass(frozen=True)
class Strip:
    """A line cut out of a picture: ink is what is darker than its surroundings, from 0 to 1.

    The line runs along the row `middle`; columns are tenths of a millimetre from `BESIDE` before its start.
    """

    grey: Grey
    ink: Grey
    noise: float
    length: float
    followed: float
    bend: float
    inside: float
    line_ink: float
    line_half: float
    line_most: float
    offsets: Grey

    @property
    def middle(self) -> int:
        """The row of the printed line."""
        return int(ACROSS * PX)

    def column(self, along: float) -> float:
        """The column at so many mm from the start."""
        return (along + BESIDE) * PX

    def along(self, column: float) -> float:
        """Mm from the start at a column."""
        return column / PX - BESIDE


def placed(start: tuple[float, float], end: tuple[float, float]) -> Plane:
    """Give the matrix from a strip's pixels to mm on the page."""
    first, last = np.asarray(start, float), np.asarray(end, float)
    ahead = (last - first) / np.linalg.norm(last - first)
    down = np.array([-ahead[1], ahead[0]])
    origin = first - ahead * BESIDE - down * ACROSS
    return np.array(
        [
            [ahead[0] / PX, down[0] / PX, origin[0]],
            [ahead[1] / PX, down[1] / PX, origin[1]],
            [0.0, 0.0, 1.0],
        ]
    )


def size(length: float) -> tuple[int, int]:
    """Width and height of a strip in pixels."""
    return round((length + 2 * BESIDE) * PX) + 1, round(2 * ACROSS * PX) + 1


def cut(picture: NDArray[np.uint8], to_picture: Plane, start: tuple[float, float], end: tuple[float, float]) -> Strip:
    """Cut a line out of a picture, straighten it, and take its background away."""
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    whole = to_picture @ placed(start, end)
    wide_high = size(length)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    grey = np.asarray(
        cv2.warpPerspective(picture, whole, wide_high, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32
    )
    inside = _inside(picture, whole, wide_high)
    ink, noise = darkness(grey)
    offsets, followed = follow(ink)
    grey, ink = _unbent(grey, offsets), _unbent(ink, offsets)
    middle = int(ACROSS * PX)
    first, last = int((BESIDE + 3) * PX), int((BESIDE + length - 3) * PX)
    profile = np.median(ink[:, first:last:4], axis=1)
    line_ink = float(profile[middle - 2 : middle + 3].max())
    half = _half_width(profile, middle, max(2.0 * noise, 0.12 * line_ink))
    widest = np.quantile(ink[middle - 20 : middle + 21, first:last:4], THICKEST, axis=1)
    most = max(half, _half_width(widest, 20, max(4.0 * noise, 0.2 * line_ink)))
    bend = float(np.ptp(offsets[first:last])) / PX
    return Strip(grey, ink, noise, length, followed, bend, inside, line_ink, half, most, offsets)


def darkness(grey: Grey) -> tuple[Grey, float]:
    """How much darker each place is than the paper near it, and how uneven the paper is."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (17, 17))
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    paper = cv2.GaussianBlur(paper, (0, 0), 4)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    ink = np.asarray(1.0 - grey / np.maximum(paper, 16.0), np.float32)
    ink -= np.float32(np.median(ink[::3, ::5]))
    return ink, unevenness(ink)


def unevenness(ink: Grey) -> float:
    """How much white paper differs from place to place, whatever lies on some of it."""
    apart = np.abs(ink[::3, 8::7] - ink[::3, :-8:7])
    return max(1.05 * float(np.median(apart)), 0.006)


def follow(ink: Grey) -> tuple[Grey, float]:
    """Follow the printed line: how far it lies from the middle row at each column, and how much of it was seen."""
    middle, reach = int(ACROSS * PX), int(FOLLOWED * PX)
    first, last = int(BESIDE * PX) + 10, ink.shape[1] - int(BESIDE * PX) - 10
    places = np.arange(first, last - CHUNK, CHUNK)
    near = reach + 12
    seen_rows = ink[middle - near : middle + near + 1]
    chunks = seen_rows[:, first : first + CHUNK * len(places)].reshape(len(seen_rows), len(places), CHUNK)
    profiles = np.median(chunks[:, :, ::2], axis=2).T.astype(np.float64, order="C")
    thick = _mean_rows(profiles, 0, 1)
    around = np.maximum(_mean_rows(profiles, -8, 2), _mean_rows(profiles, 8, 2))
    ridge = (thick - around)[:, near - reach : near + reach + 1]
    rows = _cheapest(ridge) - reach
    strength = ridge[np.arange(len(places)), rows + reach]
    usual = float(np.median(strength))
    seen = strength > max(0.45 * usual, 0.03)
    exact = _sharpened(profiles, rows + near, seen) - near
    columns = np.arange(ink.shape[1], dtype=np.float64)
    fitted = _smooth(places + CHUNK / 2 - 0.5, exact, seen, columns)
    return np.asarray(fitted, np.float32), float(np.mean(seen)) if usual > 0.03 else 0.0


def ends(strip: Strip) -> tuple[float, float, float, float]:
    """Find where the printed line starts and ends, in mm from where they are expected, and how clear each end is."""
    rows = strip.ink[strip.middle - 1 : strip.middle + 2].mean(axis=0)
    first, first_clear = _step(rows, strip.column(0.0), strip.line_ink)
    last, last_clear = _step(rows[::-1], len(rows) - 1 - strip.column(strip.length), strip.line_ink)
    return first / PX, -last / PX, first_clear, last_clear


def _inside(picture: NDArray[np.uint8], whole: Plane, wide_high: tuple[int, int]) -> float:
    """Which part of the strip's middle lies in the picture."""
    along = np.linspace(0, wide_high[0] - 1, 41)
    points = np.stack([along, np.full_like(along, wide_high[1] / 2), np.ones_like(along)])
    x, y, w = whole @ points
    x, y = x / w, y / w
    return float(np.mean((x >= 0) & (y >= 0) & (x < picture.shape[1]) & (y < picture.shape[0])))


def _unbent(plane: Grey, offsets: Grey) -> Grey:
    if float(np.abs(offsets).max()) < 0.05:
        return plane
    across, down = np.meshgrid(np.arange(plane.shape[1], dtype=np.float32), np.arange(plane.shape[0], dtype=np.float32))
    moved = cv2.remap(plane, across, down + offsets[None, :], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.float32)


def _half_width(profile: Grey, middle: int, least: float) -> float:
    """How far to either side of its middle the printed line can be seen, in pixels."""
    reach = 1
    while reach < 15 and max(profile[middle - reach], profile[middle + reach]) > least:
        reach += 1
    return float(reach)


def _mean_rows(profiles: Plane, shift: int, half: int) -> Plane:
    width = 2 * half + 1
    mean = cv2.blur(profiles, (width, 1), borderType=cv2.BORDER_REPLICATE)
    return np.roll(mean, -shift, axis=1)


def _cheapest(ridge: Plane) -> NDArray[np.intp]:
    """The way along the chunks with the most line under it and the fewest jumps."""
    count, states = ridge.shape
    jumps = np.abs(np.arange(states)[:, None] - np.arange(states)[None, :]).astype(float)
    scale = max(float(np.median(ridge.max(axis=1))), 0.02)
    toll = scale * 0.02 * jumps**2
    best, back = ridge[0].copy(), np.zeros((count, states), np.intp)
    for at in range(1, count):
        reached = best[:, None] - toll
        back[at] = reached.argmax(axis=0)
        best = reached.max(axis=0) + ridge[at]
    way = np.zeros(count, np.intp)
    way[-1] = int(best.argmax())
    for at in range(count - 1, 0, -1):
        way[at - 1] = back[at][way[at]]
    return way


def _sharpened(profiles: Plane, rows: NDArray[np.intp], seen: NDArray[np.bool_]) -> Plane:
    exact = rows.astype(float)
    for at in np.flatnonzero(seen):
        near = np.arange(rows[at] - 4, rows[at] + 5)
        weight = np.clip(profiles[at, near] - profiles[at, near].min(), 0, None)
        if weight.sum() > 0:
            exact[at] = float((weight * near).sum() / weight.sum())
    return exact


def _smooth(places: Plane, rows: Plane, seen: NDArray[np.bool_], columns: Plane) -> Plane:
    """A gentle curve through what was seen of the line, deaf to what lies far from it."""
    if seen.sum() < 6:
        return np.zeros_like(columns)
    middle, half = float(places.mean()), float(np.ptp(places)) / 2
    x, weight = (places - middle) / half, seen.astype(float)
    for _ in range(6):
        fitted = np.polynomial.polynomial.polyfit(x, rows, 4, w=weight)
        off = np.abs(rows - np.polynomial.polynomial.polyval(x, fitted))
        spread = max(1.5 * float(np.median(off[seen])), 0.15)
        weight = seen * np.minimum(1.0, spread / np.maximum(off, 1e-9))
    at = np.clip((columns - middle) / half, -1.12, 1.12)
    return np.asarray(np.polynomial.polynomial.polyval(at, fitted))


def _step(rows: Grey, expected: float, line_ink: float) -> tuple[float, float]:
    """Where white turns into line, in pixels from where it is expected, and how clear that is."""
    reach, run = 25, 18
    sums = np.concatenate([[0.0], np.cumsum(np.clip(rows, 0, 1.3 * line_ink), dtype=np.float64)])
    places = np.arange(int(expected) - reach, int(expected) + reach + 1)
    after = (sums[places + run] - sums[places]) / run
    before = (sums[places] - sums[places - run]) / run
    rise = after - before - 0.002 * np.abs(places - expected) * line_ink
    best = int(places[int(rise.argmax())])
    clear = float(rise.max() / max(line_ink, 0.02))
    level = 0.5 * float(np.median(rows[best + 4 : best + 30]) + np.median(rows[best - 16 : best - 5]))
    near = np.arange(best - 6, best + 6)
    crossing = [at + (level - rows[at]) / (rows[at + 1] - rows[at]) for at in near if rows[at] < level <= rows[at + 1]]
    exact = min(crossing, key=lambda at: abs(at - best + 0.5)) if crossing else best - 0.5
    return float(exact - expected), clear
