"""Words planted in every encrypted field of every model are found nowhere but where their readers look.

Nothing that the site sends by email is looked at: it sends none yet.
"""

import io
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Client
from alongside.care.queries import people
from alongside.core.logs import WithoutWords
from alongside.core.rotation import tables
from alongside.core.tests.running import begin, environment, run, script
from alongside.core.tests.test_backup_postgresql import database  # noqa: F401
from alongside.reporting.actions import reports
from alongside.reporting.models import Grant
from alongside.reporting.tests.conftest import text_of_pdf
from tests.planting import found_in, plant
from tests.test_access import ROWS, address, records  # noqa: F401

SCRIPT = """
from tests.planting import plant
print(len(plant()), flush=True)
import os
os._exit(0)  # as a power cut would: what was not written into the database file yet stays in the other one
"""
ERASED = """
import json
from alongside.access.models import User
from alongside.care.models import Client
from alongside.rights.actions import erasing
from alongside.rights.models import Certificate
erasing.erase(person=Client.objects.order_by("code").last().pk, why=Certificate.Why.ASKED, by=User.objects.first())
print([{field.name: str(getattr(one, field.attname)) for field in one._meta.concrete_fields}
       for one in Certificate.objects.all()])
"""
STRANGERS = ("charlie", "reader", "evaluator", "trainer", "administrator")


@pytest.fixture
def planted(records: dict[str, object]) -> dict[str, str]:  # noqa: F811
    return plant()


def everything_stored() -> str:
    """Each row of each table, as the database itself reads it."""
    with connection.cursor() as cursor:
        text = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text += [
                str([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in cursor.fetchall()
            ]
    return "\n".join(text)


def test_every_encrypted_field_of_every_model_is_planted_and_reads_back(planted: dict[str, str]) -> None:
    assert set(planted) == {f"{one.model._meta.label}.{field.name}" for one in tables() for field in one.sealed}
    assert len(set(planted.values())) == len(planted)
    for table in tables():
        for field in table.sealed:
            word = planted[f"{table.model._meta.label}.{field.name}"]
            values = [str(getattr(row, field.attname)) for row in table.model._default_manager.all()]
            assert any(word in value for value in values), field


def test_the_database_can_read_none_of_it(planted: dict[str, str]) -> None:
    assert found_in(everything_stored()) == set()


@pytest.mark.parametrize("role", STRANGERS)
def test_those_who_may_not_see_it_find_it_on_no_page_and_by_no_search(
    role: str, planted: dict[str, str], records: dict[str, object], request: pytest.FixtureRequest,  # noqa: F811
    signed_in: Callable[[User], Browser],
) -> None:  # fmt: skip
    browser = signed_in(request.getfixturevalue(role))
    own = (
        {planted["access.Emergency.why"].lower(), planted["access.Emergency.note"].lower()}
        if role == "charlie"
        else set()
    )
    for page in ROWS.keys() - {"leave"}:
        assert found_in(browser.get(address(page, records)).content) - own == set(), page
    for word in planted.values():
        answer = browser.post(reverse("care:find"), {"q": word})
        assert "/clients/" + str(records["client"]) not in answer.content.decode(), word


def test_reports_and_the_audit_hold_none_of_it(
    planted: dict[str, str],
    records: dict[str, object],  # noqa: F811
    lead: User,
    alice: User,
    signed_in: Callable[[User], Browser],
) -> None:
    grant = Grant.objects.get(pk=records["grant"])
    report = reports.make(grant=grant, starts_on=grant.starts_on, ends_on=grant.ends_on, by=lead)
    told = [report.page, str(report.results), text_of_pdf(report), bytes(report.tables).decode("latin-1")]
    browser = signed_in(alice)
    for page in ROWS.keys() - {"leave"}:
        browser.get(address(page, records))
    assert Entry.objects.count() > 10
    told += [str(list(Entry.objects.values()))]
    assert found_in("\n".join(told)) == set()


def test_nobody_gets_a_copy_or_a_certificate_but_those_who_answer_for_rights(
    planted: dict[str, str], records: dict[str, object], signed_in: Callable[[User], Browser],  # noqa: F811
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    for role in (*STRANGERS, "alice"):
        browser = signed_in(request.getfixturevalue(role))
        for page in ("rights:copy", "rights:release", "rights:certificate", "rights:request"):
            for answer in (browser.get(address(page, records)), browser.post(address(page, records))):
                assert answer.status_code in {403, 404, 405}, (role, page)
                assert found_in(answer.content) == set(), (role, page)


def test_whoever_was_erased_is_in_no_certificate_and_no_mark(home: Path, tmp_path: Path) -> None:
    planted_with_the_command_line(home)
    erased = script(home, ERASED)
    assert "care.Client" in erased, "the certificate says how many rows of what"
    marks = home.with_name(f"{home.name}.erased")
    assert marks.stat().st_size > 0
    assert found_in(erased) == found_in(marks.read_bytes()) == set()


def test_what_the_commands_print_and_write_holds_none_of_it(home: Path, tmp_path: Path) -> None:
    planted_with_the_command_line(home)
    spoilt = "UPDATE care_client SET address = substr(address, 1, 40)"
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as opened:
        opened.execute(spoilt)
        opened.commit()
    for words in (
        ("doctor", "--security"), ("doctor", "--json"), ("audit", "verify"), ("audit", "anchor"),
        ("evidence", tmp_path / "pack"), ("keys", "rotate", "--dry-run"), ("keys", "rotate"), ("keys", "retire"),
    ):  # fmt: skip
        done = run(home, *words)
        assert done.stdout, (words, done.stderr)
        assert found_in(done.stdout + done.stderr) == set(), words
    written = {path.name: found_in(path.read_bytes()) for path in files(tmp_path / "pack")}
    assert "evidence.md" in written
    assert set().union(*written.values()) == set()


def test_a_fault_that_quotes_a_record_reaches_no_log(
    planted: dict[str, str], alice: User, signed_in: Callable[[User], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client.objects.get(code="WS-0412")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"{client.name} {client.address}")

    monkeypatch.setattr(people, "a_to_z", broken)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutWords("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("django").addHandler(handler)
    browser = signed_in(alice)
    browser.raise_request_exception = False
    try:
        answer = browser.get(reverse("care:clients"))
    finally:
        logging.getLogger("django").removeHandler(handler)
    assert answer.status_code == 500
    assert "RuntimeError" in written.getvalue()
    assert found_in(written.getvalue()) == found_in(answer.content) == set()


def planted_with_the_command_line(home: Path, **settings: str) -> None:
    said = {**environment(home, **settings), "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1])])}
    said["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings"
    code = f"import django\ndjango.setup()\n{SCRIPT}"
    made = subprocess.run(
        [sys.executable, "-c", code], env=said, capture_output=True, text=True, timeout=120, check=False
    )
    assert made.returncode == 0, made.stderr
    assert int(made.stdout) > 20


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_no_file_of_the_data_folder_and_no_backup_holds_any_of_it(home: Path, tmp_path: Path) -> None:
    planted_with_the_command_line(home)
    assert (home / "alongside.sqlite3-wal").stat().st_size > 0, "what has just been written stands here"
    assert {path.name: found_in(path.read_bytes()) for path in files(home) if found_in(path.read_bytes())} == {}
    made = run(home, "backup", tmp_path / "backups")
    assert made.returncode == 0, made.stderr
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as opened:
        assert found_in("\n".join(opened.iterdump())) == set()
    for path in (*files(home), *files(tmp_path / "backups")):
        assert found_in(path.read_bytes()) == set(), path.name
    assert found_in(made.stdout + made.stderr) == set()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_no_dump_of_postgresql_holds_any_of_it(tmp_path: Path, database: Callable[[str], str]) -> None:  # noqa: F811
    named, home = database(f"planted_{tmp_path.name}"), tmp_path / "home"
    assert begin(home, database=named).returncode == 0
    planted_with_the_command_line(home, database=named)
    dumped = subprocess.run(["pg_dump", named], capture_output=True, check=True, timeout=60).stdout  # noqa: S607
    assert b"care_client" in dumped
    assert found_in(dumped) == set()
    made = run(home, "backup", tmp_path / "backups", database=named)
    assert made.returncode == 0, made.stderr
    assert all(found_in(path.read_bytes()) == set() for path in files(tmp_path / "backups"))
    script(
        home, "from alongside.care.models import Client\nassert 'planted' in Client.objects.get().name", database=named
    )
