"""What an answer is: a mark on the line and how it was made, a choice not to answer, or nothing yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Protocol, Self

from alongside.instruments import loader
from alongside.instruments.schema import Instrument, Item

BEFORE = "before"


class How(StrEnum):
    """How a mark was made."""

    LINE = "line"
    KEYS = "keys"
    NUMBER = "number"
    TAPS = "taps"
    RADIO = "radio"


class Unfit(ValueError):
    """This is not an answer to the question; the sentence says what would be."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer. Without a value and not declined, nobody has touched the question."""

    value: float | None = None
    how: How | None = None
    declined: bool = False

    @classmethod
    def kept(cls, stored: Mapping[str, Any] | None) -> Self:
        """Read an answer as a response keeps it."""
        if not stored:
            return cls()
        if stored.get("declined"):
            return cls(declined=True)
        return cls(value=stored["value"], how=How(stored["how"]))

    def to_keep(self) -> dict[str, Any] | None:
        """Write it as a response keeps it; None where there is nothing to keep."""
        if self.declined:
            return {"declined": True}
        return None if self.value is None else {"value": self.value, "how": str(self.how)}

    @property
    def words(self) -> str:
        """Say it shortly; two answers that say the same are the same, however they were made.

        >>> Answer(value=6.4, how=How.LINE).words, Answer(declined=True).words, Answer().words
        ('6.4', 'declined', '')
        """
        if self.declined:
            return "declined"
        return "" if self.value is None else f"{self.value:.1f}"


class Asked(Protocol):
    """What decides which questions are asked: the measure, and when it is taken."""

    instrument: str
    occasion: str


def items(asked: Asked) -> tuple[Item, ...]:
    """The questions of a form; before a session, those about the session are left out."""
    form = instrument(asked)
    return tuple(item for item in form.items if asked.occasion != BEFORE or item.occasion != "session")


def instrument(asked: Asked) -> Instrument:
    """The measure's definition."""
    return loader.load(asked.instrument)


def says_so(asked: Asked, key: str, given: Answer) -> bool:
    """Whether this answer asks for a check-in: any mark above the left end of a line that is there for it."""
    form = instrument(asked)
    item = form.item_for(key)
    return key in form.check_in and item is not None and given.value is not None and given.value > item.low


def read(text: str, item: Item) -> float:
    """Read a typed number, with a point or a comma.

    Raises
    ------
    Unfit : it is not a number on this line, or is finer than the line

    >>> often = loader.load("service-evaluation").items[0]
    >>> read(" 6,4 ", often), read("10", often)
    (6.4, 10.0)
    >>> read("6.45", often)
    Traceback (most recent call last):
    ...
    alongside.measures.answers.Unfit: Type a number from 0 to 10, such as 6.4
    """
    plain = text.strip().replace(",", ".")
    figures = plain.replace(".", "", 1)
    if len(plain) > 20 or not (figures.isascii() and figures.isdecimal()):
        raise Unfit(_fitting(item))
    return _on_the_line(Decimal(plain), item)


def check(answers: object, *, asked_of: Asked) -> None:
    """Check everything that a response keeps.

    Raises
    ------
    Unfit : one of them is no answer to a question of this form
    """
    known = {item.key: item for item in items(asked_of)}
    if not isinstance(answers, dict):
        raise Unfit("Answers are kept by question.")
    for key, stored in answers.items():
        if key not in known:
            raise Unfit(f"This form does not ask {key}.")
        if stored == {"declined": True}:
            continue
        try:
            value, how = stored["value"], How(stored["how"])
        except (TypeError, KeyError, ValueError) as error:
            raise Unfit(f"{key} is neither a mark nor declined.") from error
        if len(stored) > 2 or isinstance(value, bool) or not isinstance(value, int | float):
            raise Unfit(f"{key} is not a number, made by {how}.")
        _on_the_line(Decimal(str(value)), known[key])


def _on_the_line(number: Decimal, item: Item) -> float:
    low, high, step = (Decimal(str(part)) for part in (item.low, item.high, item.step))
    try:
        fits = low <= number <= high and (number - low) % step == 0
    except InvalidOperation:
        fits = False
    if not fits:
        raise Unfit(_fitting(item))
    return float(number)


def _fitting(item: Item) -> str:
    example = item.low + 0.64 * (item.high - item.low)
    return f"Type a number from {item.low:g} to {item.high:g}, such as {example:.1f}"
