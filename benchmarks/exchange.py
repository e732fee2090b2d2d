"""Writes 5,000 PHQ-9 responses with their scores as XLSX, CSV and FHIR, and reads them back.

    python benchmarks/exchange.py [responses]

Each is done three times, the median and the worst are printed. One answer in a hundred is missing, one is declined.
Loading the libraries is in the first time of each, as for somebody who presses the button once.
"""

import io
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from alongside.instruments import loader
from alongside.instruments.exchange import Answered, Kind, read, write

GOAL_XLSX = 2.0  # seconds for 5,000
KINDS: tuple[Kind, ...] = ("xlsx", "csv", "fhir")


def made(many: int) -> list[Answered]:
    """Invented responses."""
    chance, form = random.Random(9), loader.load("phq9")
    found = []
    for number in range(many):
        answers, declined = {}, set()
        for item in form.items:
            if (drawn := chance.random()) < 0.98:
                answers[item.key] = float(chance.randrange(4))
            elif drawn < 0.99:
                declined.add(item.key)
        found.append(
            Answered(
                key=f"R{number}",
                person=f"C-{number // 10}",
                on=datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(hours=number),
                version=form.version,
                answers=answers,
                declined=frozenset(declined),
            )
        )
    return found


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """The median and the worst of three times, in seconds."""
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), max(seconds)


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    form, responses = loader.load("phq9"), made(many)
    for kind in KINDS:
        out = io.BytesIO()

        def going(kind: Kind = kind, out: io.BytesIO = out) -> None:
            out.seek(0)
            write(form, responses, out, kind)

        def coming(kind: Kind = kind, out: io.BytesIO = out) -> None:
            if read(form, out.getvalue(), kind) != responses:
                sys.exit(f"What came back from {kind} is not what went out.")

        median, worst = timed(going)
        back, slowest = timed(coming)
        goal = f", goal {GOAL_XLSX} s" if kind == "xlsx" else ""
        size = len(out.getvalue()) / 1e6
        print(
            f"{kind}: out {median:.2f} s (worst {worst:.2f} s{goal}), back {back:.2f} s (worst {slowest:.2f} s), "
            f"{size:.1f} MB"
        )


if __name__ == "__main__":
    main()
