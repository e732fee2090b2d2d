"""What lands in the folder, what is published, and what never overwrites what."""

import contextlib
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.evaluation.tests.conftest import THREE_PEOPLE, Ask

SAMPLE = ("--instrument", "service-evaluation", "--attributes", str(CLIENTS), "--by", "gender")


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def everything_said(folder: Path) -> str:
    """All text of a report: page, tables, results and the PDF's text layer."""
    pdf = pypdfium2.PdfDocument(folder / "report.pdf")
    pages = " ".join(pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf)))
    return pages + "".join((folder / name).read_text() for name in files(folder) if not name.endswith(".pdf"))


def test_a_report_is_a_page_a_pdf_results_and_tables(ask: Ask, tmp_path: Path) -> None:
    answer = ask(THREE_PEOPLE, "--out", str(tmp_path / "new" / "report"))
    folder = tmp_path / "new" / "report"
    assert (answer.code, answer.out, answer.err) == (0, f"{folder / 'report.html'}\n", "")
    assert files(folder) == {
        "report.html",
        "report.pdf",
        "results.json",
        "tables/measures.csv",
        "tables/over_time.csv",
        "tables/changes.csv",
    }
    assert json.loads((folder / "results.json").read_text()) == ask(THREE_PEOPLE).results


def test_the_changes_can_be_read_in_r_or_a_spreadsheet(ask: Ask, tmp_path: Path) -> None:
    ask(THREE_PEOPLE, "--out", str(tmp_path / "report"))
    with (tmp_path / "report" / "tables" / "changes.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["client"], float(row["first"]), float(row["last"]), float(row["change"])) for row in rows] == [
        ("ada", 6.0, 4.0, -2.0),
        ("bob", 5.0, 5.0, 0.0),
    ]


def test_an_exact_report_says_it_is_not_for_publication(ask: Ask, tmp_path: Path) -> None:
    ask(THREE_PEOPLE, "--out", str(tmp_path / "report"))
    assert "May point at people: not for publication" in (tmp_path / "report" / "report.html").read_text()


@pytest.fixture(scope="module")
def hidden_levels() -> dict[str, int]:
    """How many of the sample's clients stand at each small level."""
    with CLIENTS.open() as file:
        genders = [row["gender"] for row in csv.DictReader(file)]
    return {gender: genders.count(gender) for gender in set(genders) if genders.count(gender) < 8}


def test_a_published_report_shows_no_small_number_anywhere(
    ask: Ask, tmp_path: Path, hidden_levels: dict[str, int]
) -> None:
    assert hidden_levels, "the sample must hold a group small enough to hide"
    folder = tmp_path / "report"
    assert ask(FORMS, *SAMPLE, "--publish", "strict", "--out", str(folder)).code == 0
    published = json.loads((folder / "results.json").read_text())
    for count in counts(published):
        assert count is None or count == 0 or (count >= 10 and count % 5 == 0)
    for measure in published["measures"].values():
        levels = {level["level"]: level for level in measure["by"]["gender"]}
        assert not hidden_levels.keys() & levels.keys()
        assert levels["smaller groups together"]["clients"] >= 10
        assert measure["trajectory"]["by"]["column"] == "gender"
        assert not hidden_levels.keys() & {level["level"] for level in measure["trajectory"]["by"]["levels"]}
    said = everything_said(folder)
    assert "fewer than 8" in said
    assert "W001" not in said
    assert "not for publication" not in said
    assert not {"tables/changes.csv", "rejected.csv"} & files(folder)


def counts(found: object, name: str = "") -> list[int | None]:
    """Every count of people, forms or rows in a results file."""
    named = {"n", "clients", "forms", "unanswered", "improved", "everyone", "missing", "ended", "scores", "rows"}
    named |= {"paired", "first_only", "none", "count", "without_scores", "not_at_caseness"}
    named |= {"answered_twice", "answered_once", "no_form", "blank_rows", "rejected_rows"}
    if isinstance(found, dict):
        return [count for key, part in found.items() for count in counts(part, key)]
    if isinstance(found, list):
        return [count for part in found for count in counts(part, name)]
    return [found] if name in named and (found is None or isinstance(found, int)) else []


def few_people(scores: list[tuple[float, float]]) -> str:
    rows = (f"c{n},0,calm,{first}\nc{n},14,calm,{last}\n" for n, (first, last) in enumerate(scores))
    return "client,day,measure,score\n" + "".join(rows)


@pytest.mark.parametrize(
    "scores", [[(3, 4)], [(7, 7)] * 3, [(7, 0)] * 5, [(1, 2), (3, 8)], [(5, 5), (6, 4), (2, 2), (9, 1), (4, 4)]]
)
def test_nothing_can_be_learnt_of_a_handful_of_people(ask: Ask, scores: list[tuple[float, float]]) -> None:
    options = ("--publish", "strict", "--lower-is-better", "calm", "--improved-by", "calm=1")
    shown = [ask(few_people(some), *options).out for some in (scores, [(1, 9), (2, 2)])]
    assert shown[0] == shown[1]


def test_the_same_change_for_everybody_is_not_given_away_by_a_reason(ask: Ask) -> None:
    found = ask(few_people([(7, 0)] * 12), "--publish", "strict").results["measures"]["calm"]["paired"]
    assert "same" not in found["why"] + found["wilcoxon"]["why"]


def test_the_answers_of_a_wide_file_do_not_add_up_to_its_forms(ask: Ask) -> None:
    rows = "".join(f"c{n},0,{',5' * 10}\n".replace(",,", ",") for n in range(13))
    questions = ",".join(f"q{n}" for n in range(1, 11))
    found = ask(f"client,day,{questions}\n{rows}", "--items", questions, "--publish", "strict").results
    assert (found["people"]["forms"], found["file"]["scores"], found["file"]["rows"]) == (15, None, None)
    assert {measure["unanswered"] for measure in found["measures"].values()} == {None}


def test_how_long_one_person_stayed_is_not_told(ask: Ask) -> None:
    content = few_people([(5, 4)] * 12) + "c0,700,calm,3\n"
    over_time = ask(content, "--publish", "strict").results["measures"]["calm"]["over_time"]
    assert [at["fortnight"] for at in over_time] == [0, 1]


def test_one_persons_own_words_for_a_group_are_not_told(ask: Ask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("client,gender\n" + "".join(f"c{n},{'Elm Row' if n == 3 else 'woman'}\n" for n in range(12)))
    how = ("--attributes", str(people), "--by", "gender", "--publish", "strict")
    ask(few_people([(5, 4)] * 12), *how, "--out", str(tmp_path / "report"))
    said = everything_said(tmp_path / "report")
    assert "Elm Row" not in said
    assert "smaller groups together" in said


def test_one_persons_own_words_for_a_covariate_are_not_told(ask: Ask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    words = {3: "Elm Row", 4: "man"}
    people.write_text(
        "client,gender\n" + "".join(f"c{n},{words.get(n % 8, 'woman') if n < 8 else 'woman'}\n" for n in range(40))
    )
    scores = [(5 + n % 4, 3 + n % 3) for n in range(40)]
    third = "".join(f"c{n},28,calm,{2 + n % 5}\n" for n in range(40))
    how = ("--attributes", str(people), "--covariates", "gender")
    exact, shown = (ask(few_people(scores) + third, *how, *publish) for publish in ((), ("--publish", "strict")))
    assert "gender: woman" in exact.results["measures"]["calm"]["trajectory"]["fixed"]
    assert list(shown.results["measures"]["calm"]["everybody"]["fixed"]) == ["intercept", "per_100_days"]
    assert "Elm Row" not in shown.out


@pytest.mark.parametrize("forms", ["few gave none", "few gave one"])
def test_a_few_people_who_gave_no_form_are_no_named_group(ask: Ask, tmp_path: Path, forms: str) -> None:
    people = tmp_path / "people.csv"
    people.write_text("client,gender\n" + "".join(f"c{n},{'Elm Row' if n > 11 else 'woman'}\n" for n in range(14)))
    content = "client,date,Q1,Q10\n" + "".join(
        f"c{n},2026-01-{day},5,{'' if n > 11 else 8}\n"
        for n in range(12 if forms == "few gave none" else 14)
        for day in ("01", "15")
    )
    how = ("--instrument", "service-evaluation", "--attributes", str(people), "--by", "gender", "--publish", "strict")
    ask(content, *how, "--out", str(tmp_path / "report"))
    said = everything_said(tmp_path / "report")
    assert "Elm Row" not in said
    (found,) = json.loads((tmp_path / "report" / "results.json").read_text())["satisfaction"]
    assert [(one["level"], one["clients"]) for one in found["by"]["gender"]] == [("smaller groups together", 10)]


def test_several_small_groups_are_not_called_one_that_is_small(ask: Ask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("client,area\n" + "".join(f"c{n},{'ABC'[n // 6]}\n" for n in range(18)))
    content = "client,date,Q10\n" + "".join(f"c{n},2026-01-{day},8\n" for n in range(18) for day in ("01", "15"))
    how = ("--instrument", "service-evaluation", "--attributes", str(people), "--by", "area", "--publish", "strict")
    ask(content, *how, "--out", str(tmp_path / "report"))
    results = json.loads((tmp_path / "report" / "results.json").read_text())
    (level,) = results["measures"]["listened_to"]["by"]["area"]
    assert (level["level"], level["clients"], level["paired"]["n"]) == ("smaller groups together", 20, 20)
    (found,) = results["satisfaction"][0]["by"]["area"]
    assert (found["level"], found["clients"], found["satisfied"]) == ("smaller groups together", 20, 20)


def test_the_standard_rule_hides_fewer(ask: Ask) -> None:
    content = "client,day,measure,score\n" + "".join(f"c{n},0,calm,5\n" for n in range(6))
    assert ask(content, "--publish", "strict").results["people"]["clients"] is None
    assert ask(content, "--publish", "standard").results["people"]["clients"] == 5


def test_publishing_over_an_exact_report_leaves_nothing_exact_behind(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    ask(THREE_PEOPLE, "--out", str(folder))
    ask(THREE_PEOPLE, "--out", str(folder), "--publish", "strict")
    assert "tables/changes.csv" not in files(folder)
    assert "ada" not in everything_said(folder)


def test_a_folder_with_other_files_is_left_alone(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear Jo")
    answer = ask(THREE_PEOPLE, "--out", str(folder))
    assert (answer.code, "already holds other files" in answer.err) == (2, True)
    assert files(folder) == {"letter.txt"}


def test_a_report_with_a_letter_put_beside_it_is_left_alone(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    ask(THREE_PEOPLE, "--out", str(folder))
    (folder / "notes.txt").write_text("mine")
    assert ask(THREE_PEOPLE, "--out", str(folder)).code == 2
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_refused_file_leaves_the_earlier_report_whole(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    ask(THREE_PEOPLE, "--out", str(folder))
    before = everything_said(folder)
    assert ask(THREE_PEOPLE + "ada,0,calm,x\n", "--out", str(folder)).code == 3
    assert everything_said(folder) == before


def test_a_run_that_was_killed_leaves_the_earlier_report_and_is_cleared_up_after(tmp_path: Path, ask: Ask) -> None:
    folder = tmp_path / "report"
    ask(THREE_PEOPLE, "--out", str(folder))
    for moment in (0.3, 0.6, 0.9, 1.2, 1.5):
        with contextlib.suppress(subprocess.TimeoutExpired):
            command("evaluate", str(FORMS), "--instrument", "service-evaluation", "--out", str(folder), timeout=moment)
        assert json.loads((folder / "results.json").read_text())["format"] == "alongside-results-1"
        assert "report.pdf" in files(folder)
    ask(THREE_PEOPLE, "--out", str(folder))
    assert {path.name for path in tmp_path.iterdir()} == {"report", "scores.csv"}


def test_a_place_that_cannot_be_written_is_one_sentence(ask: Ask) -> None:
    answer = ask(THREE_PEOPLE, "--out", "/proc/nowhere/report")
    assert (answer.code, answer.out, answer.err.count("\n")) == (4, "", 1)
    assert "cannot be written to /proc/nowhere/report" in answer.err


def test_rows_set_aside_are_kept_as_they_were(ask: Ask, tmp_path: Path) -> None:
    answer = ask(THREE_PEOPLE + "dee,0,calm, lots \n", "--lenient", "--out", str(tmp_path / "report"))
    assert f"1 row was set aside; see {tmp_path / 'report' / 'rejected.csv'}." in answer.err
    with (tmp_path / "report" / "rejected.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert (row["row"], row["client"], row["score"]) == ("7", "dee", " lots ")
    assert "is not a number" in row["reason"]


def test_no_cell_of_a_table_is_read_as_a_formula(ask: Ask, tmp_path: Path) -> None:
    content = THREE_PEOPLE.replace("ada", '"=HYPERLINK(1)"').replace("calm", "@calm")
    ask(content, "--out", str(tmp_path / "report"))
    for name in ("changes", "measures", "over_time"):
        with (tmp_path / "report" / "tables" / f"{name}.csv").open() as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell[:1] in {"=", "@"}]


def command(*arguments: str, **how: object) -> subprocess.CompletedProcess[str]:
    alongside = Path(sys.executable).parent / "alongside"
    return subprocess.run([alongside, *arguments], capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("how", [(), ("--out", "report", "--json")])
def test_one_place_for_the_result_must_be_named(how: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(THREE_PEOPLE)
    done = command("evaluate", "scores.csv", *how, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--out DIR" in done.stderr


def test_a_reader_that_closes_the_pipe_ends_it_quietly(tmp_path: Path) -> None:
    alongside = Path(sys.executable).parent / "alongside"
    run = f"'{alongside}' evaluate '{FORMS}' --instrument service-evaluation --json | head -1"
    done = subprocess.run(["/bin/bash", "-c", run], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_the_command_needs_no_home_no_network_and_no_terminal(tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    done = command("evaluate", str(FORMS), "--instrument", "service-evaluation", "--json", env=bare, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["people"]["forms"] > 0
    assert not any(tmp_path.iterdir())


def test_a_total_does_not_give_a_hidden_group_away(ask: Ask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    areas = {"north": 20, "south": 14, "east": 9, "Elm Row": 3}
    who = [area for area, size in areas.items() for _ in range(size)]
    people.write_text("client,area\n" + "".join(f"c{n},{area}\n" for n, area in enumerate(who)))
    how = ("--attributes", str(people), "--by", "area", "--publish", "strict")
    levels = ask(few_people([(5, 4)] * len(who)), *how).results["measures"]["calm"]["by"]["area"]
    assert [(level["level"], level["clients"]) for level in levels] == [
        ("north", 20),
        ("south", 15),
        ("smaller groups together", 10),
    ]
