"""`alongside scan`: what was marked on forms that came back from a scanner or a phone."""

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from alongside.paper.layout import Layout
    from alongside.paper.reading.results import Reading

BAD_INPUT, LACKING = 3, 4

app = typer.Typer(no_args_is_help=True, help="Forms on paper: read them back from a scanner or a phone.")


@app.callback()
def scan() -> None:
    """Forms on paper: read them back from a scanner or a phone."""


def register(above: typer.Typer) -> None:
    """Mount this room's commands."""
    above.add_typer(app, name="scan")


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Pictures (JPEG, PNG, TIFF) and PDFs of marked pages.")],
    layout: Annotated[
        list[Path], typer.Option("--layout", help="The layout that was written with the form; again for each form.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON and nothing else.")] = False,
) -> None:
    """Read marked forms. What is doubtful is told with its reason, and left to a person."""
    from alongside.paper.reading import needs

    try:
        needs.check()
    except needs.NotInstalled as error:
        _stop(str(error), LACKING)
    from alongside.paper.layout import BadLayout
    from alongside.paper.reading.reader import read_files

    given = _layouts(layout)
    try:
        readings = list(read_files(files, given))
    except BadLayout as error:
        _stop(str(error), BAD_INPUT)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(_json(readings) if as_json else _table(readings))
    unopened = [reading for reading in readings if not reading.opened]
    for reading in unopened:
        typer.echo(f"{reading.file}: {reading.why}", err=True)
    if unopened:
        raise typer.Exit(BAD_INPUT)


def _layouts(files: list[Path]) -> "list[Layout]":
    from alongside.paper import layout

    try:
        found = [layout.read(file) for file in files]
    except layout.BadLayout as error:
        _stop(str(error), BAD_INPUT)
    for file, one in zip(files, found, strict=True):
        lacking = _lacking(one)
        if lacking:
            typer.echo(f"{file} does not say {lacking}; more lines may be left to a person.", err=True)
    return found


def _lacking(layout: "Layout") -> str:
    """What a layout leaves out that the reader would use."""
    pages = [layout.page(number) for number in layout.page_numbers]
    named = {page.page for page in layout.pages if page.markers}
    parts = [
        ("where its markers are (taken to be where this version prints them)", named != {*layout.page_numbers}),
        ("where its code is", any(page.code is None for page in pages)),
        ("what is printed round its lines", any(page.blank is None for page in pages)),
    ]
    missing = [said for said, so in parts if so]
    return missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + " and " + missing[-1] if missing else ""


def _json(readings: "list[Reading]") -> str:
    pages = [
        {
            "file": reading.file,
            "page": reading.page,
            "outcome": reading.outcome,
            "page_ok": reading.page_ok,
            "why": reading.why,
            "form_id": reading.form_id,
            "form_page": reading.form_page,
            "seconds": reading.seconds,
            "items": [
                {
                    "id": item.id,
                    "score": item.score,
                    "status": item.status,
                    "needs_review": item.needs_review,
                    "confidence": item.confidence,
                    "reason": item.reason,
                }
                for item in reading.items
            ],
        }
        for reading in readings
    ]
    return json.dumps({"pages": pages}, ensure_ascii=False) + "\n"


def _table(readings: "list[Reading]") -> str:
    return "\n".join(_page(reading) for reading in readings) + "\n"


def _page(reading: "Reading") -> str:
    known = f", form {reading.form_id}, its page {reading.form_page}" if reading.form_id else ""
    lines = [f"{reading.file}, page {reading.page}: {reading.outcome.replace('_', ' ')}{known}"]
    lines += [f"  {reading.why}"] if reading.why else []
    wide = max((len(item.id) for item in reading.items), default=0)
    for item in reading.items:
        score = "" if item.score is None else f"{item.score:.1f}"
        lines.append(f"  {item.id:<{wide}}  {score:>5}  {item.status:<8}  {item.reason}".rstrip())
    return "\n".join(lines) + "\n"


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
