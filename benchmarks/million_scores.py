"""One million scores through the command: how long, how much memory, and where the time goes.

Run with `make bench`, or `python benchmarks/million_scores.py [--scores N] [--runs N]`. The file is made up: ten
forms for each client, a fortnight apart. Each run is a process of its own, so its peak memory is its own; a run
to the full report (page, PDF, tables) and a run to `--json` take turns. Then one run in this process says how
long each stage took.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from alongside.evaluation.evaluate import evaluate
from alongside.evaluation.options import Options

ALONGSIDE = Path(sys.executable).parent / "alongside"
FORMS = 10


def write_scores(path: Path, scores: int) -> None:
    """Write a long CSV of made-up scores on a 10 cm line."""
    chance = random.Random(20261122)
    with path.open("w", encoding="utf-8") as file:
        file.write("client,day,measure,score\n")
        for client in range(scores // FORMS):
            level = chance.uniform(2, 9)
            for form in range(FORMS):
                score = min(10.0, max(0.0, level - 0.15 * form + chance.gauss(0, 1.5)))
                file.write(f"C{client:06d},{14 * form},line,{score:.1f}\n")


def run(*arguments: str | Path) -> tuple[float, float]:
    """Run the command and return its seconds and its own peak memory in MB."""
    began = time.perf_counter()
    pid = os.posix_spawn(
        ALONGSIDE,
        [str(ALONGSIDE), "evaluate", *map(str, arguments)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit("alongside evaluate failed; see above")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def stages(path: Path, options: Options) -> None:
    """Print the seconds that each stage of one run takes."""
    began: list[tuple[str, float]] = []
    evaluate(path, attributes_path=None, options=options, tell=lambda words: began.append((words, time.perf_counter())))
    ends = [at for _, at in began[1:]] + [time.perf_counter()]
    for (words, start), end in zip(began, ends, strict=True):
        print(f"  {words:<40} {end - start:6.2f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scores", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.csv"
        write_scores(path, asked.scores)
        known = ("--range", "line=0:10", "--lower-is-better", "line", "--improved-by", "line=1")
        ways = {"report": ("--out", Path(folder) / "report"), "--json": ("--json",)}
        found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        for _ in range(asked.runs):
            for way, how in ways.items():
                found[way].append(run(path, *known, *how))
        print(f"{asked.scores:,} scores, {path.stat().st_size / 1e6:.0f} MB of CSV, {asked.runs} runs each")
        for way, runs in found.items():
            seconds, peaks = zip(*runs, strict=True)
            print(f"  {way:<8} median {statistics.median(seconds):5.2f} s, worst {max(seconds):5.2f} s, ", end="")
            print(f"peak {max(peaks):5.0f} MB")
        print("Where the time goes, in one process, without starting it and without writing the report:")
        stages(path, Options(ranges={"line": (0, 10)}, better={"line": "lower"}, improved_by={"line": 1}))


if __name__ == "__main__":
    main()
