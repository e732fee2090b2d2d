"""`alongside survey`: how many gave each answer, who did not, by group; and what is never printed."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alongside.evaluation.sample import SURVEY, invent_survey
from alongside.evaluation.tests.conftest import Answer, Ask, app
from alongside.outcomes.proportions import clopper_pearson, difference, proportion, wilson

EACH = pytest.mark.parametrize("profile", ["strict", "standard"])
type Rows = list[tuple[str, int]]


@pytest.fixture
def count(tmp_path: Path) -> Ask:
    """Run `alongside survey` on a text or a path, with --json unless --plain or --out is given."""

    def run(content: str | bytes | Path, *options: str, name: str = "survey.csv") -> Answer:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        elif isinstance(content, bytes):
            path.write_bytes(content)
        how = [] if {"--plain", "--out"} & set(options) else ["--json"]
        done = CliRunner().invoke(app, ["survey", str(path), *(one for one in options if one != "--plain"), *how])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    return run


def table(heading: str, *rows: tuple[str, int]) -> str:
    """Each row as many times as it says, each of a person of its own."""
    people = [row for row, times in rows for _ in range(times)]
    return "\n".join([f"id,{heading}", *(f"{number},{row}" for number, row in enumerate(people)), ""])


def words(answer: Answer) -> str:
    assert answer.code == 0, answer.err
    return re.sub(r"\s+", " ", answer.out)


# ---- counting ----


def test_each_answer_with_its_share_and_both_intervals(count: Ask) -> None:
    found = count(table("more", ("yes", 84), ("no", 6), ("not sure", 10), ("", 7))).results
    more = found["questions"]["more"]
    assert (found["people"], more["n"], more["left_open"], more["several"]) == (107, 100, 7, False)
    assert list(more["answers"]) == ["yes", "not sure", "no"]
    yes = more["answers"]["yes"]
    assert (yes["count"], yes["n"], yes["share"]) == (84, 100, 0.84)
    assert yes["ci95"] == pytest.approx(wilson(84, 100))
    assert yes["exact95"] == pytest.approx(clopper_pearson(84, 100))


def test_the_intervals_are_those_of_r(count: Ask) -> None:
    """binom.test(84, 100)$conf.int and prop.test(84, 100, correct = FALSE)$conf.int"""
    yes = count(table("q", ("yes", 84), ("no", 16))).results["questions"]["q"]["answers"]["yes"]
    assert yes["exact95"] == pytest.approx([0.7532124, 0.9056897], abs=1e-7)
    assert yes["ci95"] == pytest.approx([0.7557973, 0.8990471], abs=1e-7)


def test_of_several_answers_each_counts_once_for_each_person(count: Ask) -> None:
    help_ = count("id,help\n1,a; b\n2,b ;c; b;\n3,a\n4,;\n\n5,NA\n").results["questions"]["help"]
    assert (help_["n"], help_["left_open"], help_["several"]) == (3, 2, True)
    assert {name: one["count"] for name, one in help_["answers"].items()} == {"a": 2, "b": 2, "c": 1}
    assert help_["answers"]["a"]["share"] == pytest.approx(2 / 3)


def test_capitals_and_spaces_do_not_make_another_answer(count: Ask) -> None:
    answers = count("q\nYes\nyes \nYES\nYes\nno\nno\n").results["questions"]["q"]["answers"]
    assert {name: one["count"] for name, one in answers.items()} == {"Yes": 4, "no": 2}


def test_numbers_are_answers_too(count: Ask) -> None:
    answers = count(table("ease", ("5", 4), ("3", 9), ("4", 2))).results["questions"]["ease"]["answers"]
    assert list(answers) == ["3", "5", "4"]


def test_which_columns_are_questions(count: Ask) -> None:
    content = table("Client,date,q,,empty,more", (",,yes,hello,,no", 1), (",2026-01-05,yes,you,,no", 3))
    assert list(count(content).results["questions"]) == ["q", "more"]
    assert list(count(content, "--questions", "more").results["questions"]) == ["more"]
    named = count(content, "--questions", "empty").results["questions"]["empty"]
    assert (named["n"], named["left_open"], named["why"]) == (0, 4, "Nobody answered.")


def test_a_question_that_holds_a_comma_is_named_in_quotation_marks(count: Ask) -> None:
    content = table('"Here, now",q', ("yes,a", 3))
    assert list(count(content, "--questions", '"Here, now", q').results["questions"]) == ["Here, now", "q"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([f"kettle {n}" for n in range(21)] * 3, "More than 20 different answers"),
        (["kettle", "window", "yes", "yes", "garden"], "Most answers were given by one person each"),
        ([f"{n}.5173" for n in range(40)], "numbers can go into bands"),
    ],
)
def test_what_people_wrote_in_their_own_words_is_left_out_and_never_printed(
    count: Ask, tmp_path: Path, cells: list[str], reason: str
) -> None:
    content = "q,said\n" + "".join(f"yes,{cell}\n" for cell in cells)
    found = count(content).results
    assert list(found["questions"]) == ["q"]
    (left,) = found["left_out"]
    assert (left["question"], reason in left["reason"]) == ("said", True)
    count(content, "--out", str(tmp_path / "report"))
    files = [path.read_bytes() for path in (tmp_path / "report").rglob("*") if path.suffix != ".pdf" and path.is_file()]
    printed = [count(content).out, count(content, "--plain").out, *(file.decode() for file in files)]
    for cell in set(cells) - {"yes"}:
        assert not any(cell in text for text in printed)
    assert count(content, "--questions", "said").code == 3, "even where it is asked for by name"


# ---- groups ----


def test_groups_side_by_side_with_their_difference(count: Ask) -> None:
    content = table("who,q", ("woman,yes", 56), ("woman,no", 14), ("man,yes", 48), ("man,no", 32), ("man,", 5))
    found = count(content, "--by", "Who").results["questions"]["q"]
    man, woman = found["by"]
    assert [(one["level"], one["n"], one["left_open"]) for one in (man, woman)] == [("man", 80, 5), ("woman", 70, 0)]
    assert list(man["answers"]) == list(found["answers"]) == ["yes", "no"]
    apart = difference(proportion(48, 80), proportion(56, 70))
    assert found["gaps"]["yes"]["difference"] == pytest.approx(-0.2)
    assert found["gaps"]["yes"]["ci95"] == pytest.approx(apart.ci95)
    said = words(count(content, "--by", "who", "--plain"))
    assert "man 48 60% 49% to 70%" in said
    assert "“man” less “woman” −20 points −33 to −5" in said


def test_three_groups_have_no_difference_and_ages_are_banded(count: Ask) -> None:
    content = table("age,q", ("17,yes", 5), ("25,yes", 5), ("61,no", 5), (",no", 2))
    found = count(content, "--by", "age").results["questions"]["q"]
    assert [group["level"] for group in found["by"]] == ["under 20", "20 to 40", "over 40", "not recorded"]
    assert found["gaps"] == {}
    assert found["by"][0]["answers"]["no"]["count"] == 0


def test_a_group_in_which_nobody_answered(count: Ask) -> None:
    found = count(table("who,q", ("a,yes", 5), ("b,", 3)), "--by", "who").results["questions"]["q"]
    assert (found["by"][1]["n"], found["by"][1]["why"]) == (0, "Nobody answered.")
    assert found["gaps"]["yes"]["difference"] is None
    assert found["gaps"]["yes"]["why"]


# ---- published ----


@EACH
def test_published_numbers_are_rounded_and_a_few_are_not_named(count: Ask, profile: str) -> None:
    content = table("q", ("yes", 84), ("no", 3), ("a word of their own", 2), ("not sure", 12), ("", 3))
    found = count(content, "--publish", profile).results
    question = found["questions"]["q"]
    assert (found["people"], question["n"], question["left_open"]) == (105, 100, None)
    shown = {name: (one["count"], one["share"], one["ci95"]) for name, one in question["answers"].items()}
    assert shown == {"yes": (85, 0.85, None), "other answers together": (15, 0.15, None)}
    assert "their own" not in json.dumps(found)
    assert found["file"]["sha256"] is None
    assert profile in found["publication"]["heading"]


@EACH
def test_of_several_answers_those_of_a_few_go(count: Ask, profile: str) -> None:
    found = count(table("q", ("a;b", 20), ("b", 20), ("a;rare", 3)), "--publish", profile).results["questions"]["q"]
    assert {name: one["count"] for name, one in found["answers"].items()} == {"a": 25}, "all but three said b"
    assert "rare" not in json.dumps(found)
    assert "only a few people gave, or did not give" in found["note"]


@EACH
def test_a_survey_of_a_few_people_shows_no_number(count: Ask, profile: str) -> None:
    found = count(table("who,q", ("a,yes", 2), ("b,no", 2)), "--by", "who", "--publish", profile)
    question = found.results["questions"]["q"]
    assert (found.results["people"], question["n"], question["answers"], question["by"]) == (None, None, {}, [])
    said = words(count(table("q", ("yes", 4)), "--publish", profile, "--plain"))
    assert "ewer than" in said
    assert "4" not in said.replace("1 to 4", "")


@EACH
def test_groups_of_a_few_stand_together_without_their_names(count: Ask, profile: str) -> None:
    content = table(
        "who,q",
        ("north,yes", 20),
        ("north,no", 20),
        ("south,yes", 15),
        ("south,no", 15),
        ("mine,yes", 2),
        ("mine,no", 2),
    )
    found = count(content, "--by", "who", "--publish", profile).results["questions"]["q"]
    assert "mine" not in json.dumps(found)
    assert [group["level"] for group in found["by"]] == ["north", "smaller groups together"]
    assert [group["answers"]["yes"]["count"] for group in found["by"]] == [20, 15]
    said = words(count(content, "--by", "who", "--publish", profile, "--plain"))
    assert "“north” less “smaller groups together” +7 points" in said


@EACH
def test_what_is_published_is_what_is_printed(count: Ask, tmp_path: Path, profile: str) -> None:
    """No number of the page, the tables or the terminal is one that the published results do not hold."""
    options = ("--by", "who", "--publish", profile)
    found = count(SURVEY, *options).results
    counts = {one["count"] for question in found["questions"].values() for one in question["answers"].values()}
    assert all(number is None or number % 5 == 0 for number in counts)
    answer = count(SURVEY, *options, "--out", str(tmp_path / "report"))
    assert answer.out == f"{tmp_path / 'report' / 'report.html'}\n"
    assert json.loads((tmp_path / "report" / "results.json").read_text()) == found
    page = (tmp_path / "report" / "report.html").read_text()
    body = page[page.index("<body") :]
    for text in (body, count(SURVEY, *options, "--plain").out):
        assert "a helpline at night" not in text
        assert "142" not in text, "how many people there are"
    lines = (tmp_path / "report" / "tables" / "answers.csv").read_text().splitlines()
    assert lines[0].split(",")[:6] == ["question", "attribute", "level", "answered", "left_open", "answer"]
    assert not any(re.search(r"\d\.\d{3}", line) for line in lines)


# ---- what is printed ----


def test_a_readable_table(count: Ask) -> None:
    said = words(count(table("More work in schools?,said", ("yes,x", 84), ("no,y", 16), (",", 8)), "--plain"))
    assert said.startswith("survey.csv: 108 people, 2 questions More work in schools? 84% said “yes”")
    assert "100 people answered; 8 left it open." in said
    assert "Answer People Share 95% interval" in said
    assert "yes 84 84% 76% to 90%" in said
    assert "Who was asked. These are the answers of the people in the file, and not of everyone." in said
    assert "Who did not answer." in said
    assert "Differences between groups" not in said
    assert said.endswith("May point at people: not for publication. ")


def test_a_cell_cannot_move_the_cursor_or_run_as_a_formula(count: Ask, tmp_path: Path) -> None:
    content = table("q", ("=1+1", 3), ("\x1b[31mred", 3))
    assert "\x1b" not in count(content, "--plain").out
    count(content, "--out", str(tmp_path / "report"))
    assert "'=1+1" in (tmp_path / "report" / "tables" / "answers.csv").read_text()


def test_the_report_takes_the_place_of_an_earlier_one_and_of_nothing_else(count: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    for times in (3, 4):
        assert count(table("q", ("yes", times)), "--out", str(folder)).code == 0
    assert json.loads((folder / "results.json").read_text())["people"] == 4
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear")
    refused = count(table("q", ("yes", 3)), "--out", str(tmp_path / "letters"))
    assert (refused.code, "already holds other files" in refused.err) == (2, True)


# ---- what cannot be used ----


@pytest.mark.parametrize(
    ("content", "words_"),
    [
        ("", "survey.csv is empty"),
        ("q\n", "has column names but no rows"),
        ("q,r\nyes,no,more\n", "row 2, column 3: there are 3 cells"),
        ("id,q\n7,yes\n7,no\n", "row 3, column id: “7” already stands in row 2; keep one row for each person"),
        ("q,q\nyes,no\n", "columns 1 and 2 are both called “q”"),
        ("id,day\n1,4\n2,5\n", "has no question that can be counted"),
        ("said\na\nb\nc\nd\n", "may hold people’s own words"),
        (b"q\nyes\n\x00", "is not a text table"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_one_sentence(count: Ask, content: str | bytes, words_: str) -> None:
    assert words_ in count(content).sentence


@pytest.mark.parametrize(
    ("options", "words_"),
    [
        (("--questions", "nothing"), "--questions names “nothing”, but survey.csv has no column of that name."),
        (("--by", "nothing"), "there is no such column to compare by"),
        (("--json", "--out", "folder"), "not both"),
        (("--max-size", "large"), "is not read"),
    ],
)
def test_a_wrong_option_is_said_in_one_sentence(count: Ask, options: tuple[str, ...], words_: str) -> None:
    answer = count("q\nyes\nno\n", *options)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert words_ in answer.err


def test_too_many_groups(count: Ask) -> None:
    answer = count("who,q\n" + "".join(f"g{n},yes\n" for n in range(25)), "--by", "who")
    assert (answer.code, "25 different values" in answer.err) == (2, True)


def test_one_person(count: Ask) -> None:
    found = count("q\nyes\n").results["questions"]["q"]
    assert (found["answers"]["yes"]["count"], found["answers"]["yes"]["share"]) == (1, 1.0)
    assert "1 person answered." in words(count("q\nyes\n", "--plain"))


# ---- the sample ----


def test_the_sample_is_invented_and_remade_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invent_survey, "SURVEY", tmp_path / "survey.csv")
    invent_survey.main()
    assert (tmp_path / "survey.csv").read_bytes() == SURVEY.read_bytes()


def test_the_sample_has_one_of_each_kind_of_question(count: Ask) -> None:
    found = count(SURVEY).results
    assert [one["several"] for one in found["questions"].values()] == [False, False, True, False]
    assert [one["question"] for one in found["left_out"]] == ["Is there anything else?"]
