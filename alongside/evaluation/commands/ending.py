"""How a command ends: what it found on standard output, or one sentence and the code that says whose turn it is."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse

WRONG_USE, BAD_INPUT, MACHINE_LACKS = 2, 3, 4


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn what is wrong into one sentence and its code."""
    try:
        yield
    except WrongUse as error:
        _stop(str(error), WRONG_USE)
    except BadInput as error:
        _stop(str(error), BAD_INPUT)
    except MachineLacks as error:
        _stop(str(error), MACHINE_LACKS)


def write(text: str) -> None:
    """Write to standard output, in UTF-8 wherever it goes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def say_what_was_set_aside(rows: int | None, where: str) -> None:
    """Say on standard error how many rows were not used, and where to see them."""
    if rows != 0:
        how_many = "Some rows were" if rows is None else "1 row was" if rows == 1 else f"{rows:,} rows were"
        typer.echo(f"{how_many} set aside; {where}.", err=True)


def _stop(sentence: str, code: int) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
