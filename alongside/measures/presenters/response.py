"""A response as a worker reads it: each answer, and what it said before it was put right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from alongside.instruments.items import Question
from alongside.measures.answers import Answer, questions
from alongside.measures.models import Correction, Response

HOW_MADE = {
    "line": "marked on the line",
    "keys": "marked with the keys",
    "number": "typed as a number",
    "taps": "marked with the buttons",
    "radio": "chosen from 0 to 10",
}


@dataclass(frozen=True, kw_only=True)
class Before:
    """What an answer said before somebody put it right."""

    was: str
    became: str
    who: str
    at: datetime
    why: str


@dataclass(kw_only=True)
class Read:
    """One question and its answer, with the earlier ones, the oldest first."""

    item: Question
    answer: Answer
    how_made: str
    before: list[Before] = field(default_factory=list)


def answers_with_corrections(response: Response, corrections: Iterable[Correction]) -> list[Read]:
    """Every question of this form, in the order it was asked."""
    read = {}
    for item in questions(response.questionnaire):
        answer = response.answer(item.key)
        read[item.key] = Read(item=item, answer=answer, how_made=HOW_MADE.get(str(answer.how), ""))
    for one in corrections:
        read[one.item].before.append(said_before(one))
    return list(read.values())


def said_before(one: Correction) -> Before:
    """One correction, in words."""
    was, became = in_words(Answer.kept(one.was, one.was_words)), in_words(Answer.kept(one.became, one.became_words))
    return Before(was=was, became=became, who=one.by.name, at=one.at, why=one.why)


def in_words(answer: Answer) -> str:
    """An answer inside a sentence.

    >>> in_words(Answer(value=6.4)), in_words(Answer(declined=True)), in_words(Answer())
    ('6.4', 'chose not to answer', 'no mark')
    """
    if answer.declined:
        return "chose not to answer"
    return answer.words or "no mark"
