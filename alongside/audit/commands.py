"""The commands `alongside audit verify` and `alongside audit anchor`."""

from pathlib import Path
from typing import Annotated

import typer

from alongside.core import starting
from alongside.evaluation.problems import BadInput


def register(app: typer.Typer) -> None:
    """Mount this room's commands."""
    room = typer.Typer(help="Look after the record of who did what.", no_args_is_help=True, rich_markup_mode=None)
    for command in (verify, anchor):
        room.command()(command)
    app.add_typer(room, name="audit")


def verify(
    anchors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A file of anchors that were kept elsewhere, one to a line, as alongside audit anchor prints them.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Say whether every row of the record is there and as it was written. Ends with 1 when one is not."""
    with starting.plainly():
        from alongside.core import begun

        lines = _lines(anchors) if anchors else {}
        begun.here()
        starting.set_up()
        from alongside.audit import chain

        kept = []
        for where, line in lines.items():
            try:
                kept.append(chain.read_anchor(line))
            except ValueError as error:
                raise BadInput(
                    f"{where} is not an anchor; copy it whole, as alongside audit anchor printed it."
                ) from error
        with starting.reachable():
            wrong = _wrong(chain.first_break(), chain.cut_off(), [one.number for one in kept if not chain.holds(one)])
            rows = chain.anchor().number
    if wrong:
        typer.echo("\n".join([*wrong, chain.WHAT_TO_DO]))
        raise typer.Exit(starting.FOUND_SOMETHING)
    beside = f", and {len(kept):,} kept {'anchor agrees' if len(kept) == 1 else 'anchors agree'}" if kept else ""
    typer.echo(f"The record of who did what is whole, up to row {rows:,}{beside}.")


def anchor() -> None:
    """Print how far the record goes now. Keep the line elsewhere: it shows later that nothing was cut off."""
    with starting.plainly():
        from alongside.core import begun

        begun.here()
        starting.set_up()
        from alongside.audit import chain

        with starting.reachable():
            typer.echo(str(chain.anchor()))


def _lines(path: Path) -> dict[str, str]:
    """Return the lines of a file that say something, each with where it stands."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is no text; keep one anchor to a line in it.") from error
    return {f"{path.name}, line {number},": line for number, line in enumerate(text.splitlines(), 1) if line.strip()}


def _wrong(broken: int | None, cut: int, gone: list[int]) -> list[str]:
    """Say what is wrong, a sentence each."""
    said = [] if broken is None else [f"The record does not hold together from row {broken:,} on."]
    if cut:
        rows = "1 row is" if cut == 1 else f"{cut:,} rows are"
        said.append(f"{rows} missing at its end.")
    said += [f"Row {number:,} is not as it was when its anchor was taken." for number in gone]
    return said
