"""Reads every question of a page and says which of them a person should look at."""

from dataclasses import replace

import cv2
import numpy as np

from alongside.paper.layout import Choice, Layout, Line
from alongside.paper.reading import blanks, boxes, calibration, marks, streaks, words
from alongside.paper.reading.crosses import Seen
from alongside.paper.reading.ends import Ends, agreed
from alongside.paper.reading.places import BENT, LEAST, Picture, Sheet
from alongside.paper.reading.results import Answer
from alongside.paper.reading.strips import BESIDE, PX, Grey, Strip, cut, placed, size
from alongside.paper.reading.strokes import Mask

FOLLOWED = 0.6  # of the printed line, at least
CURVED = 3.5  # mm that a line may be bent
AS_PALE = 0.85  # of the others’ darkness
FEW_MARKS, THICKER, THINNER = 3, 1.2, 0.6  # marks that show how thick the pen is, and how far one may differ
SHOWN = 9.0  # mm round the boxes of a question that a person is shown
NEXT = 32.0  # mm from a line to the next
UNSURE = 0.35  # mm that its ends may be wrong


def read(picture: Picture, sheet: Sheet, layout: Layout, *, with_strips: bool) -> list[Answer] | None:
    """Read the questions of a page in order; None where not one printed line can be seen."""
    lines = [item for item in layout.items if isinstance(item, Line) and item.page == sheet.page]
    strips = [cut(picture, sheet.to_picture, line.start_mm, line.end_mm) for line in lines]
    if strips and all(strip.followed < FOLLOWED for strip in strips):
        return None
    ends = agreed(strips, [line.start_mm[1] for line in lines])
    printed = [blanks.round_line(layout, line, end) for line, end in zip(lines, ends, strict=True)]
    seen = [
        marks.read(strip, end, print_, streak)
        for strip, end, print_, streak in zip(
            strips, ends, printed, _streaks(picture, sheet, lines, strips, printed), strict=True
        )
    ]
    answers = {
        line.id: _line(line, strip, end, one, sheet, with_strips=with_strips)
        for line, strip, end, one in zip(lines, strips, ends, _of_one_pen(seen), strict=True)
    }
    for item in layout.items:
        if isinstance(item, Choice) and item.page == sheet.page:
            answers[item.id] = _choice(picture, sheet, layout, item, with_strips=with_strips)
    return [answers[item.id] for item in layout.items if item.page == sheet.page]


def _streaks(picture: Picture, sheet: Sheet, lines: list[Line], strips: list[Strip], printed: list[Mask]) -> list[Mask]:
    """Find what runs through the picture, or from one line's strip into the next: a pen's long stroke does not."""
    whole, scale = streaks.over_picture(picture, sheet)
    through = [
        streaks.through(strip.ink, print_, max(4 * strip.noise, 0.06))
        for strip, print_ in zip(strips, printed, strict=True)
    ]
    found = []
    for line, strip, own in zip(lines, strips, through, strict=True):
        beside = [
            streaks.shifted(other, line.start_mm[0] - neighbour.start_mm[0], strip.ink.shape[1])
            for neighbour, other in zip(lines, through, strict=True)
            if 0 < abs(neighbour.start_mm[1] - line.start_mm[1]) < NEXT
        ]
        placed_ = sheet.to_picture @ placed(line.start_mm, line.end_mm)
        found.append(streaks.on_strip(whole, scale, placed_, size(strip.length)) | streaks.going_on(own, beside))
    return found


def _of_one_pen(seen: list[Seen]) -> list[Seen]:
    """Doubt a mark that is much thicker than the others on its page, which may be two that lie on each other, or much
    thinner, which may be a hair; and doubt no cross for being as pale as all of them, as a hard pencil’s are."""
    plain = [one for one in seen if one.width and set(one.doubts) <= {words.FAINT, words.TWO, words.WRITTEN}]
    if len(plain) < FEW_MARKS:
        return seen
    width, level = (float(np.median([getattr(one, of) for one in plain])) for of in ("width", "level"))
    return [replace(one, doubts=[*_but_pale(one, level), *_unlike(one, width)]) for one in seen]


def _but_pale(one: Seen, usual: float) -> list[str]:
    as_pale = not one.alone and one.level > AS_PALE * usual
    return [doubt for doubt in one.doubts if doubt != words.FAINT or not as_pale]


def _unlike(one: Seen, usual: float) -> list[str]:
    if one.width > THICKER * usual + 0.03:
        return [words.THICKER]
    return [words.THINNER] if one.alone and one.width < THINNER * usual else []


def _line(line: Line, strip: Strip, ends: Ends, seen: Seen, sheet: Sheet, *, with_strips: bool) -> Answer:
    doubts = _of_page(sheet) + _of_strip(strip, ends) + seen.doubts
    picture = _png(strip.grey) if with_strips else b""
    if seen.empty and not doubts:
        return Answer(line.id, None, "missing", round(seen.fit, 3), words.EMPTY, strip=picture)
    if seen.place is None:
        return _answer(line.id, None, seen.fit, doubts or [words.UNSURE], calibration.LINES, strip=picture)
    share = (seen.place - ends.first) / (ends.last - ends.first)
    score = round(line.low + min(max(share, 0.0), 1.0) * (line.high - line.low), 3)
    made = _answer(line.id, score, seen.fit, doubts, calibration.LINES, strip=picture)
    return replace(made, strip_place=(seen.place + BESIDE) * PX)


def _choice(picture: Picture, sheet: Sheet, layout: Layout, choice: Choice, *, with_strips: bool) -> Answer:
    chosen = boxes.read(picture, sheet, choice, layout.page(choice.page).blank)
    strip = _png(_round_boxes(picture, sheet, choice)) if with_strips else b""
    doubts = _of_page(sheet) + chosen.doubts
    if chosen.empty and not doubts:
        return Answer(choice.id, None, "missing", round(chosen.fit, 3), words.NO_BOX, strip=strip)
    return _answer(choice.id, chosen.value, chosen.fit, doubts, calibration.BOXES, strip)


def _answer(
    name: str, score: float | None, fit: float, doubts: list[str], table: calibration.Table, strip: bytes = b""
) -> Answer:
    """Accept a reading that nothing speaks against and that is sure enough; leave any other to a person."""
    confidence = 0.0 if score is None else calibration.sure(fit, table)
    if doubts or confidence < calibration.ACCEPTED:
        said = " ".join(dict.fromkeys(doubts)) or words.UNSURE
        least = min(confidence, calibration.DOUBTED) if doubts else confidence
        return Answer(name, score, "review", least, said, fit, bool(doubts), strip)
    return Answer(name, score, "ok", confidence, "", fit, strip=strip)


def _of_page(sheet: Sheet) -> list[str]:
    return ([words.FEW] if sheet.markers <= LEAST else []) + ([words.BENT] if sheet.off > BENT else [])


def _of_strip(strip: Strip, ends: Ends) -> list[str]:
    doubts = []
    if strip.inside < 1:
        doubts.append(words.OUTSIDE)
    if strip.followed < FOLLOWED:
        doubts.append(words.LINE)
    if strip.bend > CURVED:
        doubts.append(words.BENT)
    if ends.unsure > UNSURE:
        doubts.append(words.ENDS)
    return doubts


def _round_boxes(picture: Picture, sheet: Sheet, choice: Choice) -> Grey:
    centres = np.array([box.centre_mm for box in choice.boxes])
    low, high = centres.min(axis=0) - SHOWN, centres.max(axis=0) + SHOWN
    middle, half = (low + high) / 2, (high - low) / 2
    placed, wide_high = boxes.window((middle[0], middle[1]), half[0], half[1])
    return boxes.cut(picture, sheet, placed, wide_high)


def _png(grey: Grey) -> bytes:
    made, png = cv2.imencode(".png", np.clip(grey, 0, 255).astype(np.uint8))
    return png.tobytes() if made else b""
