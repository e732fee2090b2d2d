"""The script of a bundle finds in R what the report says, and says so when it does not."""

import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.evaluation.tests.conftest import THREE_PEOPLE
from alongside.evaluation.tests.test_bundle import evaluate, table

RSCRIPT = shutil.which("Rscript")
SAMPLE = (FORMS, "--instrument", "service-evaluation", "--attributes", CLIENTS, "--by", "gender")


@pytest.fixture(autouse=True)
def _r_is_here() -> None:
    if RSCRIPT is None:
        pytest.skip("R is not installed")


def in_r(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    assert RSCRIPT
    return subprocess.run(
        [RSCRIPT, folder / "check.R"],
        env={**os.environ, **more},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def agreed(done: subprocess.CompletedProcess[str]) -> tuple[int, int]:
    """How many numbers agree, of how many."""
    found = re.search(r"^(\d+) of (\d+) agree\.\n\Z", done.stdout, re.MULTILINE)
    assert found, done.stdout[-400:] + done.stderr
    return int(found[1]), int(found[2])


def test_every_number_of_the_sample_is_rs(tmp_path: Path) -> None:
    how = ("--by", "age", "--covariates", "age,area", "--reliability", "0.8", "--cutoff", "5")
    evaluate(*SAMPLE, *how, "--bundle", tmp_path / "a bundle")
    done = in_r(tmp_path / "a bundle")
    same, numbers = agreed(done)
    assert same == numbers > 8_000
    assert done.returncode == 0
    if "are not compared" not in done.stdout:
        lines = table(tmp_path / "a bundle" / "lines_of_people.csv")
        assert numbers == len(table(tmp_path / "a bundle" / "expected.csv")) + 4 * len(lines)


def test_so_are_other_choices(tmp_path: Path) -> None:
    how = ("--items", "future,suicidal_thoughts", "--lower-is-better", "suicidal_thoughts", "--model", "ri")
    more = ("--method", "ml", "--reliability", "0.7", "--sd", "pooled", "--days", "60", "--window", "10")
    better = (
        "--higher-is-better",
        "future",
        "--improved-by",
        "future=2.5",
        "--recovered-by",
        "future,suicidal_thoughts",
    )
    ranged = ("--range", "future=0:10", "--bundle", tmp_path / "bundle")
    assert evaluate(FORMS, *how, *more, *better, *ranged).code == 0
    same, numbers = agreed(in_r(tmp_path / "bundle"))
    assert same == numbers > 200


@pytest.mark.parametrize("rules", ["talking-therapies", "any-worsening"])
def test_so_are_people_judged_by_the_rules_of_the_nhs(rules: str, tmp_path: Path) -> None:
    chance = random.Random(4)
    rows = [
        f"c{n},{day},{measure},{chance.randint(0, most)}\n"
        for n in range(40)
        for day in (0, 50, 90)
        for measure, most in (("phq9", 27), ("GAD-7", 21))
        if not (n % 7 == 0 and day) and not (n % 11 == 5 and measure == "GAD-7")
    ]
    (tmp_path / "scores.csv").write_text("client,day,measure,score\n" + "".join(rows))
    how = ("--rules", rules, "--reliability", "0.8", "--population-mean", "phq9=5", "--lower-is-better", "phq9")
    assert evaluate(tmp_path / "scores.csv", *how, "--bundle", tmp_path / "bundle").code == 0
    done = in_r(tmp_path / "bundle")
    same, numbers = agreed(done)
    assert same == numbers, done.stdout[-2000:]
    for name in ("rules.improved.count", "rules.recovered.exact95.low", "phq9.regression_to_the_mean.expected_change"):
        assert name in done.stdout


AWKWARD = 'ada,0,"=a ""b"" é",6\nada,-3,"=a ""b"" é",4\nbob,0,"=a ""b"" é",5\nbob,,"=a ""b"" é",5\n'


@pytest.mark.parametrize(
    "rows",
    [
        THREE_PEOPLE,
        "client,day,measure,score\nada,0,calm,6\n",
        "client,day,measure,score\n" + "".join(f"c{n},{day},calm,6\n" for n in range(4) for day in (0, 98, 200)),
        "client,day,measure,score\n" + "".join(f"c{n},{day},calm,{n}\n" for n in range(4) for day in (0, 98, 200)),
        "client,day,measure,score,kind\n" + "".join(f"c{n},{n},calm,{n},-\nc{n},40,calm,1,-\n" for n in range(9)),
        "client,day,measure,score\n" + AWKWARD,
    ],
    ids=["three people", "one", "all the same", "each the same", "days moved", "awkward names"],
)
def test_so_are_the_numbers_of_a_few(rows: str, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(rows, encoding="utf-8")
    how = ["--by", "kind", "--covariates", "kind"] if "kind" in rows else []
    how += ["--lower-is-better", "calm", "--improved-by", "calm=1", "--recovered-by", "calm"] if "calm" in rows else []
    said = ("--lenient", "--reliability", "0.8", "--cutoff", "5", "--bundle", tmp_path / "bundle")
    assert evaluate(tmp_path / "scores.csv", *how, *said).code == 0
    done = in_r(tmp_path / "bundle")
    same, numbers = agreed(done)
    assert same == numbers, done.stdout
    assert done.returncode == 0


def test_one_number_that_differs_is_named_and_fails(tmp_path: Path) -> None:
    evaluate(*SAMPLE, "--bundle", tmp_path)
    expected = tmp_path / "expected.csv"
    text = expected.read_text()
    name = "measures.future.paired.mean_change"
    ours = re.search(rf"^{re.escape(name)},(.*)$", text, re.MULTILINE)
    assert ours
    expected.write_text(text.replace(ours[0], f"{name},{float(ours[1]) + 0.00001!r}"))
    done = in_r(tmp_path)
    same, numbers = agreed(done)
    assert (same, done.returncode) == (numbers - 1, 1)
    assert f"These differ:\n  {name}\n" in done.stdout


def test_without_lme4_the_rest_is_compared_and_it_says_so(tmp_path: Path) -> None:
    evaluate(*SAMPLE, "--bundle", tmp_path)
    done = in_r(tmp_path, R_LIBS_SITE=str(tmp_path), R_LIBS=str(tmp_path), R_LIBS_USER=str(tmp_path))
    same, numbers = agreed(done)
    left_out = re.search(r"^(\d+) numbers of lines over time are not compared: install ", done.stdout, re.MULTILINE)
    assert done.returncode == 0
    if left_out:  # lme4 may stand where R keeps its own
        lines = table(tmp_path / "lines_of_people.csv")
        assert same == numbers == len(table(tmp_path / "expected.csv")) + 4 * len(lines) - int(left_out[1])
