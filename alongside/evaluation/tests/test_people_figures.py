"""The two figures in which each person is seen: who is drawn, what is said of them, and that none is published."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alongside.evaluation.evaluate import Evaluation, evaluate
from alongside.evaluation.options import Options
from alongside.evaluation.people_figures import MOST_BARS, MOST_DOTS, people_figures
from alongside.evaluation.sample import FORMS
from alongside.evaluation.tests.conftest import Ask
from alongside.press.document import Bars, Individuals, Ordered, Scatter, Spots

STATED = {"better": {"calm": "lower"}, "reliability": 0.9}


def evaluated(path: Path, **options: object) -> Evaluation:
    return evaluate(path, attributes_path=None, options=Options(**options), tell=lambda _: None)  # type: ignore[arg-type]


def figures(tmp_path: Path, pairs: Iterable[tuple[float, float]], **options: object) -> tuple[Individuals, Individuals]:
    rows = (f"c{n},0,calm,{first}\nc{n},14,calm,{last}\n" for n, (first, last) in enumerate(pairs))
    (tmp_path / "calm.csv").write_text("client,day,measure,score\n" + "".join(rows))
    first_and_last, each_change = people_figures(evaluated(tmp_path / "calm.csv", **options))
    return first_and_last, each_change


def scatter(found: Individuals) -> Scatter:
    assert isinstance(found.figure, Scatter)
    return found.figure


def ordered(found: Individuals) -> Ordered:
    assert isinstance(found.figure, Ordered)
    return found.figure


def counted(found: Individuals) -> list[tuple[str, str]]:
    """What the table says, as (name, how many)."""
    (group,) = found.table.groups
    return [(row.cells[0].text, row.cells[1].strong) for row in group.rows]  # type: ignore[union-attr]


def people(figure: Scatter | Ordered) -> list[int]:
    """How many people are drawn as better, between and worse."""
    groups: tuple[Spots | Bars | None, ...] = (figure.better, figure.between, figure.worse)
    return [0 if group is None else sum(drawn[-1] for drawn in _drawn(group)) for group in groups]


def _drawn(group: Spots | Bars) -> Sequence[tuple[Any, ...]]:
    return group.places if isinstance(group, Spots) else group.changes


PAIRS = [(8, 2), (8, 2), (7, 3), (6, 6), (5, 4.5), (4, 4.2), (3, 9)]


def test_the_sample_shows_the_first_outcome_only_and_agrees_with_its_counts() -> None:
    found = evaluated(FORMS, instrument="service-evaluation", reliability=0.9)
    shown = people_figures(found)
    assert [one.title for one in shown] == [
        "Each person’s first and last form: How often",
        "Each person’s change, in order: How often",
        "Each person’s first and last form: How severe",
        "Each person’s change, in order: How severe",
    ]
    change = found.results.measures["self_harm_frequency"].reliable_change
    assert change
    assert (
        people(shown[0].figure) == people(shown[1].figure) == [change.improved, change.unchanged, change.deteriorated]
    )
    said = "72 of 119 people changed for the better by 1.8 points or more, 7 for the worse, and 40 by less."
    assert shown[0].sentences == (said,)
    assert shown[0].figure.alt == f"How often, first form against last: {said}"
    assert counted(shown[0]) == [
        ("Better by 1.8 points or more", "72"),
        ("By less, either way", "40"),
        ("Worse by 1.8 points or more", "7"),
    ]
    assert shown[0].table.notes[1] == "Not in the figure, without a second form: 40 people."
    assert scatter(shown[0]).bottom_words == "not at all"


def test_each_person_is_a_bar_from_most_better_to_most_worse(tmp_path: Path) -> None:
    figure = ordered(figures(tmp_path, PAIRS, **STATED)[1])
    groups = [figure.better, figure.between, figure.worse]
    changes = [change for group in groups if group for change, _ in group.changes]
    assert np.round(changes, 9).tolist() == [-6, -6, -4, -0.5, 0, 0.2, 6]
    assert (figure.start_words, figure.bottom_words) == ("most for the better", "went down: better")


def test_where_higher_is_better_the_order_and_the_words_turn(tmp_path: Path) -> None:
    figure = ordered(figures(tmp_path, PAIRS, **STATED | {"better": {"calm": "higher"}})[1])
    assert figure.better
    assert figure.better.changes == ((6, 1),)
    assert figure.bottom_words == "went down: worse"


def test_every_change_is_in_one_row_of_the_table(tmp_path: Path) -> None:
    found = counted(figures(tmp_path, PAIRS, **STATED)[1])
    assert [n for _, n in found] == ["3", "1", "1", "1", "1"]
    assert found[2][0] == "No change at all"


def test_people_on_one_spot_are_one_dot_of_several(tmp_path: Path) -> None:
    better = scatter(figures(tmp_path, PAIRS, **STATED)[0]).better
    assert better
    assert better.places == ((7, 3, 1), (8, 2, 2))


@pytest.mark.parametrize(("options", "why"), [({"better": {"calm": "lower"}}, "No reliability was stated"), ({}, None)])
def test_without_a_threshold_there_is_no_band_and_nobody_is_called_better(
    tmp_path: Path, options: dict[str, object], why: str | None
) -> None:
    first, change = figures(tmp_path, PAIRS, **options)
    for figure in (first.figure, change.figure):
        assert (figure.band, figure.better, figure.worse, figure.between.name) == (None, None, None, "7 people")
    said = "Of 7 people, 4 marked lower at the last form than at the first, 1 the same and 2 higher."
    assert first.sentences[0] == said
    assert [one[: len(why)] for one in first.sentences[1:]] == [why] if why else len(first.sentences) == 1
    assert [n for _, n in counted(first)] == [n for _, n in counted(change)] == ["4", "1", "2"]


def test_no_way_is_called_better_where_none_was_stated(tmp_path: Path) -> None:
    change = figures(tmp_path, PAIRS)[1]
    words = " ".join(
        [ordered(change).bottom_words, ordered(change).start_words, *(name for name, _ in counted(change))]
    )
    assert words == "went down went down most Went down No change at all Went up"


def test_the_threshold_is_written_so_that_it_counts_the_people_it_counted(tmp_path: Path) -> None:
    pairs = [(n, n - 0.7) for n in range(1, 9)]  # 0.7 is less than the threshold, which is 0.74
    found, _ = figures(tmp_path, pairs, better={"calm": "lower"}, reliability=0.988)
    exact = scatter(found).band
    assert exact
    assert 0.7 < exact < 0.75
    assert people(found.figure) == [0, 8, 0]
    assert "0 of 8 people changed for the better by 0.74 points or more" in found.sentences[0]


@pytest.mark.parametrize("pairs", [[(5, 3)], [(5, 5)], [(5, 5)] * 12, [(0, 0), (0, 0), (0, 1e9)], [(-3, -9), (-4, -1)]])
def test_whatever_people_marked_can_be_drawn(tmp_path: Path, ask: Ask, pairs: list[tuple[float, float]]) -> None:
    first, change = figures(tmp_path, pairs, **STATED)
    for figure in (first.figure, change.figure):
        assert figure.bottom < figure.top
        assert sum(people(figure)) == len(pairs)
    options = ("--lower-is-better", "calm", "--reliability", "0.9", "--out", str(tmp_path / "report"))
    assert ask(tmp_path / "calm.csv", *options).code == 0


def test_one_far_out_does_not_squeeze_the_others_and_is_said(tmp_path: Path) -> None:
    pairs = [(n % 17, n % 11) for n in range(60)]
    first, change = figures(tmp_path, [*pairs, (4, 1e9)], **STATED)
    assert max(scatter(first).top, ordered(change).top) <= 20
    for found in (first, change):
        assert found.sentences[-1] == "1 person is further out than the axis goes, and stands at its edge."


def test_a_crowd_is_drawn_together_and_nobody_is_lost(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    firsts = rng.normal(20, 8, 5000)
    first, change = figures(tmp_path, zip(firsts, firsts + rng.normal(-4, 6, 5000), strict=True), **STATED)
    assert people(first.figure) == people(change.figure)
    assert sum(people(first.figure)) == 5000
    dots, bars = scatter(first), ordered(change)
    assert dots.better
    assert dots.worse
    assert bars.better
    assert bars.worse
    assert len(dots.between.places) + len(dots.better.places) + len(dots.worse.places) < MOST_DOTS
    assert len(bars.between.changes) + len(bars.better.changes) + len(bars.worse.changes) <= MOST_BARS + 3
    assert all(before - after >= (dots.band or 0) - 1e-9 for before, after, _ in dots.better.places)


@pytest.mark.parametrize("profile", ["strict", "standard"])
def test_nobody_is_drawn_in_what_is_published(ask: Ask, tmp_path: Path, profile: str) -> None:
    options = ("--instrument", "service-evaluation", "--reliability", "0.9", "--out", str(tmp_path / "report"))
    assert ask(FORMS, *options).code == 0
    assert "Each person’s change, in order: How often" in (tmp_path / "report" / "report.html").read_text()
    assert ask(FORMS, *options, "--publish", profile).code == 0
    page = (tmp_path / "report" / "report.html").read_text()
    assert "Each person’s change" not in page
    assert "Each person’s first" not in page
    assert 'class="figure people"' not in page


def test_files_of_many_measures_show_the_first_four(tmp_path: Path) -> None:
    names = ",".join("abcdef")
    (tmp_path / "wide.csv").write_text(f"client,day,{names}\nada,0,1,2,3,4,5,6\nada,9,2,3,4,5,6,7\n")
    shown = people_figures(evaluated(tmp_path / "wide.csv", items=tuple("abcdef")))
    assert [one.title[-1] for one in shown] == list("aabbccdd")


def test_a_measure_nobody_answered_twice_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "two.csv").write_text("client,day,measure,score\nada,0,calm,1\nada,9,calm,2\nada,0,sleep,3\n")
    assert [one.title[-4:] for one in people_figures(evaluated(tmp_path / "two.csv"))] == ["calm", "calm"]
