"""`alongside reliability` on real data gives what R gives."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from alongside.outcomes.reliability.intraclass import ICC_NAMES, Intraclass, intraclass


def close(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def reliability(path: Path, *options: str) -> dict[str, Any]:
    command = [str(Path(sys.executable).parent / "alongside"), "reliability", str(path), *options, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def columns(path: Path) -> list[list[str]]:
    return [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def same_as_psych(found: Mapping[str, Mapping[str, float | None]], forms: Mapping[str, Mapping[str, float]]) -> None:
    assert tuple(found) == ICC_NAMES
    for name, icc in found.items():
        r = forms[name]
        expected = {"value": r["ICC"], "low": r["lower bound"], "high": r["upper bound"]}
        assert {end: icc[end] for end in expected} == close(expected), name


def as_mapping(found: Mapping[str, Intraclass]) -> dict[str, dict[str, float | None]]:
    return {name: {"value": icc.value, "low": icc.low, "high": icc.high} for name, icc in found.items()}


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "data" / "reference" / "other.json").read_text())
    return found


@pytest.fixture(scope="module")
def extraversion(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = reliability(shared / "data" / "epi.csv")["measures"]["epi_extraversion"]
    return found


def test_the_correlations_are_rs(extraversion: dict[str, Any], reference: dict[str, Any]) -> None:
    r = reference["retest_and_paired"]["epi_extraversion"]
    assert extraversion["n"] == r["n"]
    assert extraversion["pearson"]["r"] == close(r["pearson"]["r"])
    assert extraversion["pearson"]["ci95"] == close(r["pearson"]["ci95"])
    assert extraversion["pearson"]["p"] == pytest.approx(r["pearson"]["p"], rel=1e-9)
    assert extraversion["spearman"]["rho"] == close(r["spearman"]["rho"])


def test_the_intraclass_correlations_are_psychs(extraversion: dict[str, Any], reference: dict[str, Any]) -> None:
    same_as_psych(extraversion["icc"], reference["retest_and_paired"]["epi_extraversion"]["icc"]["anova"]["forms"])


def test_the_errors_are_rs(extraversion: dict[str, Any], reference: dict[str, Any]) -> None:
    r = reference["retest_and_paired"]["epi_extraversion"]
    differences = extraversion["bland_altman"]
    assert differences["bias"] == close(r["bland_altman"]["bias"])
    assert differences["ci95"] == close(r["paired_t"]["ci95"])
    assert differences["sd"] == close(r["sd_change"])
    assert differences["loa"] == close(r["bland_altman"]["loa"])
    assert extraversion["sem"] == close(r["sem_from_sd_diff"])
    assert extraversion["sdc"] == close(r["sdc95_from_sd_diff"])


def test_everybody_is_counted_once(shared: Path) -> None:
    found = reliability(shared / "data" / "epi.csv")
    assert found["participants"]["n"] + found["participants"]["left_out"] == 470
    rows = columns(shared / "data" / "epi.csv")
    for name, measure in found["measures"].items():
        assert 2 * measure["n"] + measure["left_out"] == sum(row[2] == name for row in rows)


def test_textbook_judges(shared: Path, reference: dict[str, Any]) -> None:
    table = [[float(mark) for mark in marks] for _, *marks in columns(shared / "data" / "shrout_fleiss.csv")]
    same_as_psych(as_mapping(intraclass(table)), reference["icc"]["shrout_fleiss"]["anova"]["forms"])


def test_ten_days_of_reaction_times(shared: Path, reference: dict[str, Any]) -> None:
    times: dict[str, list[float]] = {}
    for client, _, _, score in columns(shared / "data" / "sleepstudy.csv"):
        times.setdefault(client, []).append(float(score))
    found = as_mapping(intraclass(list(times.values())))
    same_as_psych(found, reference["icc"]["sleepstudy_10_days"]["anova"]["forms"])


def test_alpha_is_psychs(shared: Path, reference: dict[str, Any]) -> None:
    found = reliability(shared / "data" / "attitude_items.csv", "--alpha")
    r = reference["alpha"]["attitude"]["complete_case"]
    assert (found["n"], found["items"], found["left_out"]) == (30, 7, 0)
    assert found["alpha"] == close(r["alpha_raw"])
    assert found["ci95"] == close(r["feldt_ci95"])
    assert list(found["if_deleted"].values()) == close(r["alpha_if_deleted"])
