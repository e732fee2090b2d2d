"""Rooms import downwards only, and the rule that holds this really bites."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

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


def test_no_model_points_to_a_room_above_it_or_beside_it(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = {room.strip(): height for height, rooms in enumerate(contracts[0]["layers"]) for room in rooms.split("|")}
    wrong = []
    for model in apps.get_models():
        here = model.__module__.split(".")
        for field in model._meta.get_fields():
            if here[0] != "alongside" or not field.concrete or not field.is_relation:
                continue
            there = field.related_model.__module__.split(".")
            if there[0] == "alongside" and there[1] != here[1] and floors[there[1]] <= floors[here[1]]:
                wrong.append(f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}")
    assert wrong == []
