"""The hazard log and the threat model claim nothing that no test shows; what is not built claims no control."""

import ast
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOG = runpy.run_path(str(ROOT / "docs" / "reference_pages" / "hazards.py"))
HAZARDS: list[dict[str, Any]] = LOG["read"]()
THREATS = ROOT / "docs" / "explanation" / "threat-model.md"
NAMED = re.findall(r"`([\w/]+\.py::[\w:]+)`", THREATS.read_text("utf-8"))
TESTS = sorted({test for hazard in HAZARDS for control in hazard["controls"] for test in control.get("tests", [])})
WANTED = (
    "another client’s record", "reaches nobody", "is lost", "waits unread", "out of date", "become one",
    "got worse", "another nation", "Somebody else sees", "recognised in a report",
)  # fmt: skip


def written(file: Path) -> dict[str, ast.FunctionDef]:
    """Every test of a file, under the name by which it is called: a function, or Class::function."""
    found = {}
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}": one for one in node.body if isinstance(one, ast.FunctionDef)}
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
    return found


@pytest.mark.parametrize("test", sorted({*TESTS, *NAMED}))
def test_a_test_that_is_named_is_there_and_runs(test: str) -> None:
    path, _, name = test.partition("::")
    found = written(ROOT / path)
    assert name in found
    marks = " ".join(ast.unparse(mark) for mark in found[name].decorator_list)
    assert "mark.skip" not in marks
    assert "mark.xfail" not in marks
    assert len(ast.unparse(found[name]).splitlines()) > 1


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_a_hazard_is_whole(hazard: dict[str, Any]) -> None:
    assert all(hazard[part] for part in ("id", "title", "causes", "effect", "owner", "status"))
    assert hazard["severity"] in LOG["SEVERITIES"]
    assert {hazard["before"], hazard["likelihood"]} <= {*LOG["LIKELIHOODS"]}
    built = not hazard["status"].startswith("not in this version")
    assert built is bool(hazard["controls"])
    for control in hazard["controls"]:
        assert control["what"]
        assert bool(control.get("tests")) is not bool(control.get("practice"))
    if built:
        assert any("tests" in control for control in hazard["controls"])
        assert LOG["level"](hazard, "likelihood") <= LOG["level"](hazard, "before")


def test_what_a_level_needs_is_said() -> None:
    """4 and 5 are not accepted; what stays at 3 says why it is still open."""
    for hazard in HAZARDS:
        level = LOG["level"](hazard, "likelihood")
        assert level < 4, hazard["id"]
        assert level < 3 or hazard["status"].startswith(("open", "not in this version")), hazard["id"]


def test_the_log_has_what_it_must() -> None:
    titles = [hazard["title"] for hazard in HAZARDS]
    assert [words for words in WANTED if not any(words in title for title in titles)] == []
    assert len({hazard["id"] for hazard in HAZARDS}) == len(HAZARDS)


def test_every_kind_of_attacker_has_a_test_and_an_end() -> None:
    parts = THREATS.read_text("utf-8").split("\n## ")[2:]
    assert len(parts) >= 9
    assert [part.splitlines()[0] for part in parts if "**Where it ends.**" not in part or ".py::" not in part] == []


def test_the_release_check_runs_exactly_those() -> None:
    said = runpy.run_path(str(ROOT / "tools" / "hazards.py"))
    assert said["tests"]() == TESTS
