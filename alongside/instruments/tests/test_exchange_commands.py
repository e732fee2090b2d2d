"""`alongside instruments convert` and `show --fhir`: a file for a file, or a sentence and no file."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from typer.testing import CliRunner, Result

from alongside.instruments import commands, loader
from alongside.instruments.exchange import KINDS, Kind, read, write
from alongside.instruments.tests.exchanged import KEYS, whole

HEAD = "response,person,date,q1,q2,q3,q4,q5,q6,q7"


def ran(*words: str | Path) -> Result:
    return CliRunner().invoke(commands.app, [*map(str, words)])


def kind_of(file: Path) -> Kind:
    return KINDS[file.suffix.lower()]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    form, file = loader.load("gad7"), tmp_path / "answers.csv"
    write(form, [whole(form), whole(form, key="R2", amended=True)], file, "csv")
    return file


def test_a_file_goes_through_every_kind_and_comes_back(answers: Path, tmp_path: Path) -> None:
    ways = [answers, *(tmp_path / name for name in ("one.xlsx", "two.json", "three.XLSX", "four.csv"))]
    for source, to in pairwise(ways):
        done = ran("convert", "gad7", source, to)
        assert (done.exit_code, done.stdout, done.stderr) == (0, f"{to}\n", "")
        assert read(loader.load("gad7"), to, kind_of(to)) == read(loader.load("gad7"), answers, "csv")
    assert ways[-1].read_bytes() == answers.read_bytes()


def test_it_never_writes_over_a_file(answers: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    there.write_text("mine", "utf-8")
    done = ran("convert", "gad7", answers, there)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{there} is there already; choose another name.\n"
    assert there.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("R1,C-1,2026-11-02,7,1,1,1,1,1,1", "row 1, column q1: question 1 goes from 0 to 3, but the answer is “7”"),
        ("R1,C-1,2026-11-02,1,1,1,1,1,1", "row 1: there are 9 cells for 10 columns"),
        ("R1,Ada Invented,2026-11-02,1,1,1,1,1,1,1", "row 1: the person “Ada Invented” is no code"),
    ],
)
@pytest.mark.parametrize("to", ["out.csv", "out.xlsx", "out.json"])
def test_what_is_wrong_is_one_sentence_and_no_file(tmp_path: Path, row: str, sentence: str, to: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(f"{HEAD}\nR0,C-1,2026-11-02,1,1,1,1,1,1,1\n{row}\n".replace("R0", "R9"), "utf-8")
    done = ran("convert", "gad7", file, tmp_path / to)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert done.stderr.startswith(f"wrong.csv, {sentence.replace('row 1', 'row 2')}")
    assert list(tmp_path.iterdir()) == [file]


def test_wrong_use_is_told_from_bad_input(answers: Path, tmp_path: Path) -> None:
    for words, code, said in (
        (("gad7", answers, tmp_path / "out.pdf"), 2, "ends in nothing that is known here"),
        (("gad7", tmp_path / "answers", tmp_path / "out.csv"), 2, "ends in nothing that is known here"),
        (("gad9", answers, tmp_path / "out.csv"), 2, "There is no instrument called “gad9”"),
        (("gad7", answers, tmp_path / "out.csv", "--version", "9"), 2, "has no version “9”"),
        (("phq9", answers, tmp_path / "out.json"), 3, "answers.csv, column q8: it is missing"),
        (("gad7", tmp_path / "none.csv", tmp_path / "out.json"), 3, "cannot be read (No such file or directory)"),
        (("gad7", answers, tmp_path / "nowhere" / "out.json"), 3, "cannot be written (No such file or directory)"),
    ):
        done = ran("convert", *words)
        assert (done.exit_code, done.stdout) == (code, "")
        assert said in done.stderr
        assert list(tmp_path.iterdir()) == [answers]


@pytest.mark.parametrize("key", KEYS)
def test_show_writes_a_questionnaire_and_nothing_else(key: str) -> None:
    done = ran("show", key, "--fhir")
    assert (done.exit_code, done.stderr) == (0, "")
    made = Questionnaire.model_validate_json(done.stdout)
    assert (made.title, made.version) == (loader.load(key).name, loader.load(key).version)
    assert json.loads(done.stdout)["item"]


def test_show_gives_one_answer() -> None:
    done = ran("show", "phq9", "--fhir", "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "--json and --fhir are two answers; ask for one of them.\n"


@pytest.mark.parametrize("words", [["--help"], ["convert", "--help"], ["convert", "gad7", "{answers}", "{to}"]])
def test_nothing_heavy_is_loaded_before_it_is_needed(answers: Path, tmp_path: Path, words: list[str]) -> None:
    named = [word.format(answers=answers, to=tmp_path / "out.csv") for word in words]
    code = (
        "import sys\nfrom alongside.config.cli import app\n"
        f"try: app(['instruments', *{named!r}])\n"
        "except SystemExit: print({'django', 'duckdb', 'numpy', 'fhir', 'xlsxwriter', 'python_calamine'}"
        " & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
