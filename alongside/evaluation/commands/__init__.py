"""The commands of this room."""

import typer

from alongside.evaluation.commands.evaluate import evaluate
from alongside.evaluation.commands.reliability import reliability
from alongside.evaluation.commands.survey import survey


def register(app: typer.Typer) -> None:
    """Mount this room's commands."""
    app.command()(evaluate)
    app.command()(reliability)
    app.command()(survey)
