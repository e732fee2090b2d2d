"""Responses as a table, a row each: `response, person, date, version, amended, q1 … qn` and the scores.

A form whose questions each stand for themselves, and one that is never scored, has no columns of scores.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property

from alongside.instruments.answers import BadFile, cells_and_columns, columns_of
from alongside.instruments.exchange.answered import (
    Answered,
    Mark,
    Refused,
    Unfit,
    fitted,
    in_bounds,
    mark_of,
    only_once,
)
from alongside.instruments.exchange.cells import DECLINED, Cell, guarded, joined, moment, parted, unguarded
from alongside.instruments.items import Asked, Choices, Item
from alongside.instruments.marks import shown
from alongside.instruments.schema import Instrument
from alongside.instruments.scoring import Score, Scorer

FIRST = ("response", "person", "date", "version", "amended")
NEEDED = ("response", "person", "date")
CLOSE = 1e-6  # a mean may have been rounded on its way

type Row = tuple[int, list[str]]


class Table:
    """The columns of a form's table, and its rows out and back.

    Parameters
    ----------
    form
        The definition.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> table = Table(loader.load("wsas"))
    >>> ",".join(table.headings)
    'response,person,date,version,amended,q1,q2,q3,q4,q5,total,total_why,total_band'
    """

    def __init__(self, form: Instrument) -> None:
        self.form = form
        self.questions: dict[str, Asked] = {f"q{question.number}": question for question in form.questions}
        self._scorer = Scorer(form) if form.scores and not form.never_scored else None

    @cached_property
    def scores(self) -> dict[str, str]:
        """The key of each score by the heading of its first column."""
        taken = {*FIRST, *self.questions, *(question.key for question in self.form.questions)}
        scores = self.form.scores if self._scorer else ()
        return {f"{score.key}_score" if score.key in taken else score.key: score.key for score in scores}

    @property
    def headings(self) -> list[str]:
        """The name of every column."""
        return [*FIRST, *self.questions, *self._of_scores]

    def row(self, one: Answered) -> list[Cell]:
        """Write one response.

        Parameters
        ----------
        one
            A response that fits the form.

        Returns
        -------
        list of str, float or None
            A cell for each heading; None where it is empty.

        Examples
        --------
        >>> from datetime import UTC, datetime
        >>> from alongside.instruments import loader
        >>> goal = Answered(
        ...     key="R1", person="C-1", on=datetime(2026, 11, 2, tzinfo=UTC), version="1",
        ...     answers={"goal_1": "+ sleep", "goal_1_near": 3.0}, declined=frozenset({"goal_2"}),
        ... )
        >>> Table(loader.load("goals")).row(goal)[5:8]
        ["'+ sleep", 3, 'declined']
        """
        first: list[Cell] = [one.key, one.person, one.on.isoformat(), guarded(one.version)]
        first.append("yes" if one.amended else None)
        return [*first, *(_cell(one, question) for question in self.questions.values()), *self._scored(one)]

    def read(self, rows: Iterator[Row], name: str) -> list[Answered]:
        """Read responses.

        Parameters
        ----------
        rows
            The headings, then the responses: the number of each row, from 1 for the first under the headings, and its
            cells.
        name
            What to call the file in a sentence.

        Returns
        -------
        list of Answered
            In the file's order.

        Raises
        ------
        Refused
            If a column, a cell or a score that stands there is wrong, or a response is there twice.

        Examples
        --------
        >>> from alongside.instruments import loader
        >>> head = ["response", "person", "date", "q1", "q2", "q3", "q4", "q5", "total"]
        >>> rows = [(0, head), (1, ["R1", "C-1", "2026-11-02", "", "4", "4", "4", "4", "20"])]
        >>> Table(loader.load("wsas")).read(iter(rows), "answers.csv")
        Traceback (most recent call last):
        ...
        alongside.instruments.exchange.answered.Refused: answers.csv, row 1, column total: it says 20, \
but the answers give 16; correct one of them, or empty the cell.
        """
        try:
            head = next(rows, (0, []))[1]
            columns = columns_of(self.form, head, name, others=(*FIRST, *self._of_scores))
        except BadFile as error:
            raise Refused([str(error)]) from error
        for column in NEEDED:
            if column not in columns:
                raise Refused([f"{name}, column {column}: it is missing; add it, with a cell for every response."])
        found, faults = [], []
        seen: dict[str, str] = {}
        for number, cells in rows:
            try:
                one = self._response(columns, cells)
                with _placed("response"):
                    only_once(one.key, seen, f"row {number}")
                found.append(one)
            except Unfit as error:
                faults.append(f"{name}, row {number}{error}")
        if faults:
            raise Refused(in_bounds(faults))
        return found

    @property
    def _of_scores(self) -> list[str]:
        return [f"{heading}{part}" for heading in self.scores for part in ("", "_why", "_band")]

    def _scored(self, one: Answered) -> Iterator[Cell]:
        made = scores_of(self._scorer, one)
        for key in self.scores.values():
            words = (guarded(said) if said else None for said in (made[key].why, made[key].band))
            yield from (_plain(made[key].value), *words)

    def _response(self, columns: list[str], cells: list[str]) -> Answered:
        if len(cells) != len(columns):
            raise _At("", cells_and_columns(cells, columns))
        row = dict(zip(columns, cells, strict=True))
        answers: dict[str, Mark] = {}
        declined = set()
        for column, question in self.questions.items():
            cell = row.get(column, "")
            if cell.strip().lower() == DECLINED:
                declined.add(question.key)
                continue
            with _placed(column):
                mark = mark_of(self.form, question, _said(question, cell))
            if mark is not None:
                answers[question.key] = mark
        one = self._whole(row, answers, frozenset(declined))
        self._agrees(row, one)
        return one

    def _whole(self, row: dict[str, str], answers: dict[str, Mark], declined: frozenset[str]) -> Answered:
        with _placed("date"):
            on = moment(row["date"])
        amended = row.get("amended", "").strip().lower()
        if amended not in ("", "yes", "no"):
            raise _At("amended", f"it takes yes or nothing, but it is “{shown(amended)}”; correct it.")
        version = unguarded(row.get("version", "").strip()) or self.form.version
        one = Answered(
            key=row["response"].strip(),
            person=row["person"].strip(),
            on=on,
            version=version,
            answers=answers,
            declined=declined,
            amended=amended == "yes",
        )
        with _placed("version" if version != self.form.version else ""):
            return fitted(self.form, one)

    def _agrees(self, row: dict[str, str], one: Answered) -> None:
        made = scores_of(self._scorer, one)
        for heading, key in self.scores.items():
            if wrong := disagreement(made[key], row.get(heading, "").strip()):
                raise _At(heading, f"{wrong}; correct one of them, or empty the cell.")
            band = unguarded(row.get(f"{heading}_band", "").strip())
            if band and band.lower() != made[key].band:
                given = f"the answers give “{made[key].band}”" if made[key].band else "there is none"
                raise _At(f"{heading}_band", f"it says “{shown(band)}”, but {given}; correct it, or empty the cell.")


def scores_of(scorer: Scorer | None, one: Answered) -> dict[str, Score]:
    """Score one response.

    Parameters
    ----------
    scorer
        The scorer of its form; None where nothing is counted.
    one
        A response that fits the form.

    Returns
    -------
    dict of Score
        Every score by its key.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> scores_of(None, Answered(key="R1", person="C", on=datetime.now(UTC), version="1", answers={}))
    {}
    """
    if scorer is None:
        return {}
    return scorer.score({item.key: _number(one.answers.get(item.key)) for item in scorer.form.items})


def disagreement(made: Score, said: float | str) -> str | None:
    """Compare a score that came with a response with what its answers give.

    Parameters
    ----------
    made
        What the answers give.
    said
        What came with it; an empty text says nothing.

    Returns
    -------
    str or None
        The end of a sentence; None where they agree.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> made = Scorer(loader.load("gad7")).score({"q1": 1})["total"]
    >>> disagreement(made, "6")
    'it says 6, but there is no score: questions 2, 3, 4, 5, 6 and 7 are not answered'
    """
    if said == "":
        return None
    try:
        number = float(said)
    except ValueError:
        number = None
    told = shown(f"{number:.10g}" if number is not None else f"“{said}”")
    if made.value is None:
        return f"it says {told}, but there is no score: {made.why}"
    if number is None or not abs(number - made.value) <= CLOSE:
        return f"it says {told}, but the answers give {made.value:.10g}"
    return None


def in_rows(lines: Iterable[list[str]]) -> Iterator[Row]:
    """Number the rows of a table, the headings being 0, and leave out those that are blank.

    Parameters
    ----------
    lines
        The cells of every line.

    Yields
    ------
    tuple of int and list of str
        Its number and its cells.

    Examples
    --------
    >>> list(in_rows([["q1"], [], ["2"]]))
    [(0, ['q1']), (2, ['2'])]
    """
    head = None
    for place, cells in enumerate(lines):
        if any(cell.strip() for cell in cells):
            head = place if head is None else head
            yield place - head, cells


class _At(Unfit):
    def __init__(self, column: str, said: str) -> None:
        super().__init__(f"{f', column {column}' if column else ''}: {said}")


@contextmanager
def _placed(column: str) -> Iterator[None]:
    """Say at which column something is wrong."""
    try:
        yield
    except _At:
        raise
    except Unfit as error:
        raise _At(column, str(error)) from error


def _cell(one: Answered, question: Asked) -> Cell:
    if question.key in one.declined:
        return DECLINED
    mark = one.answers.get(question.key)
    if isinstance(mark, tuple):
        return guarded(joined(mark))
    return guarded(mark) if isinstance(mark, str) else _plain(mark)


def _said(question: Asked, cell: str) -> str | tuple[str, ...] | None:
    if isinstance(question, Item):
        return cell
    if not cell.strip():
        return None
    return parted(unguarded(cell)) if isinstance(question, Choices) else unguarded(cell)


def _number(mark: Mark | None) -> float | str | None:
    return None if isinstance(mark, tuple) else mark


def _plain(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value
