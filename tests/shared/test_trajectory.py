"""Trajectories of real data: lme4's estimates, errors, degrees of freedom, variances and predictions."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alongside.outcomes.trajectory.design import Design, design, groups
from alongside.outcomes.trajectory.fitting import Fit, fit
from alongside.outcomes.trajectory.predictions import predictions
from alongside.outcomes.trajectory.sums import ClientSums, from_rows

PLAIN = ("ri_ml", "ri_reml", "ris_ml", "ris_reml")
MODELS = [("btheb", "bdi", model) for model in (*PLAIN, *(f"group_{model}" for model in PLAIN))]
MODELS += [("sleepstudy", "reaction_ms", model) for model in PLAIN]

type Fitted = tuple[ClientSums, Design, Fit, list[str]]


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def fitted(data: Path, name: str, how: dict[str, Any]) -> Fitted:
    rows = read(data / f"{name}.csv")
    people = list(dict.fromkeys(row["client"] for row in rows))
    client = [people.index(row["client"]) for row in rows]
    sums = from_rows(client, [float(row["day"]) for row in rows], [float(row["score"]) for row in rows])
    columns = []
    if " g " in how["formula"]:
        known = {row["client"]: row["treatment"] for row in read(data / f"{name}_clients.csv")}
        columns = groups("g", [known[client] for client in people])
    made = design(sums, columns)
    return sums, made, fit(sums, made, slopes="(t100 |" in how["formula"], reml=how["method"] == "REML"), people


@pytest.mark.parametrize(("name", "measure", "model"), MODELS)
def test_real_scores_give_lme4s_numbers(shared: Path, name: str, measure: str, model: str) -> None:
    reference = json.loads((shared / "data" / "reference" / f"lmm_{name}_{measure}.json").read_text("utf-8"))
    how = reference["models"][model]
    sums, made, ours, people = fitted(shared / "data", name, how)
    errors = np.sqrt(np.diag(ours.covariance))
    for place, term in enumerate(how["fixef"]):
        assert ours.estimates[place] == pytest.approx(how["fixef"][term], abs=1e-5 * how["se"][term])
        assert errors[place] == pytest.approx(how["se"][term], rel=1e-5)
        if "satterthwaite" in how:
            assert ours.df[place] == pytest.approx(how["satterthwaite"][term]["df"], rel=1e-3)
    assert ours.variance**0.5 == pytest.approx(how["sigma"], rel=1e-5)
    assert ours.log_likelihood == pytest.approx(how["logLik"], abs=1e-4)
    found = predictions(sums, made, ours)
    for one in how.get("blup_first_clients", ()):
        place = people.index(str(one["client"]))
        assert found.start[place] == pytest.approx(one["ranef"]["(Intercept)"], abs=1e-4)
        if "t100" in one["ranef"]:
            assert found.per_100_days[place] == pytest.approx(one["ranef"]["t100"], abs=1e-3)
        elif "cond_var" in one:
            assert found.start_error[place] == pytest.approx(np.sqrt(one["cond_var"]), rel=1e-4)
