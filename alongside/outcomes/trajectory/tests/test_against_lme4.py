"""The same numbers as lme4 and lmerTest, on plain sets of scores and on awkward ones, singular fits among them.

`reference/sets.py` made the sets, `reference/lme4.R` and `reference/lines.R` what lme4 says of them.
"""

import csv
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from alongside.outcomes.trajectory.design import SLOPE, design, groups
from alongside.outcomes.trajectory.design import Column as Effect
from alongside.outcomes.trajectory.fitting import Fit, fit
from alongside.outcomes.trajectory.model import trajectory
from alongside.outcomes.trajectory.sums import from_rows

REFERENCE = Path(__file__).with_name("reference")
NAMES = {"(Intercept)": ("intercept", False), "t100": (SLOPE, True), "age": ("age", False), "armb": ("arm: b", False)}
NAMES |= {"t100:armb": ("arm: b", True)}


def read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(newline="") as file:
        return [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(file)]


SETS = {name: list(rows) for name, rows in groupby(read("sets.csv"), lambda row: row["set"])}
FITS = read("fits.csv")
FIXED = read("lme4.csv")
LINES = read("lines.csv")


def fitted(of: dict[str, str]) -> Fit:
    rows = SETS[of["set"]]
    sums = from_rows(*([float(row[name]) for row in rows] for name in ("client", "day", "score")))
    columns = []
    if "arm" in of["model"]:
        known = {int(row["client"]): row for row in rows}
        people = [known[client] for client in range(len(known))]
        columns = [Effect("age", np.array([float(one["age"]) for one in people]))]
        columns += groups("arm", [one["arm"] for one in people])
    return fit(sums, design(sums, columns), slopes=of["model"].startswith("ris"), reml=of["method"] == "reml")


@pytest.mark.parametrize("of", FITS, ids=lambda of: f"{of['set']}-{of['model']}-{of['method']}")
def test_every_number_is_lme4s(of: dict[str, str]) -> None:
    ours = fitted(of)
    theirs = [row for row in FIXED if all(row[key] == of[key] for key in ("set", "model", "method"))]
    assert ours.log_likelihood == pytest.approx(float(of["log_likelihood"]), abs=1e-4)
    assert ours.singular == (of["singular"] == "TRUE")
    assert ours.variance**0.5 == pytest.approx(float(of["sigma"]), rel=1e-5)
    parts = {"start": ours.d[0, 0], "slope": ours.d[1, 1], "both": ours.d[0, 1]}
    for name, part in parts.items():
        if of[name] != "NA":
            assert part * ours.variance == pytest.approx(float(of[name]), rel=1e-4, abs=1e-6)
    places = {key: place for place, key in enumerate(zip(ours.columns, ours.on_slope, strict=True))}
    assert len(theirs) == len(places)
    for row in theirs:
        place = places[NAMES[row["name"]]]
        se = float(row["se"])
        assert ours.estimates[place] == pytest.approx(float(row["estimate"]), abs=1e-5 * se)
        assert ours.covariance[place, place] ** 0.5 == pytest.approx(se, rel=1e-5)
        assert ours.df[place] == pytest.approx(float(row["df"]), rel=1e-3)


@pytest.mark.parametrize(("name", "model"), sorted({(row["set"], row["model"]) for row in LINES}))
def test_the_mean_line_and_its_interval_are_lme4s(name: str, model: str) -> None:
    rows = SETS[name]
    sums = from_rows(*([float(row[column]) for row in rows] for column in ("client", "day", "score")))
    people = list({int(row["client"]): row for row in rows}.values())
    arms, ages = [one["arm"] for one in people], np.array([float(one["age"]) for one in people])
    told = {"by": ("arm", arms), "known": {"age": ages}} if model == "ris_arm" else {}
    theirs = {(row["line"], float(row["day"])): row for row in LINES if (row["set"], row["model"]) == (name, model)}
    found = trajectory(sums, until=364, **told)  # type: ignore[arg-type]
    ours = {(line.level, point.day): point for line in found.lines for point in line.points}
    assert len(ours) == 27 * len(found.lines)
    for at, row in theirs.items():
        mean, low, high = (float(row[end]) for end in ("mean", "low", "high"))
        assert ours[at].mean == pytest.approx(mean, abs=1e-5 * (high - low))
        assert ours[at].ci95 == pytest.approx((low, high), abs=1e-4 * (high - low))
