"""Copying a database out into a file, and back: SQLite by its own online copy, PostgreSQL by pg_dump."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from alongside.core.backup import looking
from alongside.evaluation.problems import BadInput, MachineLacks

SET_ASIDE = "before_"


def copy_out(file: Path) -> dict[str, int]:
    """Write the whole database to a file as it is at one moment, while others go on writing; gives its row counts."""
    if connection.vendor == "postgresql":
        return _dump(file)
    _copy(file)
    with looking.opened(file) as copied:
        return looking.rows(copied)


def _copy(file: Path) -> None:
    connection.ensure_connection()
    target = sqlite3.connect(file)
    try:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise MachineLacks(f"The database cannot be copied ({error}). Look whether the disk is full.") from error
    finally:
        target.close()


def _dump(file: Path) -> dict[str, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        without = f"--exclude-schema={SET_ASIDE}*"
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", without, f"--file={file}")
        return looking.rows("default")


def tables_in(dump: Path) -> set[str]:
    """The tables whose rows stand in a dump of PostgreSQL."""
    return set(re.findall(r"TABLE DATA \S+ (\S+)", _run("pg_restore", "--list", str(dump))))


@contextmanager
def put_back(dump: Path, *, now: datetime, replace: bool) -> Iterator[None]:
    """Load a dump into the PostgreSQL database that the settings name, setting aside what is there.

    If loading fails, or the block does, what was there comes back.
    """
    taken = bool(connection.introspection.table_names())
    if taken and not replace:
        raise BadInput("The database is not empty. Give --replace to set aside what is in it, or name another one.")
    aside = f"{SET_ASIDE}{now:%Y%m%d%H%M%S}"
    if taken:
        _sql(f"ALTER SCHEMA public RENAME TO {aside}", "CREATE SCHEMA public")
    try:
        name = str(connection.settings_dict["NAME"])
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--schema=public")
        _run("pg_restore", f"--dbname={name}", *options, str(dump))
        yield
    except BaseException:
        _sql(
            "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {aside} RENAME TO public" if taken else "CREATE SCHEMA public"
        )
        raise


def _sql(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _run(name: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs on our database; its address and password go by the environment."""
    said = connection.settings_dict
    places = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {variable: str(said[key]) for variable, key in places.items() if said[key]}
    command = [_program(name), *arguments]
    ran = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)  # noqa: S603
    if ran.returncode:
        reason = (ran.stderr.strip().splitlines() or [f"exit {ran.returncode}"])[0]
        raise MachineLacks(f"{name} could not do it ({reason}).")
    return ran.stdout


def _program(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name) or (str(installed[-1]) if installed else None)
    if found is None:
        raise MachineLacks(f"{name} is not here: install PostgreSQL’s client programs (apt install postgresql-client).")
    return found
