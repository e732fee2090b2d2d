"""Scores answers, one response at a time: a number with how it came about, or no number and the reason."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from alongside.instruments import marks
from alongside.instruments.items import Item
from alongside.instruments.marks import BadAnswer, Given
from alongside.instruments.plans import Plan, plans, turned
from alongside.instruments.schema import Instrument

__all__ = ["BadAnswer", "NeverScored", "Score", "Scorer"]

DECIMALS = 9  # a sum of tenths is not exact in binary
NOTHING = "no question is answered"
PLAIN = frozenset({int, float, str})


class NeverScored(ValueError):
    """Nothing is counted on this form; the message says why."""


@dataclass(frozen=True, slots=True)
class Score:
    """One score of one response.

    Parameters
    ----------
    value
        The score, in its own points; None where there is none.
    answered
        How many of its questions were answered.
    items
        How many there are, those that do not apply left out.
    rule
        The rule in words.
    status
        Whether there is a score.
    why
        Why there is none, or what was done to have one; None where all were answered.
    band
        The published name, in lower case; None without a score or a published band.
    version
        The version of the definition it was made by.
    """

    value: float | None
    answered: int
    items: int
    rule: str
    status: Literal["scored", "not_scored"]
    why: str | None
    band: str | None
    version: str


class Scorer:
    """Scores the responses to one form.

    Parameters
    ----------
    form
        Its definition.

    Raises
    ------
    NeverScored
        If nothing is counted on this form.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> scorer = Scorer(loader.load("gad7"))
    >>> scorer.score([1, 1, 1, 1, 1, 1, 2])["total"]
    Score(value=8, answered=7, items=7, rule='sum of 7 questions, all answered', status='scored', why=None, \
band='mild', version='1')
    >>> Scorer(loader.load("goals"))
    Traceback (most recent call last):
    ...
    alongside.instruments.scoring.NeverScored: Personal goals are never scored: every goal is the person’s own, so \
each mark stands beside its goal and none are added up.
    """

    def __init__(self, form: Instrument) -> None:
        if form.never_scored:
            raise NeverScored(form.never_scored)
        self.form = form
        self.plans = plans(form)
        self.turned = turned(form)
        self._several = form.several_marked == "highest"
        self._points = [self._table(item) for item in form.items]
        self._names = _names(form.items)
        self._words = {f"q{question.number}" for question in form.questions} | {one.key for one in form.questions}
        self._numbers = [item.number for item in form.items]
        self._least = 1 + max(place for plan in self.plans for place in plan.columns)

    def score(self, answers: Sequence[Given] | Mapping[str, Given]) -> dict[str, Score]:
        """Score one response.

        Parameters
        ----------
        answers
            The marks as they were made, never turned round, None where there is none: in the order of the form's items,
            to the last that is counted, or by key or `q` and number, where what is left out was not answered.

        Returns
        -------
        dict of Score
            Every score of the form by its key, in the definition's order.

        Raises
        ------
        BadAnswer
            If an answer cannot be what was marked, or its question is not on the form.

        Examples
        --------
        >>> from alongside.instruments import loader
        >>> phq = Scorer(loader.load("phq9"))
        >>> made = phq.score({"q1": 2, "mood": 1})["total"]
        >>> made.value, made.status, made.answered
        (None, 'not_scored', 2)
        >>> phq.score([3, 3, 3, 3, 0, 0, 0, 0, 0])["total"].band
        'moderate'
        """
        counted = self._counted(answers)
        made: dict[str, Score] = {}
        for plan in self.plans:
            made[plan.key] = self._of_scores(plan, made) if plan.parts else self._of_questions(plan, counted)
        return made

    def check_ins(self, answers: Sequence[Given] | Mapping[str, Given]) -> tuple[Item, ...]:
        """List the questions whose answer opens a neutral check-in with the person; it is no score and no label.

        Parameters
        ----------
        answers
            As for `score`.

        Returns
        -------
        tuple of Item
            The definition's `check_in` questions with any mark above the lowest.

        Raises
        ------
        BadAnswer
            As for `score`.

        Examples
        --------
        >>> from alongside.instruments import loader
        >>> [item.number for item in Scorer(loader.load("phq9")).check_ins({"q9": 1})]
        [9]
        """
        given = self._ordered(answers)
        several = self._several
        return tuple(
            item
            for item, one in zip(self.form.items, given, strict=True)
            if item.key in self.form.check_in
            and (mark := marks.mark(item, one, highest_of_several=several)) is not None
            and mark > item.low
        )

    def _table(self, item: Item) -> dict[object, float]:
        """Every mark of a short scale and what it counts for, so that most answers are one look away."""
        steps = round((item.high - item.low) / item.step)
        if steps > 20 or item.step != 1:
            return {}
        back = item.key in self.turned
        table: dict[object, float] = {}
        for step in range(steps + 1):
            at = item.low + step
            table[at] = table[f"{at:g}"] = marks.points(item, at, turned=back)
        return table

    def _ordered(self, answers: Sequence[Given] | Mapping[str, Given]) -> Sequence[Given]:
        if isinstance(answers, Mapping):
            given: list[Given] = [None] * len(self._points)
            for name, answer in answers.items():
                place = self._names.get(name)
                if place is not None:
                    given[place] = answer
                elif name not in self._words:
                    raise BadAnswer(
                        f"there is no question “{marks.shown(name)}” on {self.form.name}; correct or remove it."
                    )
            return given
        if not self._least <= len(answers) <= len(self._points):
            raise BadAnswer(
                f"{self.form.name} has {len(self._points)} questions, but there are {len(answers)} answers."
            )
        return [*answers, *[None] * (len(self._points) - len(answers))]

    def _counted(self, answers: Sequence[Given] | Mapping[str, Given]) -> list[float | None]:
        counted: list[float | None] = []
        for place, given in enumerate(self._ordered(answers)):
            if given is None:
                counted.append(None)
                continue
            value = self._points[place].get(given) if type(given) in PLAIN else None
            counted.append(self._slowly(place, given) if value is None else value)
        return counted

    def _slowly(self, place: int, given: Given) -> float | None:
        item = self.form.items[place]
        mark = marks.mark(item, given, highest_of_several=self._several)
        return None if mark is None else marks.points(item, mark, turned=item.key in self.turned)

    def _of_questions(self, plan: Plan, counted: list[float | None]) -> Score:
        values = [value for place in plan.columns if (value := counted[place]) is not None]
        answered, items = len(values), len(plan.columns)
        if self.form.not_scored:
            return self._none(plan, answered, items, self.form.not_scored)
        if answered == items:
            return self._some(plan, sum(values), answered, items, None)
        absent = [place for place in plan.columns if counted[place] is None]
        if plan.optional.issuperset(absent) and answered:
            return self._some(plan, sum(values), answered, answered, plan.optional_note)
        if not answered or len(absent) > plan.fill or not plan.never_filled.isdisjoint(absent):
            return self._none(plan, answered, items, self._what_is_missing(plan, absent) if answered else NOTHING)
        total = sum(values) if plan.mean else sum(values) / answered * items
        filled = f"prorated: {answered} of {items} questions are answered"
        return self._some(plan, total, answered, items, filled)

    def _of_scores(self, plan: Plan, made: Mapping[str, Score]) -> Score:
        parts = [made[key] for key in plan.parts]
        answered, items = sum(part.answered for part in parts), sum(part.items for part in parts)
        if self.form.not_scored:
            return self._none(plan, answered, items, self.form.not_scored)
        values = [part.value for part in parts if part.value is not None]
        if len(values) < len(parts):
            lost = [key for key, part in zip(plan.parts, parts, strict=True) if part.value is None]
            said = f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} not scored"
            return self._none(plan, answered, items, said)
        total = sum(values) / len(parts) if plan.mean else sum(values)
        return self._made(plan, total, answered, items, None)

    def _some(self, plan: Plan, total: float, answered: int, items: int, why: str | None) -> Score:
        return self._made(plan, total / answered if plan.mean else total, answered, items, why)

    def _made(self, plan: Plan, value: float, answered: int, items: int, why: str | None) -> Score:
        whole = int(value)
        value = whole if whole == value else round(value, DECIMALS)
        band = bisect_right(plan.band_from, value) - 1
        name = plan.band_names[band] if band >= 0 else None
        return Score(value, answered, items, plan.rule, "scored", why, name, self.form.version)

    def _none(self, plan: Plan, answered: int, items: int, why: str) -> Score:
        return Score(None, answered, items, plan.rule, "not_scored", why, None, self.form.version)

    def _what_is_missing(self, plan: Plan, absent: list[int]) -> str:
        required = [place for place in absent if place not in plan.optional]
        numbers = sorted(self._numbers[place] for place in required)
        if len(numbers) == 1:
            return f"question {numbers[0]} is not answered"
        first = ", ".join(map(str, numbers[:-1]))
        return f"questions {first} and {numbers[-1]} are not answered"


def _names(items: Sequence[Item]) -> dict[str, int]:
    by_number = {f"q{item.number}": place for place, item in enumerate(items)}
    return by_number | {item.key: place for place, item in enumerate(items)}
