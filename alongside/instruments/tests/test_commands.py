"""`alongside instruments` says what it found on standard output, why not on standard error, and whose turn it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from alongside.instruments import commands, loader

NINE = "q1,q2,q3,q4,q5,q6,q7,q8,q9"


def ran(*words: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(commands.app, [*map(str, words)], input=typed)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def scores(key: str, file: Path, text: str) -> list[dict[str, Any]]:
    file.write_text(text, encoding="utf-8")
    done = ran("score", key, file, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def refused(key: str, file: Path, text: str | bytes, code: int = 3) -> str:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = ran("score", key, file, "--json")
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


# ---- score ----


def test_scores_are_json_with_a_row_for_each_response(answers: Path) -> None:
    assert scores("phq9", answers, f"{NINE}\n1,2,1,2,1,2,1,1,1\n1,1,,1,1,1,1,1,1\n") == [
        {
            "row": 1,
            "scores": {
                "total": {
                    "value": 12,
                    "answered": 9,
                    "items": 9,
                    "status": "scored",
                    "why": None,
                    "band": "moderate",
                }
            },
        },
        {
            "row": 2,
            "scores": {
                "total": {
                    "value": None,
                    "answered": 8,
                    "items": 9,
                    "status": "not_scored",
                    "why": "question 3 is not answered",
                    "band": None,
                }
            },
        },
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{NINE},q10\n1,2,1,2,1,2,1,1,1,3\n",
        f"\ufeff{NINE}\r\n1,2,1,2,1,2,1,1,1\r\n\r\n",
        f"{NINE}\n1,2,1,2,1,2,1,1,1\n".replace(",", ";"),
        "q9,q8,q7,q6,q5,q4,q3,q2,Q1 \n 1,1,1,2,1,2,1,2,1\n",
        "interest,mood,sleep,energy,appetite,self_worth,concentration,pace,thoughts\n1,2,1,2,1,2,1,1,1\n",
        f"response,version,{NINE}\nR1,1,1,2,1,2,1,2,1,1,1\n",
        f'{NINE}\n"1",2,1,2.0,1,2,1,1,1',
    ],
)
def test_a_file_may_be_written_in_several_ways(answers: Path, text: str) -> None:
    assert [one["scores"]["total"]["value"] for one in scores("phq9", answers, text)] == [12]


def test_each_measure_has_its_own_scores(answers: Path) -> None:
    upps = ",".join(f"q{number}" for number in range(1, 60)) + "\n" + ",".join(["1"] * 59) + "\n"
    assert {name: one["value"] for name, one in scores("upps_p", answers, upps)[0]["scores"].items()} == {
        "negative_urgency": 3.75,
        "lack_of_premeditation": 1,
        "lack_of_perseverance": 1.6,
        "sensation_seeking": 4,
        "positive_urgency": 4,
    }
    for key in ("service_evaluation", "service-evaluation"):
        before = scores(key, answers, "q1,q2\n7.3,0\n")[0]["scores"]
        assert [before[name]["value"] for name in ("q1", "q2", "q3")] == [7.3, 0, None]
    wsas = scores("wsas", answers, "q1,q2,q3,q4,q5\n,1,2,3,4\n")[0]["scores"]["total"]
    assert (wsas["value"], wsas["answered"], wsas["status"]) == (10, 4, "scored")
    bdi = (
        ",".join(f"q{number}" for number in range(1, 22))
        + "\n"
        + ",".join(["1a" if n in (16, 18) else "0" for n in range(1, 22)])
    )
    assert scores("bdi2", answers, bdi)[0]["scores"]["total"]["value"] == 2


def test_no_response_is_an_empty_list(answers: Path) -> None:
    assert scores("phq9", answers, NINE) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{NINE}\n1,2,1,2,1,2,1,1,1\n1,2,1,4,1,2,1,1,1\n",
            "answers.csv, row 2: question 4 goes from 0 to 3, but the answer is “4”; correct it.",
        ),
        (
            f"{NINE}\n1,2,1,often,1,2,1,1,1\n",
            "answers.csv, row 1: question 4 takes a number, but the answer is “often”; correct it.",
        ),
        (
            f"{NINE}\n1,2,1\n",
            "answers.csv, row 1: there are 3 cells for 9 columns; "
            "give every column a cell, empty where nothing was marked.",
        ),
        (
            f"{NINE},q11\n1,2,1,2,1,2,1,1,1,1\n",
            "answers.csv, column “q11”: PHQ-9 has no such question, they are q1 to q10; correct or remove it.",
        ),
        (f"{NINE},q9\n1,2,1,2,1,2,1,1,1,1\n", "answers.csv, column “q9”: it is there twice; remove one of them."),
        ("q1,q2\n1,2\n", "answers.csv, column q3: it is missing; add it, empty where the question was not answered."),
        (
            f"response,{NINE}\nA,1,2,1,2,1,2,1,1,1\nB,1,2,1,2,1,2,1,1,1\nA,1,2,1,2,1,2,1,1,1\n",
            "answers.csv, row 3, column response: the response of row 1 is here again; remove one.",
        ),
        (
            f"version,{NINE}\n2,1,2,1,2,1,2,1,1,1\n",
            "answers.csv, row 1, column version: it was answered by version “2”, but this is 1; "
            "score it with --version 2.",
        ),
        ("", "answers.csv is empty; its first line names the columns, such as q1,q2,q3."),
        (b"q1\n\xe9", "answers.csv is not UTF-8 text; save it again as CSV UTF-8."),
        (b"PK\x03\x04\0\0", "answers.csv is not a CSV file; save it again as CSV UTF-8."),
        (f'{NINE}\n"1', "answers.csv is not a CSV file (unexpected end of data); save it again as CSV UTF-8."),
        (
            "q1\x1b[2J\n",
            "answers.csv, column “q1�[2J”: PHQ-9 has no such question, they are q1 to q10; correct or remove it.",
        ),
    ],
)
def test_a_file_that_cannot_be_scored_gives_one_sentence_and_nothing_else(
    answers: Path, text: str | bytes, said: str
) -> None:
    assert refused("phq9", answers, text) == said


@pytest.mark.parametrize("key", ["goals", "five_aspects", "seraf", "ssf4"])
def test_what_is_never_scored_is_wrong_use(answers: Path, key: str) -> None:
    assert "never scored" in refused(key, answers, "q1\n1\n", code=2)


def test_who_is_asked_to_do_what_by_the_exit_code(answers: Path) -> None:
    answers.write_text(f"{NINE}\n1,2,1,2,1,2,1,1,1\n", "utf-8")
    assert ran("score", "phq7", answers).exit_code == 2
    assert ran("score", "phq9", answers, "--version", "7").exit_code == 2
    assert ran("score", "phq9").exit_code == 2
    assert ran("score", "phq9", answers.with_name("none.csv")).exit_code == 3
    assert ran("score", "phq9", answers.parent).exit_code == 3


def test_people_get_a_table(answers: Path) -> None:
    answers.write_text(f"{NINE}\n1,2,1,2,1,2,1,1,1\n,,,,,,,,\n", "utf-8")
    assert ran("score", "phq9", answers).stdout == (
        "row  score  value       band      answered  note\n"
        "1    total  12          moderate  9 of 9\n"
        "2    total  not scored            0 of 9    no question is answered\n"
    )


# ---- list and show ----


def test_the_list_names_every_measure_as_commands_take_it() -> None:
    listed = [line.split()[0] for line in ran("list").stdout.splitlines()[1:]]
    assert listed == [key.replace("-", "_") for key in loader.keys()]  # noqa: SIM118 - a function of a module
    told = json.loads(ran("list", "--json").stdout)
    assert [one["key"] for one in told] == listed
    assert next(one for one in told if one["key"] == "core10")["scores"] == ["total"]


@pytest.mark.parametrize("key", loader.keys())
def test_show_says_what_it_is_for_and_on_what_terms(key: str) -> None:
    form = loader.load(key)
    said = ran("show", key).stdout
    for part in (form.name, form.purpose, form.not_for, form.licence.holder, form.licence.source):
        assert part in said
    assert json.loads(ran("show", key, "--json").stdout)["licence"]["status"] == form.licence.status
    assert ran("show", key.upper() + "x").exit_code == 2


# ---- check and new ----


def test_check_finds_what_is_wrong_and_says_where(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = (loader.DEFINITIONS / "core10.toml").read_text("utf-8")
    file.write_text(text, "utf-8")
    right = ran("check", file)
    assert (right.exit_code, right.stderr) == (0, "")
    assert right.stdout == f"{file} is right: CORE-10, version 1, 10 questions, 1 score.\n"
    file.write_text(text.replace("reversed = [2, 3]", "reversed = [2, 13]"), "utf-8")
    wrong = ran("check", file)
    line = 1 + text.splitlines().index("reversed = [2, 3]")
    assert wrong.exit_code == 1
    assert wrong.stdout == (
        f"{file}, line {line}: reversed: 13 is no question answered with a number; correct it or add the item.\n"
    )
    assert ran("check", tmp_path / "none.toml").exit_code == 3


TYPED = (
    "Steady days\n\n\n\nHow steady.\nA diagnosis.\n4\n1\n1\n5\nnever\nalways\nmean\nOurselves\n2, 9\n2,3\n1\nhigher\n"
)


def test_new_asks_until_it_can_write_a_definition_that_is_right(tmp_path: Path) -> None:
    file = tmp_path / "steady.toml"
    done = ran("new", file, typed=f"{TYPED}numbers only\nWe\nOurs\nHere\n")
    assert (done.exit_code, done.stdout) == (0, f"{file}\n")
    assert "Please try again: a whole number from 2 to 1001 is needed." in done.stderr
    assert "Please try again: there are questions 1 to 4." in done.stderr
    form = loader.read(file)
    assert (form.key, len(form.items), form.reversed, form.missing) == ("steady", 4, (2, 3), "prorate max 1")
    csv = tmp_path / "answers.csv"
    csv.write_text("q1,q2,q3,q4\n5,1,1,5\n", "utf-8")
    assert "total  5" in ran("score", file, csv).stdout
    again = ran("new", file, typed="")
    assert (again.exit_code, again.stdout) == (2, "")


def test_new_takes_the_wording_where_it_may_stand(tmp_path: Path) -> None:
    file = tmp_path / "steady.toml"
    wording = 'One "day"?\nTwo?\nThree\\?\nFour?\n'
    assert ran("new", file, typed=f"{TYPED}open\nWe\nOurs\nHere\n{wording}").exit_code == 0
    assert [item.wording for item in loader.read(file).items] == ['One "day"?', "Two?", "Three\\?", "Four?"]


@pytest.mark.parametrize("typed", ["", "Steady\n", TYPED])
def test_new_that_ends_early_writes_nothing(tmp_path: Path, typed: str) -> None:
    done = ran("new", tmp_path / "steady.toml", typed=typed)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith("It ended before the last question, so nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


def test_scoring_loads_no_django(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(f"{NINE}\n1,2,1,2,1,2,1,1,1\n", "utf-8")
    code = (
        "import sys\nfrom alongside.config.cli import app\n"
        f"try: app(['instruments', 'score', 'phq9', {str(file)!r}])\n"
        "except SystemExit: print({'django', 'duckdb', 'scipy', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
