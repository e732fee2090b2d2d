"""The tables of a report to funders for a million forms of eleven questions, beside pandas, in turns.

Both begin at Parquet files, one row for each score, and end with the same numbers: everybody counted once, first form
against last for everybody and by four attributes, and every fortnight. Ours also tests each comparison with
Wilcoxon's ranks, and gives effect sizes and correlations. Each side is a process of its own, with its libraries
loaded; the numbers of both are compared, or the run stops.

Give a number of clients (100,000 send a million forms). Above that pandas is left out.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import numpy as np

from alongside.evaluation import summarise
from alongside.evaluation.evaluate import AT_ONCE, groups_of
from alongside.evaluation.opening import open_forms
from alongside.evaluation.options import Options
from alongside.evaluation.reading import listed_people
from alongside.evaluation.results import FirstToLast
from alongside.evaluation.scores import Answers, first_and_last
from alongside.evaluation.table import MEMORY_LIMIT, engine

RUNS, MOST_FOR_PANDAS = 3, 100_000
HERE = Path(__file__).parent
PANDAS = HERE.parent / ".venv-bench" / "bin" / "python"
ITEMS = [f"item {number}" for number in range(1, 12)]
BY = ("funder", "gender", "age_band", "district")
OPTIONS = Options(by=BY, better=dict.fromkeys(ITEMS, "lower"), improved_by=dict.fromkeys(ITEMS, 1.0), max_bytes=10**10)
PEOPLE = """
    SELECT i::INTEGER AS client, 'funder ' || hash(i * 17) % 8 AS funder, 'gender ' || hash(i * 19) % 3 AS gender,
           'age ' || hash(i * 23) % 4 AS age_band, 'district ' || hash(i * 29) % 5 AS district
    FROM range({clients}) AS t(i)"""
FORMS = """
    WITH people AS (
        SELECT i AS client, 1 + hash(i * 7 + 1) % 19 AS forms, 5 + 1.5 * normal(i * 3 + 2) AS start,
               1 + normal(i * 11 + 4) AS slope FROM range({clients}) AS t(i)),
    forms AS (
        SELECT *, (k * 14 + CASE WHEN k > 0 THEN (hash(client * 100 + k) % 7)::BIGINT ELSE 0 END)::SMALLINT AS day
        FROM people, range(19) AS r(k) WHERE k < forms)
    SELECT client::INTEGER AS client, day, 'item ' || (i + 1) AS measure, greatest(0, least(10, round(start + 0.3 * i
           - 0.3 * slope * day / 100 + 1.5 * normal(client * 1009 + k * 31 + i))))::TINYINT AS score
    FROM forms, range(11) AS r(i) WHERE hash(client * 977 + k * 13 + i) % 100 >= 2 ORDER BY client, day, i"""


def made(folder: Path, clients: int) -> tuple[Path, Path]:
    """Write invented forms, about ten for each client, a fiftieth of the questions left open, and a list of people."""
    forms, people = folder / "forms.parquet", folder / "people.parquet"
    con = duckdb.connect()
    con.execute(
        """CREATE MACRO unit(seed) AS (hash(seed) % 1000003 + 1) / 1000005.0;
           CREATE MACRO normal(seed) AS sqrt(-2 * ln(unit(seed))) * cos(2 * pi() * unit(seed * 31 + 7))"""
    )
    for path, rows in ((forms, FORMS), (people, PEOPLE)):
        con.execute(f"COPY ({rows.format(clients=clients)}) TO '{path}' (FORMAT parquet)")
    return forms, people


def report(forms: Path, people: Path) -> dict[str, object]:
    """The tables of the report, by the code that makes them."""
    with engine(forms) as con:
        read = open_forms(con, forms, OPTIONS, lambda _: None)
        groups = groups_of(con, OPTIONS, forms=read.where, listed=listed_people(con, people, OPTIONS))
        everybody, spans, answers = summarise.people(con), summarise.spans(con), Answers(con)

        def measured(name: str) -> FirstToLast:
            scores = answers.of(read.places[name])
            return summarise.measure(
                scores, first_and_last(scores), read.scales[name],
                unanswered=0, spans=spans, everyone=None, also=(), by=groups,
            )  # fmt: skip

        with ThreadPoolExecutor(AT_ONCE) as pool:
            measures = list(pool.map(measured, sorted(ITEMS)))
    return {"people": everybody.clients, "forms": everybody.forms, **numbers(measures)}


def numbers(measures: list[FirstToLast]) -> dict[str, object]:
    """What both sides are compared by, in pandas' order."""
    times = [(one, sorted(one.over_time, key=lambda at: at.fortnight)) for one in measures]
    return {
        "first": [one.first.mean for one in measures],
        "change": [one.paired.mean_change for one in measures],
        "improved": [one.improved.improved for one in measures],
        "levels": [
            level.paired.mean_change
            for column in BY
            for one in measures
            for level in sorted(one.by[column], key=lambda level: level.level)
        ],
        "fortnights": [at.mean for _, over_time in times for at in over_time],
        "medians": [at.median for _, over_time in times for at in over_time],
        "missing": sum(at.missing for _, over_time in times for at in over_time),
    }


def answer() -> None:
    """Answer each line with two paths as `pandas_side.py` does."""
    for line in sys.stdin:
        began = time.perf_counter()
        found = report(*map(Path, json.loads(line)))
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak": peak, **found}), flush=True)


class Side:
    """One side, in a process of its own."""

    def __init__(self, *command: str | Path) -> None:
        self.process = subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.answers: list[dict[str, object]] = []

    def ask(self, *paths: Path) -> None:
        """Let it make the report once more."""
        self.process.stdin.write(json.dumps([str(path) for path in paths]) + "\n")
        self.process.stdin.flush()
        self.answers.append(json.loads(self.process.stdout.readline()))

    def end(self) -> tuple[float, float]:
        """Return its median seconds, and its peak memory in MB."""
        self.process.stdin.close()
        self.process.wait()
        return statistics.median(answer["seconds"] for answer in self.answers), max(a["peak"] for a in self.answers)


def agree(ours: dict[str, object], theirs: dict[str, object]) -> None:
    """Stop if a number differs."""
    for name in ours.keys() - {"seconds", "peak"}:
        if not np.allclose(ours[name], theirs[name], rtol=1e-9, atol=1e-9):
            raise SystemExit(f"The two sides do not agree about {name}.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clients", type=int, nargs="?", default=MOST_FOR_PANDAS)
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.answer:
        answer()
        return
    beside = asked.clients <= MOST_FOR_PANDAS
    ours = Side(
        sys.executable, __file__, "--answer"
    )  # before this process grows: a child begins with its parent's peak
    theirs = Side(PANDAS, HERE / "pandas_side.py") if beside else None
    with tempfile.TemporaryDirectory() as folder:
        paths = made(Path(folder), asked.clients)
        for _ in range(RUNS if beside else 1):
            ours.ask(*paths)
            if theirs:
                theirs.ask(*paths)
                agree(ours.answers[-1], theirs.answers[-1])
        seconds, peak = ours.end()
        print(f"{ours.answers[0]['forms']:,} forms of {asked.clients:,} clients, engine limit {MEMORY_LIMIT}")
        print(f"  ours   {seconds:6.2f} s  {peak:6.0f} MB")
        if theirs:
            other, most = theirs.end()
            print(f"  pandas {other:6.2f} s  {most:6.0f} MB")
            print(f"  ours takes {seconds / other:.2f} of the time and {peak / most:.2f} of the memory")


if __name__ == "__main__":
    main()
