"""Measures a mixed model (start and slope of each client, REML) beside lme4, in turns, each in a process of its own.

Ours begins at a Parquet file and ends with estimates, errors and degrees of freedom. lme4 begins with the rows in
memory. Both have loaded their libraries. Give a number of clients; lme4 is left out above 100,000, where it takes
minutes.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import duckdb
import numpy as np

from alongside.evaluation.trajectories import answering
from alongside.outcomes.trajectory.design import design, dummies, groups
from alongside.outcomes.trajectory.fitting import Fit, fit

RUNS, MOST_FOR_LME4 = 3, 100_000
R = shutil.which("Rscript")
CON = duckdb.connect()
SCRIPT = Path(__file__).with_name("lme4.R")
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
        if clients <= MOST_FOR_LME4:
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


@contextmanager
def lme4(path: Path) -> Iterator[Callable[[], list[float]]]:
    """Another process with lme4; asking it fits the rows once more, and gives seconds, slope, its error and sigma."""
    with subprocess.Popen([R, SCRIPT], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def ask() -> list[float]:
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            return [float(number) for number in process.stdout.readline().split()]

        yield ask
        process.stdin.close()


def agree(ours: Fit, theirs: list[float]) -> None:
    """Stop if lme4 says another slope, error or residual."""
    place = ours.columns.index("per_100_days")
    mine = [ours.estimates[place], ours.covariance[place, place] ** 0.5, ours.variance**0.5]
    if not np.allclose(mine, theirs[1:], rtol=1e-4):
        raise SystemExit(f"The two sides do not agree: {mine} and {theirs[1:]}.")


def main() -> None:
    """Print a table."""
    clients = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    beside = clients <= MOST_FOR_LME4 and R is not None
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder), clients)
        plain(path)
        print(f"{clients:,} clients\n\n| model | ours s | lme4 s | times as fast | reading 3 columns s | times that |")
        print("|---|---|---|---|---|---|")
        for work in (plain, covariates):
            row = measure(work, path, Path(folder) / f"{work.__name__}.csv" if beside else None)
            print(f"| {work.__name__} | {' | '.join(row)} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of ours, with the making of the rows: {peak:.0f} MB.")


def measure(work: Callable[[Path], Fit], path: Path, rows: Path | None) -> list[str]:
    """Run both sides in turns and return the cells of one row."""
    ours, theirs, reads = [], [], []
    with lme4(rows) if rows else nullcontext() as ask:
        for _ in range(RUNS):
            reads.append(took(summed, path)[0])
            seconds, found = took(work, path)
            ours.append(seconds)
            if ask:
                answer = ask()
                agree(found, answer)
                theirs.append(answer[0])
    mine, read = statistics.median(ours), statistics.median(reads)
    other = [f"{statistics.median(theirs):.2f}", f"{statistics.median(theirs) / mine:.0f}"] if theirs else ["–", "–"]
    return [f"{mine:.3f}", *other, f"{read:.4f}", f"{mine / read:.1f}"]


if __name__ == "__main__":
    main()
