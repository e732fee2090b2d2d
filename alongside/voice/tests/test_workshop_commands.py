"""`alongside workshop import` and `export`, run as somebody at the keyboard runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.voice.loading.tests.texts import PRINTED

ALONGSIDE = Path(sys.executable).parent / "alongside"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "past.txt"
    path.write_bytes(PRINTED.replace("\n", "\r\n").encode("utf-8-sig"))
    return path


def run(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    command = [str(ALONGSIDE), "workshop", *map(str, words)]
    environment = around | {"ALONGSIDE_HOME": str(home)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_print_out_goes_in_and_comes_out_the_same(tmp_path: Path, file: Path) -> None:
    """The data folder begins empty, and is begun by the command."""
    home = tmp_path / "home"
    loaded = run(home, "import", file, "--title", "Warm homes", "--json")
    assert loaded.returncode == 0, loaded.stderr
    said = json.loads(loaded.stdout)
    assert (said["slug"], len(said["boards"]), len(said["guessed"])) == ("warm-homes", 12, 12)
    out = run(home, "export", "warm-homes", "--format", "json")
    assert json.loads(out.stdout)["boards"] == said["boards"]
    assert "--lead" in loaded.stderr
    text = run(home, "export", "warm-homes", "--format", "text").stdout
    file.write_text(text)
    again = run(home, "import", file, "--title", "Warm homes", "--json")
    assert json.loads(again.stdout) == {"slug": "warm-homes-2", "boards": said["boards"], "guessed": []}
    assert run(home, "export", "warm-homes", "--format", "csv").stdout.startswith("board,kind,title,note\n")


def test_a_dry_run_loads_nothing(home: Path, file: Path) -> None:
    said = run(home, "import", file, "--title", "Warm homes", "--dry-run")
    assert said.stdout.startswith("warm-homes: 12 boards\nbreakout: Pair 1 (3)\n")
    assert "guessed, line 10: breakout: Pair 1 (it numbers a pair or a room" in said.stdout
    missing = run(home, "export", "warm-homes")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("There is no workshop warm-homes.")


@pytest.mark.parametrize(
    ("content", "options", "code", "said"),
    [
        (b"\xff\xfe\x00", ["--title", "A"], 3, "UTF-8"),
        (b"  \n", ["--title", "A"], 3, "no word"),
        (b"== bord: A\n\n== vote: B", ["--title", "A"], 3, "Line 1"),
        (b"tea", ["--title", "  "], 2, "--title"),
        (b"tea", ["--title", "A", "--lead", "nobody@wrenstreet.example"], 2, "--lead"),
    ],
)
def test_a_mistake_is_one_sentence_and_loads_nothing(
    content: bytes, options: list[str], code: int, said: str, home: Path, file: Path
) -> None:
    file.write_bytes(content)
    done = run(home, "import", file, *options)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
