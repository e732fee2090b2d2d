"""The pack shows who can get in and what was logged, names no client, and fails when a leaver can still get in."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client as Browser

from alongside.access import actions as access
from alongside.access.models import Session, User
from alongside.audit.models import Entry
from alongside.care.models import Client
from alongside.core import clock, doctor
from alongside.core.findings import Finding
from alongside.core.tests.running import run, script
from alongside.evidence import pack
from alongside.rights.models import Breach, Complaint

pytestmark = pytest.mark.django_db

FINE = Finding(what="Nothing", remedy="", wrong=False)


@pytest.fixture(autouse=True)
def doctor_is_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor is tested elsewhere; here the tests' own data folder is none of its business."""
    monkeypatch.setattr(doctor, "examine", lambda **_: [FINE])


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_shows_who_can_get_in_and_names_no_client(
    client_of_alice: Client, alice: User, bob: User, lead: User, tmp_path: Path, signed_in: Callable[[User], Browser]
) -> None:
    signed_in(alice).get("/today")
    access.end_account(user=bob, by=lead)
    assert pack.write(tmp_path / "pack", None) == []
    people = {row["name"]: row for row in table(tmp_path / "pack", "people.csv")}
    assert people["Alice Adeyemi"]["role"] == "Practitioner"
    assert people["Alice Adeyemi"]["teams"] == "Calder team"
    assert (people["Alice Adeyemi"]["account"], people["Bob Brandt"]["account"]) == ("open", "ended")
    assert (people["Alice Adeyemi"]["open sessions"], people["Jo Marsh"]["last signed in"]) == ("1", "never")
    whole = "".join(file.read_text("utf-8") for file in (tmp_path / "pack").iterdir())
    for word in ("Rowan", "Ellery", "Brook Lane", "01632", client_of_alice.code, client_of_alice.pk):
        assert word not in whole
    assert [row["Service lead"] for row in table(tmp_path / "pack", "roles.csv")][:2] == ["yes", "yes"]
    assert {row["package"] for row in table(tmp_path / "pack", "packages.csv")} >= {"alongside", "django", "python"}


def test_a_leaver_who_can_still_sign_in_fails_it(alice: User, bob: User, lead: User, tmp_path: Path) -> None:
    gone = ["Alice@wrenstreet.example", "nobody@wrenstreet.example"]
    (failed,) = pack.write(tmp_path, gone)
    assert failed == "Nobody who has left can sign in. End the accounts of Alice Adeyemi on the page People."
    assert "**not passed**" in (tmp_path / "evidence.md").read_text("utf-8")
    access.end_account(user=alice, by=lead)
    assert pack.write(tmp_path, gone) == []


def test_a_leaver_who_is_still_signed_in_fails_it(alice: User, tmp_path: Path) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    tomorrow = clock.now() + timedelta(days=1)
    Session.objects.create(session_key="a" * 32, session_data="", user=alice, expire_date=tomorrow)
    (failed,) = pack.write(tmp_path, [])
    assert "Sessions of people whose account has ended: 1." in failed


def test_late_clocks_and_a_broken_audit_fail_it(lead: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = clock.now() - timedelta(days=40)
    Complaint.objects.create(received_on=long_ago.date(), words="You told my sister.")
    Breach.objects.create(noticed_at=long_ago, what="A letter went to the wrong house.", by=lead)
    monkeypatch.setattr(pack.queries.chain, "first_break", lambda: 3)
    failed = " ".join(pack.write(tmp_path, []))
    assert "Late complaints about data: 1. Late breaches: 1." in failed
    assert "The record of who did what is whole" in failed
    assert "sister" not in (tmp_path / "logged.csv").read_text("utf-8")


def test_what_is_not_recorded_is_said_and_passes_nothing(lead: User, tmp_path: Path) -> None:
    pack.write(tmp_path, None)
    lines = (tmp_path / "evidence.md").read_text("utf-8").splitlines()
    for title in ("Training", "Packages", "Backups", "Nobody who has left can sign in"):
        (line,) = [line for line in lines if line.startswith(f"| {title} |")]
        assert "for you to add" in line


def test_a_name_in_it_cannot_run_as_a_formula(lead: User, tmp_path: Path) -> None:
    User.objects.filter(pk=lead.pk).update(name='=HYPERLINK("//evil.example")')
    pack.write(tmp_path, None)
    (row,) = table(tmp_path, "people.csv")
    assert row["name"] == '\'=HYPERLINK("//evil.example")'


def test_the_audit_says_that_it_was_made(lead: User, tmp_path: Path) -> None:
    before = Entry.objects.count()
    pack.write(tmp_path, None)
    assert Entry.objects.count() == before + 1
    made = Entry.objects.latest("number")
    assert (made.did, made.by, made.details) == ("evidence.made", "evidence", {"failed": 0})


def test_only_its_owner_can_read_it(lead: User, tmp_path: Path) -> None:
    pack.write(tmp_path / "pack", None)
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "pack").iterdir()} == {0o600}
    assert (tmp_path / "pack").stat().st_mode & 0o777 == 0o700


def test_the_command_ends_with_1_and_says_what_to_do(begun: Path, tmp_path: Path) -> None:
    (tmp_path / "left.txt").write_text("jo@wrenstreet.example\n", encoding="utf-8")
    done = run(begun, "evidence", tmp_path / "pack", "--left", tmp_path / "left.txt")
    assert (done.returncode, done.stdout.strip()) == (1, str(tmp_path / "pack"))
    assert "Not passed: Nobody who has left can sign in. End the accounts of Jo Marsh" in done.stderr
    (tmp_path / "left.txt").write_text("Jo Marsh\n", encoding="utf-8")
    done = run(begun, "evidence", tmp_path / "pack", "--left", tmp_path / "left.txt")
    assert (done.returncode, "is not an email" in done.stderr) == (3, True)
    assert "Rowan" not in script(begun, "pass") + (tmp_path / "pack" / "people.csv").read_text("utf-8")
