"""Files of responses, whole or not at all."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, Protocol

from alongside.instruments.answers import LARGEST, BadFile, content_of
from alongside.instruments.exchange.answered import Answered, Refused, all_fitted
from alongside.instruments.exchange.bundles import bundle, responses_of
from alongside.instruments.exchange.cells import DECLINED
from alongside.instruments.exchange.questionnaires import copyright_of
from alongside.instruments.exchange.sheets import csv_of, rows_of_csv, rows_of_xlsx, xlsx_of
from alongside.instruments.exchange.tables import Table
from alongside.instruments.schema import Instrument


class TakesBytes(Protocol):
    """Something to write to: a file that is open, or an answer to a browser."""

    def write(self, content: bytes, /) -> object:
        """Take some bytes."""


type Kind = Literal["csv", "xlsx", "fhir"]

KINDS: dict[str, Kind] = {".csv": "csv", ".xlsx": "xlsx", ".json": "fhir"}


def write(form: Instrument, responses: Iterable[Answered], to: Path | TakesBytes, kind: Kind) -> None:
    """Write responses and their scores.

    Parameters
    ----------
    form
        The definition that they answer, in their version.
    responses
        The responses.
    to
        Where to: a file, which is written whole or not at all, or something that takes bytes.
    kind
        `csv`, `xlsx` or `fhir`.

    Raises
    ------
    Refused
        If a response does not fit the form, is there twice, or is more than such a file can hold.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import io
    >>> from datetime import UTC, datetime
    >>> from alongside.instruments import loader
    >>> on = datetime(2026, 11, 2, tzinfo=UTC)
    >>> one = Answered(key="R1", person="C-12", on=on, version="1", answers={"work": 2.0})
    >>> out = io.BytesIO()
    >>> write(loader.load("wsas"), [one], out, "csv")
    >>> print(out.getvalue().decode(), end="")
    response,person,date,version,amended,q1,q2,q3,q4,q5,total,total_why,total_band
    R1,C-12,2026-11-02T00:00:00+00:00,1,,2,,,,,,"questions 2, 3, 4 and 5 are not answered",
    """
    try:
        content = _made(form, responses, kind)
    except BadFile as error:
        raise Refused([str(error)]) from error
    if isinstance(to, Path):
        _put(content, to)
    else:
        to.write(content)


def read(form: Instrument, source: Path | bytes, kind: Kind, *, name: str = "The file") -> list[Answered]:
    """Read responses, all of them or none.

    Parameters
    ----------
    form
        The definition that they answer, in their version.
    source
        A file, or what it holds.
    kind
        `csv`, `xlsx` or `fhir`.
    name
        What to call it in a sentence where it is not a file.

    Returns
    -------
    list of Answered
        In the file's order.

    Raises
    ------
    Refused
        If anything in it is wrong; `sentences` says what, where, and what to do.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> table = b"response,person,date,q1,q2,q3,q4,q5\\nR1,C-12,2026-11-02,declined,1,2,3,9\\n"
    >>> read(loader.load("wsas"), table, "csv")
    Traceback (most recent call last):
    ...
    alongside.instruments.exchange.answered.Refused: The file, row 1, column q5: question 5 goes from 0 to 8, \
but the answer is “9”; correct it.
    """
    name = source.name if isinstance(source, Path) else name
    try:
        content = content_of(source) if isinstance(source, Path) else source
        if len(content) > LARGEST:
            raise BadFile(f"{name} is larger than {LARGEST // 1024 // 1024} MB; cut it into several files.")  # noqa: TRY301
        if kind == "fhir":
            return responses_of(form, content, name)
        rows = rows_of_csv(content, name) if kind == "csv" else rows_of_xlsx(content, name)
        return Table(form).read(rows, name)
    except BadFile as error:
        raise Refused([str(error)]) from error


def about(form: Instrument) -> Iterator[tuple[str, str]]:
    """Say what a workbook holds, for its second sheet.

    Parameters
    ----------
    form
        The definition.

    Yields
    ------
    tuple of str
        What is told, and the telling.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> dict(about(loader.load("seraf")))["It must not be used for"][:34]
    'Points, a total or a band: none is'
    """
    yield "Measure", form.name
    yield "Version", form.version
    if form.purpose:
        yield "What it is for", form.purpose
    if form.not_for:
        yield "It must not be used for", form.not_for
    yield "Licence", copyright_of(form)
    yield "response, person", "Codes of the response and of whoever it is about. No name is in this file."
    yield "date, version", "When it was answered, with the time zone, and by which version of the measure."
    yield "amended", "“yes” where an answer was put right later."
    for question in form.questions:
        yield f"q{question.number}", question.title
    yield (
        "The answers",
        "As they were marked, never turned round. Empty: not answered. "
        f"“{DECLINED}”: the person chose not to answer. Several choices have semicolons between them.",
    )
    yield "An apostrophe in front", "Stands where a spreadsheet could take words for a formula, and is no part of them."
    for heading, key in Table(form).scores.items():
        name = next(score.name for score in form.scores if score.key == key)
        yield (
            f"{heading}, {heading}_why, {heading}_band",
            f"{name}: the score, why there is none or what was done to have one, and its published name. "
            "Empty means not scored; it is never a nought.",
        )
    if form.never_scored:
        yield "Scores", form.never_scored


def _made(form: Instrument, responses: Iterable[Answered], kind: Kind) -> bytes:
    if kind == "fhir":
        return json.dumps(bundle(form, responses), ensure_ascii=False).encode()
    table = Table(form)
    rows = map(table.row, all_fitted(form, responses))
    return csv_of(table.headings, rows) if kind == "csv" else xlsx_of(table.headings, rows, about(form))


def _put(content: bytes, path: Path) -> None:
    """Write beside the file first, so that nothing is ever half written; only its owner may read it."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise
