"""Takes pictures out of files, one page at a time: JPEG, PNG, TIFF, PDF and what else Pillow opens."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import raw

from alongside.paper.reading.places import Picture

MOST_PIXELS = 100_000_000
MOST_PAGES = 300
ENOUGH = 20_000_000  # a larger picture is made smaller: twelve pixels a mm of A4 are 9 million
DPI = 300

TOO_LARGE = "This picture is larger than 100 million pixels; scan at 300 dots an inch."
TOO_MANY = "This file has more than 300 pages, and those after are not read; split it."
DAMAGED = "This page is damaged and cannot be opened; scan it again."


@dataclass(frozen=True)
class Taken:
    """A page of a file: its picture, or in one sentence why there is none. `opened` is false where the file failed."""

    page: int
    picture: Picture | None
    problem: str = ""
    opened: bool = True


def pictures(file: Path) -> Iterator[Taken]:
    """Take the pages of a file, one at a time."""
    try:
        with file.open("rb") as opened:
            head = opened.read(1024)
    except OSError as error:
        yield Taken(
            1, None, f"This file cannot be read ({error.strerror}); check its name and where it is.", opened=False
        )
        return
    if not head:
        yield Taken(1, None, "This file is empty; save it again.", opened=False)
        return
    yield from _of_pdf(file) if b"%PDF-" in head else _of_image(file, head)


def _of_image(file: Path, head: bytes) -> Iterator[Taken]:
    if head[4:8] == b"ftyp":
        yield Taken(1, None, "This kind of picture (HEIC) is not read; save it as JPEG.", opened=False)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(file)
    except Image.DecompressionBombError:
        yield Taken(1, None, TOO_LARGE, opened=False)
        return
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        yield Taken(
            1, None, "This is no picture or PDF that can be read, or it is damaged; scan it again.", opened=False
        )
        return
    with image:
        yield from _frames(image)


def _frames(image: Image.Image) -> Iterator[Taken]:
    for number in range(1, MOST_PAGES + 2):
        try:
            image.seek(number - 1)
        except EOFError:
            return
        except (OSError, ValueError, SyntaxError):
            yield Taken(number, None, DAMAGED, opened=number > 1)
            return
        if number > MOST_PAGES:
            yield Taken(number, None, TOO_MANY)
            return
        yield _frame(image, number)


def _frame(image: Image.Image, number: int) -> Taken:
    if image.width * image.height > MOST_PIXELS:
        return Taken(number, None, TOO_LARGE, opened=number > 1)
    try:
        if number == 1:
            image.draft("L", image.size)
        turned = ImageOps.exif_transpose(image)
        return Taken(number, _enough(_grey(turned)))
    except (OSError, ValueError, SyntaxError, MemoryError):
        return Taken(number, None, DAMAGED, opened=number > 1)


def _grey(image: Image.Image) -> Picture:
    """A picture in greys on white, whatever its colours."""
    if image.mode.startswith("I") or image.mode == "F":
        deep = np.asarray(image, np.float64)
        most = 65535.0 if deep.max() > 255 else 255.0
        return np.asarray(np.clip(deep / most * 255, 0, 255), np.uint8)
    if "A" in image.mode or "transparency" in image.info:
        whole = image.convert("RGBA")
        white = Image.new("RGBA", whole.size, "white")
        image = Image.alpha_composite(white, whole)
    return np.asarray(image.convert("L"), np.uint8)


def _enough(picture: Picture) -> Picture:
    share = (ENOUGH / picture.size) ** 0.5
    if share >= 1:
        return picture
    return np.asarray(cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)


def _of_pdf(file: Path) -> Iterator[Taken]:
    try:
        document = pypdfium2.PdfDocument(file)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "This PDF is locked with a password; save it without one." if locked else DAMAGED.replace("page", "PDF")
        yield Taken(1, None, why, opened=False)
        return
    try:
        for number in range(1, min(count, MOST_PAGES) + 1):
            yield _pdf_page(document, number)
        if count > MOST_PAGES:
            yield Taken(MOST_PAGES + 1, None, TOO_MANY)
    finally:
        document.close()


def _pdf_page(document: pypdfium2.PdfDocument, number: int) -> Taken:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return Taken(number, None, DAMAGED)
    try:
        scanned = _scanned(page)
        if scanned is not None:
            wide, high = scanned.get_px_size()
            if wide * high > MOST_PIXELS:
                return Taken(number, None, TOO_LARGE)
            image = scanned.get_bitmap().to_pil()
        else:
            wide, high = page.get_size()
            scale = DPI / 72
            if wide * high * scale**2 > MOST_PIXELS:
                return Taken(number, None, TOO_LARGE)
            image = page.render(scale=scale, grayscale=True).to_pil()
        return Taken(number, _enough(_grey(image)))
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError):
        return Taken(number, None, DAMAGED)
    finally:
        page.close()


def _scanned(page: pypdfium2.PdfPage) -> pypdfium2.PdfImage | None:
    """The one picture that fills a scanned page, if that is all there is on it."""
    things = list(page.get_objects(max_depth=2))
    images = [thing for thing in things if isinstance(thing, pypdfium2.PdfImage)]
    others = [thing for thing in things if thing.type not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT)]
    if len(images) != 1 or others or raw.FPDFPage_GetAnnotCount(page):
        return None
    left, bottom, right, top = images[0].get_bounds()
    wide, high = page.get_size()
    matrix = images[0].get_matrix()
    filled = (right - left) * (top - bottom) > 0.9 * wide * high
    upright = matrix.a * matrix.d - matrix.b * matrix.c > 0
    return images[0] if filled and upright else None
