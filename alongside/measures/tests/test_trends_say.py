"""The sentence and the chart of one score agree with its numbers, and neither judges anybody."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.instruments import loader
from alongside.measures.presenters.trend_charts import BOTTOM, LEFT, RIGHT, TOP, chart
from alongside.measures.presenters.trend_sentences import APART, UNKNOWN, Mark, how_it_moved
from alongside.measures.scored import Scale, scales

TODAY = date(2026, 11, 23)
JUDGING = r"better|worse|improv|deteriorat|recover|good|bad|risk|concern|severe|success|fail|high\b|low\b"
SCALES = [
    scale
    for form in (loader.load(key) for key in sorted(loader.keys()))
    if not form.not_scored and not form.never_scored
    for scale in scales(form)
]


@st.composite
def marks_of(draw, scale: Scale) -> list[Mark]:
    """Scores of one scale over time: some withheld, some made of fewer questions, two on a day now and then."""
    whole = st.integers(int(scale.low * 10), int(scale.high * 10)).map(lambda tenths: tenths / 10)
    count = draw(st.integers(1, 12))
    days = sorted(draw(st.lists(st.integers(0, 400), min_size=count, max_size=count)))
    return [
        Mark(
            on=TODAY - timedelta(days=400 - day),
            value=draw(st.none() | whole),
            items=draw(st.sampled_from([5, 5, 5, 4])),
        )
        for day in days
    ]


@given(st.data(), st.sampled_from(SCALES))
def test_a_sentence_agrees_with_the_numbers_and_judges_nobody(data: st.DataObject, scale: Scale) -> None:
    marks = data.draw(marks_of(scale))
    sentence = how_it_moved(marks, scale.reliable, TODAY)
    assert not re.search(JUDGING, sentence.lower())
    scored = [mark for mark in marks if mark.value is not None]
    same = [mark for mark in scored if mark.items == scored[-1].items]
    assert (APART in sentence) == (len(same) < len(scored))
    if len(same) < 2:
        assert sentence.startswith("One form so far" if same else "No score yet")
        return
    first, last = same[0].value, same[-1].value
    found = re.match(r"([\d.]+) on [^,]+, ([\d.]+) on [^:]+: (?:([\d.]+) (higher|lower)|the same)\.", sentence)
    assert found
    assert (float(found[1]), float(found[2])) == (first, last)
    moved = round(last - first, 2)
    assert (found[4] == "higher", found[4] == "lower") == (moved > 0, moved < 0)
    assert float(found[3] or 0) == abs(moved)
    if scale.reliable is None:
        assert UNKNOWN in sentence
    else:
        assert ("so this is more than that" in sentence) == (abs(moved) >= scale.reliable.by)
        assert ("so this may be that alone" in sentence) == (abs(moved) < scale.reliable.by)


@given(st.data(), st.sampled_from(SCALES))
def test_a_chart_holds_every_score_and_nothing_else(data: st.DataObject, scale: Scale) -> None:
    marks = data.draw(marks_of(scale))
    drawn = chart(scale, marks, [(1, TODAY), (2, marks[0].on)], TODAY)
    assert len(drawn.dots) == sum(mark.value is not None for mark in marks)
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in drawn.dots)
    joined = sum(len(line.split()) - 1 for line in drawn.lines)
    neighbours = sum(
        before.value is not None and after.value is not None and before.items == after.items
        for before, after in pairwise(marks)
    )
    assert joined == neighbours
    for strip in [*drawn.bands, *([drawn.ribbon] if drawn.ribbon else [])]:
        assert strip.height >= 0
        assert TOP <= strip.y <= BOTTOM
    assert (drawn.ribbon is not None) == (scale.reliable is not None and bool(drawn.dots))
    names = [band.name_at for band in drawn.bands]
    assert all(lower - upper >= 12 for lower, upper in pairwise(names))


@given(st.data(), st.sampled_from([scale for scale in SCALES if scale.bands]))
def test_bands_are_where_they_were_published_whatever_the_scores(data: st.DataObject, scale: Scale) -> None:
    one, other = (chart(scale, data.draw(marks_of(scale)), [], TODAY).bands for _ in range(2))
    assert one == other
    assert [band.name for band in one] == [band.name for band in scale.bands]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([12, 6], "6 lower. A move of 6 or more is beyond the measure’s own unsteadiness, so this is more than that."),
        ([12, 7], "5 lower. A move of less than 6 may be the measure’s own unsteadiness, so this may be that alone."),
        ([6, 12], "6 higher. A move of 6 or more is beyond the measure’s own unsteadiness, so this is more than that."),
        ([9, 9], "the same. A move of less than 6 may be the measure’s own unsteadiness, so this may be that alone."),
    ],
)
def test_a_move_of_exactly_the_published_value_counts(values: list[int], sentence: str) -> None:
    marks = [Mark(on=date(2026, 3, 3), value=values[0]), Mark(on=date(2026, 11, 17), value=values[1])]
    reliable = loader.load("phq9").scores[0].reliable_change
    said = how_it_moved(marks, reliable, TODAY)
    assert said == f"{values[0]} on 3 March, {values[1]} on 17 November: {sentence}"
