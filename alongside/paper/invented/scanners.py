"""What a scanner, a copier or a fax makes of a page."""

from dataclasses import dataclass

import cv2
import numpy as np

from alongside.paper.invented.truth import Grey, Level, Picture


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """A picture as the scanner gave it, and what it did."""

    picture: Picture
    made: tuple[str, ...]


def ordinary(rng: np.random.Generator, page: Picture, px_per_mm: float) -> Scanned:
    """Scan a page on an office machine: 150 to 300 dpi, a little askew.

    Parameters
    ----------
    rng
        Where chance comes from.
    page
        In colour, upright.
    px_per_mm
        Its pixels in a millimetre.

    Returns
    -------
    Scanned
        In colour or grey.

    Examples
    --------
    >>> page = np.full((3508, 2480, 3), 255, np.uint8)
    >>> ordinary(np.random.default_rng(1), page, 300 / 25.4).picture.shape[2]
    3
    """
    dpi = int(rng.choice([150, 200, 240, 300], p=[0.2, 0.35, 0.1, 0.35]))
    picture = _fed(rng, page, px_per_mm, dpi, turn=float(np.clip(rng.normal(0, 1.1), -3, 3)), wobble=0.0004)
    made = [f"{dpi} dpi"]
    picture = _toned(rng, picture, noise=rng.uniform(1, 5))
    if rng.random() < 0.4:
        picture = _grey(picture)
        made.append("grey")
    return Scanned(picture=picture, made=tuple(made))


def hard(rng: np.random.Generator, page: Picture, px_per_mm: float) -> Scanned:
    """Scan a page on a machine that wants cleaning: streaks, uneven feed, text mode, fax, turned.

    Parameters
    ----------
    rng
        Where chance comes from.
    page
        In colour, upright.
    px_per_mm
        Its pixels in a millimetre.

    Returns
    -------
    Scanned
        In colour, grey, or black and white.

    Examples
    --------
    >>> page = np.full((3508, 2480, 3), 255, np.uint8)
    >>> hard(np.random.default_rng(1), page, 300 / 25.4).made[0][-3:]
    'dpi'
    """
    dpi = int(rng.choice([150, 200, 300]))
    picture = _fed(
        rng, page, px_per_mm, dpi, turn=float(rng.uniform(-3, 3)), wobble=float(rng.choice([0.0005, 0.0015]))
    )
    made = [f"{dpi} dpi"]
    if rng.random() < 0.35:
        _streaks(rng, picture, dpi)
        made.append("streaks")
    picture = _toned(rng, picture, noise=rng.uniform(2, 11))
    match rng.choice(["colour", "grey", "text", "bits", "fax"], p=[0.25, 0.2, 0.2, 0.2, 0.15]):
        case "grey":
            picture = _grey(picture)
            made.append("grey")
        case "text":
            picture = _text_mode(rng, picture)
            made.append("text mode")
        case "bits":
            picture = _bits(rng, picture)
            made.append("black and white")
        case "fax":
            picture = _fax(rng, picture, dpi)
            made.append("fax")
    quarter = int(rng.choice([0, 1, 2, 3], p=[0.5, 0.15, 0.2, 0.15]))
    if quarter:
        picture = np.ascontiguousarray(np.rot90(picture, quarter))
        made.append(f"turned by {90 * quarter}")
    return Scanned(picture=picture, made=tuple(made))


def _fed(rng: np.random.Generator, page: Picture, px_per_mm: float, dpi: int, *, turn: float, wobble: float) -> Picture:
    """Draw the page through the machine: scale, turn, place, and a feed that is not quite even."""
    fine = dpi / 25.4
    wide, high = round(page.shape[1] / px_per_mm * fine), round(page.shape[0] / px_per_mm * fine)
    scale = rng.uniform(0.93, 1.03) if rng.random() < 0.5 else rng.uniform(0.985, 1.01)
    angle = np.deg2rad(turn)
    down, right = np.arange(high, dtype=np.float32)[:, None] + 0.5, np.arange(wide, dtype=np.float32)[None] + 0.5
    down = down + np.float32(high * wobble) * np.sin(down / high * rng.uniform(4, 20) + rng.uniform(0, 6))
    x = (right - wide / 2 - rng.normal(0, 1.2) * fine) / (fine * scale)
    y = (down - high / 2 - rng.normal(0, 1.2) * fine) / (fine * scale)
    across = (np.cos(angle) * x + np.sin(angle) * y) * px_per_mm + page.shape[1] / 2 - 0.5
    below = (-np.sin(angle) * x + np.cos(angle) * y) * px_per_mm + page.shape[0] / 2 - 0.5
    shrink = px_per_mm / (fine * scale)
    blur = np.hypot(rng.uniform(0.3, 0.6), 0.45 * max(shrink, 1.0))
    softer = cv2.GaussianBlur(page, (0, 0), float(blur))
    lid = (255,) * 3 if rng.random() < 0.7 else (int(rng.uniform(5, 120)),) * 3
    return np.asarray(
        cv2.remap(
            softer, across.astype(np.float32), below.astype(np.float32), cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT, borderValue=lid,
        ),
        np.uint8,
    )  # fmt: skip


def _toned(rng: np.random.Generator, picture: Picture, *, noise: float) -> Picture:
    """Paper's tint, the lamp, contrast, and noise."""
    white = rng.uniform(228, 255) * (1 - np.abs(rng.normal(0, 0.012, 3)))
    black = rng.uniform(0, 45)
    lamp = 1 + rng.normal(0, 0.012) * np.linspace(-1, 1, picture.shape[1], dtype=np.float32)[None, :, None]
    curve = (np.arange(256)[:, None] / 255) ** rng.uniform(0.8, 1.25) * (white - black) + black
    level = cv2.LUT(picture, curve.astype(np.float32)[None]) * lamp
    return noisy(rng, level, noise)


def noisy(rng: np.random.Generator, level: Grey, spread: float) -> Picture:
    """Add what a sensor adds to every pixel, a little alike in all colours, and round."""
    grain = rng.standard_normal(level.shape[:2], dtype=np.float32) * np.float32(spread)
    for channel in range(3):
        level[..., channel] += np.roll(grain, 37 * channel, axis=channel % 2)
    np.clip(level, 0, 255, out=level)
    return level.astype(np.uint8)


def _streaks(rng: np.random.Generator, picture: Picture, dpi: int) -> None:
    """Dirt on the glass: lines along the feed, dark or light, over the whole page or a part."""
    high, wide = picture.shape[:2]
    for _ in range(int(rng.integers(1, 5))):
        at, thick = int(rng.integers(wide)), max(round(rng.uniform(0.06, 0.5) * dpi / 25.4), 1)
        top, end = (0, high) if rng.random() < 0.75 else sorted(int(v) for v in rng.integers(0, high, 2))
        strength = rng.uniform(0.2, 0.9)
        level = float(rng.choice([0.0, 255.0], p=[0.8, 0.2]))
        part = picture[top:end, at : at + thick].astype(np.float32)
        picture[top:end, at : at + thick] = (part * (1 - strength) + level * strength).astype(np.uint8)


def _grey(picture: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)


def _text_mode(rng: np.random.Generator, picture: Picture) -> Picture:
    """What machines do to make text crisp: sharpen, and drive light greys to white."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    sharp = grey + rng.uniform(0.5, 1.5) * (grey - cv2.GaussianBlur(grey, (0, 0), 1.5))
    low, top = rng.uniform(20, 70), rng.uniform(170, 225)
    level = np.clip((sharp - low) / (top - low), 0, 1) * 255
    return np.asarray(cv2.cvtColor(level.astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)


def _bits(rng: np.random.Generator, picture: Picture) -> Picture:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if rng.random() < 0.5:
        level: Level = np.where(grey > rng.uniform(125, 195), 255, 0).astype(np.uint8)
    else:
        how = cv2.ADAPTIVE_THRESH_GAUSSIAN_C
        found = cv2.adaptiveThreshold(grey, 255, how, cv2.THRESH_BINARY, 51, rng.uniform(12, 30))
        level = np.asarray(found, np.uint8)
    return np.asarray(cv2.cvtColor(level, cv2.COLOR_GRAY2BGR), np.uint8)


def _fax(rng: np.random.Generator, picture: Picture, dpi: int) -> Picture:
    """204 by 196 lines an inch in black and white, or half as many down, with a lost line now and then."""
    high, wide = picture.shape[:2]
    rows = 196 if rng.random() < 0.7 else 98
    small = cv2.resize(picture, (round(wide * 204 / dpi), round(high * rows / dpi)), interpolation=cv2.INTER_AREA)
    sent = _bits(rng, np.asarray(small, np.uint8))
    for _ in range(int(rng.integers(0, 4))):
        row = int(rng.integers(1, sent.shape[0]))
        sent[row] = sent[row - 1]
    flipped = rng.random(sent.shape[:2]) < rng.uniform(0, 0.0008)
    sent[flipped] = 255 - sent[flipped]
    size = (round(wide * 204 / dpi), round(high * 204 / dpi))
    return np.asarray(cv2.resize(sent, size, interpolation=cv2.INTER_NEAREST), np.uint8)
