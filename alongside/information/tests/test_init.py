"""`alongside init`: asks what it must, keeps secrets to the owner, and can be run again after anything."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from alongside.core.tests.running import COMMAND, PASSPHRASE, begin, environment, run, script

WHO = """
from alongside.access.models import User
from alongside.information.models import AboutUs, Helpline
jo, about = User.objects.get(), AboutUs.objects.get()
signs_in = jo.check_password("a long enough pass phrase")
print([jo.name, jo.email, jo.role, signs_in, about.name, about.nation, Helpline.objects.filter(live=True).count() > 4])
"""
SAID = ("--name", "Wren Street", "--person", "Jo Marsh", "--email", "jo@wrenstreet.example", "--password-stdin")


@pytest.fixture(autouse=True)
def only_once() -> None:
    """The database is the same either way, so this is run with the tests on SQLite."""
    if connection.vendor == "postgresql":
        pytest.skip("the command line on a folder of its own is tested once, with the tests on SQLite")


def test_a_script_can_begin(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = begin(home, "--nation", "Wales", "--address", "https://support.wrenstreet.example")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(home)
    assert "1. Copy" in done.stderr
    assert PASSPHRASE not in done.stderr
    assert script(home, WHO).strip() == str(
        ["Jo Marsh", "jo@wrenstreet.example", "lead", True, "Wren Street", "wales", True]
    )
    assert (home / "settings.toml").read_text("utf-8") == 'address = "https://support.wrenstreet.example"\n'
    private = [home / "settings.toml", home / "alongside.sqlite3", tmp_path / "home.keys"]
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    assert home.stat().st_mode & 0o777 == 0o700

    again = begin(home)
    assert (again.returncode, again.stdout) == (2, "")
    assert "There is an organisation" in again.stderr


def test_the_environment_can_say_it_too(tmp_path: Path) -> None:
    said = {"init_name": "Wren Street", "init_person": "Jo Marsh", "init_email": "jo@wrenstreet.example"}
    done = run(tmp_path / "home", "init", "--password-stdin", stdin=f"{PASSPHRASE}\n", **said)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "stdin", "code", "says"),
    [
        ((*SAID, "--email", "jo"), PASSPHRASE, 2, "--email: Enter a work email"),
        ((*SAID, "--name", ""), PASSPHRASE, 2, "--name: Enter the organisation’s name"),
        ((*SAID, "--nation", "France"), PASSPHRASE, 2, "--nation: Enter one of england"),
        ((*SAID, "--address", "http://support.wrenstreet.example"), PASSPHRASE, 2, "begins with https"),
        ((*SAID, "--address", "https://support.wrenstreet.example/here"), PASSPHRASE, 2, "nothing after the name"),
        (SAID[:-1], "", 2, "give --password-stdin"),
        (SAID[2:], PASSPHRASE, 2, "give --name"),
        (SAID, "short", 3, "at least 14 characters"),
        (SAID, "", 3, "at least 14 characters"),
    ],
)
def test_what_does_not_fit_is_said_and_nobody_is_added(
    begun_once: Path, words: tuple[str, ...], stdin: str, code: int, says: str
) -> None:
    done = run(begun_once, "init", *words, stdin=stdin)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    with closing(sqlite3.connect(begun_once / "alongside.sqlite3")) as database:
        assert database.execute("SELECT COUNT(*) FROM access_user").fetchone() == (0,)


@pytest.fixture(scope="module")
def begun_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a database and nobody in it, as an init that was refused leaves it."""
    home = tmp_path_factory.mktemp("refused") / "home"
    assert run(home, "init", *SAID, stdin="short").returncode == 3
    return home


def test_it_can_be_run_again_after_a_refusal_and_keeps_other_settings(begun_once: Path) -> None:
    (begun_once / "settings.toml").write_text('time_zone = "Europe/Belfast"\naddress = "old"\n', encoding="utf-8")
    done = begin(begun_once)
    assert done.returncode == 0, done.stderr
    written = (begun_once / "settings.toml").read_text("utf-8")
    assert written == 'address = "http://localhost:8000"\ntime_zone = "Europe/Belfast"\n'


@pytest.mark.parametrize("after", [0.3, 0.7, 1.1])
def test_killed_in_the_middle_it_can_be_run_again(tmp_path: Path, after: float) -> None:
    home = tmp_path / "home"
    process = subprocess.Popen(
        [COMMAND, "init", *SAID], env=environment(home), stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = begin(home)
    assert done.returncode == 0, done.stderr
    assert json.loads(run(home, "doctor", "--json").stdout)["wrong"] == []


def test_it_asks_and_asks_again(tmp_path: Path) -> None:
    answers = ["Wren Street", "wales", "", "Jo Marsh", "not an email", "jo@wrenstreet.example"]
    answers += ["short", "short", PASSPHRASE, PASSPHRASE]
    process, terminal = pty.fork()
    if process == 0:
        os.execve(COMMAND, [COMMAND, "init"], environment(tmp_path / "home"))
    shown = b""
    for answer in answers:
        shown += _until_asked(terminal)
        os.write(terminal, f"{answer}\n".encode())
    shown += _until_asked(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    os.close(terminal)
    assert b"Enter a work email" in shown
    assert b"at least 14 characters" in shown
    assert b"Ready. Next:" in shown
    assert PASSPHRASE.encode() not in shown


def _until_asked(terminal: int) -> bytes:
    """What it shows until it asks something, or until it ends."""
    shown = b""
    while not shown.rstrip(b" ").endswith(b":"):
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        shown += more
    return shown
