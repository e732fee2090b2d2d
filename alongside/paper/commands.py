"""`alongside forms`: a measure as a form to be marked with a pen."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from alongside.instruments.schema import Instrument
    from alongside.paper.layout import Layout

WRONG_USE, BAD_INPUT = 2, 3

app = typer.Typer(no_args_is_help=True, help="Forms on paper: print a measure to be marked with a pen.")


@app.callback()
def forms() -> None:
    """Forms on paper: print a measure to be marked with a pen."""


def register(above: typer.Typer) -> None:
    """Mount this room's commands."""
    above.add_typer(app, name="forms")


@app.command("print")
def print_form(
    key: Annotated[
        str, typer.Argument(help="Which measure, as alongside instruments list names it, or a definition of your own.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Where to write the form: a PDF.")],
    layout: Annotated[Path, typer.Option("--layout", help="Where to write its layout, to read the form back with.")],
    large: Annotated[bool, typer.Option("--large", help="Large print: 16 points and more.")] = False,
    copies: Annotated[int, typer.Option("--copies", min=1, max=200, help="How many, each with its own id.")] = 1,
    organisation: Annotated[str, typer.Option("--organisation", help="Whose form it is; the only name on it.")] = "",
    turn_to: Annotated[
        list[str] | None,
        typer.Option("--turn-to", help="Where to turn now, one sentence; again for each. UK lines otherwise."),
    ] = None,
    before_session: Annotated[
        bool, typer.Option("--before-session", help="Without the questions about today’s session.")
    ] = False,
    seed: Annotated[int | None, typer.Option("--seed", help="A number, for the same ids again.")] = None,
    version: Annotated[str | None, typer.Option("--version", help="Which version of it; the newest otherwise.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON and nothing else.")] = False,
) -> None:
    """Print a measure of lines and choices as a form, with the layout that reads it back. Keep the layout."""
    from alongside.paper.form.asking import CannotPrint
    from alongside.paper.form.page import HELP
    from alongside.paper.form.printing import printed
    from alongside.paper.layout import written

    form = _form(key, version)
    try:
        made = printed(
            form,
            large=large,
            copies=copies,
            organisation=organisation.strip(),
            turn_to=tuple(turn_to) if turn_to else HELP,
            before_session=before_session,
            seed=seed,
        )
    except CannotPrint as error:
        _stop(str(error), WRONG_USE)
    _keep_earlier(layout, made.layout)
    _write(layout, written(made.layout).encode())
    _write(out, made.pdf)
    _say(made.layout, out, layout, as_json=as_json)


def _say(form: "Layout", out: Path, layout: Path, *, as_json: bool) -> None:
    ids = form.copies or (form.form_id,)
    pages = len(form.page_numbers)
    if as_json:
        said = {"form": str(out), "layout": str(layout), "form_id": form.form_id, "ids": ids, "pages": pages}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        return
    each = "1 page" if pages == 1 else f"{pages} pages"
    sys.stdout.write(f"{out}: {each}, {', '.join(ids)}\n{layout}: its layout, for alongside scan read\n")


def _form(key: str, version: str | None) -> "Instrument":
    from alongside.instruments import loader

    try:
        return loader.read(Path(key)) if key.endswith(".toml") else loader.load(key, version)
    except loader.UnknownInstrument as error:
        _stop(str(error), WRONG_USE)
    except loader.InvalidDefinition as error:
        _stop(str(error), BAD_INPUT)


def _keep_earlier(path: Path, form: "Layout") -> None:
    """Refuse to write over the layout of another form: its pages could never be read again."""
    from alongside.paper.form.ids import same_edition
    from alongside.paper.layout import BadLayout, read

    if not path.exists():
        return
    try:
        same = same_edition(read(path).form_id, form.form_id)
    except BadLayout:
        same = False
    if not same:
        _stop(f"{path} is there already, and is not of this form. Choose another name, and keep it.", WRONG_USE)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        _stop(f"{path} cannot be written ({error.strerror}); choose another place.", BAD_INPUT)


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
