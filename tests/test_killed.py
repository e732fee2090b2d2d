"""Nothing that the site said it kept is lost or kept twice, when it is killed again and again while forms are sent."""

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode

import pytest

ALONGSIDE = Path(sys.executable).with_name("alongside")
FORMS, SENDERS, KILLS = 1_000, 4, 5
TOKEN = "k" * 32


class Site:
    """The real command, started, killed without warning, and started again."""

    def __init__(self, home: Path) -> None:
        self.environment = os.environ | {
            "ALONGSIDE_HOME": str(home),
            "ALONGSIDE_KEYS": f"{home}.keys",
            "ALONGSIDE_PAGES_A_MINUTE": "100000",  # four senders of one session are faster than anybody
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        }
        self.log = home.with_name("log")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        command = [ALONGSIDE, "serve", "--port", str(self.port)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, env=self.environment, stderr=log)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def run(self, verb: str, said: str, stdin: str = "") -> dict:
        command = [sys.executable, "-m", "tests.killing", verb, said]
        done = subprocess.run(
            command, env=self.environment, input=stdin, capture_output=True, text=True, check=True, cwd=ROOT
        )
        return json.loads(done.stdout)


ROOT = Path(__file__).parents[1]


def post(port: int, session: str, path: str, said: dict[str, str]) -> None:
    """Send a form until an answer comes, as a person pressing the button again would."""
    headers = {
        "Cookie": f"session={session}; csrf={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(said | {"csrfmiddlewaretoken": TOKEN})
    until = time.monotonic() + 60
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("localhost", port, timeout=10)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        finally:
            connection.close()
        assert answer.status in {302, 200}, (path, answer.status)
        return
    pytest.fail("The site did not come back.")


def test_a_thousand_forms_survive_being_killed(tmp_path: Path) -> None:
    site = Site(tmp_path / "home")
    prepared = site.run("prepare", str(FORMS))
    values = {key: f"{place % 101 / 10:.1f}" for place, key in enumerate(prepared["forms"])}
    waiting: Queue[str] = Queue()
    for key in values:
        waiting.put(key)
    failures: list[BaseException] = []

    def send_forms() -> None:
        try:
            while True:
                key = waiting.get_nowait()
                said = {"mark": values[key], "how": "line", "was": ""}
                post(site.port, prepared["session"], f"/forms/{key}/1/", said)
                post(site.port, prepared["session"], f"/forms/{key}/send", {})
        except Empty:
            pass
        except BaseException as error:
            failures.append(error)

    site.start()
    senders = [threading.Thread(target=send_forms) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    moments = random.Random(7)
    kills = 0
    try:
        while any(sender.is_alive() for sender in senders):
            time.sleep(moments.uniform(2.5, 4.0))
            if kills < KILLS and waiting.qsize():
                site.kill()
                kills += 1
                site.start()
        for sender in senders:
            sender.join()
    finally:
        site.kill()
    assert failures == [], site.log.read_text("utf-8")
    assert kills >= 2
    found = site.run("count", "forms", json.dumps(list(values)))
    assert found["sent"] == FORMS
    assert {key: answer["value"] for key, answer in found["answers"].items()} == {
        key: float(value) for key, value in values.items()
    }
    assert found["rows"] == 2 * FORMS
    assert found["twice"] == 0
    assert found["break"] is None
