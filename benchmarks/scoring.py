"""Scores a million PHQ-9 responses as columns and 100,000 one by one, with bands, and says how many a second.

    python benchmarks/scoring.py [responses]

Each is done three times, the median is printed. One answer in a hundred is missing.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from alongside.instruments import loader
from alongside.instruments.columns import score_columns
from alongside.instruments.scoring import Scorer

GOAL_COLUMNS, GOAL_SINGLE = 1_000_000, 20_000


def rate(work: Callable[[], object], many: int) -> float:
    """How many a second, the median of three times."""
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return many / statistics.median(seconds)


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chance = np.random.default_rng(9)
    scorer = Scorer(loader.load("phq9"))
    table = chance.integers(0, 4, (many, 10)).astype(float)
    table[chance.random(table.shape) < 0.01] = np.nan
    rows = [[None if mark != mark else int(mark) for mark in row] for row in table[:100_000].tolist()]  # noqa: PLR0124
    made = score_columns(scorer, table)["total"]
    single = [scorer.score(row)["total"] for row in rows]
    values = [None if np.isnan(value) else value for value in made.value[: len(rows)].tolist()]
    if [one.value for one in single] != values:
        sys.exit("The two ways of scoring do not agree.")
    columns = rate(lambda: score_columns(scorer, table), many)
    singles = rate(lambda: [scorer.score(row) for row in rows], len(rows))
    print(f"PHQ-9 as columns, with bands: {columns:,.0f} a second (goal {GOAL_COLUMNS:,})")
    print(f"PHQ-9 one by one, with bands: {singles:,.0f} a second (goal {GOAL_SINGLE:,})")


if __name__ == "__main__":
    main()
