"""What can go wrong while a backup is restored: it is said before anything is moved, and all stays as it was."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from alongside.core import keys
from alongside.core.backup import archive
from alongside.core.backup.archive import Manifest
from alongside.core.tests.running import all_is_open, run
from alongside.core.using import replacing
from tests.begun import copied

DATABASE = "alongside.sqlite3"


def keys_of(home: Path) -> Path:
    return home.with_name(f"{home.name}.keys")


@pytest.fixture(scope="session")
def backup(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the three clients."""
    place = tmp_path_factory.mktemp("to-restore")
    done = run(copied(begun, place / "home"), "backup", place / "backups")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def everything(place: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_two_are_never_restored_to_one_place_at_once(begun: Path, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    with replacing(new):
        done = run(new, "restore", backup, "--keys", keys_of(begun))
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert not new.exists()
    (tmp_path / ".new.lock").touch()  # left by one that was killed
    done = run(new, "restore", backup, "--keys", keys_of(begun))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "new.keys"]


def test_what_a_killed_restore_unpacked_is_cleared_away(begun: Path, backup: Path, tmp_path: Path) -> None:
    (tmp_path / ".new.restoring").mkdir()
    (tmp_path / ".new.restoring" / DATABASE).write_bytes(b"half a database")
    done = run(tmp_path / "new", "restore", backup, "--keys", keys_of(begun))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / ".new.restoring").exists()


@pytest.mark.parametrize("how", ["--keys", "ALONGSIDE_KEYS"])
def test_keys_inside_the_folder_that_is_set_aside_are_refused_first(home: Path, backup: Path, how: str) -> None:
    inside = home / "my.keys"
    shutil.copy(keys_of(home), inside)
    before = everything(home.parent)
    if how == "--keys":
        done = run(home, "restore", backup, "--replace", "--keys", inside)
    else:
        done = run(home, "restore", backup, "--replace", keys=str(inside))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "lies inside the data folder" in done.stderr
    assert everything(home.parent) == before


def test_a_place_for_keys_that_is_not_there_is_made(home: Path, backup: Path, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere" / "k"
    done = run(home, "restore", backup, "--replace", "--keys", keys_of(home), keys=str(place))
    assert done.returncode == 0, done.stderr
    assert place.read_bytes() == keys_of(home).read_bytes()
    assert place.stat().st_mode & 0o777 == 0o600
    assert list(place.parent.iterdir()) == [place]


def test_keys_that_cannot_be_placed_leave_everything_as_it_was(home: Path, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    before = everything(tmp_path)
    done = run(home, "restore", backup, "--replace", "--keys", keys_of(home), keys=str(tmp_path / "file" / "k"))
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert "cannot be restored" in done.stderr
    assert everything(tmp_path) == before


@pytest.mark.skipif(not Path("/dev/shm").is_mount(), reason="needs a disk of its own")  # noqa: S108
def test_a_folder_that_is_a_disk_of_its_own_is_refused_before_anything_is_unpacked(begun: Path, backup: Path) -> None:
    shared = Path("/dev/shm")  # noqa: S108
    done = run(shared, "restore", backup, "--replace", "--keys", keys_of(begun))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert f"ALONGSIDE_HOME={shared / 'data'}" in done.stderr


@pytest.mark.skipif(all_is_open(), reason="nothing is closed to an administrator")
def test_a_closed_folder_is_said_to_be_one(home: Path, backup: Path) -> None:
    home.chmod(0)
    done = run(home, "restore", backup, "--replace")
    home.chmod(0o700)
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert str(home) in done.stderr


def test_a_key_that_is_no_number_is_no_backup_for_these_keys(begun: Path, backup: Path, tmp_path: Path) -> None:
    header, _line, rest = backup.read_bytes().partition(b"\n")
    for spoilt in ([], {}, "1", None, True):
        file = tmp_path / "spoilt.backup"
        file.write_bytes(json.dumps(json.loads(header) | {"key": spoilt}).encode() + b"\n" + rest)
        done = run(tmp_path / "new", "restore", file, "--keys", keys_of(begun))
        assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)


def test_records_of_a_newer_version_that_only_adds_a_room_are_refused(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as database:
        new = "INSERT INTO django_migrations (app, name, applied) VALUES ('{}', '0001_first', '2027-01-01')"
        database.execute(new.format("demo"))  # a room that is left out, not a newer one
        database.commit()
        assert run(home, "backup", tmp_path / "backups").returncode == 0
        database.execute(new.format("safeguarding"))
        database.commit()
    file = run(home, "backup", tmp_path / "newer").stdout.strip()
    done = run(tmp_path / "new", "restore", file, "--keys", keys_of(home))
    assert (done.returncode, "safeguarding.0001_first" in done.stderr) == (3, True)
    assert not (tmp_path / "new").exists()
    assert "newer Alongside" in run(home, "serve", "--port", "0").stderr


@dataclass(frozen=True, kw_only=True)
class Later(Manifest):
    """What a newer version might say besides."""

    attachments: int = 3


def test_a_backup_of_a_newer_version_is_said_to_be_one(begun: Path, tmp_path: Path) -> None:
    file, database = tmp_path / "alongside-later.backup", tmp_path / "copy"
    file.touch()
    shutil.copy(begun / DATABASE, database)
    manifest = Later(made="2030-01-01", version="10.0.0", engine="sqlite", rows={})
    archive.pack(file, manifest, database, tmp_path / "none", keys.read(keys_of(begun)))
    done = run(tmp_path / "new", "restore", file, "--keys", keys_of(begun))
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "newer Alongside (10.0.0)" in done.stderr


def test_the_first_and_the_last_row_are_opened(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as database:
        found = database.execute("SELECT key, name FROM care_client ORDER BY key").fetchall()
        database.execute("UPDATE care_client SET name = ? WHERE key = ?", (found[0][1] + "x", found[-1][0]))
        database.commit()
    done = run(home, "backup", tmp_path / "backups")
    assert done.returncode == 0, "a backup of records with one damaged value is better than none"
    assert "Values that do not open are in the backup as they are: care_client.name." in done.stderr
    assert run(home, "restore", tmp_path / "backups", "--replace").returncode == 0


def test_with_other_keys_in_the_place_of_ours_no_backup_is_made(home: Path, tmp_path: Path) -> None:
    held = json.loads(keys_of(home).read_text())
    keys_of(home).write_text(json.dumps({**held, "field_keys": {"1": "A" * 43 + "="}}))
    done = run(home, "backup", tmp_path / "backups")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("backups/*")) == []


def test_a_damaged_proof_of_the_keys_stops_nothing(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("UPDATE core_keyproof SET word = 'r1.AAAA'")
        database.commit()
    assert run(home, "backup", tmp_path / "backups").returncode == 0
    assert run(home, "keys", "rotate").returncode == 1
    assert "core_keyproof.word" in run(home, "doctor").stdout
