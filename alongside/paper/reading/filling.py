"""Says whether paper shows between the strokes of a mark, as it does in a cross."""

import cv2
import numpy as np

from alongside.paper.reading import words
from alongside.paper.reading.ink import Ink
from alongside.paper.reading.strips import PX
from alongside.paper.reading.strokes import Mask, Points, Stroke, crossing, pen_width

BODY = 0.5  # of a mark’s usual darkness: what is paler is its soft edge
BROAD_PEN, THICKEST_PEN, HOLE = 0.9, 2.6, 0.3  # mm, and square mm
FEW, BARE = 6, 0.12  # places between two arms, without which nothing is said of them; and how much of them may be ink
HOOK, ELSEWHERE = 0.36, 0.06  # how much may be ink where an arm ends in a hook, and between all others then


def doubts(strokes: list[Stroke], own: Mask, ink: Ink) -> list[str]:
    """Doubt a mark that is very thick, has a loop, ends in a fork, or has ink between its arms."""
    body = _without_soft_edge(own, ink)
    width = pen_width(body)
    found = [words.THICK] if width > THICKEST_PEN * PX else []
    if _largest_hole(body) > HOLE * PX * PX:
        found.append(words.LOOP)
    if len(strokes) == 2:
        one, other = strokes
        if _forked(one, other, width):
            found.append(words.LOPSIDED)
        if not _bare(one, other, body, width, ink):
            found.append(words.FULL)
    return found


def _without_soft_edge(own: Mask, ink: Ink) -> Mask:
    """Make a mark as wide as the pen, and not as the blur of a picture."""
    usual = float(np.quantile(ink.level[(own > 0) & (ink.band == 0)], 0.9))
    return np.asarray((own > 0) & ((ink.level > BODY * usual) | (ink.band > 0)), np.uint8)


def _forked(one: Stroke, other: Stroke, width: float) -> bool:
    """Whether two arms end in one, as in a letter Y."""
    tips = [stroke.places()[1][[0, -1]] for stroke in (one, other)]
    apart = np.linalg.norm(tips[0][:, None] - tips[1][None, :], axis=2)
    return bool(apart.min() < 1.4 * width)


def _bare(one: Stroke, other: Stroke, body: Mask, width: float, ink: Ink) -> bool:
    """Whether paper can be seen between the arms of a cross: a block, a blot or a letter leaves none."""
    point = crossing(one, other)
    if point is None:
        return False
    shares = []
    for places in _between_arms(one, other, point, width):
        at = np.round(places).astype(int)
        columns, rows = np.clip(at[:, 0], 0, body.shape[1] - 1), np.clip(at[:, 1], 0, body.shape[0] - 1)
        seen = (ink.band[rows, columns] == 0) & (ink.hidden[rows, columns] == 0)
        if seen.sum() >= FEW:
            shares.append(float(body[rows, columns][seen].mean()))
    if len(shares) < (2 if width < BROAD_PEN * PX else 3):
        return False
    *others, fullest = sorted(shares)
    return fullest < BARE or (len(others) == 3 and fullest < HOOK and max(others) < ELSEWHERE)


def _between_arms(one: Stroke, other: Stroke, point: Points, width: float) -> list[Points]:
    """Give the places between each two neighbouring arms of a cross, where a cross leaves the paper bare."""
    arms_ = [(stroke, sign) for stroke in (one, other) for sign in (1.0, -1.0)]
    reaches = []
    for stroke, sign in arms_:
        way, _ = stroke.off(point[None, :])
        reaches.append(float(stroke.last - way[0] if sign > 0 else way[0] - stroke.first))
    angles = [float(np.arctan2(sign * stroke.ahead[1], sign * stroke.ahead[0])) for stroke, sign in arms_]
    order = np.argsort(angles)
    found = []
    for at, following in zip(order, np.roll(order, -1), strict=True):
        turn = (angles[following] - angles[at]) % (2 * np.pi)
        far = 0.85 * (max(reaches[at], 0.0) + max(reaches[following], 0.0)) / 2
        radius, share = np.meshgrid(np.arange(2.0, max(far, 2.0) + 1.0, 1.0), np.linspace(0.05, 0.95, 13))
        angle = angles[at] + share * turn
        places = point + np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1).reshape(-1, 2)
        clear = np.minimum(*[np.abs(stroke.off(places)[1]) for stroke in (one, other)]) > width / 2 + 2.0
        found.append(places[clear])
    return found


def _largest_hole(body: Mask) -> int:
    """The area of the largest hole in the ink, in pixels."""
    left, top, wide, high = cv2.boundingRect(body)
    bare = np.pad(body[top : top + high, left : left + wide] == 0, 1, constant_values=True).astype(np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(bare, connectivity=4)
    outside = 1  # the paper round the mark, where the corner is
    return max((int(area) for area in found[outside + 1 :, cv2.CC_STAT_AREA]), default=0)
