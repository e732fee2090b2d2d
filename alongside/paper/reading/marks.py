"""Reads the mark on one line: where it is, or why a person should say."""

from dataclasses import replace

import cv2
import numpy as np

from alongside.paper.reading import crosses, ink, words
from alongside.paper.reading.crosses import Seen
from alongside.paper.reading.ends import Ends
from alongside.paper.reading.ink import Ink
from alongside.paper.reading.strips import PX, Strip
from alongside.paper.reading.strokes import Mask

TOUCHING = 0.2  # of a mark that may run into print


def read(strip: Strip, ends: Ends, printed: Mask, streaks: Mask) -> Seen:
    """Read the mark on a line."""
    found = ink.found(strip, ends, printed, streaks)
    marks, beside, specks = ink.parted(strip, found)
    if not marks:
        return _nothing(strip, ends, found, beside, specks)
    main = max(marks, key=lambda mark: int(mark.sum()))
    doubts = _around(main, [mark for mark in marks if mark is not main], beside, streaks, printed)
    seen = crosses.read(strip, ends, found, main)
    return replace(seen, doubts=seen.doubts + doubts)


def _around(main: Mask, others: list[Mask], beside: list[Mask], streaks: Mask, printed: Mask) -> list[str]:
    doubts = []
    if others:
        doubts.append(words.TWO)
    if any(_written(mark) for mark in beside):
        doubts.append(words.WRITTEN)
    near = np.asarray(cv2.dilate(main, np.ones((1, 21), np.uint8)), np.uint8)
    if (near & streaks).any():
        doubts.append(words.STREAK)
    touching = np.asarray(cv2.dilate(main, np.ones((7, 7), np.uint8)), np.uint8) & printed
    if touching.sum() > max(1.0 * PX * PX, TOUCHING * main.sum()):
        doubts.append(words.PRINT)
    return doubts


def _written(mark: Mask) -> bool:
    """Whether ink beside the line is more than a dot."""
    rows, columns = np.nonzero(mark)
    return len(rows) > 2.0 * PX * PX or float(max(np.ptp(rows), np.ptp(columns))) > 1.9 * PX


def _nothing(strip: Strip, ends: Ends, found: Ink, beside: list[Mask], specks: list[Mask]) -> Seen:
    doubts = []
    if beside:
        doubts.append(words.WRITTEN)
    if specks or _hinted(strip, ends, found):
        doubts.append(words.HINT)
    if found.strong > 0.3 or strip.line_ink < 1.3 * found.strong:
        doubts.append(words.POOR)
    return Seen(None, float(np.exp(-((found.strong / 0.3) ** 2))), doubts, empty=True)


def _hinted(strip: Strip, ends: Ends, found: Ink) -> bool:
    """Whether the line is thicker or darker somewhere, or something faint crosses it."""
    half = int(strip.line_half)
    near = slice(strip.middle - half - 12, strip.middle + half + 13)
    first, last = int(strip.column(ends.first)), int(strip.column(ends.last))
    rows = np.where(found.hidden[near] > 0, 0.0, found.level[near])
    sums = cv2.blur(rows.sum(axis=0)[None, :].astype(np.float32), (5, 1))[0, first - 25 : last + 26]
    inner = sums[30:-30]
    usual = float(np.median(inner))
    spread = 1.4826 * float(np.median(np.abs(inner - usual)))
    # a line and what is on it, per column, in pixels of full ink
    return bool(inner.max() - usual > max(7 * spread, 0.6)) or bool(
        max(sums[:20].max(), sums[-20:].max()) > max(7 * spread, 1.0)
    )
