"""Restoring a backup: open and look at it beside the data folder, and only then let it take the folder's place.

Django is loaded here on the way, with the restored folder as its home, so nothing may import this with settings.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from alongside.core import begun, files, home, keys, starting
from alongside.core.backup import LAST_BACKUP, archive
from alongside.core.backup.archive import Manifest
from alongside.core.backup.sealed import Damaged
from alongside.core.using import InUse, replacing, using
from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse


def restore(place: Path, key_file: Path | None, *, replace: bool) -> tuple[Path, Manifest]:
    """Restore a backup, or the latest in a folder; gives the data folder and what it holds now.

    Raises
    ------
    WrongUse : the data folder or database is in use, or holds data and `replace` is not given
    Damaged, BadInput : the backup cannot be used
    MachineLacks : the keys are not there, or the disk refuses
    """
    folder = home.home()
    _refuse_this_place(folder)
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(folder), using(folder, alone=True) if folder.exists() else nullcontext():
            return folder, _restore(latest(place), folder, key_file, replace=replace)
    except InUse as error:
        raise WrongUse(
            f"The site is running from {folder} or with its database, or another backup is being restored to it; "
            "stop it first."
        ) from error
    except OSError as error:
        raise MachineLacks(f"The backup cannot be restored ({error.strerror}: {error.filename}).") from error


def _restore(file: Path, folder: Path, key_file: Path | None, *, replace: bool) -> Manifest:
    """Everything that can fail comes first; what is left for the end is renaming, and that is undone if it fails."""
    source, place, target = key_file or keys.path(), keys.path(), home.setting("database")
    held, ring = _read_keys(source)
    _refuse_keys_inside(folder, source, place)
    _refuse_to_overwrite(folder, place, held, replace=replace)
    now = datetime.now(UTC)
    beside, staged = folder.with_name(f".{folder.name}.restoring"), place.with_name(f".{place.name}.restoring")
    with ExitStack() as afterwards:
        afterwards.callback(shutil.rmtree, beside, ignore_errors=True)
        afterwards.callback(staged.unlink, missing_ok=True)
        _start_anew(beside)
        staged.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write_new(staged, held)
        manifest = archive.unpack(file, beside, ring)
        if home.read_settings(beside / archive.SETTINGS).get("database", "") != target:
            home.write_setting(beside / archive.SETTINGS, "database", target)
        os.environ |= {"ALONGSIDE_HOME": str(beside), "ALONGSIDE_KEYS": str(staged), "ALONGSIDE_DATABASE": target}
        with _looked_at(file, folder, beside, manifest, replace=replace):
            moves = [(folder, _aside(folder, now))] if folder.exists() else []
            moves.append((beside, folder))
            if not (place.exists() and place.read_bytes() == held):
                moves += [(place, _aside(place, now))] if place.exists() else []
                moves.append((staged, place))
            with files.moved(moves), _database_swapped(manifest, now):
                pass
    return manifest


def latest(place: Path) -> Path:
    """The backup itself, or the newest one in a folder."""
    if place.is_file():
        return place
    found = sorted(place.glob("alongside-*.backup"))
    if not found:
        raise BadInput(f"There is no backup in {place}; give the folder or the file that alongside backup wrote.")
    return found[-1]


def _refuse_this_place(folder: Path) -> None:
    begun.not_as_root(folder)
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"{folder} is a file; name a folder with ALONGSIDE_HOME.")
    if _is_mounted(folder):
        raise WrongUse(
            f"{folder} is a disk of its own, so nothing can take its place. Restore to a folder on it, "
            f"with ALONGSIDE_HOME={folder / 'data'}, and serve from there."
        )


def _is_mounted(folder: Path) -> bool:
    """Whether a disk, or a folder of another disk, is mounted just here."""
    table = Path("/proc/self/mountinfo")
    places = [line.split()[4] for line in table.read_text("utf-8").splitlines()] if table.exists() else []
    return folder.is_mount() or str(folder).replace(" ", "\\040") in places


def _refuse_keys_inside(folder: Path, *key_files: Path) -> None:
    for file in key_files:
        if file.resolve().is_relative_to(folder):
            raise WrongUse(
                f"The key file {file} lies inside the data folder, which is set aside. Move it out first, "
                "and say where it is with --keys or ALONGSIDE_KEYS."
            )


def _refuse_to_overwrite(folder: Path, key_place: Path, held: bytes, *, replace: bool) -> None:
    if replace:
        return
    if folder.exists() and any(folder.iterdir()):
        raise WrongUse(f"{folder} holds data already. Give --replace to set it aside; nothing is deleted.")
    if key_place.exists() and key_place.read_bytes() != held:
        raise WrongUse(f"There are other keys at {key_place}. Give --replace to set them aside; nothing is deleted.")


def _read_keys(source: Path) -> tuple[bytes, keys.Keys]:
    try:
        held = keys.held(source)
        return held, keys.opened(held, source)
    except home.Missing as error:
        raise BadInput(str(error)) from error


def _start_anew(beside: Path) -> None:
    if beside.exists():
        shutil.rmtree(beside)
    beside.mkdir(mode=0o700)


@contextmanager
def _looked_at(file: Path, folder: Path, beside: Path, manifest: Manifest, *, replace: bool) -> Iterator[None]:
    """Look at what came out of the backup as the site itself would, before anything takes its place."""
    sqlite = manifest.engine == "sqlite"
    database = beside / archive.DATABASE
    if sqlite:
        database = database.rename(beside / home.DATABASE)
    files.replace(beside / LAST_BACKUP, manifest.made)
    starting.set_up()
    from django.db import connection, connections

    from alongside.core.backup import databases, making

    if connection.vendor != manifest.engine:
        raise WrongUse(_other_engine(manifest.engine))
    with starting.reachable(), nullcontext() if sqlite else databases.loaded(database, replace=replace):
        if newer := starting.unknown_migrations(connection):
            raise BadInput(f"{file} was made by a newer Alongside ({newer[0]}); restore it with that version.")
        if wrong := making.differences("default", manifest):
            raise Damaged(f"{file} does not open as it should ({wrong[0]}); restore another backup.")
        _erase_again(folder)
        if sqlite:
            connections.close_all()
        else:
            database.unlink()
        yield


def _erase_again(folder: Path) -> None:
    """Erase anew whoever was erased since; older tables have it done as the site brings them up to date."""
    from django.db import connection

    from alongside.core.sockets import sockets
    from alongside.core.words import counted

    if starting.waiting_migrations(connection):
        return
    again = sum(hook(folder) for hook in sockets.after_restore)
    if again:
        starting.say(f"Erased again, as they had been since this backup: {counted(again, 'record')}.")


def _database_swapped(manifest: Manifest, now: datetime) -> AbstractContextManager[None]:
    from alongside.core.backup import databases

    return nullcontext() if manifest.engine == "sqlite" else databases.taking_its_place(now=now)


def _other_engine(engine: str) -> str:
    if engine == "sqlite":
        return (
            "This backup is of an SQLite file, and the setting “database” names another one; "
            "leave the setting out, or give ALONGSIDE_DATABASE= with nothing after it."
        )
    return (
        "This backup is of a PostgreSQL database; say which one to restore it to with ALONGSIDE_DATABASE. "
        "The one that it came from is not taken unasked."
    )


def _aside(path: Path, now: datetime) -> Path:
    return path.with_name(f"{path.name}.before-{now:%Y-%m-%dT%H%M%SZ}")
