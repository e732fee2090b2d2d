"""One response as it travels, and what makes it fit the form it answers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alongside.instruments import marks
from alongside.instruments.items import Asked, Choices, Item
from alongside.instruments.marks import BadAnswer, shown
from alongside.instruments.schema import Instrument

type Mark = float | str | tuple[str, ...]

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")
MOST_SAID = 20


class Refused(ValueError):
    """Nothing was read or written; `sentences` has one for each thing to put right, each with its place."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


class Unfit(ValueError):
    """A response does not fit the form; the message is a sentence without its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One response.

    Parameters
    ----------
    key
        Its own code.
    person
        The code of whoever it is about. Never a name: letters, digits and `- . _ : /`, without spaces.
    on
        When it was answered, with its time zone.
    version
        By which version of the form.
    answers
        The mark of each question by its key: a number as it was marked, never turned round, or a mark with a letter
        where the question has such; a text; or the choices that were taken. What is not in it was not answered.
    declined
        The keys of questions that somebody chose not to answer.
    amended
        Whether an answer was put right later.

    Examples
    --------
    >>> from datetime import UTC
    >>> Answered(key="R1", person="C-12", on=datetime(2026, 11, 2, tzinfo=UTC), version="1", answers={"q1": 3}).declined
    frozenset()
    """

    key: str
    person: str
    on: datetime
    version: str
    answers: Mapping[str, Mark]
    declined: frozenset[str] = frozenset()
    amended: bool = False


def fitted(form: Instrument, given: Answered) -> Answered:
    """Check a response against its form.

    Parameters
    ----------
    form
        The definition.
    given
        The response; an answer may also be the text of its mark.

    Returns
    -------
    Answered
        The same with its answers in the form's order: numbers as numbers, the line ends of texts as line feeds, signs
        that no file can hold as �, and nothing where nothing was said.

    Raises
    ------
    Unfit
        If a code, the version, a question or an answer is none of the form's.

    Examples
    --------
    >>> from datetime import UTC
    >>> from alongside.instruments import loader
    >>> on = datetime(2026, 11, 2, tzinfo=UTC)
    >>> given = Answered(key="R1", person="C-12", on=on, version="1", answers={"q1": "2"})
    >>> dict(fitted(loader.load("core10"), given).answers)
    {'q1': 2.0}
    >>> fitted(loader.load("core10"), replace(given, person="Ada L."))
    Traceback (most recent call last):
    ...
    alongside.instruments.exchange.answered.Unfit: the person “Ada L.” is no code; use letters, digits and hyphens, \
and never a name.
    """
    _codes(given)
    if given.version != form.version:
        raise Unfit(
            f"it was answered by version “{shown(given.version)}”, but this is version {form.version}; "
            "read it by its own version."
        )
    if given.on.utcoffset() is None:
        raise Unfit("its time has no time zone; give it one.")
    known = {question.key: question for question in form.questions}
    for name in (*given.answers, *sorted(given.declined)):
        if name not in known:
            raise Unfit(f"there is no question “{shown(name)}” on {form.name}; correct or remove it.")
    answers: dict[str, Mark] = {}
    for name, question in known.items():
        found = mark_of(form, question, given.answers.get(name))
        if found is None:
            continue
        if name in given.declined:
            raise Unfit(f"question {question.number} is both answered and declined; keep one of them.")
        answers[name] = found
    return replace(given, answers=answers)


def mark_of(form: Instrument, question: Asked, given: object) -> Mark | None:
    """Read the answer to one question.

    Parameters
    ----------
    form
        The definition.
    question
        One of its questions.
    given
        A number, a text, or several choices.

    Returns
    -------
    float, str, tuple of str, or None
        As `Answered` holds it; None where nothing was said.

    Raises
    ------
    Unfit
        If it cannot be what was marked.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> form = loader.load("bdi2")
    >>> [mark_of(form, form.questions[15], given) for given in ("2B", "1a 2", 1)]
    ['2b', 2.0, 1.0]
    """
    if isinstance(question, Item):
        return _marked(question, given, several=form.several_marked == "highest")
    if isinstance(question, Choices):
        return _chosen(question, given)
    if given is None or isinstance(given, str):
        text = cleaned(given or "")
        return text if text.strip() else None
    raise Unfit(f"question {question.number} takes words, but the answer is “{shown(given)}”; correct it.")


def cleaned(text: str) -> str:
    r"""Make a text such that every kind of file holds it: one sign for a line's end, and � for what none can hold.

    Parameters
    ----------
    text
        Anything that was typed.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> cleaned("one\r\ntwo\x07")
    'one\ntwo�'
    """
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "�", re.sub("\r\n?", "\n", text))


def all_fitted(form: Instrument, responses: Iterable[Answered]) -> list[Answered]:
    """Check responses that are to be written.

    Parameters
    ----------
    form
        The definition.
    responses
        The responses.

    Returns
    -------
    list of Answered
        Each as `fitted` gives it.

    Raises
    ------
    Refused
        If one does not fit, or is there twice.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> all_fitted(loader.load("phq9"), [])
    []
    """
    found, faults = [], []
    seen: dict[str, str] = {}
    for place, given in enumerate(responses, 1):
        try:
            one = fitted(form, given)
            only_once(one.key, seen, f"response {place}")
            found.append(one)
        except Unfit as error:
            faults.append(f"Response {place} ({shown(given.key)}): {error}")
    if faults:
        raise Refused(in_bounds(faults))
    return found


def only_once(key: str, seen: dict[str, str], place: str) -> None:
    """Refuse a response that was there before, and remember where this one is.

    Parameters
    ----------
    key
        The response's code.
    seen
        Where each response was; this one is added.
    place
        Where this one is, such as `row 3`.

    Raises
    ------
    Unfit
        If it was there before.

    Examples
    --------
    >>> only_once("R1", {"R1": "row 2"}, "row 3")
    Traceback (most recent call last):
    ...
    alongside.instruments.exchange.answered.Unfit: the response of row 2 is here again; remove one.
    """
    if key in seen:
        raise Unfit(f"the response of {seen[key]} is here again; remove one.")
    seen[key] = place


def in_bounds(sentences: Sequence[str]) -> list[str]:
    """Keep the first sentences and count the others.

    Parameters
    ----------
    sentences
        One for each fault.

    Returns
    -------
    list of str
        At most `MOST_SAID`, and one that says how many more there are.

    Examples
    --------
    >>> in_bounds(["This is wrong."] * 22)[-1]
    'There are 2 more faults like these.'
    """
    more = len(sentences) - MOST_SAID
    if more <= 0:
        return list(sentences)
    faults = "There is 1 more fault" if more == 1 else f"There are {more} more faults"
    return [*sentences[:MOST_SAID], f"{faults} like these."]


def _codes(given: Answered) -> None:
    for what, code in (("response", given.key), ("person", given.person)):
        if not code:
            raise Unfit(f"the {what} has no code; give it one.")
        if not CODE.fullmatch(code):
            raise Unfit(f"the {what} “{shown(code)}” is no code; use letters, digits and hyphens, and never a name.")


def _marked(item: Item, given: object, *, several: bool) -> float | str | None:
    known = given if given is None or isinstance(given, float | int | str) else str(given)
    try:
        number = marks.mark(item, known, highest_of_several=several)
    except BadAnswer as error:
        raise Unfit(str(error)) from error
    if number is None or not item.also or not isinstance(known, str):
        return number
    parts = marks.BETWEEN.split(known.strip().lower())
    return next((part for part in parts if item.also.get(part) == number), number)


def _chosen(question: Choices, given: object) -> tuple[str, ...] | None:
    if given is None:
        return None
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise Unfit(f"question {question.number} takes choices, but the answer is “{shown(given)}”; correct it.")
    taken = [cleaned(str(one)).strip() for one in given]
    for one in taken:
        if taken.count(one) > 1:
            raise Unfit(f"question {question.number} has the choice “{shown(one)}” twice; keep it once.")
        if not one or (question.options and one not in question.options):
            raise Unfit(f"question {question.number} has no choice “{shown(one)}”; correct or remove it.")
    return tuple(sorted(taken, key=question.options.index) if question.options else taken) or None
