"""What an outside evaluator is given: rows that name nobody, and words that are true of this run."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alongside.evaluation.bundle.files import OURS
from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.evaluation.tests.conftest import THREE_PEOPLE, Answer, app

SAMPLE = ("--instrument", "service-evaluation", "--attributes", str(CLIENTS))


def evaluate(file: Path, *options: str | Path) -> Answer:
    done = CliRunner().invoke(app, ["evaluate", str(file), *map(str, options)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Answer(done.exit_code, done.stdout, done.stderr)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in folder.iterdir())


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    path = tmp_path / "scores.csv"
    path.write_text(THREE_PEOPLE)
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of the shipped sample, compared by gender and age."""
    folder = tmp_path_factory.mktemp("sample") / "bundle"
    answer = evaluate(FORMS, *SAMPLE, "--by", "gender", "--by", "age", "--bundle", folder)
    assert (answer.code, answer.out, answer.err) == (0, f"{folder / 'README.txt'}\n", "")
    return folder


def test_a_bundle_is_these_files(sample: Path) -> None:
    assert {path.name for path in sample.iterdir()} == OURS


def test_nobody_is_named_and_no_day_is_dated(sample: Path) -> None:
    said = written(sample)
    known = table(CLIENTS)
    assert not [row["client"] for row in known if row["client"] in said]
    assert not [row["date"] for row in table(FORMS) if row["date"] in said]
    assert FORMS.name not in said


def test_only_what_was_asked_for_is_told_of_people(sample: Path) -> None:
    people = table(sample / "people.csv")
    assert people[0].keys() == {"client", "gender", "age"}
    assert {row["age"] for row in people} == {"under 20", "20 to 40", "over 40"}
    assert not [row["area"] for row in table(CLIENTS) if row["area"] in written(sample)]


def test_every_answer_is_there_under_one_code_for_each_person(sample: Path) -> None:
    forms = table(FORMS)
    begun: dict[str, date] = {}
    for form in forms:
        when = date.fromisoformat(form["date"])
        begun[form["client"]] = min(when, begun.get(form["client"], when))
    theirs: dict[str, list[tuple[int, str, float]]] = {}
    for form in forms:
        day = (date.fromisoformat(form["date"]) - begun[form["client"]]).days
        answers = [(day, name, float(cell)) for name, cell in form.items() if cell and name not in {"client", "date"}]
        theirs.setdefault(form["client"], []).extend(answers)
    ours: dict[str, list[tuple[int, str, float]]] = {}
    for row in table(sample / "rows.csv"):
        ours.setdefault(row["client"], []).append((int(row["day"]), row["measure"], float(row["score"])))
    assert sorted(map(sorted, ours.values())) == sorted(sorted(one) for one in theirs.values() if one)
    assert [row["client"] for row in table(sample / "people.csv")] == [f"c{n:03}" for n in range(1, 186)]


def test_rows_stand_by_client_and_day(sample: Path) -> None:
    order = [(row["client"], int(row["day"])) for row in table(sample / "rows.csv")]
    assert order == sorted(order)


def test_attributes_stay_with_their_people(sample: Path) -> None:
    def forms(rows: list[dict[str, str]], people: list[dict[str, str]]) -> Counter[tuple[str, int]]:
        each = Counter(row["client"] for row in rows)
        return Counter((one["gender"], each[one["client"]]) for one in people)

    answered = [{"client": client} for client, _ in {(row["client"], row["day"]) for row in table(sample / "rows.csv")}]
    assert forms(answered, table(sample / "people.csv")) == forms(table(FORMS), table(CLIENTS))


def test_codes_are_drawn_anew_each_time(sample: Path, tmp_path: Path) -> None:
    evaluate(FORMS, *SAMPLE, "--by", "gender", "--by", "age", "--bundle", tmp_path / "again")
    assert (tmp_path / "again" / "rows.csv").read_text() != (sample / "rows.csv").read_text()
    assert (tmp_path / "again" / "expected.csv").read_text() == (sample / "expected.csv").read_text()


def test_a_covariate_is_given_as_the_model_was_told_it(tmp_path: Path) -> None:
    evaluate(FORMS, *SAMPLE, "--by", "age", "--covariates", "age,area", "--bundle", tmp_path / "bundle")
    people = table(tmp_path / "bundle" / "people.csv")
    assert people[0].keys() == {"client", "age", "age, as covariate", "area"}
    assert sorted(row["age, as covariate"] for row in people) == sorted(row["age"] for row in table(CLIENTS))


def test_the_numbers_are_those_of_the_results(scores: Path, tmp_path: Path) -> None:
    answer = evaluate(scores, "--json", "--bundle", tmp_path / "bundle")
    expected = {row["name"]: float(row["value"]) for row in table(tmp_path / "bundle" / "expected.csv")}
    calm = json.loads(answer.out)["measures"]["calm"]
    assert expected["measures.calm.paired.mean_change"] == calm["paired"]["mean_change"] == -1
    assert expected["measures.calm.paired.ci95.low"] == calm["paired"]["ci95"][0]
    assert expected["measures.calm.over_time.1.n"] == calm["over_time"][1]["n"] == 2
    assert expected["people.clients"] == 3


def test_the_codebook_says_what_each_measure_is(sample: Path) -> None:
    found = {row["measure"]: row for row in table(sample / "codebook.csv") if row["column"] == "score"}
    often = found["self_harm_frequency"]
    assert (often["lowest"], often["highest"], often["better"], often["decimals"]) == ("0.0", "10.0", "lower", "1")
    assert (often["label"], often["source"]) == ("How often", "Service evaluation form, version 1")
    empty = sum(row["self_harm_frequency"] == "" for row in table(FORMS))
    assert often["missing"] == str(empty)
    assert len(found) == 11
    named = {(row["file"], row["column"]) for row in table(sample / "codebook.csv")}
    for file in ("rows.csv", "people.csv"):
        assert named >= {(file, column) for column in table(sample / file)[0]}


def test_the_plan_says_what_was_done_and_nothing_else(sample: Path, tmp_path: Path) -> None:
    plain = (sample / "analysis-plan.md").read_text()
    assert "No reliability was stated, so no change is called reliable." in plain
    assert "score ~ t100 * gender + (t100 | client)" in plain
    assert "Recovered" not in plain
    how = ("--model", "ri", "--method", "ml", "--reliability", "0.8", "--sd", "pooled", "--cutoff", "5", "--days", "60")
    evaluate(FORMS, *SAMPLE, *how, "--bundle", tmp_path / "bundle")
    asked = (tmp_path / "bundle" / "analysis-plan.md").read_text()
    assert "Reliability 0.8, stated for this report." in asked
    assert "root mean square" in asked
    assert "Recovered: at 5 " in asked
    assert "nearest to day 60" in asked
    assert "Fitted by maximum likelihood (ML)." in asked
    assert "score ~ t100 + (1 | client)" in asked
    assert "No groups were compared." in asked


def test_days_that_could_lead_to_a_date_are_moved_and_what_rests_on_them_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(
        "client,day,measure,score\n"
        + "".join(f"c{n},{45000 + n + at},calm,{n % 7}\n" for n in range(9) for at in (0, 30))
    )
    evaluate(tmp_path / "scores.csv", "--model", "ri", "--bundle", tmp_path / "bundle")
    assert {row["day"] for row in table(tmp_path / "bundle" / "rows.csv")} == {"0", "30"}
    names = {row["name"].split(".")[2] for row in table(tmp_path / "bundle" / "expected.csv") if row["name"][0] == "m"}
    assert {"paired", "nearest", "left"} <= names
    assert not {"trajectory", "everybody", "over_time"} & names
    assert "4500" not in written(tmp_path / "bundle")
    assert "`check.R` leaves them out" in (tmp_path / "bundle" / "analysis-plan.md").read_text()


def test_it_says_that_it_is_about_people(sample: Path) -> None:
    said = " ".join((sample / "README.txt").read_text().split())
    assert "Do not publish it" in said
    assert "Rscript check.R" in said


def test_no_cell_is_read_as_a_formula(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(THREE_PEOPLE.replace("calm", "=calm"))
    evaluate(tmp_path / "scores.csv", "--bundle", tmp_path / "bundle")
    for name in ("rows", "people", "codebook", "expected"):
        rows = table(tmp_path / "bundle" / f"{name}.csv")
        assert not [cell for row in rows for cell in (*row, *row.values()) if cell.startswith("=")]


# ---- where it goes ----


def test_it_is_never_made_for_publication(scores: Path, tmp_path: Path) -> None:
    answer = evaluate(scores, "--publish", "strict", "--json", "--bundle", tmp_path / "bundle")
    assert (answer.code, answer.out) == (2, "")
    assert "A bundle holds single people’s answers" in answer.err
    assert not (tmp_path / "bundle").exists()


def test_it_may_stand_beside_a_report(scores: Path, tmp_path: Path) -> None:
    answer = evaluate(scores, "--out", tmp_path / "report", "--bundle", tmp_path / "bundle")
    assert answer.out == f"{tmp_path / 'report' / 'report.html'}\n{tmp_path / 'bundle' / 'README.txt'}\n"


@pytest.mark.parametrize(("report", "bundle"), [("report", "report"), ("report", "report/bundle"), ("r/report", "r")])
def test_it_never_goes_where_the_report_goes(scores: Path, tmp_path: Path, report: str, bundle: str) -> None:
    answer = evaluate(scores, "--out", tmp_path / report, "--bundle", tmp_path / bundle)
    assert (answer.code, "neither inside the other" in answer.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv"]


def test_an_earlier_bundle_is_replaced_and_nothing_else_is(scores: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    evaluate(scores, "--bundle", folder)
    assert evaluate(scores, "--bundle", folder).code == 0
    (folder / "notes.txt").write_text("mine")
    answer = evaluate(scores, "--bundle", folder)
    assert (answer.code, answer.err) == (
        2,
        f"--bundle {folder} already holds other files; name an empty or a new folder.\n",
    )
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_report_is_not_taken_for_a_bundle(scores: Path, tmp_path: Path) -> None:
    evaluate(scores, "--out", tmp_path / "report")
    assert evaluate(scores, "--bundle", tmp_path / "report").code == 2


def test_a_place_that_cannot_be_written_is_one_sentence(scores: Path) -> None:
    answer = evaluate(scores, "--bundle", "/proc/nowhere/bundle")
    assert (answer.code, answer.out, answer.err.count("\n")) == (4, "", 1)
    assert "choose another --bundle" in answer.err


def test_rows_set_aside_are_in_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(THREE_PEOPLE + "dee,0,calm,lots\n")
    answer = evaluate(tmp_path / "scores.csv", "--lenient", "--bundle", tmp_path / "bundle")
    assert answer.err == "1 row was set aside; run again with --out to see which.\n"
    assert len(table(tmp_path / "bundle" / "rows.csv")) == 5
    assert "in no number here: 1." in (tmp_path / "bundle" / "analysis-plan.md").read_text()
