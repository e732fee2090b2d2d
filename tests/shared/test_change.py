"""Change, reliable change, recovery and time to improvement on real data give what R gives."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from alongside.outcomes.change import paired
from alongside.outcomes.proportions import clopper_pearson, wilson
from alongside.outcomes.reliable_change import (
    ReliableChange,
    Threshold,
    cut_offs,
    jacobson_truax,
    reliable_change,
    threshold_from_both,
    threshold_from_first,
)
from alongside.outcomes.time_to_change import first_improvement, kaplan_meier

SOURCE = "stated input .93"
FIRST_ALL, FIRST_PAIRED, BOTH = (
    "jacobson_truax_SD_of_all_first_forms",
    "jacobson_truax_SD_of_paired_first_forms",
    "maassen_both_sds",
)


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "data" / "reference" / "other.json").read_text())
    return found


@pytest.fixture(scope="module")
def forms(shared: Path) -> Callable[[str, str], NDArray[np.float64]]:
    """Rows of client, day and score of one measure, in order of client and day."""

    def read(file: str, measure: str) -> NDArray[np.float64]:
        lines = (row.split(",") for row in (shared / "data" / file).read_text().splitlines()[1:])
        rows = [(float(client), float(day), float(score)) for client, day, name, score in lines if name == measure]
        return np.array(sorted(rows))

    return read


@pytest.fixture(scope="module")
def bdi(forms: Callable[[str, str], NDArray[np.float64]]) -> NDArray[np.float64]:
    return forms("btheb.csv", "bdi")


def first_and_last(rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return all first forms, and first and last of those with two."""
    _, begins, counts = np.unique(rows[:, 0], return_index=True, return_counts=True)
    ends = begins + counts - 1
    twice = rows[ends, 1] > rows[begins, 1]
    return rows[begins, 2], rows[begins[twice], 2], rows[ends[twice], 2]


def threshold(rows: NDArray[np.float64], name: str) -> Threshold:
    everybody, first, last = first_and_last(rows)
    if name == BOTH:
        return threshold_from_both(first, last, reliability=0.93, source=SOURCE)
    return threshold_from_first(everybody if name == FIRST_ALL else first, reliability=0.93, source=SOURCE)


def classified(rows: NDArray[np.float64], name: str) -> ReliableChange:
    everybody, first, last = first_and_last(rows)
    return reliable_change(
        first,
        last,
        threshold=threshold(rows, name),
        lower_is_better=True,
        without_second=len(everybody) - len(first),
        cutoff=14,
    )


@pytest.mark.parametrize(
    ("file", "measure", "key"),
    [("btheb.csv", "bdi", "btheb_first_last"), ("epi.csv", "epi_extraversion", "epi_extraversion")],
)
def test_effects_and_correlation_are_rs(
    reference: dict[str, Any],
    forms: Callable[[str, str], NDArray[np.float64]],
    file: str,
    measure: str,
    key: str,
) -> None:
    r = reference["retest_and_paired"][key]
    _, first, last = first_and_last(forms(file, measure))
    found = paired(first, last)
    expected = {"d_z": "d_z", "d_av": "d_av_mean_sd", "hedges_g": "g_z"}
    for name, in_r in expected.items():
        assert getattr(found, name) == pytest.approx(r["effect"][in_r], rel=1e-9), name
    assert found.pearson.r == pytest.approx(r["pearson"]["r"], rel=1e-9)
    assert found.pearson.ci95 == pytest.approx(r["pearson"]["ci95"], rel=1e-9)
    assert found.pearson.p == pytest.approx(r["pearson"]["p"], rel=1e-9, abs=0)


@pytest.mark.parametrize("name", [FIRST_ALL, FIRST_PAIRED, BOTH])
def test_thresholds_and_counts_are_rs(reference: dict[str, Any], bdi: NDArray[np.float64], name: str) -> None:
    r = reference["rci"]["btheb_bdi"]
    counts, found = r["classification"][name]["counts"], classified(bdi, name)
    assert found.threshold == pytest.approx(r["thresholds"][name], rel=1e-9)
    assert found.improved == counts["improved"] + counts["recovered"]
    assert (found.unchanged, found.deteriorated, found.n) == (counts["unchanged"], counts["deteriorated"], r["n_pairs"])
    assert found.without_second == r["n_first_forms"] - r["n_pairs"]
    recovered = r["classification"][name]["recovered_of_clinical_start"]
    assert found.recovered is not None
    assert (found.recovered.count, found.recovered.n) == (recovered["x"], recovered["n"])
    assert found.recovered.ci95 == pytest.approx(recovered["wilson"], abs=1e-9)


def test_the_papers_example_is_rs(reference: dict[str, Any]) -> None:
    r = reference["rci"]["jt1991"]
    found = jacobson_truax(sd=r["SD_clinical"], reliability=r["rxx"], source=r["source"])
    assert found.points == pytest.approx(r["change_needed_1.96"], rel=1e-12)
    lines = cut_offs(
        clinical_mean=r["M_clinical"],
        clinical_sd=r["SD_clinical"],
        functional_mean=r["M_functional"],
        functional_sd=r["SD_functional"],
    )
    assert (lines.a, lines.b, lines.c) == (r["cutoff_a"], r["cutoff_b"], r["cutoff_c"])


def test_time_to_improvement_is_rs(reference: dict[str, Any], bdi: NDArray[np.float64]) -> None:
    r = reference["kaplan_meier"]["btheb_bdi"]
    points = threshold(bdi, FIRST_ALL).points
    assert points == pytest.approx(r["threshold"], rel=1e-9)
    times = first_improvement(bdi[:, 0], bdi[:, 1], bdi[:, 2], by=points or 0, lower_is_better=True)
    found = kaplan_meier(times.days, times.improved)
    table, quantiles = r["log-log"]["table"], r["log-log"]["quantiles"]
    assert (found.n, found.improved) == (r["n"], r["events"])
    columns = {
        "time": [step.day for step in found.steps],
        "n_risk": [step.n for step in found.steps],
        "n_event": [step.improved for step in found.steps],
        "n_censor": [step.left for step in found.steps],
        "surv": [step.not_yet for step in found.steps],
        "std_err": [step.se for step in found.steps],
        "lower": [step.ci95 and step.ci95[0] for step in found.steps],
        "upper": [step.ci95 and step.ci95[1] for step in found.steps],
    }
    for name, values in columns.items():
        assert values == pytest.approx(table[name], abs=1e-9), name
    middle = [found.median_days, found.median_low, found.median_high]
    assert middle == [quantiles["q"][1], quantiles["lower"][1], quantiles["upper"][1]]


def test_exact_intervals_are_rs(reference: dict[str, Any]) -> None:
    for one in reference["proportions"]["single"]:
        assert wilson(one["x"], one["n"]) == pytest.approx(one["wilson"], abs=1e-9)
        assert clopper_pearson(one["x"], one["n"]) == pytest.approx(one["clopper_pearson"], abs=1e-9)
