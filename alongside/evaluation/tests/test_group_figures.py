"""Groups at their first form and near a day: who is compared, what is drawn, and what is published of it."""

from pathlib import Path

import numpy as np
import pytest

from alongside.evaluation.evaluate import Evaluation, evaluate
from alongside.evaluation.group_figures import group_figures
from alongside.evaluation.options import Options
from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.outcomes.both_times import both_times
from alongside.outcomes.change import paired
from alongside.outcomes.disclosure import STRICT, treat

SAMPLE = {"instrument": "service-evaluation", "by": ("gender", "age")}


def evaluated(path: Path = FORMS, *, people: Path | None = CLIENTS, **options: object) -> Evaluation:
    return evaluate(path, attributes_path=people, options=Options(**options), tell=lambda _: None)  # type: ignore[arg-type]


def file(tmp_path: Path, groups: dict[str, tuple[int, int]]) -> Path:
    """Write for each group how many answered twice, and how many of them near day 100."""
    rows = [
        f"{level}{n},{day},calm,{n % 5 + day / 50},{level}"
        for level, (twice, near) in groups.items()
        for n in range(twice)
        for day in (0, 98 if n < near else 30)
    ]
    (tmp_path / "calm.csv").write_text("client,day,measure,score,arm\n" + "\n".join(rows) + "\n")
    return tmp_path / "calm.csv"


@pytest.fixture(scope="module")
def sample() -> Evaluation:
    return evaluated(**SAMPLE)


def test_both_times_are_those_of_the_same_people() -> None:
    rng = np.random.default_rng(1)
    first = rng.normal(6, 2, 30)
    near = first - rng.normal(2, 1, 30)
    found, compared = both_times(first, near), paired(first, near)
    assert (found.n, found.mean_first, found.mean_near) == (30, compared.mean_first, compared.mean_last)
    assert (found.mean_change, found.change_ci95) == (compared.mean_change, compared.ci95)
    assert found.first_ci95
    assert found.first_ci95[1] - found.first_ci95[0] > 2 * 1.96 * first.std(ddof=1) / 30**0.5


@pytest.mark.parametrize(
    ("first", "near", "means", "why"),
    [
        ([], [], (None, None, None), "Nobody has both forms"),
        ([6], [4], (6, 4, -2), "One person"),
        ([5, 5], [3, 4], (5, 3.5, -1.5), "no spread"),
    ],
)
def test_too_few_for_an_interval_are_said(first: list[float], near: list[float], means: tuple, why: str) -> None:
    found = both_times(first, near)
    assert (found.mean_first, found.mean_near, found.mean_change) == means
    assert found.first_ci95 is None
    assert why in str(found.why)


def test_how_many_have_both_forms_is_not_published() -> None:
    shown = treat(both_times(range(9), range(9)), STRICT)
    assert (shown.n, shown.mean_first, shown.first_ci95) == (None, None, None)
    shown = treat(both_times(range(10), range(10)), STRICT)
    assert (shown.n, shown.mean_first, shown.mean_change) == (None, 4.5, 0)


def test_groups_make_up_everybody_with_a_form_near_the_day(sample: Evaluation) -> None:
    for measure in sample.results.measures.values():
        for groups in measure.nearest.by.values():
            assert sum(one.n or 0 for one in groups.values()) == measure.nearest.paired.n


def test_each_attribute_has_a_figure_for_each_leading_question(sample: Evaluation) -> None:
    shown = group_figures(sample)
    assert [one.title for one in shown] == [
        "How often by gender: at first, and near day 100",
        "How severe by gender: at first, and near day 100",
        "How often by age: at first, and near day 100",
        "How severe by age: at first, and near day 100",
    ]
    places = shown[0].figure.places
    assert [(one.name, one.under, [dot.text for dot in one.dots]) for one in places] == [
        ("Man", "12 people", ["7.2", "5.0"]),
        ("Non-binary", "8 people", ["7.4", "4.5"]),
        ("Prefer not to say", "", []),
        ("Woman", "48 people", ["6.5", "3.7"]),
    ]
    assert places[2].kept == "nobody has both forms"
    assert shown[0].figure.ticks == ((0, "0"), (5, "5"), (10, "10"))
    assert shown[0].sentences[0].startswith("Man (12 people): 7.2 at first, then 5.0. Non-binary (8 people): 7.4")
    assert shown[0].figure.alt == f"How often, first form and near day 100. {shown[0].sentences[0]}"
    ((man, *_),) = (group.rows for group in shown[0].table.groups)
    assert [getattr(cell, "strong", "") for cell in man.cells[1:]] == ["12", "7.2", "5.0", "−2.2"]


def test_the_day_can_be_another(tmp_path: Path) -> None:
    (found,) = group_figures(evaluated(file(tmp_path, {"a": (9, 3)}), people=None, by=("arm",), days=30, window=5))
    assert found.title == "calm by arm: at first, and near day 30"
    assert found.figure.places[0].under == "6 people"


def test_without_anybody_near_the_day_there_is_no_figure(tmp_path: Path) -> None:
    assert group_figures(evaluated(file(tmp_path, {"a": (9, 0), "b": (9, 0)}), people=None, by=("arm",))) == []
    assert group_figures(evaluated(instrument="service-evaluation")) == []


@pytest.mark.parametrize("profile", ["strict", "standard"])
@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"a": (40, 30), "b": (20, 12)}, {"a", "b"}),
        ({"a": (40, 30), "b": (20, 9)}, {"a"}),
        ({"a": (40, 40), "b": (20, 20)}, {"a", "b"}),
        ({"a": (80, 80), "b": (11, 11)}, {"a"}),  # as shown, nine of b could be near the day
        ({"a": (40, 7), "b": (20, 3)}, set()),
    ],
    ids=["12 of 20 near", "9 of 20 near", "all near", "nearly few", "few near"],
)
def test_means_are_published_from_ten_people_on_and_never_how_many(
    tmp_path: Path, profile: str, groups: dict[str, tuple[int, int]], told: set[str]
) -> None:
    found = evaluated(file(tmp_path, groups), people=None, by=("arm",), publish=profile)
    shown = found.results.measures["calm"].nearest.by["arm"]
    assert all(one.n is None for one in shown.values())
    assert {level for level, one in shown.items() if one.mean_first is not None} == told
    for figure in group_figures(found):
        assert {(one.under, one.kept) for one in figure.figure.places} <= {("10 or more people", ""), ("", "not shown")}


def test_nothing_is_published_of_groups_beside_one_of_which_few_answered(tmp_path: Path) -> None:
    path = file(tmp_path, {"a": (40, 30), "b": (30, 20)})
    group = {f"a{n}": "x" if n < 37 else "y" for n in range(40)} | {f"b{n}": "z" for n in range(30)}
    group |= {f"q{n}": "y" for n in range(20)}  # listed, without a form
    listed = "".join(f"{client},{level}\n" for client, level in group.items())
    (tmp_path / "people.csv").write_text(f"client,group\n{listed}")
    found = evaluated(path, people=tmp_path / "people.csv", by=("group",), publish="strict")
    shown = found.results.measures["calm"].nearest
    assert shown.paired.n == 50
    assert {one.mean_first for one in shown.by["group"].values()} == {None}
