"""The keys are changed while people work: every page answers before, during and after, and nothing said is lost."""

import http.client
import json
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from alongside.core.tests.running import begin, run, script, serving
from alongside.core.tests.test_backup_postgresql import database  # noqa: F401 - a fixture

TOKEN = "k" * 32
PEOPLE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from alongside.access import browsers
from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import Relationship, User
from alongside.access.sessions import SessionStore
from alongside.care.models import Client
sam = User.objects.create(email="sam@wrenstreet.example", name="Sam", role="practitioner", password="!")
TOTP.activate(sam, "SECRETSECRET")
made = Client.objects.bulk_create(
    [Client(code=f"WS-{n}", name=f"Person {n}", address="Low Road", needs=["A ramp"]) for n in range(2000, 3500)]
)
Relationship.objects.bulk_create([Relationship(user=sam, subject_key=one.pk, kind="caseload") for one in made])
session = SessionStore()
session.update({SESSION_KEY: sam.pk, BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
                HASH_SESSION_KEY: sam.get_session_auth_hash(), SECOND_FACTOR: True,
                browsers.BOUND: browsers.digest("w" * 43, browsers.in_words(""))})
session.create()
print(json.dumps([session.session_key, made[0].pk]))
"""
AFTERWARDS = """
import json
from alongside.care.models import Client, Goal
from alongside.core import keys, rotation
from alongside.core.backup import looking
from alongside.access.adapters import SealedSecrets
from allauth.mfa.models import Authenticator
held = keys.read(keys.path())
secret = SealedSecrets().decrypt(Authenticator.objects.get().data["secret"])
print(json.dumps([sorted(held.fields), rotation.under_older_keys(held.current), looking.unreadable_records("default"),
                  sorted(one.words for one in Goal.objects.all()), secret,
                  sum(one.name.startswith("Person") for one in Client.objects.all())]))
"""


class Worker:
    """Somebody at work: they read the list and a record, look for a name, and write a goal; again and again."""

    def __init__(self, port: int, session: str, client: str) -> None:
        self.port, self.session, self.client = port, session, client
        self.wrote: list[str] = []
        self.wrong: list[object] = []
        self.leave = threading.Event()

    def ask(self, method: str, path: str, said: dict[str, str] | None = None) -> str:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = urlencode({**said, "csrfmiddlewaretoken": TOKEN}) if said else None
        cookies = f"session={self.session}; browser={'w' * 43}; csrf={TOKEN}"
        asked.request(method, path, body, {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"})
        answer = asked.getresponse()
        page = answer.read().decode()
        asked.close()
        if answer.status not in {200, 302} or "/sign-in" in answer.getheader("Location", ""):
            self.wrong.append((method, path, answer.status, answer.getheader("Location")))
        return page

    def once(self) -> None:
        if "Person 2049" not in self.ask("GET", "/clients?left"):
            self.wrong.append("a name is not in the list")
        self.ask("GET", f"/clients/{self.client}")
        if "WS-3111" not in self.ask("POST", "/clients/find", {"q": "person 3111"}):
            self.wrong.append("a name is not found")
        words = f"Goal {len(self.wrote)}"
        self.ask("POST", f"/clients/{self.client}/goals/new", {"key": f"{len(self.wrote):032x}", "words": words})
        self.wrote.append(words)

    def work(self) -> None:
        try:
            while not self.leave.is_set():
                self.once()
        except Exception as error:
            self.wrong.append(error)


def changed_while_somebody_works(home: Path, settings: dict[str, str]) -> None:
    assert begin(home, **settings).returncode == 0
    session, client = json.loads(script(home, PEOPLE, **settings))
    with serving(home, **settings) as (_site, port):
        worker = Worker(port, session, client)
        worker.once()
        assert worker.wrong == []
        at_work = threading.Thread(target=worker.work)
        at_work.start()
        try:
            told = [run(home, "keys", command, **settings) for command in ("rotate", "rotate", "retire")]
        finally:
            before = len(worker.wrote)
            worker.leave.set()
            at_work.join(timeout=60)
        worker.once()
        assert [(one.returncode, one.stderr) for one in told if one.returncode] == []
        assert (worker.wrong, before > 1) == ([], True)
    held, older, closed, goals, secret, people = json.loads(script(home, AFTERWARDS, **settings))
    assert (held, older, closed, secret, people) == ([3], {}, {}, "SECRETSECRET", 1500)
    assert goals == sorted(worker.wrote), "each goal that somebody wrote meanwhile is there"
    with serving(home, **settings) as (_site, port):
        page = Worker(port, session, client).ask("GET", "/clients?left")
        assert "Person" not in page, "with a new secret for sessions everybody signs in again"


def test_people_work_while_the_keys_are_changed_twice_and_the_old_ones_go(tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("a folder of its own is tested once, with the tests on SQLite")
    changed_while_somebody_works(tmp_path / "home", {})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_the_same_on_postgresql(tmp_path: Path, database: Callable[[str], str]) -> None:  # noqa: F811
    changed_while_somebody_works(tmp_path / "home", {"database": database(f"keys_{tmp_path.name}")})
