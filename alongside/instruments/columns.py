"""Scores a whole table of responses at once, by the same plans as `scoring`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.instruments.marks import TOLERANCE, BadAnswer
from alongside.instruments.plans import Plan
from alongside.instruments.scoring import DECIMALS, Scorer

type Numbers = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Counts = NDArray[np.int16]

ROWS = 16_384  # at a time: what fits in the processor's own memory


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One score of n responses.

    Parameters
    ----------
    value
        Shape (n,), the scores in their own points. Where `scored` is False it holds NaN, which is never to be shown.
    scored
        Shape (n,), whether there is a score.
    answered, items
        Shape (n,), how many of its questions were answered, and how many there are.
    band
        Shape (n,), the place of its band in `band_names`; -1 where it has none.
    band_names
        The published names.
    rule
        The rule in words.
    version
        The version of the definition.
    """

    value: Numbers
    scored: Flags
    answered: Counts
    items: Counts
    band: NDArray[np.int8]
    band_names: tuple[str, ...]
    rule: str
    version: str


def score_columns(scorer: Scorer, given: NDArray[np.floating]) -> dict[str, Column]:
    """Score a table of responses.

    Parameters
    ----------
    scorer
        The scorer of the form.
    given
        Shape (n, items): one row for each response, one column for each item of the form in its order, the marks as
        they were made, never turned round; NaN where nothing was marked.

    Returns
    -------
    dict of Column
        Every score of the form by its key.

    Raises
    ------
    ValueError
        If the table has another number of columns.
    BadAnswer
        If a mark is out of range or between two steps; the message names its row, from 1, and its question.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> table = np.array([[1.0, 2, 0, 1, 1, 0, 0], [3, 3, 3, np.nan, 3, 3, 3]])
    >>> total = score_columns(Scorer(loader.load("gad7")), table)["total"]
    >>> total.value.tolist(), total.scored.tolist(), [total.band_names[place] for place in total.band[:1]]
    ([5.0, nan], [True, False], ['mild'])
    """
    if given.ndim != 2 or given.shape[1] != len(scorer.form.items):
        raise ValueError(f"the table must have {len(scorer.form.items)} columns, but its shape is {given.shape}.")
    kept = {plan.key: _Kept.empty(len(given)) for plan in scorer.plans}
    engine = _Engine(scorer)
    for start in range(0, len(given), ROWS):
        rows = slice(start, start + ROWS)
        engine.score(
            given[rows].astype(np.float64, copy=False), start, {key: one.part(rows) for key, one in kept.items()}
        )
    return {plan.key: kept[plan.key].finished(plan, scorer.form.version) for plan in scorer.plans}


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    value: Numbers
    scored: Flags
    answered: Counts
    items: Counts
    band: NDArray[np.int8]

    @classmethod
    def empty(cls, rows: int) -> "_Kept":
        return cls(
            np.empty(rows),
            np.empty(rows, dtype=np.bool_),
            np.empty(rows, dtype=np.int16),
            np.empty(rows, dtype=np.int16),
            np.empty(rows, dtype=np.int8),
        )

    def part(self, rows: slice) -> "_Kept":
        return _Kept(self.value[rows], self.scored[rows], self.answered[rows], self.items[rows], self.band[rows])

    def finished(self, plan: Plan, version: str) -> Column:
        return Column(
            self.value, self.scored, self.answered, self.items, self.band, plan.band_names, plan.rule, version
        )


class _Engine:
    """What is the same for every row: ranges, which questions are turned, what marks count for."""

    def __init__(self, scorer: Scorer) -> None:
        items = scorer.form.items
        self.scorer = scorer
        self.low = np.array([item.low for item in items])
        self.high = np.array([item.high for item in items])
        self.step = np.array([item.step for item in items])
        self.whole = bool((self.step == 1).all() and (self.low == np.rint(self.low)).all())
        self.turned = np.array([item.key in scorer.turned for item in items])
        self.worth = [(place, np.array(item.points)) for place, item in enumerate(items) if item.points]

    def score(self, given: Numbers, start: int, into: dict[str, _Kept]) -> None:
        present = ~np.isnan(given)
        marks = np.where(present, given, self.low)
        self._refuse(marks, start)
        counted = self._points(marks)
        counted[~present] = 0.0
        for plan in self.scorer.plans:
            one = into[plan.key]
            if plan.parts:
                _of_scores(plan, into, one)
            else:
                _of_questions(plan, counted, present, one)
            if self.scorer.form.not_scored:
                one.scored[:] = False
            one.value[~one.scored] = np.nan
            _bands(plan, one)

    def _refuse(self, marks: Numbers, start: int) -> None:
        if self.whole:
            off = marks != np.rint(marks)
        else:
            steps = (marks - self.low) / self.step
            off = np.abs(steps - np.rint(steps)) > TOLERANCE
        wrong = (marks < self.low) | (marks > self.high) | off
        if wrong.any():
            row, place = (int(part[0]) for part in np.nonzero(wrong))
            item = self.scorer.form.items[place]
            raise BadAnswer(
                f"row {start + row + 1}: question {item.number} goes from {item.low:g} to {item.high:g} in steps of "
                f"{item.step:g}, but the answer is {marks[row, place]:g}; correct it."
            )

    def _points(self, marks: Numbers) -> Numbers:
        if self.turned.any():
            marks[:, self.turned] = (self.low + self.high - marks)[:, self.turned]
        for place, worth in self.worth:
            marks[:, place] = worth[np.rint(marks[:, place] - self.low[place]).astype(np.intp)]
        return marks


def _of_questions(plan: Plan, counted: Numbers, present: Flags, one: _Kept) -> None:
    columns = list(plan.columns)
    count = len(columns)
    answered, total = _across(present, counted, columns)
    one.answered[:] = answered
    one.items[:] = count
    one.scored[:] = answered == count
    if plan.optional:
        required = [place for place in columns if place not in plan.optional]
        without = present[:, required].all(axis=1) & (answered < count)
        one.items[without] = answered[without]
        one.scored[without] = True
    if plan.fill:
        filled = (answered < count) & (answered >= max(count - plan.fill, 1))
        filled &= present[:, list(plan.never_filled)].all(axis=1)
        one.scored[filled] = True
        if not plan.mean:
            total[filled] = total[filled] / answered[filled] * count
    if plan.mean:
        total /= np.maximum(answered, 1)
    np.round(total, DECIMALS, out=one.value)


def _across(present: Flags, counted: Numbers, columns: list[int]) -> tuple[Counts, Numbers]:
    """Add up some columns one after another, which is quicker than row by row where they are few."""
    answered, total = present[:, columns[0]].astype(np.int16), counted[:, columns[0]].copy()
    for place in columns[1:]:
        answered += present[:, place]
        total += counted[:, place]
    return answered, total


def _of_scores(plan: Plan, into: dict[str, _Kept], one: _Kept) -> None:
    parts = [into[key] for key in plan.parts]
    one.answered[:] = np.sum([part.answered for part in parts], axis=0)
    one.items[:] = np.sum([part.items for part in parts], axis=0)
    one.scored[:] = np.all([part.scored for part in parts], axis=0)
    total = np.sum([part.value for part in parts], axis=0)
    one.value[:] = np.round(total / len(parts) if plan.mean else total, DECIMALS)


def _bands(plan: Plan, one: _Kept) -> None:
    if not plan.band_from:
        one.band[:] = -1
        return
    one.band[:] = np.searchsorted(plan.band_from, one.value, side="right") - 1
    one.band[~one.scored] = -1
