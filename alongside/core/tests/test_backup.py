"""The drill: back up while people write, restore elsewhere, and find everything there. And all that can go wrong."""

import fcntl
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from alongside.core.backup import restoring
from alongside.core.tests.running import all_is_open, run, script, serving
from tests.begun import copied

DATABASE = "alongside.sqlite3"
NAMES = "from alongside.care.models import Client\nprint(*sorted(c.name for c in Client.objects.all()), sep=', ')"
WRITE = "INSERT INTO addressbook_organisation (key, made_at, name, kind) VALUES (?, '2026-11-23', ?, 'funder')"


def keys_of(home: Path) -> Path:
    return home.with_name(f"{home.name}.keys")


def rows(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / DATABASE)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}


def backed_up(home: Path, place: Path) -> Path:
    done = run(home, "backup", place)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture(scope="session")
def backup(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the three clients."""
    place = tmp_path_factory.mktemp("backed-up")
    return backed_up(copied(begun, place / "home"), place / "backups")


def test_the_drill_while_people_write(home: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(home / DATABASE, timeout=20)) as database:
            number = 0
            while not stop.is_set():
                number += 1
                database.execute(WRITE, (f"{number:032}", f"Funder {number}"))
                database.commit()

    (home / "settings.toml").write_text('leave_to = "https://weather.example"\n', encoding="utf-8")
    before = rows(home)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        file = backed_up(home, tmp_path / "backups")
    finally:
        stop.set()
        writer.join()
    new = tmp_path / "elsewhere" / "home"
    done = run(new, "restore", tmp_path / "backups", "--keys", keys_of(home))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(new)
    assert "3 clients" in done.stderr
    after = rows(new)
    assert {name: after[name] for name in before if not name.startswith("addressbook")} == {
        name: count for name, count in before.items() if not name.startswith("addressbook")
    }
    assert after["addressbook_organisation"] <= rows(home)["addressbook_organisation"]
    assert script(new, NAMES).strip() == "Gwen Tolland, Rowan Ellery, Tomasz Wronski"
    assert "weather.example" in (new / "settings.toml").read_text("utf-8")
    healthy = run(new, "doctor", address="https://support.wrenstreet.example")
    assert healthy.returncode == 0, healthy.stdout
    assert [path.stat().st_mode & 0o777 for path in (file, new, keys_of(new))] == [0o600, 0o700, 0o600]


def test_the_keys_are_not_in_it_and_nothing_can_be_read(begun: Path, backup: Path) -> None:
    held = backup.read_bytes()
    assert b"SQLite format" not in held
    assert b"wrenstreet" not in held
    assert keys_of(begun).read_bytes() not in held


def test_nothing_of_the_copy_is_left_behind(backup: Path) -> None:
    assert list((backup.parents[1] / "home" / "backup.tmp").iterdir()) == []
    assert list(backup.parent.iterdir()) == [backup]


def spoilt(backup: Path, place: Path, how: str) -> Path:
    held = backup.read_bytes()
    middle = len(held) // 2
    content = {
        "cut short": held[:-1],
        "a flipped bit": held[:middle] + bytes([held[middle] ^ 1]) + held[middle + 1 :],
        "another file": b"Dear all, the minutes of Thursday.\n" * 50,
        "empty": b"",
    }[how]
    file = place / "alongside-2026-11-23T120000Z.backup"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("how", ["cut short", "a flipped bit", "another file", "empty"])
def test_a_spoilt_backup_is_refused_in_a_sentence(begun: Path, backup: Path, tmp_path: Path, how: str) -> None:
    file = spoilt(backup, tmp_path, how)
    done = run(tmp_path / "new", "restore", file, "--keys", keys_of(begun))
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.splitlines()) == 1
    assert str(file) in done.stderr
    assert list(tmp_path.iterdir()) == [file]


def test_other_keys_are_refused_in_a_sentence(home: Path, backup: Path, tmp_path: Path) -> None:
    keys_of(home).unlink()
    shutil.move(home, tmp_path / "aside")
    other = tmp_path / "other.keys"
    script(tmp_path / "throwaway", "", keys=str(other))
    done = run(tmp_path / "new", "restore", backup, "--keys", other)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "give the key file that belongs to it" in done.stderr
    assert not (tmp_path / "new").exists()


def test_without_keys_it_asks_for_them(backup: Path, tmp_path: Path) -> None:
    done = run(tmp_path / "new", "restore", backup)
    assert done.returncode == 2
    assert "give the key file with --keys FILE" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_data_that_are_there_are_set_aside_never_lost(home: Path, backup: Path, tmp_path: Path) -> None:
    (home / "note").write_text("mine", encoding="utf-8")
    refused = run(home, "restore", backup)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert (home / "note").exists()
    done = run(home, "restore", backup, "--replace")
    assert done.returncode == 0, done.stderr
    aside = next(tmp_path.glob("home.before-*"))
    assert (aside / "note").read_text("utf-8") == "mine"
    assert rows(aside)["care_client"] == rows(home)["care_client"] == 3


def test_keys_that_are_there_are_set_aside_too(begun: Path, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    script(new, "")  # a home begun by mistake, with keys of its own
    mistaken = keys_of(new).read_bytes()
    done = run(new, "restore", backup, "--keys", keys_of(begun), "--replace")
    assert done.returncode == 0, done.stderr
    assert keys_of(new).read_bytes() == keys_of(begun).read_bytes()
    assert next(tmp_path.glob("new.keys.before-*")).read_bytes() == mistaken
    assert rows(new)["care_client"] == 3


def test_a_site_that_is_served_is_not_replaced(home: Path, backup: Path) -> None:
    with serving(home):
        done = run(home, "restore", backup, "--replace")
    assert done.returncode == 2
    assert "stop it first" in done.stderr


def test_the_latest_backup_in_a_folder_is_restored(tmp_path: Path) -> None:
    for name in ("alongside-2026-11-23T120000Z", "alongside-2025-01-01T000000Z", ".alongside-2027-01-01T000000Z"):
        (tmp_path / f"{name}.backup").touch()
    assert restoring.latest(tmp_path).name == "alongside-2026-11-23T120000Z.backup"


def test_a_folder_without_backups_is_said_to_be_one(begun: Path, tmp_path: Path) -> None:
    done = run(tmp_path / "new", "restore", tmp_path, "--keys", keys_of(begun))
    assert (done.returncode, "There is no backup in" in done.stderr) == (3, True)


@pytest.mark.parametrize(("from_page", "pages"), [(30, 20), (-1, 1)], ids=["so that it does not open", "inside"])
def test_a_database_that_is_damaged_gives_no_backup(home: Path, tmp_path: Path, from_page: int, pages: int) -> None:
    with (home / DATABASE).open("r+b") as file:
        file.seek(4096 * from_page, os.SEEK_SET if from_page > 0 else os.SEEK_END)
        file.write(b"\xff" * 4096 * pages)
    done = run(home, "backup", tmp_path / "backups")
    assert done.returncode in {1, 4}
    assert len(done.stderr.splitlines()) <= 2
    assert [*tmp_path.glob("backups/*"), *tmp_path.glob("backups/.*"), *home.glob("backup.tmp/*")] == []


def test_a_backup_among_the_data_is_refused(begun: Path) -> None:
    done = run(begun, "backup", begun / "backups")
    assert (done.returncode, "lies inside the data folder" in done.stderr) == (2, True)
    assert not (begun / "backups").exists()


def test_what_a_killed_backup_left_is_cleared_away(home: Path, tmp_path: Path) -> None:
    (home / "backup.tmp").mkdir(exist_ok=True)
    (home / "backup.tmp" / "copied").write_bytes(b"half a database")
    backed_up(home, tmp_path / "backups")
    assert list((home / "backup.tmp").iterdir()) == []


def test_a_folder_that_is_not_there_is_not_backed_up(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere", "backup", tmp_path / "backups")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


def test_a_backup_from_before_a_column_and_a_table_were_added_is_made_and_restored(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("ALTER TABLE care_client DROP COLUMN address")
        database.execute("DROP TABLE access_keptform")
        database.execute("DROP TABLE core_keyproof")
        database.commit()
    file = backed_up(home, tmp_path / "backups")
    new = tmp_path / "new"
    done = run(new, "restore", file, "--keys", keys_of(home))
    assert done.returncode == 0, done.stderr
    assert rows(new)["care_client"] == 3


def test_parts_of_killed_backups_go_and_those_being_written_stay(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    killed, written = (place / f".alongside-2026-11-2{day}T013000Z.backup.9.part" for day in (1, 2))
    killed.write_bytes(b"half")
    written.write_bytes(b"half")
    with written.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        file = backed_up(home, place)
    assert sorted(place.iterdir()) == sorted([file, written])


def test_where_no_backup_can_be_written_it_says_where(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(home, "backup", tmp_path / "file")
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert str(tmp_path / "file") in done.stderr


@pytest.mark.skipif(all_is_open(), reason="nothing is closed to an administrator")
def test_a_workshop_that_is_closed_is_named_rather_than_the_folder_for_backups(home: Path, tmp_path: Path) -> None:
    (home / "backup.tmp").mkdir()
    (home / "backup.tmp").chmod(0)
    done = run(home, "backup", tmp_path / "backups")
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert str(home / "backup.tmp") in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []
