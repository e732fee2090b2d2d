"""A table of responses scores as each response does by itself."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.instruments import loader
from alongside.instruments.checks import span
from alongside.instruments.columns import ROWS, score_columns
from alongside.instruments.marks import BadAnswer
from alongside.instruments.scoring import Scorer
from alongside.instruments.tests.test_scoring import phq

SCORED = [key for key in loader.keys() if not loader.load(key).never_scored]  # noqa: SIM118 - a function of a module


def drawn(data: st.DataObject, scorer: Scorer) -> list[list[float | None]]:
    """Any responses that could be, some answers missing."""
    answers = [
        st.none()
        | st.integers(0, round((item.high - item.low) / item.step)).map(
            lambda step, item=item: round(item.low + step * item.step, 9)
        )  # type: ignore[misc]
        for item in scorer.form.items
    ]
    return data.draw(st.lists(st.tuples(*answers).map(list), min_size=1, max_size=4))


def agree(scorer: Scorer, rows: list[list[float | None]]) -> None:
    made = score_columns(scorer, np.array([[math.nan if one is None else one for one in row] for row in rows]))
    for place, row in enumerate(rows):
        for key, single in scorer.score(row).items():
            column = made[key]
            value, band = column.value[place], column.band[place]
            assert (None if np.isnan(value) else value) == pytest.approx(single.value, abs=1e-9)
            assert bool(column.scored[place]) == (single.status == "scored") == (single.value is not None)
            assert (column.answered[place], column.items[place]) == (single.answered, single.items)
            assert (column.band_names[band] if band >= 0 else None) == single.band
            assert (column.rule, column.version) == (single.rule, single.version)


@pytest.mark.parametrize("key", SCORED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_table_scores_as_each_row_does(key: str, data: st.DataObject) -> None:
    scorer = Scorer(loader.load(key))
    agree(scorer, drawn(data, scorer))


@pytest.mark.parametrize("more", ["", "never_prorated = [9]"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_filling_in_is_the_same_in_a_table(more: str, data: st.DataObject) -> None:
    scorer = phq("prorate max 2", more)
    agree(scorer, drawn(data, scorer))


@pytest.mark.parametrize("key", SCORED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_score_lies_where_it_can_and_never_without_its_answers(key: str, data: st.DataObject) -> None:
    form = loader.load(key)
    scorer = Scorer(form)
    ends = {score.key: span(form, score) for score in form.scores}
    for row in drawn(data, scorer):
        for name, made in scorer.score(row).items():
            assert made.answered <= made.items
            assert (made.value is None) == (made.status == "not_scored")
            assert made.value is not None or (made.why and made.band is None)
            if made.value is not None and name in ends:
                assert ends[name][0] <= made.value <= ends[name][1]
                assert made.answered == made.items


@pytest.mark.parametrize("key", [key for key in SCORED if loader.load(key).scores and not loader.load(key).not_scored])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_turning_every_mark_round_turns_every_score_round(key: str, data: st.DataObject) -> None:
    form = loader.load(key)
    scorer = Scorer(form)
    marks = [data.draw(st.integers(int(item.low), int(item.high))) for item in form.items]
    back = [int(item.low + item.high) - mark for item, mark in zip(form.items, marks, strict=True)]
    there, again = scorer.score(marks), scorer.score(back)
    for score in form.scores:
        low, high = span(form, score)
        assert there[score.key].value + again[score.key].value == pytest.approx(low + high)  # type: ignore[operator]


def test_a_long_table_is_scored_in_pieces() -> None:
    table = np.tile(np.arange(10) % 4.0, (2 * ROWS + 3, 1))
    total = score_columns(Scorer(loader.load("phq9")), table)["total"]
    assert len(total.value) == 2 * ROWS + 3
    assert set(total.value.tolist()) == {float(sum(number % 4 for number in range(9)))}


@pytest.mark.parametrize("wrong", [4.0, -1.0, 1.5, math.inf])
def test_an_answer_that_cannot_be_names_its_row(wrong: float) -> None:
    table = np.zeros((ROWS + 5, 7))
    table[ROWS + 1, 2] = wrong
    with pytest.raises(BadAnswer, match=f"^row {ROWS + 2}: question 3 goes from 0 to 3 in steps of 1"):
        score_columns(Scorer(loader.load("gad7")), table)


def test_a_table_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="must have 7 columns"):
        score_columns(Scorer(loader.load("gad7")), np.zeros((2, 9)))


def test_no_response_is_no_score() -> None:
    assert score_columns(Scorer(loader.load("gad7")), np.zeros((0, 7)))["total"].value.shape == (0,)
