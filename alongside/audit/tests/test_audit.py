"""The audit cannot be changed, and shows it when somebody manages to all the same."""

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction

from alongside.audit import actions, chain, triggers
from alongside.audit.models import Entry

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
    ("column", "value"), [("by", "mallory"), ("why", "a reason"), ("subject", "client:other"), ("did", "nothing")]
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
        assert len(triggers.missing()) == 2
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    assert triggers.missing() == []
