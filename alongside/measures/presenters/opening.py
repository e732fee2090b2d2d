"""What is said of a form before it is begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from alongside.instruments.items import Question
from alongside.instruments.schema import Instrument
from alongside.measures.models import Questionnaire, Wording
from alongside.measures.queries import library
from alongside.measures.queries.library import SERVICE_EVALUATION

COUNTED = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
SECONDS = {"line": 27, "choice": 12, "number": 15, "choices": 30, "text": 60}


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A form that was begun and can be gone on with."""

    key: str
    name: str
    occasion: str
    on: date


def opening(asked: Questionnaire, questions: Sequence[Question], form: Instrument) -> str:
    """How many questions, what they are about, and how long they take."""
    minutes = round(sum(SECONDS[one.kind] for one in questions) / 60) or 1
    how_many = f"{_counted(len(questions))} question{'' if len(questions) == 1 else 's'}"
    how_long = f"It takes about {_counted(minutes).lower()} minute{'' if minutes == 1 else 's'}."
    if asked.instrument == SERVICE_EVALUATION:
        session = "" if asked.occasion == Questionnaire.Occasion.BEFORE else " and today’s session"
        return f"{how_many} about the last fortnight{session}. {how_long}"
    return f"{how_many}. The time they ask about: {form.reference_period}. {how_long}"


def credit(form: Instrument, wording: Wording | None) -> str:
    """Whose questions these are, and by which leave they stand here."""
    whose = f"Whose questions these are: {form.licence.holder}."
    if wording is not None and wording.licence.holds:
        return f"{whose} They stand here by leave of {wording.licence.holder}."
    return f"{whose} {form.licence.terms}."


def made_for(form: Instrument) -> str:
    """For whom a form is made, by age.

    >>> from alongside.instruments import loader
    >>> [made_for(loader.load(key)) for key in ("aq_child", "aq_adult", "seraf", "gad7")]
    ['Made for ages 4 to 11.', 'Made for 16 and over.', 'Made for 17 and under.', '']
    """
    youngest, oldest = form.ages.youngest, form.ages.oldest
    if youngest is not None and oldest is not None:
        return f"Made for ages {youngest} to {oldest}."
    if youngest is not None:
        return f"Made for {youngest} and over."
    return f"Made for {oldest} and under." if oldest is not None else ""


def begun(forms: Sequence[Questionnaire]) -> list[Begun]:
    """Forms that can be gone on with, in words."""
    measures = library.definitions({(one.instrument, one.version) for one in forms})
    return [
        Begun(
            key=one.pk,
            name=measures[one.instrument, one.version].name,
            occasion=one.get_occasion_display(),
            on=timezone.localtime(one.opened_at).date(),
        )
        for one in forms
    ]


def _counted(number: int) -> str:
    return COUNTED[number] if number < len(COUNTED) else str(number)
