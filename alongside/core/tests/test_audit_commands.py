"""Whoever holds the database cannot change the record of who did what without `alongside audit` showing it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from alongside.core.tests.running import run

WHOLE = "The record of who did what is whole"


def execute(home: Path, statement: str) -> None:
    """Change the record as somebody with the file in their hands could."""
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        for verb in ("update", "delete"):
            database.execute(f"DROP TRIGGER IF EXISTS audit_entry_no_{verb}")
        database.execute(statement)
        database.commit()


@pytest.fixture
def anchors(home: Path, tmp_path: Path) -> Path:
    file = tmp_path / "anchors.txt"
    file.write_text(f"\n{run(home, 'audit', 'anchor').stdout}")
    return file


def test_a_whole_record_is_said_to_be_whole(home: Path, anchors: Path) -> None:
    done = run(home, "audit", "verify", "--anchors", str(anchors))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(WHOLE)
    assert "1 kept anchor agrees" in done.stdout


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("UPDATE audit_entry SET why = 'another' WHERE number = 2", "does not hold together from row 2 on"),
        ("DELETE FROM audit_entry WHERE number = 2", "does not hold together from row 3 on"),
        ("DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)", "1 row is missing at its end"),
    ],
    ids=["changed", "taken out", "cut off"],
)
def test_what_was_done_to_it_is_shown(home: Path, deed: str, said: str) -> None:
    execute(home, deed)
    done = run(home, "audit", "verify")
    assert done.returncode == 1
    assert said in done.stdout
    assert "Keep a copy of the database as it is" in done.stdout


def test_a_kept_anchor_shows_a_cut_that_hid_its_traces(home: Path, anchors: Path) -> None:
    execute(home, "DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)")
    execute(home, "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'audit_entry'")
    assert run(home, "audit", "verify").stdout.startswith(WHOLE)
    done = run(home, "audit", "verify", "--anchors", str(anchors))
    assert done.returncode == 1
    assert "is not as it was when its anchor was taken" in done.stdout


def test_a_line_that_is_no_anchor_is_named(home: Path, anchors: Path) -> None:
    anchors.write_text(anchors.read_text() + "7:half\n")
    done = run(home, "audit", "verify", "--anchors", str(anchors))
    assert (done.returncode, done.stdout) == (3, "")
    assert "anchors.txt, line 3, is not an anchor" in done.stderr
