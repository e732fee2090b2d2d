"""Pages to read in tests: a form’s pages with plain crosses on them, and what a scanner or a phone makes of those."""

import io
from collections.abc import Mapping
from functools import lru_cache

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from alongside.instruments import loader
from alongside.paper.form.printing import Printed, printed
from alongside.paper.layout import Line

DPI = 200
PX_PER_MM = DPI / 25.4
type Picture = np.ndarray


@lru_cache
def form(key: str = "service_evaluation", *, large: bool = False, copies: int = 1) -> Printed:
    return printed(loader.load(key), seed=1, large=large, copies=copies)


@lru_cache
def blank(made: bytes, number: int = 1) -> Picture:
    document = pypdfium2.PdfDocument(made)
    try:
        return np.asarray(document[number - 1].render(scale=DPI / 72, grayscale=True).to_numpy()).copy()
    finally:
        document.close()


def marked(made: Printed, scores: Mapping[str, float], number: int = 1, sheet: int | None = None) -> Picture:
    """A page with crosses at these scores; `sheet` is its place in the PDF where that holds several copies."""
    page = blank(made.pdf, sheet or number).copy()
    for item in made.layout.items:
        if isinstance(item, Line) and item.page == number and item.id in scores:
            x = item.start_mm[0] + scores[item.id] / 10 * (item.end_mm[0] - item.start_mm[0])
            cross(page, x, item.start_mm[1])
    return page


def cross(page: Picture, x: float, y: float, size: float = 2.5) -> None:
    stroke(page, (x - size, y - size), (x + size, y + size))
    stroke(page, (x + size, y - size), (x - size, y + size))


def stroke(page: Picture, start: tuple[float, float], end: tuple[float, float]) -> None:
    first, last = (tuple(round((at * PX_PER_MM - 0.5) * 16) for at in point) for point in (start, end))
    cv2.line(page, first, last, 60, 3, cv2.LINE_AA, 4)


def jpeg(picture: Picture, turn: int = 1) -> bytes:
    noted = Image.Exif()
    noted[0x0112] = turn
    return file(picture, "JPEG", quality=85, exif=noted)


def file(picture: Picture, kind: str, **options: object) -> bytes:
    kept = io.BytesIO()
    Image.fromarray(picture).save(kept, kind, **options)
    return kept.getvalue()


def scanner_pdf(*pictures: Picture) -> bytes:
    first, *rest = [Image.fromarray(picture) for picture in pictures]
    kept = io.BytesIO()
    first.save(kept, "PDF", resolution=DPI, save_all=True, append_images=rest)
    return kept.getvalue()


def photographed(picture: Picture) -> Picture:
    """On a dark table, from a little to the side, with more light on the left."""
    high, wide = picture.shape
    corners = np.float32([[0, 0], [wide, 0], [wide, high], [0, high]])
    seen = np.float32([[120, 90], [wide - 40, 160], [wide + 30, high - 20], [60, high + 60]])
    size = (wide + 200, high + 200)
    taken = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(corners, seen), size, borderValue=70)
    light = np.linspace(1.0, 0.6, size[0])[None, :]
    return np.clip(cv2.GaussianBlur(taken, (0, 0), 0.8) * light, 0, 255).astype(np.uint8)
