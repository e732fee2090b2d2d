"""Boards as they are served: in one process on SQLite, in two on PostgreSQL; an open stream holds up no end."""

import http.client
import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from alongside.core.models import new_key
from alongside.core.tests.running import begin, script, serving
from alongside.core.tests.test_backup_postgresql import database  # noqa: F401 - a fixture
from alongside.voice.tests.test_live_events import EIGHT

SEATED = """
import json
from alongside.access.models import User
from alongside.voice import cookies
from alongside.voice.actions import seats, workshops
from alongside.voice.models import Board
planned = workshops.plan(title="Tea", slug="tea", rehearsal=True, by=User.objects.get())
workshop = workshops.open_it(workshop=planned, by=User.objects.get())
board = Board.objects.create(workshop=workshop, kind=Board.Kind.WHOLE_GROUP, title="Everybody")
seat = seats.take(workshop=workshop, uses=[])
print(json.dumps([board.pk, f"{cookies.NAME}={cookies.signed(seat.pk)}"]))
"""


@contextmanager
def listening(port: int, board: str, cookie: str) -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection("localhost", port, timeout=10)) as line:
        line.request("GET", f"/w/live/{board}", headers={"Cookie": cookie})
        with line.getresponse() as answer:
            assert (answer.status, answer.readline()) == (200, b": here\n")
            yield answer


def write(port: int, board: str, cookie: str, text: str) -> int:
    """Load the page and send a note from it, as a browser does."""
    with closing(http.client.HTTPConnection("localhost", port, timeout=10)) as line:
        line.request("GET", f"/w/boards/{board}/", headers={"Cookie": cookie})
        page = line.getresponse()
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
        assert token
        held = f"{cookie}; {page.headers['Set-Cookie'].split(';')[0]}"
        headers = {"Cookie": held, "X-CSRFToken": token[1], "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", f"/w/boards/{board}/notes", f"text={text}&key={new_key()}", headers)
        with line.getresponse() as answer:
            return answer.status


def read(answer: http.client.HTTPResponse) -> list[dict[str, object]]:
    while not (line := answer.readline()).startswith(b"data: "):
        assert line, "the stream ended"
    return json.loads(line[6:])


def test_a_stream_that_is_open_does_not_keep_the_site_from_ending(home: Path) -> None:
    board, cookie = json.loads(script(home, SEATED))
    with serving(home) as (process, port), listening(port, board, cookie) as answer:
        assert write(port, board, cookie, "Tea") == 302
        assert read(answer)[0]["text"] == "Tea"
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - asked < 4
        _out, err = process.communicate()
    assert seatless(err, cookie)


def seatless(said: str, cookie: str) -> bool:
    """Whether nothing of the seat was written down."""
    return cookie.partition("=")[2].partition(":")[0] not in said


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_what_is_written_in_one_process_is_heard_in_another(
    tmp_path: Path,
    database: Callable[[str], str],  # noqa: F811
) -> None:
    home, where = tmp_path / "home", database(f"boards_{tmp_path.name}")
    assert begin(home, database=where).returncode == 0
    board, cookie = json.loads(script(home, SEATED, database=where))
    with (
        serving(home, database=where) as (_one, first),
        serving(home, database=where) as (_other, second),
        listening(first, board, cookie) as answer,
    ):
        time.sleep(0.5)  # until it hears the others
        assert write(second, board, cookie, "Tea") == 302
        assert read(answer)[0]["text"] == "Tea"
        assert write(first, board, cookie, "Cake") == 302
        assert read(answer)[0]["text"] == "Cake"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_eight_threads_leave_no_gap_and_no_number_twice_on_postgresql(
    tmp_path: Path,
    database: Callable[[str], str],  # noqa: F811
) -> None:
    where = database(f"events_{tmp_path.name}")
    assert begin(tmp_path / "home", database=where).returncode == 0
    assert script(tmp_path / "home", EIGHT, database=where).splitlines()[-1] == "[] True 160 160"
