"""Running the command line as people do: in a process of its own, on a home of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("alongside"))
PASSPHRASE = "a long enough pass phrase"  # noqa: S105 - invented, like the person


def all_is_open() -> bool:
    """Whether this process may read whatever is closed, as an administrator may."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).chmod(0)
        return os.access(file.name, os.R_OK)


def environment(home: Path, **settings: str) -> dict[str, str]:
    """What the process sees: SQLite in this home, whatever the tests themselves run on."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    said = {f"ALONGSIDE_{name.upper()}": value for name, value in settings.items()}
    return {**plain, "ALONGSIDE_HOME": str(home), **said}


def run(home: Path, *words: object, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `alongside` with these words."""
    command = [COMMAND, *map(str, words)]
    return subprocess.run(
        command, env=environment(home, **settings), input=stdin, capture_output=True, text=True, check=False, timeout=60
    )


def script(home: Path, code: str, **settings: str) -> str:
    """Run Python with the site set up on this home; gives what it prints."""
    leave = "from django.db import connection\nconnection.close()\ngetattr(connection, 'close_pool', lambda: None)()"
    whole = f"import django\ndjango.setup()\n{code}\n{leave}"
    said = {**environment(home, **settings), "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", whole], env=said, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def make_older(home: Path) -> None:
    """Take back a migration, as if these data came from an older version."""
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        database.execute("DROP TABLE django_session")
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        database.commit()


def begin(home: Path, *words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `alongside init` as a script would."""
    said = ("--name", "Wren Street", "--person", "Jo Marsh", "--email", "jo@wrenstreet.example", "--password-stdin")
    return run(home, "init", *said, *words, stdin=f"{PASSPHRASE}\n", **settings)


@contextmanager
def serving(home: Path, *words: object, **settings: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve from this home while the block runs; gives the process and its port."""
    port = free_port()
    command = [COMMAND, *map(str, words or ("serve",)), "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(home, **settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        wait_for(process, port)
        yield process, port
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


def wait_for(process: subprocess.Popen[str], port: int) -> None:
    """Wait until the front page answers."""
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20).close()
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"It does not answer: {process.stderr.read() if process.stderr else ''}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
