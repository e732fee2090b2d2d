"""What a pen leaves on paper: width, colour, pressure, skips, grain."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from alongside.paper.invented.truth import Grey, Picture, Stroke

FINER = 3  # how much finer than the page ink is drawn
MARGIN = 2.0  # mm round a mark

BLACK, BLUE, NAVY = (22, 20, 20), (158, 62, 28), (92, 34, 24)  # blue, green, red: as OpenCV has it
RED, GREEN, PURPLE = (44, 36, 176), (70, 110, 30), (120, 40, 96)
GRAPHITE = (92, 90, 90)


@dataclass(frozen=True, kw_only=True)
class Pen:
    """Width in mm, colour, `dark` from 0 to 1; `skips` and `grain` from 0 to 1 for what does not take."""

    name: str
    width: float
    colour: tuple[int, int, int]
    dark: float
    skips: float = 0.0
    grain: float = 0.0
    soft: float = 0.0


def some(rng: np.random.Generator) -> Pen:
    """Invent a pen such as lies about.

    Parameters
    ----------
    rng
        Where chance comes from.

    Returns
    -------
    Pen
        A ballpoint in half of all draws.

    Examples
    --------
    >>> some(np.random.default_rng(1)).width > 0.2
    True
    """
    colour = (BLACK, BLUE, NAVY, RED, GREEN, PURPLE)[int(rng.choice(6, p=[0.38, 0.36, 0.1, 0.06, 0.05, 0.05]))]
    match rng.choice(["ball", "gel", "felt", "fine", "pencil", "marker"], p=[0.5, 0.14, 0.09, 0.08, 0.16, 0.03]):
        case "ball":
            return Pen(name="ball", width=rng.uniform(0.28, 0.6), colour=colour, dark=rng.uniform(0.7, 1),
                       skips=rng.uniform(0, 0.35))  # fmt: skip
        case "gel":
            return Pen(name="gel", width=rng.uniform(0.4, 0.75), colour=colour, dark=rng.uniform(0.9, 1))
        case "felt":
            return Pen(name="felt", width=rng.uniform(0.8, 1.5), colour=colour, dark=rng.uniform(0.8, 1), soft=0.08)
        case "fine":
            return Pen(name="fine", width=rng.uniform(0.2, 0.4), colour=colour, dark=rng.uniform(0.85, 1))
        case "marker":
            return Pen(name="marker", width=rng.uniform(1.5, 2.4), colour=colour, dark=rng.uniform(0.75, 1), soft=0.12)
        case _:
            return Pen(name="pencil", width=rng.uniform(0.35, 0.8), colour=GRAPHITE, dark=rng.uniform(0.55, 0.95),
                       grain=rng.uniform(0.25, 0.55))  # fmt: skip


def faint(rng: np.random.Generator) -> Pen:
    """Invent a pencil that is hardly pressed, or a pen that is nearly empty.

    Parameters
    ----------
    rng
        Where chance comes from.

    Returns
    -------
    Pen
        It leaves a quarter to a half of its darkness.

    Examples
    --------
    >>> faint(np.random.default_rng(1)).dark < 0.5
    True
    """
    if rng.random() < 0.7:
        return Pen(name="faint pencil", width=rng.uniform(0.35, 0.7), colour=GRAPHITE, dark=rng.uniform(0.22, 0.45),
                   grain=rng.uniform(0.3, 0.6))  # fmt: skip
    return Pen(name="empty pen", width=rng.uniform(0.3, 0.5), colour=BLUE, dark=rng.uniform(0.35, 0.5), skips=0.7)


def draw(rng: np.random.Generator, page: Picture, px_per_mm: float, strokes: list[Stroke], pen: Pen) -> None:
    """Draw strokes on a page, over what is there.

    Parameters
    ----------
    rng
        Where chance comes from.
    page
        A picture in colour, upright; it is changed.
    px_per_mm
        Its pixels in a millimetre.
    strokes
        In mm from the page's top left corner.
    pen
        What with.

    Examples
    --------
    >>> page = np.full((100, 100, 3), 255, np.uint8)
    >>> rng = np.random.default_rng(1)
    >>> draw(rng, page, 10, [np.array([[1.0, 1], [9, 9]])], some(rng))
    >>> int(page.min()) < 200
    True
    """
    if not strokes:
        return
    points = np.vstack(strokes)
    low = np.floor((points.min(axis=0) - MARGIN) * px_per_mm).astype(int)
    high = np.ceil((points.max(axis=0) + MARGIN) * px_per_mm).astype(int)
    (left, top), (right, bottom) = np.maximum(low, 0), np.minimum(high, page.shape[1::-1])
    if right <= left or bottom <= top:
        return
    scale = px_per_mm * FINER
    laid = np.zeros(((bottom - top) * FINER, (right - left) * FINER), np.float32)
    for stroke in strokes:
        _stroke(rng, laid, (stroke - np.array([left, top]) / px_per_mm) * scale - 0.5, pen, scale)
    ink = np.asarray(cv2.resize(laid, (right - left, bottom - top), interpolation=cv2.INTER_AREA), np.float32)
    if pen.soft:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), pen.soft * px_per_mm), np.float32)
    if pen.grain:
        ink *= 1 - pen.grain * _grain(rng, ink.shape, px_per_mm)
    here = page[top:bottom, left:right]
    clear = 1 - ink[..., None] * pen.dark * (1 - np.array(pen.colour, np.float32) / 255)
    here[:] = np.clip(here * clear, 0, 255).astype(np.uint8)


def _stroke(rng: np.random.Generator, laid: Grey, points: Stroke, pen: Pen, scale: float) -> None:
    """Lay one stroke down piece by piece: thinner where the hand is quick, with skips."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    quick = steps / max(float(steps.max()), 1e-6)
    pressed = 1 - 0.22 * quick + 0.1 * _wander(rng, len(steps))
    takes = np.clip(1 - pen.skips * np.clip(_wander(rng, len(steps)) + 0.3 * quick, 0, None), 0, 1)
    layer = np.zeros_like(laid)
    for here, there, press, take in zip(points[:-1], points[1:], pressed, takes, strict=True):
        ends = [tuple(int(v) for v in np.round(end * 16)) for end in (here, there)]
        thick = max(round(pen.width * scale * float(np.clip(press, 0.5, 1.3))), 1)
        cv2.line(layer, ends[0], ends[1], float(take), thick, cv2.LINE_8, 4)
    np.maximum(laid, layer, out=laid)


def _wander(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Values about nought that change slowly along a stroke."""
    knots = rng.normal(0, 1, max(count // 8, 2) + 2)
    return np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots)


def _grain(rng: np.random.Generator, shape: tuple[int, ...], px_per_mm: float) -> Grey:
    noise = rng.random(shape, dtype=np.float32)
    rough = np.asarray(cv2.GaussianBlur(noise, (0, 0), max(0.06 * px_per_mm, 0.5)), np.float32)
    spread = float(rough.std()) or 1.0
    return np.asarray(np.clip(0.5 + (rough - rough.mean()) / spread * 0.5, 0, 1), np.float32)
