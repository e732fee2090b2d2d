"""The site is served in the foreground, quietly, and stops when told."""

import signal
import socket
import time
import urllib.request
from pathlib import Path

from alongside.core.tests.running import free_port, make_older, run, serving


def test_it_serves_an_older_database_and_stops_at_once_when_told(home: Path) -> None:
    make_older(home)
    with serving(home) as (process, port):
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/")
        assert (page.status, page.headers["Server"]) == (200, None)
        assert b"Wren Street" in page.read()
        style = urllib.request.urlopen(f"http://127.0.0.1:{port}/static/core/base.css")
        assert style.headers["Content-Type"].startswith("text/css")
        style.read()
        with socket.create_connection(("127.0.0.1", port)) as waiting:
            waiting.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")  # and never says the rest
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0
        assert time.monotonic() - asked < 3
        out, err = process.communicate()
    assert out == ""
    assert err.splitlines() == [f"Alongside is at http://127.0.0.1:{port}. Press Ctrl-C to stop."]


def test_only_this_computer_is_served(home: Path) -> None:
    with serving(home) as (process, port):
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/").status == 200
        connections = Path(f"/proc/{process.pid}/net/tcp").read_text("utf-8").splitlines()
        process.send_signal(signal.SIGINT)  # what Ctrl-C sends
        assert process.wait(timeout=10) == 0
    listening = [place for place in (line.split()[1] for line in connections) if place.endswith(f":{port:04X}")]
    assert listening[0].startswith("0100007F:")


def test_an_empty_address_is_not_every_address(begun: Path) -> None:
    done = run(begun, "serve", "--host", "", "--port", free_port())
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_taken_port_is_said_in_a_sentence(begun: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(begun, "serve", "--port", taken.getsockname()[1])
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert "is taken" in done.stderr


def test_an_address_of_another_computer_is_said_in_a_sentence(begun: Path) -> None:
    done = run(begun, "serve", "--host", "192.0.2.7", "--port", free_port())
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)


def test_lost_keys_are_said_in_a_sentence(home: Path) -> None:
    home.with_name("home.keys").unlink()
    done = run(home, "serve", "--port", free_port())
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert "Put the key file back there" in done.stderr
