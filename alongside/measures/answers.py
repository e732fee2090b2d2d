"""What an answer is: a mark and how it was made, choices, words, a choice not to answer, or nothing yet."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Self

from alongside.instruments import marks
from alongside.instruments.items import Choices, Item, Question, Words
from alongside.instruments.schema import Instrument
from alongside.measures.queries import library
from alongside.measures.queries.library import OnAForm

BEFORE = "before"
LONGEST = 4000  # letters of an answer in words


class How(StrEnum):
    """How a mark was made."""

    LINE = "line"
    KEYS = "keys"
    NUMBER = "number"
    TAPS = "taps"
    RADIO = "radio"
    CHOICE = "choice"
    FIGURE = "figure"


WHOLE = {How.CHOICE, How.FIGURE}


class Unfit(ValueError):
    """This is not an answer to the question; the sentence says what would be."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer. With nothing in it, nobody has touched the question.

    `mark` is what stands on the paper form where that is not the number itself, such as 2a. `chosen` are choices of
    which there may be several, `text` is in somebody's own words.
    """

    value: float | None = None
    how: How | None = None
    mark: str = ""
    chosen: tuple[str, ...] = ()
    text: str = ""
    declined: bool = False

    @classmethod
    def kept(cls, stored: Mapping[str, Any] | None, text: str = "") -> Self:
        """Read an answer as a response keeps it; `text` is what stands apart from it, in words."""
        if not stored:
            return cls()
        if stored.get("declined"):
            return cls(declined=True)
        if stored.get("words"):
            return cls(text=text)
        if "chosen" in stored:
            return cls(chosen=tuple(stored["chosen"]))
        return cls(value=stored["value"], how=How(stored["how"]), mark=stored.get("mark", ""))

    def to_keep(self) -> dict[str, Any] | None:
        """Write it as a response keeps it, its words apart; None where there is nothing to keep."""
        if self.declined:
            return {"declined": True}
        if self.text:
            return {"words": True}
        if self.chosen:
            return {"chosen": list(self.chosen)}
        if self.value is None:
            return None
        mark = {"mark": self.mark} if self.mark else {}
        return {"value": self.value, "how": str(self.how), **mark}

    @property
    def words(self) -> str:
        """Say it shortly; two answers that say the same are the same, however they were made.

        >>> Answer(value=6.4, how=How.LINE).words, Answer(declined=True).words, Answer().words
        ('6.4', 'declined', '')
        >>> Answer(value=2.0, how=How.CHOICE).words, Answer(value=2.0, how=How.CHOICE, mark="2b").words
        ('2', '2b')
        """
        if self.declined:
            return "declined"
        if self.value is None:
            return self.text or ", ".join(self.chosen)
        return self.mark or (f"{self.value:g}" if self.how in WHOLE else f"{self.value:.1f}")

    @property
    def stamp(self) -> str:
        """What a page holds of it to tell whether it has changed; long words stay short."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32] if self.text else self.words


def questions(asked: OnAForm) -> tuple[Question, ...]:
    """The questions of a form; before a session, those about the session are left out."""
    return _at_its_time(instrument(asked), asked)


def instrument(asked: OnAForm) -> Instrument:
    """The measure's definition, in the words that this form was opened with."""
    return library.asked(asked)


def says_so(form: Instrument, key: str, given: Answer) -> bool:
    """Whether this answer asks for a check-in: any mark above the lowest where one is there for it."""
    item = next((item for item in form.items if item.key == key), None)
    return key in form.check_in and item is not None and given.value is not None and given.value > item.low


def left_empty(form: Instrument, answers: Collection[str]) -> bool:
    """Whether an empty place asks for a check-in; `answers` are the keys of the questions that have a mark."""
    return form.check_in_when_empty and any(key not in answers for key in form.check_in)


def read(text: str, item: Item) -> float:
    """Read a typed number, with a point or a comma.

    Raises
    ------
    Unfit : it is not a number on this line, or is finer than the line

    >>> from alongside.instruments import loader
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


def read_choice(text: str, item: Item) -> Answer:
    """Read a typed or chosen mark, one with a letter included.

    Raises
    ------
    Unfit : it is none of the marks of this question

    >>> from alongside.instruments import loader
    >>> read_choice("2b", loader.load("bdi2").items[15])
    Answer(value=2.0, how=<How.CHOICE: 'choice'>, mark='2b', chosen=(), text='', declined=False)
    """
    try:
        value = marks.mark(item, text.strip()) if len(text) <= 20 else None
    except marks.BadAnswer as error:
        raise Unfit(_fitting(item)) from error
    if value is None:
        raise Unfit(_fitting(item))
    letters = text.strip().lower()
    return Answer(value=value, how=How.CHOICE, mark=letters if letters in item.also else "")


def check(answers: object, *, asked_of: OnAForm) -> None:
    """Check everything that a response keeps.

    Raises
    ------
    Unfit : one of them is no answer to a question of this form
    """
    known = {one.key: one for one in _at_its_time(library.whole(asked_of), asked_of)}
    if not isinstance(answers, dict):
        raise Unfit("Answers are kept by question.")
    for key, stored in answers.items():
        if key not in known:
            raise Unfit(f"This form does not ask {key}.")
        if stored != {"declined": True}:
            _check_one(known[key], stored)


def _at_its_time(form: Instrument, asked: OnAForm) -> tuple[Question, ...]:
    return tuple(one for one in form.questions if asked.occasion != BEFORE or one.occasion != "session")


def _check_one(question: Question, stored: Any) -> None:
    match question:
        case Words():
            fits = stored == {"words": True}
        case Choices():
            fits = isinstance(stored, dict) and _are_choices(question, stored)
        case Item():
            fits = isinstance(stored, dict) and _is_a_mark(question, stored)
        case _:
            fits = False
    if not fits:
        raise Unfit(f"{question.key} has an answer that its question does not take.")


def _are_choices(question: Choices, stored: dict[str, Any]) -> bool:
    chosen = stored.get("chosen")
    if set(stored) != {"chosen"} or not isinstance(chosen, list) or not chosen:
        return False
    return len(set(chosen)) == len(chosen) and (not question.options or set(chosen) <= set(question.options))


def _is_a_mark(item: Item, stored: dict[str, Any]) -> bool:
    value, mark = stored.get("value"), stored.get("mark")
    if set(stored) - {"mark"} != {"value", "how"} or stored["how"] not in set(How):
        return False
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if mark is not None and item.also.get(mark) != value:
        return False
    _on_the_line(Decimal(str(value)), item)
    return True


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
    if item.step == 1:
        also = f", or {', '.join(item.also)}" if item.also else ""
        return f"Type a whole number from {item.low:g} to {item.high:g}{also}"
    example = item.low + 0.64 * (item.high - item.low)
    return f"Type a number from {item.low:g} to {item.high:g}, such as {example:.1f}"
