"""A new key: everything is written anew while the site runs, and a stop at any moment can be gone on with."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from alongside.core.tests.running import COMMAND, environment, run, script

WITH_MORE = """
from alongside.access.models import KeptForm, User
from alongside.care.models import Client, Goal
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from datetime import date
jo = User.objects.get()
Client.objects.bulk_create([Client(code=f"WS-{n}", name=f"Person {n}", address="Low Road") for n in range(2000, 2600)])
Goal.objects.create(client=Client.objects.first(), words="Sleep well", added_on=date(2026, 1, 1))
KeptForm.objects.create(user=jo, path="/x", said="what I wrote")
TOTP.activate(jo, "SECRETSECRET")
RecoveryCodes.activate(jo)
"""
ALL_OPENS = """
import json
from alongside.access.models import KeptForm
from alongside.care.models import Client, Goal
from alongside.core.backup import looking
from allauth.mfa.models import Authenticator
from alongside.access.adapters import SealedSecrets
totp, codes = (Authenticator.objects.get(type=kind) for kind in ("totp", "recovery_codes"))
print(json.dumps({
    "names": sorted(Client.objects.get(pk=one).name for one in Client.objects.values_list("pk", flat=True)),
    "goal": Goal.objects.get().words, "kept": KeptForm.objects.get().said,
    "closed": looking.unreadable_records("default"),
    "secret": SealedSecrets().decrypt(totp.data["secret"]), "codes": len(codes.wrap().get_unused_codes()),
}))
"""
NAMES = sorted(["Rowan Ellery", "Tomasz Wronski", "Gwen Tolland", *(f"Person {n}" for n in range(2000, 2600))])


@pytest.fixture
def full(home: Path) -> Path:
    script(home, WITH_MORE)
    return home


def numbers(home: Path) -> set[str]:
    """The key numbers of every encrypted value in the file, found by how values look and not by the models."""
    found = set()
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"').fetchall():
                for value in row:
                    texts = json.loads(value).values() if str(value).startswith('{"se') else [value]
                    found |= {
                        text.partition(".")[0][1:]
                        for text in texts
                        if isinstance(text, str) and text[:1] in "kr" and text[1:].partition(".")[0].isdigit()
                    }
        found |= {row[0].partition(" ")[0] for row in database.execute("SELECT found_by FROM care_client")}
    return found


def key_file(home: Path) -> Path:
    return home.with_name(f"{home.name}.keys")


def opens(home: Path) -> None:
    said = json.loads(script(home, ALL_OPENS))
    assert said == {
        "names": NAMES, "goal": "Sleep well", "kept": "what I wrote", "closed": {}, "secret": "SECRETSECRET",
        "codes": 10,
    }  # fmt: skip


def test_everything_is_written_anew_and_the_old_key_can_go(full: Path) -> None:
    before = json.loads(key_file(full).read_text())
    done = run(full, "keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert (done.returncode, done.stdout.split(" ", 1)[1]) == (0, "values were written anew with key 2.\n")
    assert "Keep a copy of" in done.stderr
    assert numbers(full) == {"2"}
    opens(full)
    gone = run(full, "keys", "retire")
    assert gone.stdout.endswith("key 1.\n")
    held = json.loads(key_file(full).read_text())
    assert list(held["field_keys"]) == ["2"]
    assert held["secret_key"] != before["secret_key"]
    assert key_file(full).stat().st_mode & 0o777 == 0o600
    opens(full)


def test_a_dry_run_says_how_much_and_changes_nothing(full: Path) -> None:
    held, data = key_file(full).read_bytes(), numbers(full)
    said = run(full, "keys", "rotate", "--dry-run")
    assert said.returncode == 0
    assert "care_client: 1,809" in said.stdout.splitlines()  # names, addresses and the index of 603
    assert "mfa_authenticator: 2" in said.stdout.splitlines()
    assert said.stdout.endswith("Nothing was changed.\n")
    assert (key_file(full).read_bytes(), numbers(full)) == (held, data)


KILLED = """
import os
from alongside.core import keys, rotation
real, left = rotation._store, [{}]
def store(*said):
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)
    return real(*said)
rotation._store = store
from alongside.config.cli import main
import sys
sys.argv = ["alongside", "keys", "rotate"]
main()
"""


@pytest.mark.parametrize("after", [0, 2, 6])
def test_killed_at_any_point_and_run_again_all_opens_and_nothing_is_left_under_the_old_key(
    full: Path, after: int
) -> None:
    command = [sys.executable, "-c", KILLED.format(after)]
    killed = subprocess.run(command, env=environment(full), capture_output=True, text=True, timeout=60, check=False)
    assert killed.returncode == 9, killed.stderr
    opens(full)
    early = run(full, "keys", "retire")
    assert (early.returncode, "Run alongside keys rotate first" in early.stderr) == (2, True)
    again = run(full, "keys", "rotate")
    assert again.returncode == 0, again.stderr
    assert again.stdout.endswith("with key 2.\n"), "the same new key, not a third"
    assert numbers(full) == {"2"}
    opens(full)


WRITES_ON = """
import sys
from alongside.access.models import User
from alongside.care.actions import clients
from alongside.care.models import Client
from alongside.care.queries import people
jo = User.objects.get()
rowan = Client.objects.get(code="WS-0001")
print("ready", flush=True)
sys.stdin.readline()
print(Client.objects.get(code="WS-0001").name, Client.objects.get(code="WS-2000").name)
clients.change(client=rowan, revision=rowan.revision, name="Rowan Vale", by=jo)
with __import__("django.db").db.connection.cursor() as cursor:
    cursor.execute("SELECT name, found_by FROM care_client WHERE code = 'WS-0001'")
    name, found_by = cursor.fetchone()
print(name[:3], found_by[:2], rowan.name)
"""


def test_a_process_that_knew_the_old_key_alone_reads_and_writes_with_the_new_one(full: Path) -> None:
    said = {**environment(full), "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
    code = f"import django\ndjango.setup()\n{WRITES_ON}"
    site = subprocess.Popen(
        [sys.executable, "-c", code], env=said, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert site.stdout.readline() == "ready\n"
    assert run(full, "keys", "rotate").returncode == 0
    assert run(full, "keys", "retire").returncode == 0
    out, errors = site.communicate("go\n", timeout=60)
    assert out.splitlines() == ["Rowan Ellery Person 2000", "r2. 2  Rowan Ellery"], errors


def test_a_damaged_value_is_left_named_and_stops_neither_the_rest_nor_the_going_of_the_old_key(full: Path) -> None:
    with closing(sqlite3.connect(full / "alongside.sqlite3")) as database:
        database.execute("UPDATE care_client SET address = 'r1.AAAA' WHERE code = 'WS-2300'")
        database.commit()
    done = run(full, "keys", "rotate")
    assert done.returncode == 1
    assert "care_client.address. Run alongside doctor." in done.stderr
    third = run(full, "keys", "rotate")
    assert "written anew with key 3" in third.stdout, "a value that never opens does not keep a new key from being made"
    gone = run(full, "keys", "retire")
    assert gone.returncode == 0, gone.stderr
    assert "Values that do not open stay as they are in care_client. Run alongside doctor." in gone.stderr
    assert list(json.loads(key_file(full).read_text())["field_keys"]) == ["3"]


def test_a_wrong_a_missing_or_a_damaged_key_file_is_said_in_a_sentence(full: Path, tmp_path: Path) -> None:
    file = key_file(full)
    held = file.read_bytes()
    other = {"secret_key": "x", "field_keys": {"1": "A" * 43 + "="}}
    for written, sentence in (
        (json.dumps(other).encode(), "holds other keys than these records were written with"),
        (b"{", "is damaged"),
        (None, "Put the key file back there"),
    ):
        file.write_bytes(written) if written else file.unlink()
        said = run(full, "keys", "rotate")
        assert (said.returncode, sentence in said.stderr, "Traceback" in said.stderr) == (4, True, False), said.stderr
    file.write_bytes(held)
    opens(full)


def test_two_at_once_do_not_make_two_keys(full: Path) -> None:
    command = [COMMAND, "keys", "rotate"]
    both = [
        subprocess.Popen(command, env=environment(full), stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in "ab"
    ]
    codes = sorted(one.wait(timeout=60) for one in both)
    for one in both:
        one.stdout.close()
        one.stderr.close()
    assert codes in ([0, 2], [0, 0])  # refused, or begun after the other had ended
    assert len(numbers(full)) == 1
    opens(full)


def test_a_backup_from_before_opens_with_the_key_file_from_then(full: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.keys"
    copy.write_bytes(key_file(full).read_bytes())
    assert run(full, "backup", tmp_path / "backups").returncode == 0
    assert run(full, "keys", "rotate").returncode == 0
    assert run(full, "keys", "retire").returncode == 0
    refused = run(full, "restore", tmp_path / "backups", "--replace")
    assert "These keys do not open" in refused.stderr
    done = run(full, "restore", tmp_path / "backups", "--replace", "--keys", copy)
    assert done.returncode == 0, done.stderr
    opens(full)
