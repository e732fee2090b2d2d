"""Reads a file of answers, one response a row, and says in a sentence what is wrong with it."""

import csv
import io
from collections.abc import Collection, Iterator
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
    rows = (cells for cells in lines(text_of(content_of(path), path.name), path.name) if cells)
    names = columns_of(form, next(rows, []), path.name, others=(VERSION, RESPONSE))
    seen: dict[str, int] = {}
    found: list[Scored] = []
    for row, cells in enumerate(rows, 1):
        if len(cells) != len(names):
            raise BadFile(f"{path.name}, row {row}: {cells_and_columns(cells, names)}")
        answers = dict(zip(names, cells, strict=True))
        _once(answers.pop(RESPONSE, ""), row, seen, path)
        _same_version(answers.pop(VERSION, ""), row, form, path)
        try:
            found.append(Scored(row, scorer.score(answers)))
        except BadAnswer as error:
            raise BadFile(f"{path.name}, row {row}: {error}") from error
    return found


def content_of(path: Path) -> bytes:
    """Read a file that is not too large.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    BadFile
        If it cannot be read, or is larger than `LARGEST`.

    Examples
    --------
    >>> content_of(Path("missing.csv"))
    Traceback (most recent call last):
    ...
    alongside.instruments.answers.BadFile: missing.csv cannot be read (No such file or directory); \
check its name and where it is.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(f"{path.name} is larger than {LARGEST // 1024 // 1024} MB; cut it into several files.")
        return path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check its name and where it is.") from error


def text_of(content: bytes, name: str) -> str:
    """Read a table's bytes as text.

    Parameters
    ----------
    content
        UTF-8, with or without its mark.
    name
        What to call the file in a sentence.

    Returns
    -------
    str
        The text.

    Raises
    ------
    BadFile
        If it is no such text.

    Examples
    --------
    >>> text_of(b"q1,q2", "answers.csv")
    'q1,q2'
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"{name} is not UTF-8 text; save it again as CSV UTF-8.") from error
    if "\0" in text:
        raise BadFile(f"{name} is not a CSV file; save it again as CSV UTF-8.")
    return text


def lines(text: str, name: str) -> Iterator[list[str]]:
    """Take a table apart.

    Parameters
    ----------
    text
        Cells with commas or semicolons between them.
    name
        What to call the file in a sentence.

    Yields
    ------
    list of str
        The cells of each line; none where a line is blank.

    Raises
    ------
    BadFile
        If a quotation mark is out of place.

    Examples
    --------
    >>> list(lines("q1;q2\\n1;2", "answers.csv"))
    [['q1', 'q2'], ['1', '2']]
    """
    first = text.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(LARGEST)
    try:
        yield from csv.reader(io.StringIO(text, newline=None), delimiter=between, strict=True)
    except csv.Error as error:
        raise BadFile(f"{name} is not a CSV file ({error}); save it again as CSV UTF-8.") from error


def columns_of(form: Instrument, head: list[str], name: str, *, others: Collection[str]) -> list[str]:
    """Say what each column of a table means.

    Parameters
    ----------
    form
        The definition.
    head
        The names of the columns as they stand in the file.
    name
        What to call the file in a sentence.
    others
        Columns that may be there beside the questions.

    Returns
    -------
    list of str
        For each column `q` and the number of its question, or one of `others`.

    Raises
    ------
    BadFile
        If a column is unknown or there twice, or a question that a score needs has none.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> columns_of(loader.load("wsas"), ["Q2", "q3", "q4", "q5", "version"], "answers.csv", others=("version",))
    ['q2', 'q3', 'q4', 'q5', 'version']
    """
    if not head:
        raise BadFile(f"{name} is empty; its first line names the columns, such as q1,q2,q3.")
    numbered = {f"q{question.number}": question for question in form.questions}
    known = {question.key: column for column, question in numbered.items()}
    known |= {column: column for column in (*numbered, *others)}
    found: list[str] = []
    for cell in head:
        column = known.get(cell.strip().lower())
        if column is None:
            raise BadFile(
                f"{name}, column “{shown(cell.strip())}”: {form.name} has no such question, "
                f"they are q1 to q{form.questions[-1].number}; correct or remove it."
            )
        if column in found:
            raise BadFile(f"{name}, column “{shown(cell.strip())}”: it is there twice; remove one of them.")
        found.append(column)
    lost = [column for column, question in numbered.items() if question.key in needed(form) and column not in found]
    if lost:
        raise BadFile(f"{name}, column {lost[0]}: it is missing; add it, empty where the question was not answered.")
    if not numbered.keys() & {*found}:
        raise BadFile(f"{name} has no question of {form.name}; name its columns q1, q2 and so on.")
    return found


def cells_and_columns(cells: list[str], names: list[str]) -> str:
    """Say that a row has too many or too few cells.

    Parameters
    ----------
    cells
        The row.
    names
        The columns.

    Returns
    -------
    str
        A sentence without its place.

    Examples
    --------
    >>> cells_and_columns(["1"], ["q1", "q2"])
    'there are 1 cells for 2 columns; give every column a cell, empty where nothing was marked.'
    """
    return (
        f"there are {len(cells)} cells for {len(names)} columns; "
        "give every column a cell, empty where nothing was marked."
    )


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
