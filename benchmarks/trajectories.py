"""Measures a mixed model (start and slope of each client, REML) beside lme4 and statsmodels, each in a process of its
own, in turns.

Ours begins at a Parquet file and ends with estimates, errors and degrees of freedom. The others begin with the rows in
memory. All have loaded their libraries. Give a number of clients; the others are left out above 100,000, where they
take many minutes. statsmodels runs once above 10,000, not at all without .venv-bench or with --without-statsmodels.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from alongside.evaluation.trajectories import answering
from alongside.outcomes.trajectory.design import design, dummies, groups
from alongside.outcomes.trajectory.fitting import Fit, fit

RUNS, MOST_BESIDE, MOST_IN_TURNS = 3, 100_000, 10_000
HERE = Path(__file__).parent
R, PYTHON = shutil.which("Rscript"), shutil.which("python", path=HERE.parent / ".venv-bench/bin")
HEAD = "model", "ours s", "lme4 s", "times as fast", "statsmodels s", "times as fast", "3 columns read s", "times that"
CON = duckdb.connect()
ROWS = """
    WITH people AS (
        SELECT i AS client, 1 + hash(i * 7 + 1) % 19 AS forms, 6 + 1.8 * normal(i * 3 + 2) AS start,
               1.2 * normal(i * 11 + 4) - 2 AS slope, hash(i * 17) % 2 AS arm, hash(i * 19) % 3 AS sex,
               hash(i * 23) % 8 AS funder
        FROM range({clients}) AS t(i)),
    forms AS (
        SELECT *, (k * 14 + CASE WHEN k > 0 THEN (hash(client * 100 + k) % 7)::BIGINT ELSE 0 END)::SMALLINT AS day
        FROM people, range(19) AS r(k) WHERE k < forms)
    SELECT client::INTEGER AS client, day, round(greatest(0, least(10, start + slope * day / 100
           + normal(client * 101 + k))), 1) AS score,
           arm::TINYINT AS arm, sex::TINYINT AS sex, funder::TINYINT AS funder
    FROM forms ORDER BY client, day"""


def made(folder: Path, clients: int) -> Path:
    """Write invented forms, about ten for each client, 14 days apart."""
    path = folder / "forms.parquet"
    CON.execute(
        """CREATE MACRO unit(seed) AS (hash(seed) % 1000003 + 1) / 1000005.0;
           CREATE MACRO normal(seed) AS sqrt(-2 * ln(unit(seed))) * cos(2 * pi() * unit(seed * 31 + 7))"""
    )
    CON.execute(f"COPY ({ROWS.format(clients=clients)}) TO '{path}' (FORMAT parquet)")
    for name, columns in (("plain", "client, day, score"), ("covariates", "*")):
        if clients <= MOST_BESIDE:
            told = columns.replace("*", "* REPLACE ('a' || arm AS arm, 's' || sex AS sex, 'f' || funder AS funder)")
            CON.execute(f"COPY (SELECT {told} FROM '{path}') TO '{folder / name}.csv'")
    return path


def plain(path: Path) -> Fit:
    """Start and slope of everybody."""
    found = answering(CON, f"SELECT client, day, score FROM read_parquet('{path}')")
    return fit(found.sums, design(found.sums), slopes=True, reml=True)


def covariates(path: Path) -> Fit:
    """Thirteen fixed effects: an arm that may change apart, sex and funder."""
    found = answering(CON, f"SELECT client, day, score FROM read_parquet('{path}')")
    known = CON.sql(
        f"SELECT client, any_value(arm) AS arm, any_value(sex) AS sex, any_value(funder) AS funder "
        f"FROM read_parquet('{path}') GROUP BY client ORDER BY client"
    ).fetchnumpy()
    columns = [*dummies("sex", known["sex"]), *dummies("funder", known["funder"]), *groups("arm", known["arm"])]
    return fit(found.sums, design(found.sums, columns), slopes=True, reml=True)


def summed(path: Path) -> None:
    """Read the three columns and no more."""
    CON.sql(f"SELECT sum(client), sum(day), sum(score) FROM '{path}'").fetchall()


def took[Found](work: Callable[[Path], Found], path: Path) -> tuple[float, Found]:
    """Return the seconds that it takes, and what it gives."""
    began = time.perf_counter()
    found = work(path)
    return time.perf_counter() - began, found


@dataclass(frozen=True, kw_only=True)
class Side:
    """Another program that fits the same rows; asked with a path, it says seconds, slope, its error and residual."""

    name: str
    command: tuple[str | Path, ...]
    runs: int = RUNS
    precision: tuple[float, float, float] = (1e-4, 1e-4, 1e-4)
    """How close its slope, error and residual must be to ours, each as a part of itself."""
    took: list[float] = field(default_factory=list)

    @contextmanager
    def started(self) -> Iterator[Callable[[Path], list[float]]]:
        """Start it; what is given asks it to fit once more."""
        with subprocess.Popen(self.command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

            def ask(rows: Path) -> list[float]:
                process.stdin.write(f"{rows}\n")
                process.stdin.flush()
                return [float(number) for number in process.stdout.readline().split()]

            yield ask
            process.stdin.close()


def sides(work: Callable[[Path], Fit], clients: int, *, with_statsmodels: bool) -> list[Side]:
    """Return what runs beside ours: lme4 always, statsmodels for the plain model."""
    if clients > MOST_BESIDE:
        return []
    found = [Side(name="lme4", command=(R, HERE / "lme4.R"))] if R else []
    if PYTHON and with_statsmodels and work is plain:
        # its error comes from the curvature in all parameters together, and is another in the fourth digit
        found.append(
            Side(
                name="statsmodels",
                command=(PYTHON, HERE / "statsmodels_side.py"),
                runs=RUNS if clients <= MOST_IN_TURNS else 1,
                precision=(1e-4, 1e-3, 1e-4),
            )
        )
    return found


def agree(ours: Fit, theirs: list[float], side: Side) -> None:
    """Stop if the other side says another slope, error or residual."""
    place = ours.columns.index("per_100_days")
    mine = [ours.estimates[place], ours.covariance[place, place] ** 0.5, ours.variance**0.5]
    if not (np.abs(np.divide(theirs, mine) - 1) < side.precision).all():
        raise SystemExit(f"We and {side.name} do not agree: {mine} and {theirs}.")


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("clients", type=int, nargs="?", default=10_000)
    asked.add_argument("--without-statsmodels", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder), options.clients)
        plain(path)
        print(f"{options.clients:,} clients\n")
        print(f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|")
        for work in (plain, covariates):
            others = sides(work, options.clients, with_statsmodels=not options.without_statsmodels)
            row = measure(work, path, others)
            print(f"| {work.__name__} | {' | '.join(row)} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of ours, with the making of the rows: {peak:.0f} MB.")


def measure(work: Callable[[Path], Fit], path: Path, others: list[Side]) -> list[str]:
    """Run all sides in turns and return the cells of one row."""
    ours, reads = [], []
    with ExitStack() as stack:
        asks = [stack.enter_context(side.started()) for side in others]
        for turn in range(RUNS):
            reads.append(took(summed, path)[0])
            seconds, found = took(work, path)
            ours.append(seconds)
            for side, ask in zip(others, asks, strict=True):
                if turn < side.runs:
                    seconds, *theirs = ask(path.with_name(f"{work.__name__}.csv"))
                    agree(found, theirs, side)
                    side.took.append(seconds)
    mine, read = statistics.median(ours), statistics.median(reads)
    cells = [f"{mine:.3f}"]
    theirs = {side.name: statistics.median(side.took) for side in others}
    for name in ("lme4", "statsmodels"):
        cells += [f"{theirs[name]:.2f}", f"{theirs[name] / mine:.0f}"] if name in theirs else ["–", "–"]
    return [*cells, f"{read:.4f}", f"{mine / read:.1f}"]


if __name__ == "__main__":
    main()
