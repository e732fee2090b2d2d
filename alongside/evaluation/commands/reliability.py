"""The command `alongside reliability`."""

from pathlib import Path
from typing import Annotated

import typer

from alongside.evaluation.commands.ending import one_sentence, say_what_was_set_aside, write
from alongside.evaluation.options import Options
from alongside.evaluation.spelling import names_in, size_in_bytes


def reliability(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The file of scores, two occasions for each client.", show_default=False),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
    of_items: Annotated[
        bool,
        typer.Option(
            "--alpha", help="The file holds the items of one scale: a row for each person, a column for each item."
        ),
    ] = False,
    attributes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A second file with one row for each client: who took part.", show_default=False
        ),
    ] = None,
    instrument: Annotated[
        str | None,
        typer.Option(
            metavar="KEY", help="The form whose questions the file holds: service-evaluation.", show_default=False
        ),
    ] = None,
    items: Annotated[
        str | None,
        typer.Option(metavar="A,B,…", help="The columns that hold scores, with commas between.", show_default=False),
    ] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="Set rows with a problem aside.")] = False,
    max_size: Annotated[str, typer.Option(metavar="SIZE", help="The largest file to read: 500MB, 2GB.")] = "500MB",
) -> None:
    """Say how far a measure agrees with itself: the same people asked twice, or the items of one scale."""
    with one_sentence():
        from alongside.evaluation import reliability as room
        from alongside.evaluation.progress import telling
        from alongside.evaluation.reliability_words import printed

        options = Options(
            instrument=instrument,
            items=names_in(items),
            lenient=lenient,
            max_bytes=size_in_bytes(max_size),
        )
        with telling() as tell:
            found = room.reliability(file, attributes_path=attributes, options=options, of_items=of_items, tell=tell)
        if as_json:
            say_what_was_set_aside(found.file.rejected_rows, "see file.rejected")
        write(room.as_json(found) if as_json else printed(found))
