"""What stands in a backup: a manifest, the settings and the database. The keys never do."""

import json
import os
import re
import shutil
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

import alongside
from alongside.core.backup.sealed import Damaged, Opening, Sealing
from alongside.core.keys import Keys

MANIFEST, SETTINGS, DATABASE = "manifest.json", "settings.toml", "database"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """When it was made, by which version, of which kind of database, and how many rows each table had."""

    made: str
    version: str
    engine: str
    rows: dict[str, int]


def pack(file: Path, manifest: Manifest, database: Path, settings: Path, keys: Keys) -> None:
    """Write a backup into a file that is there and empty, and wait until the disk has it."""
    listed = database.with_name(MANIFEST)
    listed.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    with file.open("r+b") as written:
        sealing = Sealing(written, keys)
        with tarfile.open(fileobj=cast(IO[bytes], sealing), mode="w|") as tar:
            tar.add(listed, MANIFEST)
            if settings.exists():
                tar.add(settings, SETTINGS)
            tar.add(database, DATABASE)
        sealing.finish()
        written.flush()
        os.fsync(written.fileno())


def unpack(file: Path, folder: Path, keys: Keys) -> Manifest:
    """Open a backup into an empty folder.

    Raises
    ------
    Damaged : the file does not open, or does not hold what a backup holds
    """
    with file.open("rb") as written:
        opening = Opening(written, keys)
        try:
            with tarfile.open(fileobj=cast(IO[bytes], opening), mode="r|") as tar:
                for member in tar:
                    _write(tar, member, folder)
        except tarfile.TarError as error:
            raise Damaged(f"{file} is damaged; restore another backup.") from error
        opening.finish()
    manifest = _manifest(file, folder / MANIFEST)
    (folder / MANIFEST).unlink()
    if not (folder / DATABASE).exists():
        raise Damaged(f"{file} holds no database; restore another backup.")
    return manifest


def _manifest(file: Path, listed: Path) -> Manifest:
    """What it says of itself; the version first, since a newer one may say more than is known here."""
    try:
        said = json.loads(listed.read_text("utf-8"))
        if _number(said["version"]) > _number(alongside.__version__):
            raise Damaged(f"{file} was made by a newer Alongside ({said['version']}); restore it with that version.")
        return Manifest(**said)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Damaged(f"{file} does not say what it holds; restore another backup.") from error


def _number(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    held = tar.extractfile(member) if member.name in {MANIFEST, SETTINGS, DATABASE} else None
    if held is None:
        raise Damaged("The backup holds a file that no backup holds; restore another one.")
    target = os.open(folder / member.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(target, "wb") as copy:
        shutil.copyfileobj(held, copy, 1024 * 1024)
        copy.flush()
        os.fsync(copy.fileno())
