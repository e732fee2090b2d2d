"""Reads one answer: the mark somebody made, as the number it stands for, or a sentence about why it is none."""

import re
from collections.abc import Sequence

from alongside.instruments.items import Item

type Given = float | str | Sequence[float | str] | None

NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?")
BETWEEN = re.compile(r"[\s;,/+&]+")
TOLERANCE = 1e-6  # of a step: 0.1 is not exact in binary


class BadAnswer(ValueError):
    """An answer cannot be what was marked; the message says where and what to do."""


def mark(item: Item, given: Given, *, highest_of_several: bool = False) -> float | None:
    """Read one answer.

    Parameters
    ----------
    item
        The question.
    given
        The mark as it was made, never turned round: a number, its text, a mark with a letter where the question has
        such, or None or an empty text where nothing was marked.
    highest_of_several
        Several marks, in a list or with spaces or semicolons between, are read as the highest.

    Returns
    -------
    float or None
        A number from `item.low` to `item.high` in steps of `item.step`; None where nothing was marked.

    Raises
    ------
    BadAnswer
        If it is no number, out of range, between two steps, or several where one is asked for.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> sleep = loader.load("bdi2").items[15]
    >>> mark(sleep, "2b"), mark(sleep, ""), mark(sleep, "1a 2b", highest_of_several=True)
    (2.0, None, 2.0)
    >>> mark(sleep, 4)
    Traceback (most recent call last):
    ...
    alongside.instruments.marks.BadAnswer: question 16 goes from 0 to 3, or 1a, 1b, 2a, 2b, 3a, 3b, \
but the answer is “4”; correct it.
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if highest_of_several and (several := _several(given)):
        found = [number for one in several if (number := mark(item, one)) is not None]
        return max(found) if found else None
    number = _number(item, given)
    if number is None:
        raise BadAnswer(f"question {item.number} takes a number, but the answer is “{shown(given)}”; correct it.")
    if not item.low <= number <= item.high:
        also = f", or {', '.join(item.also)}" if item.also else ""
        raise BadAnswer(
            f"question {item.number} goes from {item.low:g} to {item.high:g}{also}, "
            f"but the answer is “{shown(given)}”; correct it."
        )
    steps = (number - item.low) / item.step
    if abs(steps - round(steps)) > TOLERANCE:
        raise BadAnswer(
            f"question {item.number} goes in steps of {item.step:g}, but the answer is “{shown(given)}”; correct it."
        )
    return number


def shown(given: object) -> str:
    """Make what somebody typed fit to be shown: short, and with nothing that a terminal would obey.

    Parameters
    ----------
    given
        Anything.

    Returns
    -------
    str
        At most 40 letters.

    Examples
    --------
    >>> shown("a\\x1b[2J" + "b" * 60)
    'a�[2Jbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…'
    """
    text = "".join(letter if letter.isprintable() else "�" for letter in str(given))
    return text if len(text) <= 40 else f"{text[:39]}…"


def points(item: Item, at: float, *, turned: bool) -> float:
    r"""Give what a mark counts for.

    A turned question counts :math:`low + high - x` for the mark :math:`x`; then, where the definition lists points,
    the mark is looked up among them.

    Parameters
    ----------
    item
        The question.
    at
        The mark, from `item.low` to `item.high`.
    turned
        Whether the question is one of the definition's `reversed`.

    Returns
    -------
    float
        From `item.worth[0]` to `item.worth[1]`.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> first = loader.load("upps_p").items[1]
    >>> points(first, 1.0, turned=True)
    4.0
    """
    value = item.low + item.high - at if turned else at
    return item.points[round(value - item.low)] if item.points else value


def _number(item: Item, given: Given) -> float | None:
    if isinstance(given, str):
        text = given.strip()
        if text.lower() in item.also:
            return item.also[text.lower()]
        return float(text) if NUMBER.fullmatch(text) else None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given)


def _several(given: Given) -> list[float | str]:
    if isinstance(given, str):
        parts: list[float | str] = [part for part in BETWEEN.split(given.strip()) if part]
        return parts if len(parts) > 1 else []
    return list(given) if isinstance(given, list | tuple) else []
