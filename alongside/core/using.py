"""Who works with the records: several may serve them, or one alone may put something else in their place."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOCK = 0x416C6F6E67736964  # the number of our lock among those that others may hold in the same database


class InUse(Exception):
    """Somebody else works with this folder or database."""


@contextmanager
def using(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold a folder while the block runs; a process that is killed lets go of it.

    Raises
    ------
    InUse : another process holds it alone, or holds it at all and this one wants to be alone
    """
    held = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(str(folder)) from error
        yield
    finally:
        os.close(held)


@contextmanager
def using_database(*, alone: bool = False) -> Iterator[None]:
    """Hold a PostgreSQL database likewise, from whichever folder; an SQLite file is held with its folder.

    Raises
    ------
    InUse
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    import psycopg

    ask = "SELECT pg_try_advisory_lock(%s)" if alone else "SELECT pg_try_advisory_lock_shared(%s)"
    with connection.wrap_database_errors:
        own: Any = psycopg.connect(**connection.get_connection_params() | {"autocommit": True})
        got = own.execute(ask, [LOCK]).fetchone()[0]
    with contextlib.closing(own):
        if not got:
            raise InUse(str(connection.settings_dict["NAME"]))
        yield


@contextmanager
def replacing(folder: Path) -> Iterator[None]:
    """Be the only one who puts something in a folder's place, whether or not it is there yet.

    Raises
    ------
    InUse
    """
    place = folder.with_name(f".{folder.name}.lock")
    held = _locked(place)
    while not place.exists() or os.fstat(held).st_ino != place.stat().st_ino:  # the one before has just left
        os.close(held)
        held = _locked(place)
    try:
        yield
    finally:
        place.unlink(missing_ok=True)
        os.close(held)


def _locked(place: Path) -> int:
    held = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(held)
        raise InUse(str(place)) from error
    return held
