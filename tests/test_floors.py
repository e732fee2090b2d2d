"""Rooms import downwards only, and the rule that holds this really bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [LINT_IMPORTS, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "alongside", tmp_path / "alongside", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_floor_is_kept(root: Path) -> None:
    result = lint(root)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("planted", "line", "found"),
    [
        ("outcomes/planted.py", "import alongside.press", "alongside.outcomes.planted -> alongside.press"),
        ("press/planted.py", "import django", "alongside.press.planted -> django"),
        ("outcomes/planted.py", "import pandas", "alongside.outcomes.planted -> pandas"),
        ("attic/__init__.py", "", "alongside.attic"),
    ],
    ids=["upwards", "django", "heavy", "undeclared room"],
)
def test_a_planted_break_is_caught(copy: Path, planted: str, line: str, found: str) -> None:
    file = copy / "alongside" / planted
    file.parent.mkdir(exist_ok=True)
    file.write_text(line + "\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert found in result.stdout
