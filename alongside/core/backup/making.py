"""Making a backup: copy the database, encrypt, open it again and compare. Only then does it get its name."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

import alongside
from alongside.core import files, keys
from alongside.core.backup import LAST_BACKUP, archive, databases, looking
from alongside.core.backup.archive import Manifest
from alongside.core.starting import Found, say
from alongside.core.using import InUse, using
from alongside.evaluation.problems import MachineLacks, WrongUse


def make(directory: Path) -> tuple[Path, Manifest]:
    """Back up everything but the keys into a new file in this folder; gives the file and what it holds.

    Raises
    ------
    WrongUse : the folder lies inside the data folder, or a backup is being made already
    Found : the copy does not open as it should
    MachineLacks : there is no room, or no PostgreSQL program
    """
    directory = directory.resolve()
    if directory.is_relative_to(settings.HOME):
        raise WrongUse(f"{directory} lies inside the data folder; give a folder elsewhere, best on another disk.")
    now = datetime.now(UTC)
    file = directory / f"alongside-{now:%Y-%m-%dT%H%M%SZ}.backup"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear_what_was_killed(directory)
        with _workshop(settings.HOME) as folder, _part(file) as part:
            manifest = _write(part, folder, now)
            _open_again(part, folder, manifest)
            if file.exists():
                raise WrongUse(f"{file} was made this very second; wait for the next.")
            part.rename(file)
        files.settle(directory)
        files.replace(settings.HOME / LAST_BACKUP, now.isoformat())
    except OSError as error:
        where = error.filename or directory
        raise MachineLacks(
            f"The backup cannot be made ({where}: {error.strerror}). Check who may write there."
        ) from error
    return file, manifest


@contextmanager
def _part(file: Path) -> Iterator[Path]:
    """A new file beside it that only its owner can read, held while the block runs and gone afterwards."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    held = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with contextlib.suppress(OSError):  # a disk of another computer may know no locks
            fcntl.flock(held, fcntl.LOCK_EX)
        yield part
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        os.close(held)


def _clear_what_was_killed(directory: Path) -> None:
    """Remove the parts of backups that were killed; those that are being written are held, and stay."""
    for part in directory.glob(".alongside-*.part"):
        with contextlib.suppress(OSError), part.open("r+b") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def _write(part: Path, folder: Path, now: datetime) -> Manifest:
    copy = folder / "copied"
    rows = databases.copy_out(copy)
    manifest = Manifest(made=now.isoformat(), version=alongside.__version__, engine=connection.vendor, rows=rows)
    archive.pack(part, manifest, copy, settings.HOME / archive.SETTINGS, settings.ALONGSIDE_KEY_RING.newest())
    copy.unlink()
    return manifest


def _open_again(part: Path, folder: Path, manifest: Manifest) -> None:
    """Open what was just written, with the keys as they lie on the disk, and compare."""
    again = folder / "again"
    again.mkdir(mode=0o700)
    held = archive.unpack(part, again, keys.read(keys.path()))
    if held != manifest:
        raise Found("The backup does not hold what was put into it; nothing was kept. Run alongside doctor.")
    database = again / archive.DATABASE
    if manifest.engine == "postgresql":
        wrong = _other(manifest.rows, databases.rows_in(database)) + looking.other_keys("default")
        closed = looking.unreadable("default")
    else:
        with looking.opened(database) as copy:
            wrong, closed = differences(copy, manifest), looking.unreadable(copy)
    if wrong:
        raise Found(f"The backup does not open as it should ({wrong[0]}); nothing was kept. Run alongside doctor.")
    if closed:
        say(f"Values that do not open are in the backup as they are: {', '.join(closed)}. Run alongside doctor.")


def differences(using: str, manifest: Manifest) -> list[str]:
    """What is not as the manifest says in a database that came out of a backup, or not of these keys."""
    if damage := looking.damage(using):
        return [damage]
    counted = looking.rows(using)
    other = _other(manifest.rows, counted)
    if "django_migrations" not in counted:
        other.append("django_migrations")
    return other + looking.other_keys(using)


def _other(said: dict[str, int], counted: dict[str, int]) -> list[str]:
    """The tables that do not have as many rows as they should."""
    return sorted(table for table in said.keys() | counted.keys() if said.get(table) != counted.get(table))


@contextmanager
def _workshop(home: Path) -> Iterator[Path]:
    """A folder for copies that are not encrypted yet: one backup at a time, and emptied even after a kill."""
    folder = home / "backup.tmp"
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        with using(folder, alone=True):
            try:
                _empty(folder)
                yield folder
            finally:
                _empty(folder)
    except InUse as error:
        raise WrongUse("Another backup is being made; wait until it is done.") from error


def _empty(folder: Path) -> None:
    for inside in folder.iterdir():
        shutil.rmtree(inside) if inside.is_dir() else inside.unlink()
