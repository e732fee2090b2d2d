"""Restoring a backup: open and look at it beside the data folder, and only then let it take the folder's place.

Django is loaded here on the way, with the restored folder as its home, so nothing may import this with settings.
"""

import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from alongside.core import home, keys, starting
from alongside.core.backup import LAST_BACKUP, archive
from alongside.core.backup.archive import Manifest
from alongside.core.backup.sealed import Damaged
from alongside.core.using import InUse, using
from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse


def restore(place: Path, key_file: Path | None, *, replace: bool) -> tuple[Path, Manifest]:
    """Restore a backup, or the latest in a folder; gives the data folder and what it holds now.

    Raises
    ------
    WrongUse : the data folder is in use, or holds data and `replace` is not given
    Damaged, BadInput : the backup cannot be used
    MachineLacks : the keys are not there, or the disk refuses
    """
    folder = home.home()
    try:
        with using(folder, alone=True) if folder.exists() else nullcontext():
            return folder, _restore(latest(place), folder, key_file, replace=replace)
    except InUse as error:
        raise WrongUse(f"The site is running from {folder}; stop it first.") from error


def _restore(file: Path, folder: Path, key_file: Path | None, *, replace: bool) -> Manifest:
    key_place = keys.path()
    key_source = key_file or key_place
    ring = _read_keys(key_source)
    _refuse_to_overwrite(folder, key_place, key_source, replace=replace)
    beside = folder.with_name(f".{folder.name}.restoring")
    try:
        _start_anew(beside)
        manifest = archive.unpack(file, beside, ring)
        now = datetime.now(UTC)
        with _looked_at(file, beside, key_source, manifest, now=now, replace=replace):
            _swap(beside, folder, now)
            _place_keys(key_source, key_place, now)
    except OSError as error:
        raise MachineLacks(f"The backup cannot be restored ({error.strerror}: {error.filename}).") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def latest(place: Path) -> Path:
    """The backup itself, or the newest one in a folder."""
    if place.is_file():
        return place
    found = sorted(place.glob("alongside-*.backup"))
    if not found:
        raise BadInput(f"There is no backup in {place}; give the folder or the file that alongside backup wrote.")
    return found[-1]


def _refuse_to_overwrite(folder: Path, key_place: Path, key_source: Path, *, replace: bool) -> None:
    if replace:
        return
    if folder.exists() and any(folder.iterdir()):
        raise WrongUse(f"{folder} holds data already. Give --replace to set it aside; nothing is deleted.")
    if key_place.exists() and key_place.read_bytes() != key_source.read_bytes():
        raise WrongUse(f"There are other keys at {key_place}. Give --replace to set them aside; nothing is deleted.")


def _read_keys(source: Path) -> keys.Keys:
    try:
        return keys.read(source)
    except home.Missing as error:
        raise BadInput(str(error)) from error


def _start_anew(beside: Path) -> None:
    if beside.exists():
        shutil.rmtree(beside)
    beside.mkdir(mode=0o700, parents=True)


@contextmanager
def _looked_at(
    file: Path, beside: Path, key_source: Path, manifest: Manifest, *, now: datetime, replace: bool
) -> Iterator[None]:
    """Look at what came out of the backup as the site itself would, before anything takes its place."""
    sqlite = manifest.engine == "sqlite"
    database = beside / archive.DATABASE
    if sqlite:
        database = database.rename(beside / home.DATABASE)
    (beside / LAST_BACKUP).write_text(manifest.made, encoding="utf-8")
    os.environ["ALONGSIDE_HOME"], os.environ["ALONGSIDE_KEYS"] = str(beside), str(key_source)
    starting.set_up()
    from django.db import connection, connections

    from alongside.core.backup import databases, making

    if connection.vendor != manifest.engine:
        raise WrongUse(_other_engine(manifest.engine))
    with starting.reachable(), nullcontext() if sqlite else databases.put_back(database, now=now, replace=replace):
        if newer := starting.unknown_migrations(connection):
            raise BadInput(f"{file} was made by a newer Alongside ({newer[0]}); restore it with that version.")
        if wrong := making.differences("default", manifest):
            raise Damaged(f"{file} does not open as it should ({wrong[0]}); restore another backup.")
        connections.close_all()
        if not sqlite:
            database.unlink()
        yield


def _other_engine(engine: str) -> str:
    if engine == "sqlite":
        return "This backup is of an SQLite file, and the setting “database” names another; unset ALONGSIDE_DATABASE."
    return "This backup is of a PostgreSQL database; say which one to restore it to with ALONGSIDE_DATABASE."


def _swap(beside: Path, folder: Path, now: datetime) -> None:
    aside = _aside(folder, now)
    if folder.exists():
        folder.rename(aside)
    try:
        beside.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise


def _place_keys(source: Path, place: Path, now: datetime) -> None:
    if place.exists():
        if place.read_bytes() == source.read_bytes():
            return
        place.rename(_aside(place, now))
    new = place.with_name(f".{place.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        copy.write(source.read_bytes())
        copy.flush()
        os.fsync(copy.fileno())
    new.rename(place)


def _aside(path: Path, now: datetime) -> Path:
    return path.with_name(f"{path.name}.before-{now:%Y-%m-%dT%H%M%SZ}")


def about_settings(folder: Path) -> str:
    """A warning when the restored settings name another database than the one restored to."""
    settings = folder / archive.SETTINGS
    named = tomllib.loads(settings.read_text("utf-8")).get("database", "") if settings.exists() else ""
    if named in {"", os.environ.get("ALONGSIDE_DATABASE", named)}:
        return ""
    return f"{settings} names another database than ALONGSIDE_DATABASE; mend its line “database” before serving."
