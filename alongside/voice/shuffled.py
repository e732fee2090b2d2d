"""Tables that keep no order of writing.

SQLite numbers the rows of a table as they are written, and a copy of the database would show in which order people
wrote. Tables of what participants make are kept by their random key alone, and have no such number.
"""

from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.voice.models.nameless import Nameless

END = " WITHOUT ROWID"


def keep(*, using: str, **_: Any) -> None:
    """Make these tables anew where they number their rows; PostgreSQL is left as it is."""
    connection = connections[using]
    numbered = _numbered(connection) if connection.vendor == "sqlite" else {}
    for table, sql in numbered.items():
        _without_numbers(connection, table, sql)


def tables() -> list[str]:
    """The tables that may keep no order."""
    return [model._meta.db_table for model in _models()]


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_app_config("voice").get_models() if issubclass(model, Nameless)]


def _numbered(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        there = dict(cursor.fetchall())
    return {table: there[table] for table in tables() if table in there and not there[table].endswith(END)}


def _without_numbers(connection: BaseDatabaseWrapper, table: str, sql: str) -> None:
    """Copy the rows, in the order of their random keys, into a table that numbers none, and let it take the place."""
    quote, new = connection.ops.quote_name, f"new__{table}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type = 'index' AND sql <> ''", [table])
        indexes = [index for (index,) in cursor.fetchall()]
    with connection.schema_editor() as editor:
        editor.execute(sql.replace(quote(table), quote(new), 1) + END)
        editor.execute(f"INSERT INTO {quote(new)} SELECT * FROM {quote(table)} ORDER BY {quote('key')}")
        editor.execute(f"DROP TABLE {quote(table)}")
        editor.execute(f"ALTER TABLE {quote(new)} RENAME TO {quote(table)}")
        for index in indexes:
            editor.execute(index)
