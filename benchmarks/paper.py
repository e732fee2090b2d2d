"""How well marked forms are read back: generated pages of which everything is known, each kind with its goals beside.

Run with `make bench-paper`, or `python benchmarks/paper.py --pages 100`. The reader was tuned on seeds below 1,030,
what it says of its own confidence was counted on 1,000 to 1,999 (`--calibrate`), and it is judged on seeds from 5,000.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from alongside.instruments import loader
from alongside.paper.form.printing import printed
from alongside.paper.invented import Invented, Truth, pages
from alongside.paper.layout import Layout
from alongside.paper.reading.calibration import BOXES, DOUBTED, LINES
from alongside.paper.reading.reader import read_files
from alongside.paper.reading.results import Answer, Reading

CALIBRATING, JUDGING = 1_000, 5_000
KINDS = ("scan", "photo", "hard scan", "hard photo", "doubtful", "ends", "none")
BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
GOALS = {
    "mean error, mm": "0.20 scans, 0.30 photos",
    "95th percentile, mm": "0.5 scans, 0.8 photos",
    "worst, mm": "none over 2",
    "silent errors in 1,000": "2",
    "must-review flagged": "97%",
    "empty lines scored": "0",
    "marks called missing": "0 at the ends",
    "clear marks accepted": "90%, photos 85%, hard 70%",
    "all shown to a person": "",
    "pages refused": "1%",
    "wrong ids": "0",
    "pages of none accepted": "0",
    "pages a second": "2",
}


@dataclass
class Counted:
    """What one kind of page came to."""

    errors: list[float] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    fits: list[tuple[float, bool]] = field(default_factory=list)
    doubted: list[bool] = field(default_factory=list)
    seconds: float = 0.0

    def rows(self) -> dict[str, str]:
        """The table's column."""
        errors, seen = np.array(self.errors or [np.nan]), self.seen
        questions = sum(seen[kind] for kind in ("clear", "tolerated", "must_review", "missing"))
        return {
            "mean error, mm": f"{errors.mean():.3f}",
            "95th percentile, mm": f"{np.quantile(errors, 0.95):.2f}",
            "worst, mm": f"{errors.max():.2f}",
            "silent errors in 1,000": f"{1000 * seen['silent'] / max(questions, 1):.1f} ({seen['silent']})",
            "must-review flagged": _share(seen["must_review flagged"], seen["must_review"]),
            "empty lines scored": f"{seen['empty scored']} of {seen['missing']}",
            "marks called missing": f"{seen['called missing']} of {seen['clear'] + seen['tolerated']}",
            "clear marks accepted": _share(seen["clear ok"], seen["clear"]),
            "all shown to a person": _share(seen["shown"], questions),
            "pages refused": _share(seen["refused"], seen["pages"] - seen["none"]),
            "wrong ids": f"{seen['wrong id']}",
            "pages of none accepted": f"{seen['none accepted']} of {seen['none']}",
            "pages a second": f"{seen['pages'] / max(self.seconds, 1e-9):.1f}",
        }


def main() -> None:
    """Generate, read, count, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=20, help="of each kind")
    asked.add_argument("--measure", default="service_evaluation")
    asked.add_argument("--kinds", nargs="+", default=list(KINDS), choices=KINDS)
    asked.add_argument("--calibrate", action="store_true", help="count confidence, on seeds kept for that")
    told = asked.parse_args()
    cv2.setNumThreads(1)
    form = printed(loader.load(told.measure), seed=1)
    first = CALIBRATING if told.calibrate else JUDGING
    counted = {kind: _kind(kind, range(first, first + told.pages), form.layout, form.pdf) for kind in told.kinds}
    print(f"{told.measure}: {told.pages} forms of each kind, seeds from {first}\n")
    _table({kind: one.rows() for kind, one in counted.items()})
    print("\nHow well a reading fits, how many did, and how many of them were within 1 mm (or the right box):")
    _calibration([pair for one in counted.values() for pair in one.fits])
    doubted = [right for one in counted.values() for right in one.doubted]
    print(f"  with a doubt: {len(doubted)} proposals, {sum(doubted)} right; in use: at most {DOUBTED}")


def _kind(kind: str, seeds: range, layout: Layout, pdf: bytes) -> Counted:
    counted = Counted()
    with tempfile.TemporaryDirectory() as folder:
        for page in (page for seed in seeds for page in pages(kind, seed, layout, pdf)):
            file = Path(folder) / f"page{page.suffix}"
            file.write_bytes(page.file)
            began = time.process_time()
            (reading,) = read_files([file], [layout])
            counted.seconds += time.process_time() - began
            _count(counted, page, reading, layout)
    return counted


def _count(counted: Counted, page: Invented, reading: Reading, layout: Layout) -> None:
    counted.seen["pages"] += 1
    if page.none:
        counted.seen["none"] += 1
        counted.seen["none accepted"] += reading.page_ok and any(item.status == "ok" for item in reading.items)
        return
    if not reading.page_ok:
        counted.seen["refused"] += 1
    if reading.form_id not in (None, layout.form_id) or reading.form_page not in (None, page.page):
        counted.seen["wrong id"] += 1
    for item in reading.items:
        _item(counted, page.items[item.id], item)


def _item(counted: Counted, truth: Truth, item: Answer) -> None:
    seen, kind, accepted = counted.seen, truth.kind, item.status == "ok"
    off = _off(truth, item)
    seen[kind] += 1
    seen["shown"] += not accepted
    if kind == "must_review":
        seen["must_review flagged"] += not accepted
    if kind == "missing":
        seen["empty scored"] += accepted
    if kind in {"clear", "tolerated"}:
        seen["called missing"] += item.status == "missing"
    if kind == "clear" and accepted:
        seen["clear ok"] += 1
        counted.errors.append(off)
    if accepted and (kind in {"must_review", "missing"} or off > 2):
        seen["silent"] += 1
    if item.score is not None:
        right = kind in {"clear", "tolerated"} and off <= 1
        counted.doubted.append(right) if item.doubted else counted.fits.append((item.fit, right))


def _off(truth: Truth, item: Answer) -> float:
    """How far a score is from the truth in mm; a wrong box counts as far."""
    if item.score is None:
        return float("inf")
    if truth.box is not None:
        return 0.0 if truth.box == item.score else float("inf")
    return float("inf") if truth.score is None else 10 * abs(item.score - truth.score)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}% of {whole}" if whole else "-"


def _lines(columns: dict[str, dict[str, str]]) -> Iterator[list[str]]:
    yield ["", *columns, "goal"]
    for row, goal in GOALS.items():
        yield [row, *(column[row] for column in columns.values()), goal]


def _table(columns: dict[str, dict[str, str]]) -> None:
    lines = list(_lines(columns))
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for number, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def _calibration(fits: list[tuple[float, bool]]) -> None:
    for least, most in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = [right for fit, right in fits if least <= fit < most]
        # one more that is wrong: a bin of few is never said to be certain
        said = (sum(inside) + 1) / (len(inside) + 2)
        print(f"  {least:.1f} to {min(most, 1.0):.1f}: {len(inside):5} readings, {sum(inside):5} right, so {said:.3f}")
    print(f"  in use: lines {LINES}, boxes {BOXES}")


if __name__ == "__main__":
    main()
