"""The database itself refuses to change or remove a row of the audit."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

TABLE = "audit_entry"
SQLITE = {
    f"{TABLE}_no_{verb.lower()}": f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    for verb in ("UPDATE", "DELETE")
}
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)


def put_back(*, using: str, **_: Any) -> None:
    """Make the triggers, where they are not there already."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE.values():
            cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """The names of the triggers that are not in the database."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        wanted = {f"{TABLE}_no_change", f"{TABLE}_no_truncate"}
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
        if TABLE in connections[using].introspection.table_names() and (lost := missing(using))
    ]
