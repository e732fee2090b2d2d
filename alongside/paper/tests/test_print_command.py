"""`alongside forms print` writes a form and its layout, or one sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from alongside.paper.commands import register
from alongside.paper.layout import read

QUIET = """
import sys
from alongside.config.cli import app
try:
    app(["forms", "print", "gad7", "--out", "f.pdf", "--layout", "l.json"])
except SystemExit as ended:
    assert not ended.code, ended.code
assert "django" not in sys.modules
assert "cv2" not in sys.modules
"""


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["forms", "print", *words])


def test_it_writes_a_form_and_its_layout() -> None:
    ended = run("service_evaluation", "--out", "form.pdf", "--layout", "layout.json")
    assert ended.exit_code == 0
    layout = read(Path("layout.json"))
    assert Path("form.pdf").read_bytes().startswith(b"%PDF-")
    assert layout.form_id in ended.stdout
    assert ended.stderr == ""


def test_json_is_all_it_says() -> None:
    ended = run("gad7", "--out", "f.pdf", "--layout", "l.json", "--copies", "2", "--json")
    said = json.loads(ended.stdout)
    assert said["ids"] == list(read(Path("l.json")).copies)
    assert (said["form_id"], said["pages"], said["form"]) == (said["ids"][0], 1, "f.pdf")


def test_it_needs_neither_django_nor_opencv(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", QUIET], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("phq8",), 2, "Did you mean phq9?"),
        (("bdi2",), 2, "comes without its words"),
        (("five_aspects",), 2, "asks for words"),
        (("gad7", "--version", "7"), 2, "has no version"),
        (("missing.toml",), 3, "check its name"),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_sentence(words: tuple[str, ...], code: int, said: str) -> None:
    ended = run(*words, "--out", "f.pdf", "--layout", "l.json")
    assert (ended.exit_code, ended.stdout) == (code, "")
    assert said in ended.stderr
    assert not list(Path().iterdir())


def test_a_place_that_cannot_be_written_is_said() -> None:
    ended = run("gad7", "--out", "f.pdf", "--layout", "nowhere/l.json")
    assert ended.exit_code == 3
    assert "choose another place" in ended.stderr


def test_it_never_writes_over_the_layout_of_another_form() -> None:
    assert run("gad7", "--out", "f.pdf", "--layout", "l.json").exit_code == 0
    kept = Path("l.json").read_bytes()
    ended = run("phq9", "--out", "p.pdf", "--layout", "l.json")
    assert (ended.exit_code, Path("l.json").read_bytes()) == (2, kept)
    assert "not of this form" in ended.stderr
    assert run("gad7", "--out", "f.pdf", "--layout", "l.json").exit_code == 0


def test_a_definition_of_ones_own_is_printed() -> None:
    Path("mine.toml").write_text(
        """
key = "mine"
name = "A week with us"
version = "1"
informant = "the client"
reference_period = "this week"
never_scored = "It is for talking over."
[licence]
status = "open"
holder = "Wren Street"
terms = "Free"
source = "Written here"
date = "2026"
[[items]]
number = 1
key = "warm"
kind = "line"
topic = "Warm"
finding_name = "warmth"
wording = "How warm was the room?"
low = 0
high = 10
step = 0.1
low_words = "cold"
high_words = "warm"
[[items]]
number = 2
key = "times"
kind = "choice"
topic = "Times"
finding_name = "times"
wording = "How many times did you come?"
low = 0
high = 4
step = 1
low_words = "never"
high_words = "every day"
"""
    )
    ended = run("mine.toml", "--out", "f.pdf", "--layout", "l.json")
    assert ended.exit_code == 0, ended.stderr
    assert [item.kind for item in read(Path("l.json")).items] == ["line", "choice"]
