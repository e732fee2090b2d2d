"""Responses as they travel: from what a response keeps to what a file holds, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alongside.instruments.exchange import Answered
from alongside.instruments.items import Choices, Item
from alongside.instruments.schema import Instrument
from alongside.measures.answers import Answer, How

HOW = {"line": How.NUMBER, "choice": How.CHOICE, "number": How.FIGURE}


def leaving(
    *,
    key: str,
    person: str,
    on: datetime,
    version: str,
    answers: Mapping[str, Any],
    words: Mapping[str, str],
    amended: bool,
) -> Answered:
    """A response for a file. Without `words`, what was said in words stays here."""
    said = {name: Answer.kept(kept, words.get(name, "")) for name, kept in answers.items()}
    return Answered(
        key=key,
        person=person,
        on=on,
        version=version,
        answers={name: mark for name, one in said.items() if (mark := _mark(one)) is not None},
        declined=frozenset(name for name, one in said.items() if one.declined),
        amended=amended,
    )


def arriving(form: Instrument, came: Answered) -> dict[str, Answer]:
    """What a response from a file says to each question of its form."""
    found: dict[str, Answer] = {}
    for question in form.questions:
        mark = came.answers.get(question.key)
        if question.key in came.declined:
            found[question.key] = Answer(declined=True)
        elif isinstance(question, Item) and isinstance(mark, str):
            found[question.key] = Answer(value=question.also[mark], how=How.CHOICE, mark=mark)
        elif isinstance(question, Item) and isinstance(mark, int | float):
            found[question.key] = Answer(value=float(mark), how=HOW[question.kind])
        elif isinstance(question, Choices) and mark:
            found[question.key] = Answer(chosen=tuple(mark) if isinstance(mark, tuple) else (str(mark),))
        elif mark:
            found[question.key] = Answer(text=str(mark))
    return found


def _mark(answer: Answer) -> float | str | tuple[str, ...] | None:
    if answer.value is not None:
        return answer.mark or answer.value
    return answer.chosen or answer.text or None
