"""Copying a database out into a file, and back: SQLite by its own online copy, PostgreSQL by pg_dump."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, cast

from django.db import connection, transaction

from alongside.core import starting
from alongside.core.backup import looking
from alongside.core.using import using_database
from alongside.evaluation.problems import BadInput, MachineLacks

SET_ASIDE = "before_"
LOADING = "alongside_restoring"
VOTES = "alongside_votes"  # what people choose while a vote is open; no backup takes it along
SOMETHING_IN_PUBLIC = """SELECT EXISTS (SELECT FROM pg_depend
    WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace)"""
MAY_RENAME = """SELECT current_user, has_database_privilege(current_database(), 'CREATE')
    AND EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public' AND pg_has_role(nspowner, 'USAGE'))"""


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
        without = [f"--exclude-schema={schema}" for schema in (f"{SET_ASIDE}*", f"{LOADING}*", VOTES)]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", *without, f"--file={file}")
        return looking.rows("default")


def rows_in(dump: Path) -> dict[str, int]:
    """How many rows each table has in a dump of PostgreSQL; reading them reads the whole dump."""
    counted: dict[str, int] = {}
    table = ""
    with _started("pg_restore", "--data-only", "--file=-", str(dump)) as lines:
        for line in lines:
            if table:
                counted[table] += 1
                table = "" if line == b"\\.\n" else table
            elif begins := re.match(rb'COPY (?:\S+\.)?"?(\w+)"? ', line):
                table = begins[1].decode()
                counted[table] = -1  # the line that ends it
    return counted


@contextmanager
def loaded(dump: Path, *, replace: bool) -> Iterator[None]:
    """Hold the database that the settings name, and load a dump into a schema beside the one that is used.

    While the block runs, the site's tables are those of the dump. What was there is not touched: a command that is
    killed leaves at most a schema that nobody uses, and the next one clears it away.
    """
    with starting.reachable(), using_database(alone=True):
        if connection.introspection.table_names() and not replace:
            raise BadInput("The database is not empty. Give --replace to set aside what is in it, or name another one.")
        _refuse_without_rights()
        _sql(f"DROP SCHEMA IF EXISTS {LOADING} CASCADE")
        try:
            _load(dump)
            _sql(f"SET search_path TO {LOADING}")
            yield
        finally:
            _sql("RESET search_path", f"DROP SCHEMA IF EXISTS {LOADING} CASCADE")


def _load(dump: Path) -> None:
    """Load it under the name that the dump knows, all in one transaction with the renaming."""
    first, script, last = (dump.with_name(f"{name}.sql") for name in ("first", "dump", "last"))
    first.write_text(f"ALTER SCHEMA public RENAME TO {LOADING}_aside; CREATE SCHEMA public;", encoding="utf-8")
    last.write_text(
        f"ALTER SCHEMA public RENAME TO {LOADING}; ALTER SCHEMA {LOADING}_aside RENAME TO public;", encoding="utf-8"
    )
    try:
        _write_script(dump, script)
        steps = [f"--file={file}" for file in (first, script, last)]
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *steps)
    finally:
        for file in (first, script, last):
            file.unlink(missing_ok=True)


def _write_script(dump: Path, script: Path) -> None:
    """Write a dump as SQL, without the one line that a server older than its programs does not know."""
    wanted = ("--no-owner", "--no-privileges", "--schema=public", "--file=-", str(dump))
    with script.open("wb") as written, _started("pg_restore", *wanted) as lines:
        begun = False
        for line in lines:
            begun = begun or line.startswith((b"CREATE", b"COPY"))
            if begun or not line.startswith(b"SET transaction_timeout"):
                written.write(line)


@contextmanager
def taking_its_place(*, now: datetime) -> Iterator[None]:
    """After the block, let what was loaded take the place of what is used, which is set aside; or change nothing."""
    aside = f"{SET_ASIDE}{now:%Y%m%d%H%M%S}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SOMETHING_IN_PUBLIC)
        clear = f"ALTER SCHEMA public RENAME TO {aside}" if cursor.fetchone()[0] else "DROP SCHEMA public"
        cursor.execute(clear)
        cursor.execute(f"ALTER SCHEMA {LOADING} RENAME TO public")
        yield


def _refuse_without_rights() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAY_RENAME)
        user, may = cursor.fetchone()
    if not may:
        raise MachineLacks(
            f"The database user {user} may not set aside what is there. As the database’s administrator: "
            f"ALTER SCHEMA public OWNER TO {user}; and ALTER DATABASE … OWNER TO {user};"
        )


def _sql(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _run(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database."""
    with _started(name, *arguments) as lines:
        for _line in lines:
            pass


@contextmanager
def _started(name: str, *arguments: str) -> Iterator[IO[bytes]]:
    """Start one of PostgreSQL's programs on our database, and read what it says line by line."""
    command = [_program(name), *arguments]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(command, env=_where(), stdout=subprocess.PIPE, stderr=complaints) as process,  # noqa: S603
    ):
        try:
            yield cast(IO[bytes], process.stdout)
        except BaseException:
            process.kill()
            raise
        if process.wait():
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines()
            raise MachineLacks(f"{name} could not do it ({(said or [f'exit {process.returncode}'])[0]}).")


def _where() -> dict[str, str]:
    """The environment in which they find our database: its address, password and options never stand in a command."""
    from psycopg.pq import Conninfo

    said = connection.settings_dict
    given = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "password": said["PASSWORD"]}
    given |= {"dbname": said["NAME"]}
    given = {**said["OPTIONS"], **{name: value for name, value in given.items() if value}}
    names = {option.keyword.decode(): (option.envvar or b"").decode() for option in Conninfo.get_defaults()}
    return {**os.environ, **{names[name]: str(value) for name, value in given.items() if names.get(name)}}


def _program(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name) or (str(installed[-1]) if installed else None)
    if found is None:
        raise MachineLacks(f"{name} is not here: install PostgreSQL’s client programs (apt install postgresql-client).")
    return found
