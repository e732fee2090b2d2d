"""The audit cannot be changed, and shows it when somebody manages to all the same."""

import hashlib
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.audit import actions, chain, triggers
from alongside.audit.middleware import noting_where
from alongside.audit.models import DayNote, Entry
from alongside.core import clock

pytestmark = pytest.mark.django_db


def three_rows() -> list[Entry]:
    return [actions.record(by="alice", did="client.viewed", subject=f"client:{n}") for n in range(3)]


def without_triggers(sql: str, *values: object) -> None:
    """Change the table as somebody with the database in their hands could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            for name in triggers.SQLITE:
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql, values)


def test_a_whole_chain_has_no_break() -> None:
    three_rows()
    assert chain.first_break() is None


@pytest.mark.parametrize(
    "deed",
    [
        lambda: Entry.objects.update(by="somebody else"),
        lambda: Entry.objects.first().delete(),
        lambda: connection.cursor().execute("UPDATE audit_entry SET why = 'x'"),
        lambda: connection.cursor().execute("DELETE FROM audit_entry"),
    ],
    ids=["update", "delete", "update in SQL", "delete in SQL"],
)
def test_the_database_refuses_to_change_a_row(deed) -> None:
    three_rows()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        deed()
    assert Entry.objects.filter(by="alice").count() == 3


def test_a_row_cannot_be_replaced_by_another_of_its_number() -> None:
    first, *_ = three_rows()
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own word")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO audit_entry (number, at, by, did, subject, details, why, before, fingerprint) "
            "SELECT number, at, 'mallory', did, subject, details, why, before, fingerprint FROM audit_entry "
            "WHERE number = %s",
            [first.number],
        )
    assert Entry.objects.get(pk=first.pk).by == "alice"


@pytest.mark.parametrize(
    ("column", "value"),
    [("by", "mallory"), ("why", "a reason"), ("subject", "client:other"), ("did", "nothing"), ("where", "192.0.2.9")],
)
def test_a_changed_row_breaks_the_chain(column: str, value: str) -> None:
    _, second, _ = three_rows()
    without_triggers(f'UPDATE audit_entry SET "{column}" = %s WHERE number = %s', value, second.number)
    assert chain.first_break() == second.number


def test_a_missing_row_breaks_the_chain() -> None:
    _, second, third = three_rows()
    without_triggers("DELETE FROM audit_entry WHERE number = %s", second.number)
    assert chain.first_break() == third.number


def test_lost_triggers_are_noticed_and_put_back() -> None:
    three_rows()
    without_triggers("SELECT 1")
    if connection.vendor == "sqlite":
        assert [found.id for found in run_checks(databases=["default"]) if found.id == "audit.E001"]
        triggers.put_back(using="default")
    else:
        assert triggers.missing() == ["audit_entry_no_change", "audit_entry_no_truncate"]
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    assert triggers.missing() == []


def test_a_row_says_from_where_and_only_while_the_page_is_answered() -> None:
    def page(_request: object) -> HttpResponse:
        actions.record(by="alice", did="client.viewed", subject="client:1")
        return HttpResponse()

    noting_where(page)(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"))
    actions.record(by="init", did="user.added", subject="user:1")
    assert list(Entry.objects.order_by("number").values_list("where", flat=True)) == ["192.0.2.7", ""]
    assert chain.first_break() is None


def test_rows_of_the_first_version_still_hold() -> None:
    row = actions.record(by="alice", did="client.viewed", subject="client:1", why="asked to")
    assert row.where == ""
    before = chain.START
    said = f'["{before}", "{row.at.isoformat()}", "alice", "client.viewed", "client:1", {{}}, "asked to"]'
    assert row.fingerprint == hashlib.sha256(said.encode()).hexdigest()


def test_where_nobody_may_be_unmasked_a_note_has_no_person_no_place_and_no_time() -> None:
    for _ in range(3):
        actions.note_for_the_day(board="b" * 32, kind="note-added")
    assert not Entry.objects.exists()
    note = DayNote.objects.get()
    assert {field.name for field in DayNote._meta.get_fields()} == {"key", "board", "kind", "day"}
    assert (note.board, note.kind, note.day) == ("b" * 32, "note-added", clock.today())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        DayNote.objects.update(day=clock.today() - timedelta(days=1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        note.delete()
