"""`alongside init`: asks what it must, keeps secrets to the owner, and can be run again after anything."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from alongside.access.models import User
from alongside.core.tests.running import COMMAND, PASSPHRASE, begin, environment, run, script
from alongside.information.commands import LONGEST_EMAIL, NATIONS
from alongside.information.models import Nation

WHO = """
from alongside.access.models import User
from alongside.information.models import AboutUs, Helpline
jo, about = User.objects.get(), AboutUs.objects.get()
signs_in = jo.check_password("a long enough pass phrase")
print([jo.name, jo.email, jo.role, signs_in, about.name, about.nation, Helpline.objects.filter(live=True).count() > 4])
"""
KILLED_AT_SIGN_IN = """
import os, signal
from django.db.migrations.recorder import MigrationRecorder
from alongside.config.cli import app
def killed(self, room, name, before=MigrationRecorder.record_applied):
    if room == "mfa":
        os.kill(os.getpid(), signal.SIGKILL)
    before(self, room, name)
MigrationRecorder.record_applied = killed
app(["init", *__import__("sys").argv[1:]])
"""
SAID = ("--name", "Wren Street", "--person", "Jo Marsh", "--email", "jo@wrenstreet.example", "--password-stdin")


@pytest.fixture(autouse=True)
def only_once() -> None:
    """The database is the same either way, so this is run with the tests on SQLite."""
    if connection.vendor == "postgresql":
        pytest.skip("the command line on a folder of its own is tested once, with the tests on SQLite")


def test_a_script_can_begin_by_options_and_environment(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = begin(home, "--address", "https://support.wrenstreet.example", init_nation="Wales")
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


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((*SAID, "--email", "jo"), "--email: Enter a work email"),
        ((*SAID, "--name", ""), "--name: Enter the organisation’s name"),
        ((*SAID, "--nation", "France"), "--nation: Enter one of england"),
        ((*SAID, "--address", "http://support.wrenstreet.example"), "begins with https"),
        ((*SAID, "--address", "https://support.wrenstreet.example/here"), "nothing after the name"),
        ((*SAID, "--address", "http://localhost:99999"), "Enter an address"),
        ((*SAID, "--email", f"{'jo' * 30}@{'wren.' * 50}example"), "letters"),
        (SAID[2:], "give --name"),
    ],
)
def test_an_option_that_does_not_fit_is_refused_before_anything_is_made(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    done = run(tmp_path / "home", "init", *words, stdin=PASSPHRASE)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_after_a_refused_password_it_can_be_run_again_and_keeps_other_settings(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for words, stdin, code, says in ((SAID, "short", 3, "14 characters"), (SAID[:-1], "", 2, "give --password-stdin")):
        done = run(home, "init", *words, stdin=stdin)
        assert (done.returncode, done.stdout) == (code, "")
        assert says in done.stderr
    (home / "settings.toml").write_text('time_zone = "Europe/Belfast"\naddress = "old"\n', encoding="utf-8")
    done = begin(home)
    assert done.returncode == 0, done.stderr
    written = (home / "settings.toml").read_text("utf-8")
    assert written == 'address = "http://localhost:8000"\ntime_zone = "Europe/Belfast"\n'


def test_a_password_that_is_not_utf_8_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, "init", *SAID],
        env=environment(tmp_path / "home") | {"PYTHONUTF8": "1"},
        input=b"a long enough pass phrase \xff\n",
        capture_output=True,
        check=False,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert b"UTF-8" in done.stderr


def test_an_email_may_be_as_long_as_the_record_takes() -> None:
    assert User._meta.get_field("email").max_length == LONGEST_EMAIL


def test_every_nation_can_be_named() -> None:
    assert list(NATIONS) == Nation.values


@pytest.mark.parametrize("after", [0.5, 1.0])
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


def test_killed_between_a_table_and_the_note_of_it_it_can_be_run_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    stopped = subprocess.run(
        [sys.executable, "-c", KILLED_AT_SIGN_IN, *SAID],
        env=environment(home),
        input=PASSPHRASE,
        text=True,
        check=False,
    )
    assert stopped.returncode == -signal.SIGKILL
    assert begin(home).returncode == 0


def test_it_asks_and_asks_again(tmp_path: Path) -> None:
    answers = ["Wren Street", "wales", "", "Jo Marsh", "not an email", "jo@wrenstreet.example"]
    answers += ["short", "short", PASSPHRASE, PASSPHRASE]
    process, terminal = pty.fork()
    if process == 0:
        os.execve(COMMAND, [COMMAND, "init"], environment(tmp_path / "home"))  # noqa: S606 - our own command, on a terminal
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
    """What it shows until it waits for somebody, or ends."""
    shown, quiet = b"", 10.0
    while select.select([terminal], [], [], quiet)[0]:
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # it has ended
            break
        quiet = 0.3 if shown.rstrip().endswith((b":", b"]")) else 10.0
    return shown
