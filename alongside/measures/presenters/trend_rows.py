"""Every form that came back on a measure, as rows: its scores or why there is none, and what was written on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.instruments.items import Asked, Item, Words
from alongside.instruments.schema import Instrument
from alongside.instruments.scoring import Score
from alongside.measures.presenters.response import in_words
from alongside.measures.presenters.trend_sentences import number
from alongside.measures.queries.measured import Sent
from alongside.measures.scored import Scale
from alongside.outcomes.words import capital


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One score in the table: the number, or what stands in its place; and how it came about."""

    value: str
    none: str = "Not scored"
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One form in the table."""

    sent: Sent
    shown: list[Shown]

    @property
    def before(self) -> bool:
        """Whether it was taken before a session."""
        return self.sent.occasion == "before"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One question that is answered in words, and the mark that belongs to it."""

    topic: str
    words: str
    none: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written on one form."""

    sent: Sent
    said: list[Said]


def of_scores(scales: Sequence[Scale], sent: Sequence[Sent], made: Sequence[Mapping[str, Score]]) -> list[Row]:
    """A row for each form, with each of its scores."""
    return [
        Row(sent=one, shown=[_shown(scores[scale.key]) for scale in scales])
        for one, scores in zip(sent, made, strict=True)
    ]


def of_marks(items: Sequence[Item], sent: Sequence[Sent]) -> list[Row]:
    """A row for each form of a measure that is never scored, with the marks that stand by themselves."""
    return [Row(sent=one, shown=[_marked(item, one) for item in items]) for one in sent]


def written(form: Instrument, sent: Sequence[Sent]) -> list[Written]:
    """What was written, form by form; a mark that belongs to words stands beside them."""
    asked = [(question, mark_of(form, question)) for question in form.questions if not isinstance(question, Item)]
    return [Written(sent=one, said=[_said(one, question, mark) for question, mark in asked]) for one in sent]


def mark_of(form: Instrument, question: Asked) -> Item | None:
    """The mark that belongs to words: the question after them, when its key begins with theirs."""
    after = next((one for one in form.questions if one.number == question.number + 1), None)
    belongs = isinstance(question, Words) and isinstance(after, Item) and after.key.startswith(f"{question.key}_")
    return after if belongs and isinstance(after, Item) else None


def marked(form: Instrument, sent: Sequence[Sent]) -> list[Item]:
    """The marks that belong to no words and were made on one of these forms at least."""
    return [item for item in by_themselves(form) if any(one.answer(item.key).value is not None for one in sent)]


def by_themselves(form: Instrument) -> list[Item]:
    """The marks that belong to no words.

    >>> from alongside.instruments import loader
    >>> [len(by_themselves(loader.load(key))) for key in ("goals", "ssf4")]
    [0, 5]
    """
    belong = {mark.key for question in form.questions if (mark := mark_of(form, question))}
    return [item for item in form.items if item.key not in belong]


def _shown(score: Score) -> Shown:
    answered = f"{score.answered} of {score.items}"
    if score.value is None:
        return Shown(value="", more=f"{answered}: {score.why}" if score.why else answered)
    more = [answered, score.band or "", score.why or ""]
    return Shown(value=number(score.value), more="; ".join(part for part in more if part))


def _marked(item: Item, sent: Sent) -> Shown:
    answer = sent.answer(item.key)
    return Shown(value="" if answer.value is None else answer.words, none=capital(in_words(answer)))


def _said(sent: Sent, question: Asked, mark: Item | None) -> Said:
    answer = sent.answer(question.key)
    near = sent.answer(mark.key) if mark else None
    words = "" if answer.declined else answer.words
    none = "" if words else "Chose not to answer" if answer.declined else "No words"
    said = f"{near.words} out of {mark.high:g}" if mark and near and near.value is not None else ""
    return Said(topic=question.topic, words=words, none=none, mark=said)
