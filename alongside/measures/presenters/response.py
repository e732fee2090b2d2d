"""A response as a worker reads it: each answer, what it said before it was put right, and its scores."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from alongside.instruments.describing import scores_of
from alongside.instruments.items import Question
from alongside.instruments.schema import Instrument
from alongside.instruments.scoring import Score
from alongside.measures.answers import Answer, questions
from alongside.measures.models import Correction, Response
from alongside.measures.presenters.trend_sentences import number
from alongside.measures.scored import scores

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


@dataclass(frozen=True, kw_only=True)
class Line:
    """One score: the number, or nothing and why there is none."""

    name: str
    value: str
    answered: str
    rule: str
    band: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Scored:
    """The scores of one response, or why there are never any; `by` is the version that they are made by."""

    lines: list[Line]
    never: str
    by: str


def scored(response: Response, form: Instrument) -> Scored | None:
    """The scores by the version that was answered; None where each question stands for itself."""
    if form.never_scored:
        return Scored(lines=[], never=form.never_scored, by="")
    if not form.scores:
        return None
    [made] = scores(form, [response.answers])
    lines = [_line(name, rule, made[key]) for key, name, rule in scores_of(form)]
    return Scored(lines=lines, never="", by=f"Scored by version {form.version} of {form.name}.")


def caption(form: Instrument) -> str:
    """What the marks mean, where they mean the same in every question."""
    ends = {(item.kind, item.low, item.high) for item in form.items}
    if len(ends) != 1:
        return f"The time asked about: {form.reference_period}."
    [(kind, low, high)] = ends
    if kind == "line":
        return f"Marks from {low:.1f} (left end) to {high:.1f} (right end)."
    return f"Marks from {low:g} to {high:g}. The time asked about: {form.reference_period}."


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


def _line(name: str, rule: str, score: Score) -> Line:
    return Line(
        name=name,
        value="" if score.value is None else number(score.value),
        answered=f"{score.answered} of {score.items}",
        rule=rule,
        band=score.band or "",
        why=score.why or "",
    )
