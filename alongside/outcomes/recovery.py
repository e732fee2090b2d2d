"""The share of people who recovered over a number of days, as the organisation itself defines it.

Recovered means that every one of the named questions improved reliably. So each of them needs a threshold with its
source; a plain line without a stated reliability has none, and no recovery is counted by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.disclosure import Count, FewOfN, Reason, Setting
from alongside.outcomes.missing import Bounds, bounds
from alongside.outcomes.nearest import FirstAndNearest
from alongside.outcomes.proportions import Proportion, proportion
from alongside.outcomes.reliable_change import Threshold, direction


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question that must improve: its forms, its threshold and its direction. Working data, never published."""

    forms: FirstAndNearest
    """First form and the form nearest to the day."""
    threshold: Threshold
    """The change that counts."""
    lower_is_better: bool
    """Which way is better."""


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """How many people recovered, by a rule that is printed with the count."""

    rule: str
    """The rule in words."""
    days: Setting
    """The day by which it is judged, counted from the first form."""
    window: Setting
    """How far from that day the second form may be, in days."""
    questions: dict[str, Threshold]
    """Each question with the change that counts and its source."""
    n: Count
    """Everyone with a first form on every one of the questions."""
    without_second: FewOfN
    """Of them, people without a form near that day on one of the questions or more."""
    recovered: Proportion | None
    """People who recovered, among those with both forms."""
    bounds: Bounds | None
    """The share among everyone if none, and if all, of the people without a second form had recovered."""
    why: Reason = None
    """Why a number here is null."""


def recovery(questions: Mapping[str, Question], *, days: float, window: float) -> Recovery:
    """Count the people in whom every one of the questions improved reliably.

    Parameters
    ----------
    questions : each question's name for readers and its forms, one or more
    days, window : as given to `first_and_nearest`, in days

    Returns
    -------
    Recovery
        recovered and bounds are None where a question has no threshold.

    Raises
    ------
    ValueError : there is no question

    References
    ----------
    Jacobson and Truax (1991). doi:10.1037/0022-006X.59.1.12; interval: Wilson (1927).
    doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> from alongside.outcomes.nearest import first_and_nearest
    >>> from alongside.outcomes.reliable_change import published
    >>> forms = first_and_nearest([1, 1, 2, 2, 3], [0, 98, 0, 101, 0], [9, 3, 8, 7, 6])
    >>> often = Question(forms=forms, threshold=published(3, source="a study"), lower_is_better=True)
    >>> found = recovery({"how often": often}, days=100, window=28)
    >>> found.recovered.count, found.recovered.n, found.without_second
    (1, 2, 1)
    >>> found.rule, found.bounds.lowest == 1 / 3, found.bounds.highest == 2 / 3
    ('Reliable improvement in how often', True, True)
    """
    if not questions:
        raise ValueError("recovery needs one question or more")
    everyone = _in_all([np.append(one.forms.client, one.forms.without) for one in questions.values()])
    both = _in_all([one.forms.client for one in questions.values()])
    without = len(everyone) - len(both)
    better = _recovered(list(questions.values()))
    return Recovery(
        rule=f"Reliable improvement in {_listed(list(questions))}",
        days=days,
        window=window,
        questions={name: one.threshold for name, one in questions.items()},
        n=len(everyone),
        without_second=without,
        recovered=None if better is None else proportion(better, len(both)),
        bounds=None if better is None else bounds(better, of=len(both), missing=without),
        why=_why(questions, everyone),
    )


def _recovered(questions: list[Question]) -> int | None:
    """Return how many improved on every question, or None where one has no threshold."""
    improved = []
    for question in questions:
        forms, points = question.forms, question.threshold.points
        if points is None:
            return None
        way = direction(forms.first, forms.nearest, by=points, lower_is_better=question.lower_is_better)
        improved.append(forms.client[way == 1])
    return len(_in_all(improved))


def _in_all(clients: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = reduce(np.intersect1d, clients)
    return found


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"all of {', '.join(others)} and {last}" if others else last


def _why(questions: Mapping[str, Question], everyone: NDArray[np.int64]) -> str | None:
    for name, question in questions.items():
        if question.threshold.why:
            return f"{name}: {question.threshold.why}"
    return None if len(everyone) else "Nobody has a first form on every one of the questions."
