"""Starting the demo: quick the second time, whole after a kill, and never over other records."""

import resource
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from alongside.core.tests.running import COMMAND, begin, environment, free_port, run

# what this machine may have set for real use; the demo goes round it
REAL = {
    "database": "postgresql://nobody@127.0.0.1:1/real",
    "keys": "/nowhere/real.keys",
    "address": "https://real.example",
}


def clients(home: Path) -> int:
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        return int(database.execute("SELECT COUNT(*) FROM care_client").fetchone()[0])


def test_killed_while_it_prepares_it_starts_anew_and_then_again_quickly(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    home.mkdir()
    (home / "report").mkdir()  # what an earlier version left there
    process = subprocess.Popen([COMMAND, "demo", "--no-serve"], env=environment(home), stderr=subprocess.DEVNULL)
    while not (home / "alongside.sqlite3").exists():
        time.sleep(0.02)
    time.sleep(0.8)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = run(home, "demo", "--no-serve", **REAL)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Making up" in done.stderr
    assert clients(home) == 300
    assert (tmp_path / "demo.keys").stat().st_mode & 0o777 == 0o600
    assert not Path(REAL["keys"]).exists()

    worked = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = run(home, "demo", "--no-serve")
    assert (done.returncode, "Making up" in done.stderr) == (0, False)
    assert (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - worked < 5
    )  # seconds of work, however busy it is here


def test_what_was_entered_before_an_update_is_set_aside_and_the_demo_is_no_site_of_its_own(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    assert run(home, "demo", "--no-serve").returncode == 0
    for words in (("serve", "--port", "0"), ("backup", tmp_path / "backups")):
        done = run(home, *words)
        assert (done.returncode, "are made up" in done.stderr) == (2, True)
    assert "are made up" in begin(home).stderr
    assert "are made up" in run(home, "doctor").stdout
    assert not (home / "settings.toml").exists()

    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        database.execute("UPDATE demo_prepared SET edition = 'the one before'")
        database.execute("UPDATE information_aboutus SET name = 'Entered by hand'")
        database.commit()
    done = run(home, "demo", "--no-serve")
    assert (done.returncode, "are set aside in" in done.stderr) == (0, True)
    (aside,) = [path for path in home.glob("alongside.sqlite3.before-*") if path.suffix not in {"-wal", "-shm"}]
    with closing(sqlite3.connect(aside)) as database:
        assert database.execute("SELECT name FROM information_aboutus").fetchone() == ("Entered by hand",)
    assert clients(home) == 300


def test_real_records_are_never_replaced(tmp_path: Path) -> None:
    home = tmp_path / "real"
    assert begin(home).returncode == 0
    (home / "settings.toml").unlink()
    before = (home / "alongside.sqlite3").read_bytes()
    done = run(home, "demo", "--no-serve")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "give the demo a folder of its own" in done.stderr
    assert (home / "alongside.sqlite3").read_bytes() == before


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        done = run(tmp_path / "demo", "demo", "--port", port)
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert list(tmp_path.iterdir()) == []
