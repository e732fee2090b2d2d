"""What stands on an invented page, known exactly."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

type Kind = Literal["clear", "tolerated", "must_review", "missing"]
type Picture = NDArray[np.uint8]  # blue, green and red, as OpenCV has it
type Level = NDArray[np.uint8]  # one channel
type Grey = NDArray[np.float32]
type Stroke = NDArray[np.float64]  # points in mm, across and down


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What was marked at one question.

    `clear` is read alike by everybody. `tolerated` may be read, and then rightly, or shown to a person. `must_review`
    no machine may decide: `score` and `box` then say what was meant, where that is known. `missing` is nothing.
    `score` goes from 0 to 10 along a line, `box` is what the marked box stands for, `how` names the mark.
    """

    kind: Kind
    how: str
    score: float | None = None
    box: float | None = None


@dataclass(frozen=True, kw_only=True)
class Invented:
    """One page as it comes in: a file, its picture, and what is on it.

    `made` names what befell it. A page that is `none` must not be read: it is no page of this form, or nothing can be
    seen on it. `page` is which page of the form it is, from 1; 0 where it is none.
    """

    file: bytes
    suffix: str
    picture: Picture = field(repr=False)
    page: int
    items: dict[str, Truth]
    made: tuple[str, ...]
    none: bool = False
