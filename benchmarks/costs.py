"""What the audit and the encryption cost on the list of clients, and how long finding a surname takes.

Run by `site.py` on the home it has filled, or on any home with an SQLite file by `python -m benchmarks.costs`.
It works as somebody who sees every client, on two copies of the file, each in a process of its own. In one of them
names, needs, goals and sessions stand in plain text and are read and written without a key. The two are asked for the
same page in turns, and each turn gives one ratio, so that what else the machine does falls on both.
"""

import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.names import LAST

TIMES, FEW = 41, 9
LISTS = {
    "those supported now, all teams": ("lead", "/clients"),
    "those who have left, all teams": ("lead", "/clients?left"),
    "those supported now, one team": ("practitioner", "/clients"),
}


class Copy:
    """A process that works on a copy of the home."""

    def __init__(self, home: Path, folder: Path, kind: str) -> None:
        folder.mkdir(mode=0o700)
        source, target = (closing(sqlite3.connect(place / "alongside.sqlite3")) for place in (home, folder))
        with source as whole, target as copy:
            whole.backup(copy)
        keys = os.environ.get("ALONGSIDE_KEYS", f"{home}.keys")
        environment = os.environ | {"ALONGSIDE_HOME": str(folder), "ALONGSIDE_KEYS": keys}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.costs", kind], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.clients = int(self.process.stdout.readline())

    def ask(self, *what: str) -> dict[str, float]:
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def main() -> None:
    """Measure and print."""
    home = Path(os.environ["ALONGSIDE_HOME"]).resolve()
    with tempfile.TemporaryDirectory() as place:
        sealed, plain = (Copy(home, Path(place) / kind, kind) for kind in ("sealed", "plain"))
        print(
            f"\nLists among {sealed.clients:,} clients, {TIMES} turns. Milliseconds of the processor, and of the clock."
        )
        ready = [median([copy.ask("ready")["cpu"] for _ in range(5)]) for copy in (sealed, plain)]
        print(f"Everybody is remembered at the start in {ready[0]:.0f}; {ready[1]:.0f} in plain text.")
        heads = (
            "list",
            "encrypted",
            "plain text",
            "ratio",
            "by the clock",
            "nothing remembered",
            "audit, by the clock",
        )
        print(f"| {' | '.join(heads)} |")
        print("|---|---|---|---|---|---|---|")
        for name, (who, path) in LISTS.items():
            told = in_turns(sealed, plain, TIMES, "list", who, path)
            cold = in_turns(sealed, plain, FEW, "first", who, path)
            share = median([one["audit"] / one["cpu"] for one, _ in told])
            waited = median([one["audit by the clock"] / one["clock"] for one, _ in told])
            print(
                f"| {name} | {of(told, 0):.0f} | {of(told, 1):.0f} | {ratio(told):.2f} | {ratio(told, 'clock'):.2f} | "
                f"{ratio(cold):.2f} | {100 * share:.1f} %, {100 * waited:.1f} % |"
            )
        words = [*random.Random(1).sample(LAST, TIMES), "El", "Up"]
        for how in ("found", "found first", "page"):
            took = {word: sealed.ask(how, word)["clock"] for word in words}
            worst = max(took, key=took.__getitem__)
            print(
                f"Finding a surname, {how}: median {median([*took.values()]):.0f}, worst {took[worst]:.0f} ({worst})."
            )
        for copy in (sealed, plain):
            copy.leave()


type Turn = tuple[dict[str, float], dict[str, float]]


def in_turns(sealed: Copy, plain: Copy, times: int, *what: str) -> list[Turn]:
    """Both again and again; the one that begins changes with each turn."""
    told: list[Turn] = []
    for copy in (sealed, plain):
        copy.ask(*what)
    for turn in range(times):
        if turn % 2:
            second = plain.ask(*what)
            told.append((sealed.ask(*what), second))
        else:
            first = sealed.ask(*what)
            told.append((first, plain.ask(*what)))
    return told


def of(told: list[Turn], which: int) -> float:
    return median([turn[which]["cpu"] for turn in told])


def ratio(told: list[Turn], by: str = "cpu") -> float:
    return median([one[by] / other[by] for one, other in told])


def median(times: list[float]) -> float:
    return statistics.median(times)


def work(kind: str) -> None:
    """Be the process that is asked; `kind` says whether in plain text."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()
    from django.test.utils import override_settings

    from benchmarks import costs_worker

    with override_settings(ALLOWED_HOSTS=["testserver"], PAGES_A_MINUTE=1_000_000):
        do: Callable[..., Any] = costs_worker.begin(plain=kind == "plain")
        print(costs_worker.clients(), flush=True)
        for line in sys.stdin:
            print(json.dumps(do(*json.loads(line))), flush=True)


if __name__ == "__main__":
    work(sys.argv[1]) if sys.argv[1:] else main()
