"""Groups beside one another: who answered, shares, time to improvement, lines. And each person’s own line."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from alongside.evaluation.tests.conftest import Ask

LOWER = ("--lower-is-better", "calm", "--improved-by", "calm=2", "--reliability", "0.9")


@pytest.fixture
def people(tmp_path: Path) -> tuple[str, ...]:
    """Twenty in the east, twenty in the west, and five more in the west of whom there is no form."""
    path = tmp_path / "people.csv"
    path.write_text("client,area\n" + "".join(f"c{n},{'east' if n < 20 else 'west'}\n" for n in range(45)))
    return "--attributes", str(path), "--by", "area"


def forms() -> str:
    """In the east everybody has three forms and twelve improve at the second; in the west sixteen have three."""
    rows = []
    for n in range(40):
        first, east = 5 + n % 5, n < 20
        rows.append((n, 0, first))
        if east or n % 5:
            rows += [(n, 30 + n % 3, first - (4 if n % 5 < 3 else 0)), (n, 90, first - (3 if east else n % 4))]
    return "client,day,measure,score\n" + "".join(f"c{n},{day},calm,{score}\n" for n, day, score in rows)


def calm(found: dict[str, Any]) -> dict[str, Any]:
    measure: dict[str, Any] = found["measures"]["calm"]
    return measure


def test_who_answered_in_each_group_adds_up(ask: Ask, people: tuple[str, ...]) -> None:
    found = ask(forms(), *people).results
    east, west = (found["people_by"]["area"][level] for level in ("east", "west"))
    counts = ("n", "paired", "first_only", "none", "share_paired")
    assert [east[name] for name in counts] == [20, 20, 0, 0, 1.0]
    assert [west[name] for name in counts] == [25, 16, 4, 5, 16 / 25]
    assert sum(one["n"] for one in (east, west)) == found["people"]["clients"] == 45


def test_a_share_is_set_beside_that_of_the_first_group_with_newcombes_interval(
    ask: Ask, people: tuple[str, ...]
) -> None:
    differences = calm(ask(forms(), *people, *LOWER).results)["differences"]["area"]
    assert list(differences) == ["west"]
    west = differences["west"]
    assert [(west[one]["count"], west[one]["n"]) for one in ("one", "other")] == [(8, 16), (20, 20)]
    assert west["difference"] == -0.5
    # Newcombe's method 10 of Wilson's intervals, by R's prop.test
    assert west["ci95"] == pytest.approx([-0.7200043639, -0.2273037648], abs=1e-9)


def test_there_is_no_difference_of_shares_where_no_improvement_is_counted(ask: Ask, people: tuple[str, ...]) -> None:
    assert calm(ask(forms(), *people).results)["differences"] == {}


def test_an_empty_group_has_no_difference_and_says_why(ask: Ask) -> None:
    content = "client,day,measure,score,area\nada,0,calm,6,east\nbob,0,calm,6,west\nbob,9,calm,4,west\n"
    west = calm(ask(content, "--by", "area", *LOWER).results)["differences"]["area"]["west"]
    assert (west["difference"], west["other"]["n"]) == (None, 0)
    assert "empty" in west["why"]


def test_time_to_improvement_by_group_is_that_of_everybody_taken_apart(ask: Ask, people: tuple[str, ...]) -> None:
    found = calm(ask(forms(), *people, *LOWER).results)
    whole, by = found["time_to_change"], found["time_to_change_by"]["area"]
    assert (by["n"], by["df"]) == (whole["n"], 1) == (36, 1)
    assert sum(group["improved"] for group in by["groups"].values()) == whole["improved"]
    alone = calm(ask(forms(), *people, *LOWER, "--publish", "standard").results)["time_to_change_by"]["area"]
    assert (alone["p"], alone["chi2"], alone["groups"]["east"]["expected"]) == (None, None, None)
    assert alone["groups"]["east"]["n"] == 20


def test_without_reliability_there_is_no_time_to_improvement(ask: Ask, people: tuple[str, ...]) -> None:
    assert calm(ask(forms(), *people).results)["time_to_change_by"] == {}


def test_people_who_differ_in_pace_are_told_from_people_who_do_not(ask: Ask) -> None:
    def rows(pace: int) -> str:
        scores = (
            f"c{n},{day},calm,{50 + n % 7 - (1 + n % 4 * pace) * day / 10 + (n * day // 10 * 3 + day // 30) % 5 - 2}\n"
            for n in range(30)
            for day in (0, 30, 60, 90)
        )
        return "client,day,measure,score\n" + "".join(scores)

    apart, alike = (calm(ask(rows(pace)).results)["comparisons"] for pace in (1, 0))
    assert apart["own_pace"]["p"] < 0.001
    assert alike["own_pace"]["p"] > 0.05
    assert (apart["groups"], apart["groups_pace"]) == (None, None)


def test_groups_are_tested_in_start_and_pace_and_in_pace_alone(ask: Ask, people: tuple[str, ...]) -> None:
    found = calm(ask(forms(), *people).results)["comparisons"]
    assert (found["groups"]["df"], found["groups_pace"]["df"]) == (2, 1)
    assert found["groups"]["chi2"] >= found["groups_pace"]["chi2"] >= 0


def test_a_group_that_a_covariate_already_tells_is_tested_for_nothing_more(ask: Ask, people: tuple[str, ...]) -> None:
    found = calm(ask(forms(), *people, "--covariates", "area").results)["comparisons"]
    assert (found["groups"]["df"], found["groups_pace"]["df"]) == (1, 1)


@pytest.mark.parametrize(
    "rows", ["ada,0,calm,6\n", "".join(f"c{n},{day},calm,6\n" for n in range(4) for day in (0, 9, 20))]
)
def test_scores_that_can_tell_nothing_say_why_there_is_no_test(ask: Ask, rows: str) -> None:
    found = calm(ask("client,day,measure,score\n" + rows).results)["comparisons"]["own_pace"]
    assert (found["p"], bool(found["why"])) == (None, True)


# ---- the report ----


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page(folder: Path) -> str:
    return " ".join((folder / "report.html").read_text().split())


def test_the_exact_report_shows_all_of_it(ask: Ask, people: tuple[str, ...], tmp_path: Path) -> None:
    ask(forms(), *people, *LOWER, "--out", str(tmp_path / "report"))
    said = page(tmp_path / "report")
    for title in (
        "Who answered, by area",
        "Share of each area that improved, beside “east”",
        "Time to the first reliable improvement",
        "would chance alone set groups by area that do not differ this far apart?",
        "would chance alone make people who change at one pace look as different in pace as these?",
        "would chance alone set groups that are alike, in start and in pace, this far apart?",
    ):
        assert title in said


@pytest.mark.parametrize("profile", ["strict", "standard"])
def test_a_published_report_has_no_test_and_no_difference(
    ask: Ask, people: tuple[str, ...], tmp_path: Path, profile: str
) -> None:
    ask(forms(), *people, *LOWER, "--publish", profile, "--out", str(tmp_path / "report"))
    found = calm(json.loads((tmp_path / "report" / "results.json").read_text()))
    assert (found["comparisons"], found["differences"]) == (None, {})
    said = page(tmp_path / "report")
    assert "Time to the first reliable improvement" in said
    assert not [word for word in ("chance alone", "Share of each area") if word in said]


def test_a_few_without_a_form_are_not_told_by_group(ask: Ask, people: tuple[str, ...]) -> None:
    found = ask(forms(), *people, "--publish", "strict").results
    groups = found["people_by"]["area"]
    assert [groups[level]["n"] for level in ("east", "west")] == [20, 25]
    assert [(one["first_only"], one["none"]) for one in groups.values()] == [(None, None)] * 2


# ---- each person's own line ----


def test_each_persons_line_stands_in_a_table_of_an_exact_report(ask: Ask, tmp_path: Path) -> None:
    ask(forms(), "--out", str(tmp_path / "report"))
    rows = table(tmp_path / "report" / "tables" / "lines_of_people.csv")
    assert [row["client"] for row in rows] == [f"c{n}" for n in range(40)]
    assert rows[0].keys() == {"client", "measure", "start", "start_error", "per_100_days", "per_100_days_error"}
    once = next(row for row in rows if row["client"] == "c20")  # one form: drawn to everybody's line
    often = next(row for row in rows if row["client"] == "c24")
    assert float(once["start_error"]) > float(often["start_error"]) > 0


def test_with_one_pace_for_everybody_no_persons_pace_has_an_error(ask: Ask, tmp_path: Path) -> None:
    ask(forms(), "--model", "ri", "--out", str(tmp_path / "report"))
    rows = table(tmp_path / "report" / "tables" / "lines_of_people.csv")
    assert {row["per_100_days_error"] for row in rows} == {""}
    assert len({row["per_100_days"] for row in rows}) == 1


@pytest.mark.parametrize("options", [("--publish", "strict"), ("--publish", "standard")])
def test_no_persons_line_is_published(ask: Ask, tmp_path: Path, options: tuple[str, ...]) -> None:
    ask(forms(), "--out", str(tmp_path / "report"))
    ask(forms(), *options, "--out", str(tmp_path / "report"))
    assert not (tmp_path / "report" / "tables" / "lines_of_people.csv").exists()


def test_where_there_is_no_model_there_is_no_line(ask: Ask, tmp_path: Path) -> None:
    ask("client,day,measure,score\nada,0,calm,6\n", "--out", str(tmp_path / "report"))
    assert not (tmp_path / "report" / "tables" / "lines_of_people.csv").exists()


# ---- what a hard week does ----


def hard_week(found: dict[str, Any]) -> str:
    said: str = next(one["text"] for one in found["caveats"] if "hard week" in one["title"])
    return said


def test_with_a_reliability_the_caveat_says_how_far_a_mean_moves_by_itself(ask: Ask) -> None:
    with_it = "for each point that a group starts away from the mean of the people it comes from, 0.1 of a point"
    assert with_it in hard_week(ask(forms(), *LOWER).results)
    assert "for each point" not in hard_week(ask(forms()).results)


def test_with_a_population_mean_it_says_how_much_of_the_change_to_expect(ask: Ask) -> None:
    found = ask(forms(), *LOWER, "--population-mean", "calm=2").results
    alone, change = calm(found)["regression_to_the_mean"], calm(found)["paired"]
    assert (alone["n"], alone["mean_first"]) == (36, change["mean_first"])
    assert alone["expected_change"] == pytest.approx(0.1 * (2 - change["mean_first"]))
    assert "mean stated for the people they come from is 2: −0.5 may come from that alone" in hard_week(found)
    assert calm(ask(forms(), "--population-mean", "calm=2").results)["regression_to_the_mean"] is None


def test_of_a_few_people_no_expected_change_is_published(ask: Ask) -> None:
    rows = "".join(f"c{n},{day},calm,{n}\n" for n in range(9) for day in (0, 40))
    how = (*LOWER, "--population-mean", "calm=2", "--publish", "standard")
    found = ask("client,day,measure,score\n" + rows, *how).results
    assert (calm(found)["regression_to_the_mean"]["expected_change"]) is None
    assert "seen" not in hard_week(found)


@pytest.mark.parametrize("said", ["calm", "calm=", "calm=low", "=3", "calm=inf"])
def test_a_mean_that_is_not_one_is_refused(ask: Ask, said: str) -> None:
    answer = ask(forms(), "--population-mean", said)
    assert (answer.code, "write measure=mean, such as bdi=8" in answer.err) == (2, True)


def test_a_mean_of_a_measure_that_is_not_there_is_refused(ask: Ask) -> None:
    assert ask(forms(), "--population-mean", "sleep=3").code == 2
