"""Setting the site up for a command: its settings, and a database that is there and up to date.

Django is imported inside the functions only, so that commands that need no database never load it.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from alongside.core.home import Missing
from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

DEMO = "demo"  # the one room that is not always there
DONE, FOUND_SOMETHING, WRONG_USE, BAD_INPUT, MACHINE_LACKS = range(5)


class Found(Exception):
    """A check found something; the message is the sentence to show."""


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what can go wrong into one sentence on standard error and the right exit code."""
    try:
        yield
    except Found as error:
        _stop(error, FOUND_SOMETHING)
    except WrongUse as error:
        _stop(error, WRONG_USE)
    except BadInput as error:
        _stop(error, BAD_INPUT)
    except (MachineLacks, Missing) as error:
        _stop(error, MACHINE_LACKS)
    except BrokenPipeError:
        raise
    except OSError as error:
        _stop(MachineLacks(refused(error)), MACHINE_LACKS)


def _stop(error: Exception, code: int) -> None:
    typer.echo(str(error), err=True)
    raise typer.Exit(code) from None


def refused(error: OSError) -> str:
    """What the disk refused, and where."""
    where = f"{error.filename}: " if error.filename else ""
    return f"The disk refuses ({where}{error.strerror or error}). Check that it is there and that you may use it."


def say(sentence: str) -> None:
    """Tell the person at the keyboard something that is not the result."""
    typer.echo(sentence, err=True)


def tidy_when_stopped() -> None:
    """Let a SIGTERM or a closed terminal end the command as an error would, so that its copies are cleared away."""
    for one in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, lambda number, _frame: sys.exit(128 + number))


def set_up() -> None:
    """Read the settings and load every room; what is written from now on only its owner can read."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()


@contextmanager
def reachable() -> Iterator[None]:
    """Say in a sentence that the database does not answer, or is no database."""
    from django.db import DatabaseError, OperationalError

    try:
        yield
    except DatabaseError as error:
        if type(error) not in {DatabaseError, OperationalError}:
            raise
        reason = str(error).strip().splitlines()[0]
        raise MachineLacks(
            f"The database cannot be opened ({reason}). Check that it is there, that it runs and that you may use it."
        ) from error


def migrate() -> None:
    """Make the database or bring it up to date. This also puts back the triggers that protect the audit.

    All of it or nothing: Django alone would write a table first and that it has done so a moment later, and a
    command killed between the two could never be run again. Records that have no proof of their keys yet get one,
    if all that is written in them opens.
    """
    from django.core.management import call_command
    from django.db import connection, connections, transaction

    from alongside.core import begun

    with reachable():
        if newer := unknown_migrations(connection):
            raise MachineLacks(
                f"These records were last used with a newer Alongside (it knows {newer[0]}). Install that version."
            )
        # without checks: one of them looks for the triggers that this very command puts back
        connection.disable_constraint_checking()  # on SQLite it has to be off before the transaction begins
        with transaction.atomic():
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        begun.prove_keys()
    connections.close_all()


def unknown_migrations(connection: "BaseDatabaseWrapper") -> list[str]:
    """What was done to this database that this version of the program does not know; the demo’s own room aside."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    done = loader.applied_migrations or {}
    unknown = [key for key in done if key[0] != DEMO and key not in loader.disk_migrations]
    return sorted(f"{room}.{name}" for room, name in unknown)


def waiting_migrations(connection: "BaseDatabaseWrapper") -> list[str]:
    """What this version of the program would still do to this database."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
