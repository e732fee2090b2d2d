"""What is wrong is said in a sentence, with what to do; what can be mended is."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alongside.core.tests.running import all_is_open, make_older, run, script

DATABASE = "alongside.sqlite3"
HTTPS = "https://support.wrenstreet.example"
OLD = (datetime.now(UTC) - timedelta(days=30)).isoformat()


def said(home: Path, *words: str, **settings: str) -> dict[str, Any]:
    """What the doctor says, as a program reads it."""
    settings = {"address": HTTPS} | settings
    done = run(home, "doctor", "--json", *words, **settings)
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if found["fine"] else 1)
    assert found["fine"] is (found["wrong"] == [])
    assert all(one["what"] and one["remedy"] for one in found["wrong"] + found["to_know"])
    return found


def wrong(home: Path, *words: str, **settings: str) -> str:
    return " ".join(one["what"] for one in said(home, *words, **settings)["wrong"])


def execute(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_a_new_organisation_is_fine(begun: Path) -> None:
    found = said(begun)
    assert found["wrong"] == []
    assert [one["what"] for one in found["to_know"]] == ["People who can sign in and have no authenticator yet: 1."]


def test_people_are_told_in_lines(begun: Path) -> None:
    done = run(begun, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Nothing is wrong."
    assert "only this computer can reach the site" in done.stdout


def test_what_can_be_mended_is(home: Path) -> None:
    keys = home.with_name("home.keys")
    for path in (home, keys, home / "settings.toml"):
        path.chmod(0o755)
    execute(home, "DROP TRIGGER audit_entry_no_update")
    found = wrong(home)
    assert found.count("Other people on this computer may look into") == 3
    assert "The audit can be changed: audit_entry_no_update" in found
    mended = said(home, "--mend")
    assert (mended["fine"], len(mended["mended"])) == (True, 4)
    assert [path.stat().st_mode & 0o777 for path in (home, keys, home / "settings.toml")] == [0o700, 0o600, 0o600]
    with closing(sqlite3.connect(home / DATABASE)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE audit_entry SET did = 'something else'")


def test_an_older_database_is_brought_up_to_date(home: Path) -> None:
    make_older(home)
    assert "The database is older than the program (1 changes wait)" in wrong(home)
    assert said(home, "--mend")["fine"]


def test_what_only_people_can_mend_is_said(home: Path) -> None:
    (home / "last-backup").write_text(OLD, encoding="utf-8")
    execute(
        home,
        "UPDATE information_helpline SET checked_on = '2020-01-01' WHERE live",
        "DROP TRIGGER audit_entry_no_update",
        "UPDATE audit_entry SET by = 'somebody else' WHERE number = 2",
    )
    found = wrong(home, "--mend", address="http://support.wrenstreet.example", demo="1")
    assert "The last backup is 30 days old." in found
    assert "of the helplines were last checked more than 90 days ago" in found
    assert "The audit does not hold together from row 2 on." in found
    assert "is not https" in found
    assert "This is the demo" in found


def test_keys_that_do_not_belong_to_the_data(home: Path, tmp_path: Path) -> None:
    script(tmp_path / "other", "")
    keys = (tmp_path / "other.keys").replace(home.with_name("home.keys"))
    os.utime(keys, (datetime.fromisoformat(OLD).timestamp(),) * 2)
    found = wrong(home)
    assert "The keys do not open what is written in core_keyproof.word, care_client.name" in found
    assert "No backup has been made yet." in found


def test_keys_that_are_gone(home: Path) -> None:
    home.with_name("home.keys").unlink()
    assert "are not at" in wrong(home, "--mend")
    assert not home.with_name("home.keys").exists()


def test_files_that_are_damaged(home: Path) -> None:
    home.with_name("home.keys").write_text("{", encoding="utf-8")
    (home / "settings.toml").write_text("address = ", encoding="utf-8")
    found = wrong(home)
    assert "is damaged or may not be read" in found
    assert "settings.toml cannot be read" in found


def test_keys_among_the_data(home: Path) -> None:
    inside = home / "keys"
    home.with_name("home.keys").rename(inside)
    assert "a copy of one is a copy of both" in wrong(home, keys=str(inside))


def test_a_database_that_does_not_open(home: Path) -> None:
    (home / DATABASE).write_bytes(b"not a database at all" * 500)
    assert "The database cannot be opened" in wrong(home)


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
def test_where_nothing_is_nothing_is_made(tmp_path: Path, there: bool) -> None:
    home = tmp_path / "home"
    if there:
        home.mkdir()
    found = said(home, "--mend")
    assert "There is no data in" in found["wrong"][0]["what"]
    assert "alongside init" in found["wrong"][0]["remedy"]
    assert list(tmp_path.rglob("*")) == ([home] if there else [])


def test_an_empty_word_on_the_last_backup_is_said_to_be_one(home: Path) -> None:
    (home / "last-backup").touch()
    assert "does not say when the last backup was made" in wrong(home)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('time_zone = "Europe/Londn"', "“time_zone”"),
        ('address = "http://[::1"', "“address”"),
        ('address = "http://localhost:99999"', "“address”"),
        ('database = "mysql://somebody:else@localhost/alongside"', "“database”"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(home: Path, line: str, says: str) -> None:
    (home / "settings.toml").write_text(line, encoding="utf-8")
    done = run(home, "doctor", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    assert says in done.stdout
    served = run(home, "serve", "--port", "0")
    assert (served.returncode, len(served.stderr.splitlines())) == (4, 1)
    assert says in served.stderr


def test_settings_saved_as_something_else_than_utf_8(home: Path) -> None:
    (home / "settings.toml").write_bytes('leave_to = "https://wetter.example/März"'.encode("latin-1"))
    assert "not saved as UTF-8" in wrong(home)
    done = run(home, "serve", "--port", "0")
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)


@pytest.mark.skipif(all_is_open(), reason="nothing is closed to an administrator")
def test_a_folder_of_somebody_else(home: Path) -> None:
    home.chmod(0)
    try:
        for words in (("doctor",), ("serve", "--port", "0"), ("backup", home.with_name("backups"))):
            done = run(home, *words)
            assert "Traceback" not in done.stderr + done.stdout
            assert (done.returncode in {1, 2, 4}, str(home) in done.stdout + done.stderr) == (True, True)
    finally:
        home.chmod(0o700)


def test_what_an_administrator_left_there_is_named(home: Path) -> None:
    if os.geteuid() == 0:
        (home / "left").touch()
        os.chown(home / "left", 12345, -1)
    else:
        (home / "left").symlink_to("/etc/passwd")
    assert f"{home / 'left'} belongs to" in wrong(home)


def test_the_top_of_the_computer_is_no_data_folder() -> None:
    done = run(Path("/"), "doctor")
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
