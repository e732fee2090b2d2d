"""Lists definitions, in a line each for people and as JSON for programs."""

import json
from collections.abc import Iterable

from alongside.instruments.describing import called, scores_of
from alongside.instruments.schema import Instrument


def in_short(form: Instrument) -> str:
    """Say in a line what a definition holds.

    Parameters
    ----------
    form
        A definition.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> in_short(loader.load("gad7"))
    'GAD-7, version 1, 7 questions, 1 score'
    """
    questions = _count(len(form.questions), "question")
    made = _count(len(form.scores), "score") if form.scores else _how(form)
    return f"{form.name}, version {form.version}, {questions}, {made}"


def table_of(forms: Iterable[Instrument]) -> str:
    """List definitions for a terminal.

    Parameters
    ----------
    forms
        The definitions.

    Returns
    -------
    str
        A line of headings and a line for each, ended by a line break.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> print(table_of([loader.load("wsas")]), end="")
    key   name  version  questions  wording       scored
    wsas  WSAS  1        5          numbers only  1 score
    """
    lines = [("key", "name", "version", "questions", "wording", "scored")]
    lines += [
        (called(form), form.name, form.version, str(len(form.questions)), form.licence.status, _how(form))
        for form in forms
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "".join(f"{line.rstrip()}\n" for line in padded)


def as_json(forms: Iterable[Instrument]) -> str:
    """List definitions for a program.

    Parameters
    ----------
    forms
        The definitions.

    Returns
    -------
    str
        A JSON list, one object for each, ended by a line break.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> json.loads(as_json([loader.load("gad7")]))[0]["scores"]
    ['total']
    """
    told = [
        {
            "key": called(form),
            "name": form.name,
            "version": form.version,
            "questions": len(form.questions),
            "licence": form.licence.status,
            "scores": [key for key, _, _ in scores_of(form)],
        }
        for form in forms
    ]
    return json.dumps(told, ensure_ascii=False) + "\n"


def whole(form: Instrument) -> str:
    """Give a whole definition for a program, each question written out.

    Parameters
    ----------
    form
        A definition.

    Returns
    -------
    str
        JSON, ended by a line break.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> json.loads(whole(loader.load("core10")))["reversed"]
    [2, 3]
    """
    return json.dumps(form.model_dump(mode="json", exclude={"every_item"}), ensure_ascii=False, indent=2) + "\n"


def _how(form: Instrument) -> str:
    if form.never_scored:
        return "never scored"
    if form.not_scored:
        return f"not scored: {form.not_scored}"
    return _count(len(form.scores), "score") if form.scores else "each question by itself"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
