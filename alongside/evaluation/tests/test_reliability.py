"""`alongside reliability`: two occasions or the items of a scale, and who was left out and why."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alongside.evaluation.tests.conftest import Answer, Ask, app
from alongside.outcomes.reliability.alpha import alpha
from alongside.outcomes.reliability.retest import retest

HEADER = "client,day,measure,score\n"
TWICE = HEADER + "".join(
    f"{name},0,calm,{first}\n{name},7,calm,{second}\n"
    for name, first, second in (("ada", 6, 7), ("bob", 2, 3), ("cy", 8, 8), ("di", 4, 2), ("ed", 5, 6))
)
PEOPLE = "client,gender,age\nada,woman,20\nbob,man,30\ncy,woman,40\ndi,woman,\ned,man,50\nfi,man,99\n"
ITEMS = "client,rested,hopeful,calm\nada,1,2,1\nbob,2,3,3\ncy,4,4,5\ndi,5,5,4\n"
SAMPLE = Path(__file__).parents[1] / "sample"


@pytest.fixture
def again(tmp_path: Path) -> Ask:
    """Run `alongside reliability` on a text or a path, with --json unless --plain is given."""

    def run(content: str | bytes | Path, *options: str, name: str = "scores.csv") -> Answer:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        how = [option for option in options if option != "--plain"] + ([] if "--plain" in options else ["--json"])
        done = CliRunner().invoke(app, ["reliability", str(path), *how])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    return run


def people(tmp_path: Path, content: str = PEOPLE) -> tuple[str, str]:
    path = tmp_path / "people.csv"
    path.write_text(content, encoding="utf-8")
    return "--attributes", str(path)


def words(answer: Answer) -> str:
    assert answer.code == 0, answer.err
    return re.sub(r"\s+", " ", answer.out)


def test_two_occasions_give_every_figure(again: Ask) -> None:
    found = again(TWICE).results["measures"]["calm"]
    exact = retest([2, 4, 5, 6, 8], [3, 2, 6, 7, 8])
    assert found["n"] == 5
    assert found["pearson"]["r"] == pytest.approx(exact.pearson.r)
    assert found["pearson"]["ci95"] == pytest.approx(exact.pearson.ci95)
    assert found["spearman"]["rho"] == pytest.approx(exact.spearman.rho)
    assert found["icc"].keys() == {"ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"}
    assert {"value", "low", "high"} <= found["icc"]["ICC2"].keys()
    assert found["sem"] == pytest.approx(exact.sem)
    assert found["sdc"] == pytest.approx(1.96 * 2**0.5 * found["sem"])


def test_the_first_two_occasions_count_and_the_rest_is_told(again: Ask) -> None:
    third = TWICE + "ada,30,calm,0\nfi,0,calm,3\ngus,2,calm,\ngus,3,calm,4\n"
    before, after = again(TWICE).results, again(third).results
    found = after["measures"]["calm"]
    assert (found["n"], found["left_out"], found["unused"]) == (5, 2, 1)
    assert found["sdc"] == before["measures"]["calm"]["sdc"]
    assert (after["participants"]["n"], after["participants"]["left_out"]) == (5, 2)


def test_the_order_of_the_rows_does_not_matter_to_the_last_digit(again: Ask) -> None:
    heading, *rows = TWICE.splitlines(keepends=True)
    turned = again(heading + "".join(reversed(rows))).results
    assert turned["measures"] == again(TWICE).results["measures"]


def test_the_earlier_date_is_the_first_occasion(again: Ask) -> None:
    dated = "client,date,measure,score\nada,14/03/2026,calm,9\nada,02/03/2026,calm,4\n"
    assert again(dated).results["measures"]["calm"]["bland_altman"]["bias"] == 5.0


def test_who_took_part_is_described(again: Ask, tmp_path: Path) -> None:
    once = TWICE + "fi,0,calm,4\n"
    found = again(once, *people(tmp_path)).results["participants"]
    assert (found["n"], found["left_out"]) == (5, 1)
    gender, age = found["attributes"]["gender"], found["attributes"]["age"]
    assert gender["levels"] == [{"level": "woman", "n": 3}, {"level": "man", "n": 2}]
    assert (age["n"], age["not_recorded"], age["mean"], age["low"], age["high"]) == (4, 1, 35.0, 20.0, 50.0)
    assert age["sd"] == pytest.approx(12.909944487358056)


def test_someone_the_attributes_leave_out_is_not_recorded(again: Ask, tmp_path: Path) -> None:
    found = again(TWICE, *people(tmp_path, "client,gender\nada,woman\nbob,woman\n")).results["participants"]
    assert found["attributes"]["gender"]["levels"] == [
        {"level": "woman", "n": 2},
        {"level": "not recorded", "n": 3},
    ]


def test_a_column_of_names_is_not_printed(again: Ask, tmp_path: Path) -> None:
    rows = "".join(f"{client},Name of {client}\n" for client in ("ada", "bob", "cy", "di", "ed"))
    answer = again(TWICE, *people(tmp_path, f"client,name\n{rows}"))
    name = answer.results["participants"]["attributes"]["name"]
    assert name["levels"] == []
    assert "may name people" in name["why"]
    assert "Name of" not in answer.out


def test_a_form_with_one_row_for_each_occasion_is_read_by_its_questions(again: Ask) -> None:
    options = ("--instrument", "service-evaluation", "--attributes", str(SAMPLE / "clients.csv"))
    found = again(SAMPLE / "forms.csv", *options).results
    assert len(found["measures"]) == 11
    assert found["labels"]["self_harm_frequency"] == "How often"
    assert len({measure["n"] for measure in found["measures"].values()}) > 1  # n differs by question


def test_the_printed_table_says_how_large_a_change_must_be(again: Ask, tmp_path: Path) -> None:
    said = words(again(TWICE + "fi,0,calm,4\nada,30,calm,0\n", *people(tmp_path), "--plain"))
    for part in (
        "5 people were asked twice.",
        "go together with r = 0.864 (95% interval −0.077 to 0.991, p = 0.059)",
        "must change by more than",
        "before it is more than error of measurement",
        "1 person with one score is left out.",
        "later scores not used: 1.",
        "gender: woman 3, man 2.",
        "age: mean 35.0, SD 12.9, 20 to 50 (4 people; not recorded for 1).",
        "ICC2",
        "not for publication",
    ):
        assert part in said, part


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("ada,0,calm,6\n", ["calm: Nobody was asked twice", "1 person with one score"]),
        ("ada,0,calm,6\nada,1,calm,7\n", ["1 person was asked twice", "no spread"]),
        ("ada,0,calm,6\nada,1,calm,6\nbob,0,calm,6\nbob,1,calm,6\n", ["differ by the same amount"]),
        ("ada,0,calm,6\nada,1,calm,5\nbob,0,calm,6\nbob,1,calm,4\n", ["same for everybody"]),
        ("ada,0,calm,6\nada,1,calm,7\nbob,0,calm,1\nbob,1,calm,2\n", ["differ by the same amount", "agree exactly"]),
    ],
)
def test_where_no_number_can_stand_the_reason_does(again: Ask, rows: str, says: list[str]) -> None:
    said = words(again(HEADER + rows, "--plain"))
    for part in says:
        assert part in said
    assert "nan" not in said
    measure = again(HEADER + rows).results["measures"]["calm"]
    assert measure["pearson"]["ci95"] is None
    assert measure["pearson"]["why"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", ["is empty"]),
        (HEADER, ["column names but no rows"]),
        (HEADER + "ada,0,calm,lots\n", ["row 2", "column score", "“lots” is not a number"]),
        (HEADER + "ada,0,calm,\n", ["no score that can be used"]),
        (HEADER + "ada,0,calm,6\nada,0,calm,7\n", ["row 2", "keep one of them"]),
        ("client,day,calm\nada,0,6\n", ["no column “measure”", "--instrument or --items"]),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(again: Ask, content: str, says: list[str]) -> None:
    sentence = again(content).sentence
    for part in says:
        assert part in sentence


def test_lenient_sets_rows_aside_and_says_so(again: Ask) -> None:
    found = again(TWICE + "fi,0,calm,lots\n", "--lenient")
    assert found.results["file"]["rejected"][0]["row"] == 12
    assert found.err == "1 row was set aside; see file.rejected.\n"
    assert "1 row was set aside; --json says which" in words(again(TWICE + "fi,0,calm,lots\n", "--lenient", "--plain"))


def test_columns_can_be_named_as_scores(again: Ask) -> None:
    wide = "client,day,calm,rest\nada,0,6,1\nada,7,7,2\nbob,0,2,3\nbob,7,1,5\n"
    assert again(wide, "--items", "calm,rest").results["measures"].keys() == {"calm", "rest"}


def test_alpha_gives_every_figure(again: Ask) -> None:
    found = again(ITEMS + "ed,3,,3\n", "--alpha").results
    exact = alpha([[1, 2, 1], [2, 3, 3], [4, 4, 5], [5, 5, 4]], ["rested", "hopeful", "calm"])
    assert (found["n"], found["left_out"], found["items"]) == (4, 1, 3)
    assert found["alpha"] == pytest.approx(exact.alpha)
    assert found["ci95"] == pytest.approx(exact.ci95)
    assert found["if_deleted"] == pytest.approx(exact.if_deleted)


def test_alpha_counts_a_person_who_answered_nothing_as_left_out(again: Ask) -> None:
    found = again(ITEMS + "ed,,,\nfi,NA,,\n", "--alpha").results
    assert (found["n"], found["left_out"]) == (4, 2)


@pytest.mark.parametrize("heading", ["client", "ID", "subject"])
def test_the_column_that_names_people_is_no_item(again: Ask, heading: str) -> None:
    found = again(ITEMS.replace("client", heading).replace("ada", "7"), "--alpha").results
    assert list(found["if_deleted"]) == ["rested", "hopeful", "calm"]


def test_alpha_names_an_item_worded_the_other_way_round(again: Ask) -> None:
    turned = "rested,hopeful,calm,tense\n1,2,1,5\n2,3,3,4\n4,4,5,2\n5,5,4,1\n"
    said = words(again(turned, "--alpha", "--plain"))
    assert "“tense” falls as the others rise" in said
    assert "4 people answered all 4 items." in said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", ["is empty"]),
        ("rested\n1\n2\n", ["two columns of scores"]),
        (ITEMS + "ada,1,1,1\n", ["row 6, column client", "“ada” already stands in row 2"]),
        (ITEMS + "ed,1,lots,1\n", ["row 6, column hopeful", "“lots” is not a number"]),
        ("gender,rested,calm\nwoman,1,2\nman,2,3\n", ["column “gender” holds no number", "--items"]),
        ("rested,calm\n,\nNA,\n", ["no score that can be used"]),
    ],
)
def test_a_table_of_items_that_cannot_be_used_is_refused(again: Ask, content: str, says: list[str]) -> None:
    sentence = again(content, "--alpha").sentence
    for part in says:
        assert part in sentence


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--instrument", "service-evaluation"), "leave out --attributes and --instrument"),
        (("--items", "rested,nowhere"), "no column of that name"),
    ],
)
def test_an_option_that_does_not_fit_is_refused(again: Ask, options: tuple[str, ...], says: str) -> None:
    answer = again(ITEMS, "--alpha", *options)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_a_table_of_items_may_name_its_items(again: Ask) -> None:
    found = again(ITEMS, "--alpha", "--items", "rested,calm").results
    assert found["items"] == 2
    assert found["if_deleted"] == {"rested": None, "calm": None}
    assert "alpha needs two" in found["why"]
