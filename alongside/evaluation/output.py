"""Writes a report's folder: the page, the PDF, the results and the tables, all of them or none."""

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from alongside.evaluation.evaluate import Evaluation, Tell
from alongside.evaluation.problems import WrongUse
from alongside.evaluation.report import report
from alongside.evaluation.results import FORMAT, as_json
from alongside.evaluation.tables import tables
from alongside.press import html, pdf
from alongside.press.tables import csv_text

OURS = {"report.html", "report.pdf", "results.json", "rejected.csv", "tables"}


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier report.

    Raises
    ------
    WrongUse : it is a file, or holds something else
    """
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"--out {folder} is a file; name a folder.")
    inside = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    if inside and not (inside <= OURS and _is_report(folder)):
        raise WrongUse(f"--out {folder} already holds other files; name an empty or a new folder.")


def write(evaluation: Evaluation, folder: Path, *, now: datetime, tell: Tell) -> Path:
    """Write the report's folder in place of an earlier report, and return the path of its page.

    Everything is written beside it first and then moved, so that a run that is stopped leaves the earlier
    report whole, and no exact table stays beside a published one.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        (new / "tables").mkdir(parents=True)
        document = report(evaluation, now)
        _text(new / "report.html", html.page(document))
        tell("Writing the PDF")
        (new / "report.pdf").write_bytes(pdf.document(document, timestamp=now.astimezone(UTC).replace(microsecond=0)))
        _text(new / "results.json", as_json(evaluation.results))
        for name, (columns, rows) in tables(evaluation).items():
            _text(new / "tables" / f"{name}.csv", csv_text(columns, rows))
        if evaluation.rejected:
            heading, *rows = evaluation.rejected
            _text(new / "rejected.csv", csv_text([str(cell) for cell in heading], rows))
        if folder.exists():
            shutil.move(folder, old)
        shutil.move(new, folder)
    return folder / "report.html"


def _is_report(folder: Path) -> bool:
    try:
        found = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
