"""A site that is killed while it reads a file goes on when it starts again: nothing is lost, and nothing read twice."""

import io
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from alongside.core.tests.running import COMMAND, environment, free_port, script

pytest.importorskip("cv2")
PAGES = 8
BRING_IN = """
from io import BytesIO
from django.core.management import call_command
call_command("migrate", verbosity=0)
from alongside.access import actions as access
from alongside.access.roles import Role
from alongside.measures.actions.paper import arriving
from alongside.measures.paper import reader
reader.wake = lambda: None
alice = access.add_user(
    email="alice@ws.example", name="Alice", role=Role.PRACTITIONER, password="correct horse battery", by="test"
)
file = BytesIO(open({file!r}, "rb").read())
arriving.bring_in(files=[file], by=alice)
"""


def numbers(home: Path) -> list[int]:
    """The pages that are kept, each as often as it is."""
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        return [number for (number,) in database.execute("SELECT number FROM measures_page ORDER BY number")]


def standing(home: Path) -> tuple[str, int]:
    """How far the file is, and how many parts of it wait."""
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        [(said,)] = database.execute("SELECT standing FROM measures_batch").fetchall()
        [(parts,)] = database.execute("SELECT count(*) FROM measures_part").fetchall()
        return said, parts


def wait_until(done: object, *, seconds: int = 60) -> None:
    assert callable(done)
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_site_that_is_killed_while_it_reads_goes_on(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "scan.pdf"
    letter = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(letter).text((150, 200), "Dear all", fill=0, font_size=40)
    out = io.BytesIO()
    letter.save(out, "PDF", save_all=True, append_images=[letter] * (PAGES - 1))
    file.write_bytes(out.getvalue())
    script(home, BRING_IN.format(file=str(file)))
    assert (numbers(home), standing(home)[0]) == ([], "waiting")
    serve = [COMMAND, "serve", "--port", str(free_port())]
    with subprocess.Popen(serve, env=environment(home), stderr=subprocess.DEVNULL) as site:
        wait_until(lambda: len(numbers(home)) >= 2)
        site.send_signal(signal.SIGKILL)
        site.wait()
    before = numbers(home)
    assert before == list(range(1, len(before) + 1))
    assert len(before) < PAGES
    assert standing(home)[1] > 0
    with subprocess.Popen(serve, env=environment(home), stderr=subprocess.DEVNULL) as site:
        wait_until(lambda: standing(home)[0] == "read")
        site.terminate()
    assert numbers(home) == list(range(1, PAGES + 1))
    assert standing(home) == ("read", 0)
