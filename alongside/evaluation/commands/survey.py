"""The command `alongside survey`."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from alongside.evaluation.commands.ending import one_sentence, write
from alongside.evaluation.commands.evaluate import Publish
from alongside.evaluation.problems import WrongUse
from alongside.evaluation.spelling import size_in_bytes


def survey(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The answers: a row for each person, a column for each question.", show_default=False
        ),
    ],
    questions: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,…",
            help="The columns to count, with commas between; one that holds a comma stands in quotation marks.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Compare by this column.", show_default=False)
    ] = None,
    publish: Annotated[
        Publish | None,
        typer.Option(help="Leave out small numbers and answers of a few people.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder for a report; made if needed.", show_default=False)
    ] = None,
    max_size: Annotated[str, typer.Option(metavar="SIZE", help="The largest file to read: 500MB, 2GB.")] = "500MB",
) -> None:
    """Say how many people gave each answer to a survey's questions, and how sure one can be."""
    with one_sentence():
        if out and as_json:
            raise WrongUse("Say where the report goes with --out DIR, or ask for the numbers with --json; not both.")
        from alongside.evaluation.progress import telling
        from alongside.evaluation.survey import counting, report
        from alongside.evaluation.survey.results import as_json as written
        from alongside.evaluation.survey.words import printed

        named = next(csv.reader([questions or ""], skipinitialspace=True), [])
        asked = counting.Asked(
            questions=tuple(name.strip() for name in named if name.strip()),
            by=by,
            publish=publish.value if publish else None,
            max_bytes=size_in_bytes(max_size),
        )
        with telling() as tell:
            if out:
                report.check_survey_folder(out)
            found = counting.survey(file, asked=asked, tell=tell)
            page = report.write_report(found, out, now=datetime.now(UTC).astimezone(), tell=tell) if out else None
        write(f"{page}\n" if page else written(found) if as_json else printed(found))
