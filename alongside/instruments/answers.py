"""Reads a file of answers, one response a row, and says in a sentence what is wrong with it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside.instruments.marks import BadAnswer, shown
from alongside.instruments.plans import needed
from alongside.instruments.schema import Instrument
from alongside.instruments.scoring import Score, Scorer

VERSION, RESPONSE = "version", "response"
LARGEST = 200 * 1024 * 1024  # bytes


class BadFile(ValueError):
    """A file of answers cannot be used as it is; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One row of the file: its number, from 1 for the first row under the names, and its scores."""

    row: int
    scores: dict[str, Score]


def score_file(form: Instrument, path: Path) -> list[Scored]:
    """Score every response in a file; one wrong answer refuses the whole file.

    Parameters
    ----------
    form
        The definition. Its columns are `q1`, `q2` … or its questions' keys, an empty cell where nothing was marked. A
        question that no score needs may be left out. A column `response` may name each response, `version` say by
        which version of the form it was answered.
    path
        A CSV file in UTF-8, with commas or semicolons.

    Returns
    -------
    list of Scored
        In the file's order.

    Raises
    ------
    BadFile
        If the file cannot be read, a column is unknown, missing or there twice, a row has too many or too few cells,
        an answer cannot be what was marked, a response is there twice, or the version is another.
    NeverScored
        If nothing is counted on this form.

    Examples
    --------
    >>> import tempfile
    >>> from alongside.instruments import loader
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "answers.csv"
    ...     done = file.write_text("q1,q2,q3,q4,q5\\n,4,4,4,4\\n")
    ...     score_file(loader.load("wsas"), file)[0].scores["total"].value
    16
    """
    scorer = Scorer(form)
    lines = _lines(path)
    names = _names(form, next(lines, []), path)
    seen: dict[str, int] = {}
    found: list[Scored] = []
    for row, cells in enumerate(lines, 1):
        if len(cells) != len(names):
            raise BadFile(
                f"{path.name}, row {row}: there are {len(cells)} cells for {len(names)} columns; "
                "give every column a cell, empty where nothing was marked."
            )
        answers = dict(zip(names, cells, strict=True))
        _once(answers.pop(RESPONSE, ""), row, seen, path)
        _same_version(answers.pop(VERSION, ""), row, form, path)
        try:
            found.append(Scored(row, scorer.score(answers)))
        except BadAnswer as error:
            raise BadFile(f"{path.name}, row {row}: {error}") from error
    return found


def _lines(path: Path) -> Iterator[list[str]]:
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(f"{path.name} is larger than {LARGEST // 1024 // 1024} MB; cut it into several files.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check its name and where it is.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not UTF-8 text; save it again as CSV UTF-8.") from error
    if "\0" in text:
        raise BadFile(f"{path.name} is not a CSV file; save it again as CSV UTF-8.")
    first = text.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else ","
    try:
        yield from (cells for cells in csv.reader(io.StringIO(text), delimiter=between, strict=True) if cells)
    except csv.Error as error:
        raise BadFile(f"{path.name} is not a CSV file ({error}); save it again as CSV UTF-8.") from error


def _names(form: Instrument, head: list[str], path: Path) -> list[str]:
    """What each column means: the key of a question, or one of the two other names."""
    if not head:
        raise BadFile(f"{path.name} is empty; its first line names the columns, such as q1,q2,q3.")
    known = {f"q{question.number}": question.key for question in form.questions}
    known |= {question.key: question.key for question in form.questions} | {VERSION: VERSION, RESPONSE: RESPONSE}
    names: list[str] = []
    for cell in head:
        name = known.get(cell.strip().lower())
        if name is None:
            last = f"q{form.questions[-1].number}"
            raise BadFile(
                f"{path.name}, column “{shown(cell.strip())}”: {form.name} has no such question, "
                f"they are q1 to {last}; correct or remove it."
            )
        if name in names:
            raise BadFile(f"{path.name}, column “{shown(cell.strip())}”: it is there twice; remove one of them.")
        names.append(name)
    missing = sorted(question.number for question in form.questions if question.key in needed(form) - {*names})
    if missing:
        raise BadFile(
            f"{path.name}, column q{missing[0]}: it is missing; add it, empty where the question was not answered."
        )
    if not {*names} - {VERSION, RESPONSE}:
        raise BadFile(f"{path.name} has no question of {form.name}; name its columns q1, q2 and so on.")
    return names


def _once(response: str, row: int, seen: dict[str, int], path: Path) -> None:
    name = response.strip()
    if name and name in seen:
        raise BadFile(
            f"{path.name}, row {row}, column response: the response of row {seen[name]} is here again; remove one."
        )
    seen[name] = row


def _same_version(version: str, row: int, form: Instrument, path: Path) -> None:
    said = shown(version.strip())
    if said not in ("", form.version):
        raise BadFile(
            f"{path.name}, row {row}, column version: it was answered by version “{said}”, but this is "
            f"{form.version}; score it with --version {said}."
        )
