"""Pages from which nothing may be read: a letter, an empty sheet, half a page, one too dark or too blurred."""

import cv2
import numpy as np

from alongside.paper.invented import cameras, hands, letters, pens, scanners
from alongside.paper.invented.scanners import Scanned
from alongside.paper.invented.truth import Picture

NAMES = ("letter", "empty sheet", "half a page", "too dark", "too blurred", "too small")


def none(rng: np.random.Generator, page: Picture, px_per_mm: float) -> Scanned:
    """Make a page that must not be read.

    Parameters
    ----------
    rng
        Where chance comes from.
    page
        A filled-in page of the form, in colour, upright.
    px_per_mm
        Its pixels in a millimetre.

    Returns
    -------
    Scanned
        Its picture; the first of `made` says which of `NAMES` it is.

    Examples
    --------
    >>> page = np.full((1754, 1240, 3), 255, np.uint8)
    >>> none(np.random.default_rng(1), page, 150 / 25.4).made[0] in NAMES
    True
    """
    name = str(rng.choice(NAMES))
    sheet = np.full_like(page, 255)
    match name:
        case "letter":
            _letter(rng, sheet, px_per_mm)
            made = _taken(rng, sheet, px_per_mm)
        case "empty sheet":
            made = _taken(rng, sheet, px_per_mm)
        case "half a page":
            made = _taken(rng, page, px_per_mm)
            made = Scanned(picture=_half(rng, made.picture), made=made.made)
        case "too dark":
            made = cameras.photo(rng, page, px_per_mm, hard=False)
            level = made.picture * rng.uniform(0.01, 0.03) + rng.normal(2, 3, made.picture.shape)
            made = Scanned(picture=np.clip(level, 0, 255).astype(np.uint8), made=made.made)
        case "too blurred":
            made = cameras.photo(rng, page, px_per_mm, hard=False)
            soft = cv2.GaussianBlur(made.picture, (0, 0), made.picture.shape[1] * rng.uniform(0.008, 0.016))
            made = Scanned(picture=np.asarray(soft, np.uint8), made=made.made)
        case _:
            made = scanners.ordinary(rng, page, px_per_mm)
            small = cv2.resize(made.picture, None, fx=0.11, fy=0.11, interpolation=cv2.INTER_AREA)
            made = Scanned(picture=np.asarray(small, np.uint8), made=made.made)
    return Scanned(picture=made.picture, made=(name, *made.made))


def _taken(rng: np.random.Generator, sheet: Picture, px_per_mm: float) -> Scanned:
    if rng.random() < 0.5:
        return scanners.ordinary(rng, sheet, px_per_mm)
    return cameras.photo(rng, sheet, px_per_mm, hard=False)


def _letter(rng: np.random.Generator, sheet: Picture, px_per_mm: float) -> None:
    """A handwritten letter."""
    hand, pen = hands.some(rng), pens.some(rng)
    for row in range(int(rng.integers(8, 20))):
        x, y = 25.0, 40.0 + 10 * row
        while x < 165:
            said = str(rng.choice(letters.WORDS))
            pens.draw(rng, sheet, px_per_mm, letters.word(rng, hand, said, left=x, top=y, high=4), pen)
            x += 4 * len(said) + 6


def _half(rng: np.random.Generator, picture: Picture) -> Picture:
    high, wide = picture.shape[:2]
    cut = rng.uniform(0.4, 0.55)
    match int(rng.integers(4)):
        case 0:
            return np.ascontiguousarray(picture[: int(high * cut)])
        case 1:
            return np.ascontiguousarray(picture[int(high * (1 - cut)) :])
        case 2:
            return np.ascontiguousarray(picture[:, : int(wide * cut)])
        case _:
            return np.ascontiguousarray(picture[:, int(wide * (1 - cut)) :])
