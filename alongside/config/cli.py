"""The command `alongside`: mounts each room's commands."""

import os
import sys
from typing import Annotated

import typer

import alongside
from alongside.audit import commands as audit
from alongside.core import commands as core
from alongside.demo import commands as demo
from alongside.evaluation import commands as evaluation
from alongside.evidence import commands as evidence
from alongside.information import commands as information
from alongside.instruments import commands as instruments
from alongside.paper import commands as paper
from alongside.paper import scanning
from alongside.voice import commands as voice

app = typer.Typer(
    name="alongside",
    help="Honest evidence and calm records for organisations that support people who self-harm.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(alongside.__version__)
        raise typer.Exit


@app.callback()
def alongside_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Honest evidence and calm records for organisations that support people who self-harm."""


for room in (evaluation, instruments, paper, scanning, information, core, audit, evidence, voice, demo):
    room.register(app)


def main() -> None:
    """Run the command line; a reader that closes the pipe early ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        # the interpreter flushes standard output once more as it ends, which would fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
