"""The database itself refuses to change or remove a row of the audit."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

TABLES = ("audit_entry", "audit_daynote")
SQLITE = {
    f"{table}_no_{verb.lower()}": f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    for table in TABLES
    for verb in ("UPDATE", "DELETE")
}
REFUSE = """CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
LOCK = 0x616C6F6E67  # "along": one writer of the chain at a time
# one question instead of two: the lock is held before the last row is looked for
LAST = f"""CREATE OR REPLACE FUNCTION audit_last() RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    RETURN (SELECT fingerprint FROM {TABLES[0]} ORDER BY number DESC LIMIT 1); END $$"""
POSTGRESQL = {
    f"{table}_no_{name}": f"CREATE OR REPLACE TRIGGER {table}_no_{name} BEFORE {verbs} ON {table} "
    f"FOR EACH {each} EXECUTE FUNCTION audit_append_only()"
    for table in TABLES
    for name, verbs, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"))
}


def put_back(*, using: str, **_: Any) -> None:
    """Make the triggers, where they are not there already."""
    connection = connections[using]
    if not _there(using):
        return
    with connection.cursor() as cursor:
        for statement in [REFUSE, LAST, *POSTGRESQL.values()] if connection.vendor == "postgresql" else SQLITE.values():
            cursor.execute(statement)


def _there(using: str) -> bool:
    """Whether the tables have been made."""
    return set(TABLES) <= set(connections[using].introspection.table_names())


def missing(using: str = "default") -> list[str]:
    """The names of the triggers that are not in the database."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        wanted = set(POSTGRESQL)
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        wanted = set(SQLITE)
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def check(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Say so when the audit could be changed."""
    return [
        Error(
            f"The audit can be changed: {', '.join(lost)} is missing from the database.",
            hint="Run alongside doctor --mend, which puts it back.",
            id="audit.E001",
        )
        for using in databases or []
        if _there(using) and (lost := missing(using))
    ]
