"""Lines over time in the report: what they stand for, how far they go, who is behind them, and what is published."""

from pathlib import Path
from typing import Any

import pytest

from alongside.evaluation.evaluate import Evaluation, evaluate
from alongside.evaluation.group_lines import group_lines, group_lines_in_full
from alongside.evaluation.line_figures import line_figures, lines_in_full
from alongside.evaluation.options import Options
from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.evaluation.summarise import MOST_COURSES
from alongside.evaluation.tests.conftest import Ask
from alongside.evaluation.time_figures import time_figures
from alongside.press.document import Figure, Finding, Multiples

FORM = {"instrument": "service-evaluation"}


def evaluated(path: Path = FORMS, *, people: Path | None = None, **options: object) -> Evaluation:
    return evaluate(path, attributes_path=people, options=Options(**options), tell=lambda _: None)  # type: ignore[arg-type]


def large(found: Evaluation) -> list[Finding]:
    return [block for block in line_figures(found) if isinstance(block, Finding)]


def figure(found: Finding) -> Figure:
    assert isinstance(found.figure, Figure)
    return found.figure


def scores(tmp_path: Path, clients: int, days: tuple[int, ...], *, last: int = 0, arms: str = "ab") -> Path:
    """Write scores of people who answered on the days given, and of one who also did on a later day."""
    arm = {f"c{n}": arms[n % len(arms)] for n in range(clients)}
    rows = [
        f"{client},{day},calm,{n % 7 + n * day % 3 - day / 20},{arm[client]}"
        for n, client in enumerate(arm)
        for day in days
    ]
    rows += [f"c0,{last},calm,3,{arms[0]}"] if last else []
    (tmp_path / "calm.csv").write_text("client,day,measure,score,arm\n" + "\n".join(rows) + "\n")
    return tmp_path / "calm.csv"


@pytest.fixture(scope="module")
def sample() -> Evaluation:
    return evaluated(people=CLIENTS, by=("gender",), reliability=0.9, **FORM)


@pytest.fixture(scope="module")
def published() -> Evaluation:
    return evaluated(people=CLIENTS, by=("gender",), reliability=0.9, publish="strict", **FORM)


def test_the_questions_of_the_first_outcome_are_large_and_the_others_small(sample: Evaluation) -> None:
    assert [one.title for one in large(sample)] == [
        "How often: 2.2 points lower in 100 days",
        "How severe: 1.7 points lower in 100 days",
    ]
    (small,) = (block for block in line_figures(sample) if isinstance(block, Multiples))
    assert len(small.figures) == 9
    assert small.figures[0].title == "Suicidal thoughts: no clear change in 100 days"
    (table,) = lines_in_full(sample)
    assert len(table.groups) == 9


def test_the_line_begins_with_the_models_start_and_its_interval(sample: Evaluation) -> None:
    measure = sample.results.measures["self_harm_frequency"]
    begins = measure.everybody.lines[0].points[0]
    start = measure.everybody.fixed["intercept"]
    assert (begins.day, begins.clients, begins.mean) == (0, 159, pytest.approx(start.estimate))
    assert begins.ci95 == pytest.approx(start.ci95)
    ends = measure.everybody.lines[0].points[-1]
    slope = measure.everybody.fixed["per_100_days"].estimate
    assert ends.mean == pytest.approx((start.estimate or 0) + (slope or 0) * (ends.day or 0) / 100)


def test_it_goes_as_far_as_the_figure_of_the_fortnights(sample: Evaluation) -> None:
    for measure in sample.results.measures.values():
        enough = [at.fortnight for at in measure.over_time if (at.clients or 0) >= 10]
        last = int(enough[-1] or 0)
        days = [at.day for at in measure.everybody.lines[0].points]
        assert days == [*range(0, 14 * last, 14), 14 * last - 7]  # the day on which that fortnight begins


def test_a_person_who_stayed_long_does_not_make_it_longer(tmp_path: Path) -> None:
    path = scores(tmp_path, 12, (0, 15, 42), last=300)
    for publish in (None, "strict"):
        found = evaluated(path, publish=publish)
        assert found.results.measures["calm"].everybody.lines[0].points[-1].day == 35
        assert figure(large(found)[0]).ticks[-1].label == "Day 35"


@pytest.mark.parametrize(("clients", "days"), [(9, (0, 14, 42)), (12, (0, 3, 6)), (12, (-60, -40, -20))])
def test_without_ten_people_beyond_the_first_fortnight_there_is_no_line(
    tmp_path: Path, clients: int, days: tuple[int, ...]
) -> None:
    assert line_figures(evaluated(scores(tmp_path, clients, days))) == []


def test_everybodys_forms_stand_behind_the_line_and_are_counted(sample: Evaluation) -> None:
    first = large(sample)[0]
    assert len(figure(first).behind) == 119
    assert "Each thin line joins one person’s forms, of all 119 people who answered twice or more." in first.lede
    assert max(point.x for line in figure(first).behind for point in line.points) <= 230


def test_of_many_people_some_are_drawn_and_it_says_how_many(tmp_path: Path) -> None:
    first = large(evaluated(scores(tmp_path, 450, (0, 14, 28))))[0]
    assert len(figure(first).behind) == 150 <= MOST_COURSES
    assert "of 150 of the 450 people who answered twice or more" in first.lede


@pytest.mark.parametrize("profile", ["strict", "standard"])
def test_nobody_stands_behind_a_line_that_is_published(profile: str) -> None:
    found = evaluated(publish=profile, **FORM)
    assert found.courses == {}
    assert all(figure(one).behind == () and "thin line" not in one.lede for one in large(found))


def test_a_published_line_is_straight_and_its_numbers_are_rounded(published: Evaluation) -> None:
    points = published.results.measures["self_harm_frequency"].everybody.lines[0].points
    assert all(at.clients is None for at in points)
    assert all(at.mean == round(at.mean or 0, 1) for at in points)
    drawn = [point.y or 0 for point in figure(large(published)[0]).lines[0].points]
    x = [point.x for point in figure(large(published)[0]).lines[0].points]
    slopes = {round((y - drawn[0]) / (day - x[0]), 9) for y, day in zip(drawn[1:], x[1:], strict=True)}
    assert len(slopes) == 1


def test_every_line_has_its_numbers_and_its_sentence(sample: Evaluation) -> None:
    first = large(sample)[0]
    said = (
        "The line of 159 people goes from 6.5 (95% interval 6.2 to 6.8) on day 0 to 1.6 (95% interval 0.8 to 2.3) "
        "on day 217, −2.2 points in 100 days."
    )
    assert first.sentences[0] == said
    assert figure(first).alt == f"How often: {said}"
    assert first.table
    ((_, *rows, last),) = (group.rows for group in first.table.groups)
    assert len(rows) == 15
    assert [getattr(cell, "strong", "") or getattr(cell, "soft", "") for cell in last.cells[1:]] == ["1.6", "2.2", "12"]


def test_groups_are_drawn_together_and_small_ones_are_named(sample: Evaluation) -> None:
    (frequency, _) = group_lines(sample)
    assert isinstance(frequency, Finding)
    assert [line.name for line in figure(frequency).lines] == ["Man", "Non-binary", "Woman"]
    assert "Not drawn, with fewer than 10 people: prefer not to say." in frequency.sentences
    assert frequency.table
    assert len(frequency.table.columns) == 4


def test_four_groups_or_more_are_drawn_apart_with_their_numbers_at_the_end(tmp_path: Path) -> None:
    found = evaluated(scores(tmp_path, 60, (0, 14, 28, 42), arms="abcd"), by=("arm",))
    (block,) = group_lines(found)
    assert isinstance(block, Multiples)
    assert [small.title for small in block.figures] == ["A", "B", "C", "D"]
    assert block.figures[0].text.startswith("A (15 people): from ")
    (table,) = group_lines_in_full(found)
    assert len(table.columns) == 5


def test_lines_by_group_go_where_the_people_of_a_group_are_not_told(tmp_path: Path) -> None:
    """Twelve of group y are listed, but only three answered."""
    path = scores(tmp_path, 27, (0, 14, 28))
    listed = [f"c{n},{'x' if n < 24 else 'y'}" for n in range(36)]
    (tmp_path / "people.csv").write_text("client,group\n" + "\n".join(listed) + "\n")
    how: dict[str, Any] = {"people": tmp_path / "people.csv", "by": ("group",)}
    exact = evaluated(path, **how).results.measures["calm"]
    assert [line.level for line in exact.trajectory.lines] == ["x", "y"]
    for profile in ("strict", "standard"):
        found = evaluated(path, publish=profile, **how)
        shown = found.results.measures["calm"].trajectory
        assert (shown.fixed, shown.by, shown.lines) == ({}, None, ())
        assert "a few people" in str(shown.why)
        assert len(found.results.measures["calm"].everybody.lines) == 1
        assert group_lines(found) == []


def test_the_curve_of_those_not_yet_improved_is_in_exact_reports_only(
    sample: Evaluation, published: Evaluation
) -> None:
    first, second = time_figures(sample)
    found = sample.results.measures["self_harm_frequency"].time_to_change
    assert found
    assert first.title == "How often: half had improved reliably by day 56"
    assert second.title == "How severe: half had improved reliably by day 98"
    assert [point.y for point in figure(first).lines[0].points[1:]] == [step.not_yet for step in found.steps]
    assert figure(first).ticks[0].under == "119 people"
    assert figure(first).ticks[3].under == "64 people"
    assert time_figures(published) == []
    assert time_figures(evaluated(**FORM)) == []


def test_where_fewer_than_half_improved_it_says_so(tmp_path: Path) -> None:
    rows = [f"c{n},{day},calm,{n - (day > 0 and n > 9) * 9}" for n in range(14) for day in (0, 14, 28)]
    (tmp_path / "calm.csv").write_text("client,day,measure,score\n" + "\n".join(rows) + "\n")
    (found,) = time_figures(evaluated(tmp_path / "calm.csv", better={"calm": "lower"}, reliability=0.9))
    assert found.title == "calm: fewer than half were seen to improve reliably"
    assert found.sentences[0] == "4 of 14 people with two forms or more were seen to improve reliably."


@pytest.mark.parametrize("how", [(), ("--publish", "strict"), ("--publish", "standard")])
def test_the_page_and_the_pdf_hold_every_figure(ask: Ask, tmp_path: Path, how: tuple[str, ...]) -> None:
    options = ("--instrument", "service-evaluation", "--attributes", str(CLIENTS), "--by", "gender", "--by", "age")
    assert ask(FORMS, *options, *how, "--out", str(tmp_path / "report")).code == 0
    page = (tmp_path / "report" / "report.html").read_text()
    for title in (
        "How often: 2.2 points lower",
        "How often over time, by gender",
        "How often by age: at first, and near",
    ):
        assert page.count(title) >= 1
    assert ("Each thin line" in page) == (not how)
