"""The command `alongside evidence`."""

from pathlib import Path
from typing import Annotated

import typer

from alongside.core import starting
from alongside.evaluation.problems import BadInput


def register(app: typer.Typer) -> None:
    """Mount this room's command."""
    app.command()(evidence)


def evidence(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder for the pack; made if needed.")],
    left: Annotated[
        Path | None,
        typer.Option(
            "--left",
            metavar="FILE",
            help="A file of work emails of those who have left, one to a line. It fails if one can still sign in.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write who can sign in, what the doctor says and what was logged: no client's name. Ends with 1 if it fails."""
    with starting.plainly():
        from alongside.core import begun

        gone = _emails(left) if left else None
        begun.here()
        starting.set_up()
        from alongside.evidence import pack

        with starting.reachable():
            begun.records()
            failed = pack.write(directory.resolve(), gone)
    typer.echo(directory.resolve())
    for sentence in failed:
        starting.say(f"Not passed: {sentence}")
    raise typer.Exit(starting.FOUND_SOMETHING if failed else starting.DONE)


def _emails(file: Path) -> list[str]:
    try:
        lines = file.read_text("utf-8").split()
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not a text file saved as UTF-8; save it anew.") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}); check its name.") from error
    if strange := [number for number, line in enumerate(lines, start=1) if "@" not in line]:
        raise BadInput(f"Line {strange[0]} of {file} is not an email; write one to a line, and nothing else.")
    return lines
