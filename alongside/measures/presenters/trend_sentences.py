"""One sentence for one score over time: first and last, and whether so small a move may be the measure's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.core.words import counted
from alongside.instruments.scores import ReliableChange
from alongside.measures.presenters.panel import on
from alongside.outcomes.reliable_change import direction

UNKNOWN = "No published value says how much of that may be chance."
APART = "Forms scored on another number of questions are never compared with these."


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One score of one form: None where there is none; `items` is how many questions it is made of."""

    on: date
    value: float | None
    items: int = 1


def number(value: float) -> str:
    """Write a score, to hundredths where it has any.

    >>> number(12.0), number(2.5), number(7 / 3)
    ('12', '2.5', '2.33')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def comparable(marks: Sequence[Mark]) -> list[Mark]:
    """The scores that are made of as many questions as the last one is."""
    scored = [mark for mark in marks if mark.value is not None]
    return [mark for mark in scored if mark.items == scored[-1].items]


def how_it_moved(marks: Sequence[Mark], reliable: ReliableChange | None, today: date) -> str:
    """Say it, for the marks in the order of their days.

    >>> from alongside.instruments import loader
    >>> published = loader.load("phq9").scores[0].reliable_change
    >>> spring, autumn = date(2026, 3, 3), date(2026, 11, 17)
    >>> how_it_moved([Mark(on=spring, value=18), Mark(on=autumn, value=9)], published, autumn)
    '18 on 3 March, 9 on 17 November: 9 lower. A move of 6 or more is beyond the measure’s own unsteadiness, \
so this is more than that.'
    >>> how_it_moved([Mark(on=spring, value=12)], published, autumn)
    'One form so far: 12 on 3 March.'
    """
    same = comparable(marks)
    apart = f" {APART}" if len(same) < sum(mark.value is not None for mark in marks) else ""
    if not same:
        return f"No score yet on {counted(len(marks), 'form')}; the table says why."
    if len(same) == 1:
        return f"One form so far: {_said(same[0], today)}.{apart}"
    moved = f"{_said(same[0], today)}, {_said(same[-1], today)}: {_difference(same[0], same[-1])}."
    return f"{moved} {_beside_the_published(same[0], same[-1], reliable)}{apart}"


def _said(mark: Mark, today: date) -> str:
    return f"{number(_value(mark))} on {on(mark.on, today)}"


def _difference(first: Mark, last: Mark) -> str:
    moved = round(_value(last), 2) - round(_value(first), 2)
    if number(moved) == "0":
        return "the same"
    return f"{number(abs(moved))} {'higher' if moved > 0 else 'lower'}"


def _beside_the_published(first: Mark, last: Mark, reliable: ReliableChange | None) -> str:
    if reliable is None:
        return UNKNOWN
    beyond = direction([_value(first)], [_value(last)], by=reliable.by, lower_is_better=True)[0] != 0
    by = number(reliable.by)
    if beyond:
        return f"A move of {by} or more is beyond the measure’s own unsteadiness, so this is more than that."
    return f"A move of less than {by} may be the measure’s own unsteadiness, so this may be that alone."


def _value(mark: Mark) -> float:
    if mark.value is None:
        raise ValueError("there is no score to say")
    return mark.value
