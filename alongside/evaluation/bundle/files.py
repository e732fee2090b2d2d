"""Writes the bundle's folder."""

from importlib.resources import files
from pathlib import Path

from alongside.evaluation import people_lines
from alongside.evaluation.bundle.asked import asked
from alongside.evaluation.bundle.codebook import COLUMNS, codebook
from alongside.evaluation.bundle.numbers import numbers
from alongside.evaluation.bundle.plan import plan
from alongside.evaluation.bundle.rows import Rows
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.options import Options
from alongside.evaluation.output import check_folder, put_in_place
from alongside.evaluation.problems import WrongUse
from alongside.press.tables import csv_text

FIRST_LINE = "A bundle for an evaluator, made by Alongside"
LINES = "lines_of_people.csv"
OURS = {"README.txt", "rows.csv", "people.csv", LINES, "codebook.csv", "analysis-plan.md", "expected.csv", "check.R"}
README = f"""{FIRST_LINE}

This folder is about people. Do not publish it, and give it only to somebody who may see such records.
Names, dates and whatever was not asked for are left out, and people stand in an order drawn by chance that was kept
nowhere. But the numbers are exact and small ones are not hidden: somebody who knows a person may still find them.
Delete it when the check is done.

To check the report's numbers, with R (https://www.r-project.org):

    Rscript check.R

in this folder. In RStudio, make this folder the working directory and press Source. A line for each number says ours,
R's, and how far they are apart; the last line says how many agree. Up to 0.000001 apart is agreement (of a number
above 1, that part of it); for lines over time, which are found by a search, 0.0001. If one is further off, the exit
status is 1.

    rows.csv           every score: client, day since the person's own first form, measure, score
    people.csv         everybody, with the attributes that were asked for
    {LINES}
                       each person's own line over time, where there is a model
    codebook.csv       what each column and each measure is
    analysis-plan.md   what was done, by which rule
    expected.csv       the numbers of the report, by their names in results.json
    check.R            works them out again in R
"""


def check_bundle_folder(folder: Path, report: Path | None) -> None:
    """Refuse a folder for the bundle that holds anything but an earlier one, or goes with the report.

    Raises
    ------
    WrongUse : it is a file, holds something else, or lies in the report's folder
    MachineLacks : it is not ours to open
    """
    if report and (
        folder.resolve().is_relative_to(report.resolve()) or report.resolve().is_relative_to(folder.resolve())
    ):
        raise WrongUse(
            f"--bundle {folder} and --out {report} go to different people; name two folders, neither inside the other."
        )
    check_folder(folder, "--bundle", ours=OURS, is_ours=_is_bundle)


def write_bundle(evaluation: Evaluation, options: Options, folder: Path) -> Path:
    """Write the bundle's folder in place of an earlier one, whole or not at all, and return the path of its README.

    Parameters
    ----------
    evaluation : made with `options.bundle`, so that it has its rows
    options : what the person running it said
    folder : passed by `check_bundle_folder`

    Raises
    ------
    MachineLacks : the disk is full or the place is not ours to write in
    """
    if evaluation.rows is None:
        raise ValueError("a bundle needs the rows: evaluate with options.bundle")
    texts = _texts(evaluation, evaluation.rows, options)
    return put_in_place({name: text.encode() for name, text in texts.items()}, folder, "--bundle") / "README.txt"


def _texts(evaluation: Evaluation, rows: Rows, options: Options) -> dict[str, str]:
    people = zip(rows.clients, *rows.attributes.values(), strict=True)
    lines = {LINES: csv_text(people_lines.COLUMNS, rows.lines)} if rows.lines else {}
    script = (files("alongside.evaluation.bundle") / "check.R").read_text("utf-8")
    return {
        "README.txt": README,
        "rows.csv": csv_text(("client", "day", "measure", "score"), rows.scores),
        "people.csv": csv_text(("client", *rows.attributes), people),
        **lines,
        "codebook.csv": csv_text(COLUMNS, codebook(evaluation, rows, options)),
        "analysis-plan.md": plan(evaluation, rows, options),
        "expected.csv": csv_text(("name", "value"), numbers(evaluation.results, moved=rows.moved).items()),
        "check.R": script.replace("#{asked}", asked(evaluation, rows, options)),
    }


def _is_bundle(folder: Path) -> bool:
    try:
        return (folder / "README.txt").read_text(encoding="utf-8").startswith(FIRST_LINE)
    except (OSError, ValueError):
        return False
