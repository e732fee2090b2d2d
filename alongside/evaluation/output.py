"""Writes a report's folder: the page, the PDF, the results and the tables, all of them or none."""

import json
import shutil
from collections.abc import Callable, Set
from datetime import UTC, datetime
from pathlib import Path

from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.opening import Tell
from alongside.evaluation.problems import MachineLacks, WrongUse
from alongside.evaluation.report import report
from alongside.evaluation.results import FORMAT, as_json
from alongside.evaluation.tables import tables
from alongside.press import html, pdf
from alongside.press.tables import csv_text

OURS = {"report.html", "report.pdf", "results.json", "rejected.csv", "tables"}


def _is_report(folder: Path) -> bool:
    try:
        found = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT


def check_folder(
    folder: Path,
    option: str = "--out",
    *,
    ours: Set[str] = OURS,
    is_ours: Callable[[Path], bool] = _is_report,
) -> None:
    """Refuse a folder that holds anything but an earlier report.

    Parameters
    ----------
    folder : where the report goes
    option : the option that named it
    ours, is_ours : the names of everything a report holds, and whether a folder holds one

    Raises
    ------
    WrongUse : it is a file, or holds something else
    MachineLacks : it is not ours to open
    """
    try:
        inside = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise WrongUse(f"{option} {folder} is a file; name a folder.") from error
    except OSError as error:
        raise MachineLacks(f"{option} {folder} cannot be opened: {error.strerror}; choose another.") from error
    if inside and not (inside <= ours and is_ours(folder)):
        raise WrongUse(f"{option} {folder} already holds other files; name an empty or a new folder.")


def write(evaluation: Evaluation, folder: Path, *, now: datetime, tell: Tell) -> Path:
    """Write the report's folder in place of an earlier report, and return the path of its page.

    Raises
    ------
    MachineLacks : the disk is full or the place is not ours to write in
    """
    return put_in_place(_files(evaluation, now, tell), folder, "--out") / "report.html"


def put_in_place(files: dict[str, bytes], folder: Path, option: str) -> Path:
    """Write a folder's files in place of what it held, whole or not at all, and return the folder.

    Everything is written beside it first and then moved, so that a run that is stopped leaves the earlier
    report whole, and no exact table stays beside a published one.

    Raises
    ------
    MachineLacks : the disk is full or the place is not ours to write in
    """
    folder = folder.resolve()
    beside = folder.parent / f".{folder.name}.unfinished"
    try:
        if (beside / "old").exists() and not folder.exists():  # a run was stopped between the two moves
            (beside / "old").rename(folder)
        shutil.rmtree(beside, ignore_errors=True)
        for name, content in files.items():
            path = beside / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            folder.rename(beside / "old")
        (beside / "new").rename(folder)
        shutil.rmtree(beside)
    except OSError as error:
        raise MachineLacks(
            f"The report cannot be written to {folder}: {error.strerror}; choose another {option}."
        ) from error
    return folder


def _files(evaluation: Evaluation, now: datetime, tell: Tell) -> dict[str, bytes]:
    document = report(evaluation, now)
    page = html.page(document)
    tell("Writing the PDF")
    printed = pdf.document(document, timestamp=now.astimezone(UTC).replace(microsecond=0))
    texts = {"report.html": page, "results.json": as_json(evaluation.results)}
    texts |= {f"tables/{name}.csv": csv_text(*sheet) for name, sheet in tables(evaluation).items()}
    if evaluation.rejected:
        heading, *rows = evaluation.rejected
        texts["rejected.csv"] = csv_text([str(cell) for cell in heading], rows)
    return {"report.pdf": printed, **{name: text.encode() for name, text in texts.items()}}
