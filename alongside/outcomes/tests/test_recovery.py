"""Recovery is what the organisation says it is, printed with who is missing and what that could mean."""

from typing import Any

import pytest

from alongside.outcomes.disclosure import STRICT, treat
from alongside.outcomes.nearest import first_and_nearest
from alongside.outcomes.proportions import wilson
from alongside.outcomes.recovery import Question, Recovery, recovery
from alongside.outcomes.reliable_change import Threshold, published, threshold_from_first


def question(*clients: tuple[int, list[tuple[float, float]]], threshold: Threshold | None = None) -> Question:
    rows = [(client, day, score) for client, forms in clients for day, score in forms]
    columns: Any = zip(*rows, strict=True) if rows else ((), (), ())
    found = threshold or published(2, source="a study")
    return Question(forms=first_and_nearest(*columns), threshold=found, lower_is_better=True)


def both(often: Question, severe: Question) -> Recovery:
    return recovery({"how often": often, "how severe": severe}, days=100, window=28)


def test_every_question_must_improve_reliably() -> None:
    better, same, alone = [(0, 8), (100, 5)], [(0, 8), (100, 7)], [(0, 8)]
    often = question((1, better), (2, better), (3, better), (4, alone), (5, better))
    severe = question((1, better), (2, same), (3, alone), (4, alone), (6, better))
    found = both(often, severe)
    assert (found.n, found.without_second) == (4, 2)
    assert found.recovered is not None
    assert (found.recovered.count, found.recovered.n, found.recovered.ci95) == (1, 2, wilson(1, 2))
    assert found.bounds is not None
    assert (found.bounds.lowest, found.bounds.highest) == (1 / 4, 3 / 4)
    assert found.rule == "Reliable improvement in all of how often and how severe"


def test_losing_second_forms_never_raises_the_lowest_share() -> None:
    better = [(0, 8.0), (100, 5.0)]
    whole = recovery({"q": question(*((n, better) for n in range(10)))}, days=100, window=28)
    fewer = recovery({"q": question(*((n, better if n < 6 else better[:1]) for n in range(10)))}, days=100, window=28)
    assert whole.bounds is not None
    assert fewer.bounds is not None
    assert (whole.bounds.lowest, fewer.bounds.lowest, fewer.bounds.highest) == (1, 0.6, 1)


def test_no_threshold_no_recovery() -> None:
    flat = [(0, 8.0), (100, 8.0)]
    none = threshold_from_first([8, 8], reliability=0.9, source="a study")
    found = both(question((1, flat), threshold=none), question((1, flat)))
    assert (found.n, found.recovered, found.bounds) == (1, None, None)
    assert (found.why or "").startswith("how often: ")


def test_nobody_and_no_question() -> None:
    found = recovery({"q": question()}, days=100, window=28)
    assert (found.n, found.recovered and found.recovered.share) == (0, None)
    assert found.why
    with pytest.raises(ValueError, match="one question"):
        recovery({}, days=100, window=28)


def test_what_is_published_keeps_the_rule_and_hides_the_few() -> None:
    forms = [(n, [(0, 8.0), (100, 5.0 if n < 20 else 8.0)] if n < 41 else [(0, 8.0)]) for n in range(46)]
    shown = treat(recovery({"q": question(*forms)}, days=100, window=28), STRICT)
    assert (shown.n, shown.without_second, shown.days, shown.questions["q"].points) == (45, None, 100, None)
    assert shown.recovered is not None
    assert (shown.recovered.count, shown.recovered.n, shown.recovered.share) == (20, 40, 0.5)
