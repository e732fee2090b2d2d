"""The command `alongside demo`."""

from typing import Annotated

import typer

from alongside.core import starting
from alongside.core.commands import Port


def register(app: typer.Typer) -> None:
    """Mount this room's command."""
    app.command()(demo)


def demo(
    port: Port = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Prepare the invented data, and stop there.")] = False,
) -> None:
    """Serve the site with invented people, on this computer only. Prints a sign-in link for each role."""
    with starting.plainly():
        from alongside.demo import start

        start.start(port, serve=not no_serve)
