"""The command on a real trial gives what R gives."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from alongside.outcomes.proportions import wilson


def evaluate(shared: Path, file: str, *options: str) -> dict[str, Any]:
    alongside = Path(sys.executable).parent / "alongside"
    command = [alongside, "evaluate", shared / "data" / file, *options, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "data" / "reference" / "other.json").read_text())
    return found


@pytest.mark.parametrize(
    ("file", "measure", "key"),
    [("btheb.csv", "bdi", "btheb_first_last"), ("epi.csv", "epi_extraversion", "epi_extraversion")],
)
def test_the_paired_figures_are_rs(shared: Path, reference: dict[str, Any], file: str, measure: str, key: str) -> None:
    r = reference["retest_and_paired"][key]
    found = evaluate(shared, file)["measures"][measure]["paired"]
    expected = {
        "n": r["n"],
        "mean_first": r["mean1"],
        "mean_last": r["mean2"],
        "mean_change": r["mean_change"],
        "sd_change": r["sd_change"],
        "median_change": r["median_change"],
        **{name: r["paired_t"][name] for name in ("t", "df", "p", "ci95")},
    }
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, rel=1e-9, abs=1e-9), name
    assert found["wilcoxon"]["v"] == r["wilcoxon"]["V_R"]
    assert found["wilcoxon"]["p"] == pytest.approx(r["wilcoxon"]["p_continuity"], rel=1e-9)


def test_the_contract_of_the_paired_block(shared: Path) -> None:
    paired = evaluate(shared, "btheb.csv")["measures"]["bdi"]["paired"]
    names = {"n", "mean_first", "mean_last", "mean_change", "sd_change", "median_change", "ci95", "t", "df", "p"}
    assert names | {"d_z", "d_av", "hedges_g", "pearson", "wilcoxon", "why"} == paired.keys()
    assert {"v", "p"} <= paired["wilcoxon"].keys()


def test_the_arms_of_the_trial_make_up_the_whole(shared: Path) -> None:
    clients = str(shared / "data" / "btheb_clients.csv")
    bdi = ("--lower-is-better", "bdi", "--range", "bdi=0:63", "--improved-by", "bdi=5")
    measure = evaluate(shared, "btheb.csv", "--attributes", clients, *bdi, "--by", "treatment")["measures"]["bdi"]
    arms = measure["by"]["treatment"]
    assert [arm["level"] for arm in arms] == ["BtheB", "TAU"]
    for block, count in (("paired", "n"), ("improved", "improved"), ("improved", "everyone")):
        assert sum(arm[block][count] for arm in arms) == measure[block][count]


def test_proportions_are_rs(reference: dict[str, Any]) -> None:
    for one in reference["proportions"]["single"]:
        assert wilson(one["x"], one["n"]) == pytest.approx(one["wilson"], abs=1e-9)


def test_the_trajectory_and_reliable_change_are_rs(shared: Path, reference: dict[str, Any]) -> None:
    data = shared / "data"
    said = ("--by", "treatment", "--model", "ris", "--method", "reml", "--reliability", "0.93", "--cutoff", "14")
    found = evaluate(
        shared, "btheb.csv", "--attributes", str(data / "btheb_clients.csv"), "--lower-is-better", "bdi", *said
    )["measures"]["bdi"]
    r = json.loads((data / "reference" / "lmm_btheb_bdi.json").read_text())["models"]["group_ris_reml"]
    line = found["trajectory"]
    (arm,) = line["by"]["levels"]
    ours = (
        line["fixed"]["intercept"], line["fixed"]["per_100_days"], arm["start_difference"],
        arm["per_100_days_difference"],
    )  # fmt: skip
    for effect, name in zip(ours, ("(Intercept)", "t100", "gTAU", "t100:gTAU"), strict=True):
        assert effect["estimate"] == pytest.approx(r["fixef"][name], abs=1e-5 * r["se"][name])
        assert effect["se"] == pytest.approx(r["se"][name], rel=1e-5)
        assert effect["df"] == pytest.approx(r["satterthwaite"][name]["df"], rel=1e-3)
    assert (line["by"]["reference"], arm["level"]) == ("BtheB", "TAU")
    counts = reference["rci"]["btheb_bdi"]["classification"]["jacobson_truax_SD_of_all_first_forms"]["counts"]
    reliable = found["reliable_change"]
    assert reliable["improved"] == counts["recovered"] + counts["improved"]
    assert (reliable["unchanged"], reliable["deteriorated"]) == (counts["unchanged"], counts["deteriorated"])
    assert reliable["recovered"]["count"] == counts["recovered"]


def test_tests_of_pace_and_of_groups_are_rs(shared: Path) -> None:
    data = shared / "data"
    said = ("--attributes", str(data / "btheb_clients.csv"), "--by", "treatment", "--method", "ml")
    found = evaluate(shared, "btheb.csv", *said)["measures"]["bdi"]["comparisons"]
    r = json.loads((data / "reference" / "lmm_btheb_bdi.json").read_text())
    own_pace = r["lrt_random_slope_ml"]
    assert found["own_pace"]["chi2"] == pytest.approx(own_pace["chisq"], abs=2e-4)
    assert found["own_pace"]["p"] == pytest.approx(own_pace["p_mixture_1_2"], abs=1e-4)
    with_groups, without = (r["models"][name]["logLik"] for name in ("group_ris_ml", "ris_ml"))
    assert found["groups"]["chi2"] == pytest.approx(2 * (with_groups - without), abs=2e-4)
    assert (found["groups"]["df"], found["groups_pace"]["df"]) == (2, 1)
