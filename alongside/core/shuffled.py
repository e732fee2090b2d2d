"""Tables that keep no order of writing.

SQLite numbers the rows of a table as they are written, and a copy of the database would show in which order people
wrote. Tables of what participants make, and of what was decided on it, are kept by their random key alone, and have no
such number.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.core.models import Nameless

END = " WITHOUT ROWID"
_chance = secrets.SystemRandom()


def keep(*, using: str, **_: Any) -> None:
    """Make these tables anew where they number their rows; PostgreSQL is left as it is."""
    there = connections[using]
    numbered = _numbered(there) if there.vendor == "sqlite" else {}
    for table, sql in numbered.items():
        _without_numbers(there, table, sql)


def write_anew[M: Nameless](model: type[M], rows: Sequence[M]) -> None:
    """Take these rows out, and put them back in an order by chance; call it inside a transaction."""
    order = list(rows)
    _chance.shuffle(order)
    with connection.cursor() as cursor:
        table, key = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name("key")
        cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [(row.pk,) for row in order])
    model._default_manager.bulk_create(order)


def tables() -> list[str]:
    """The tables that may keep no order."""
    return [model._meta.db_table for model in _models()]


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Nameless)]


def _numbered(there: BaseDatabaseWrapper) -> dict[str, str]:
    with there.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        made = dict(cursor.fetchall())
    return {table: made[table] for table in tables() if table in made and not made[table].endswith(END)}


def _without_numbers(there: BaseDatabaseWrapper, table: str, sql: str) -> None:
    """Copy the rows, in the order of their random keys, into a table that numbers none, and let it take the place."""
    quote, new = there.ops.quote_name, f"new__{table}"
    with there.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type = 'index' AND sql <> ''", [table])
        indexes = [index for (index,) in cursor.fetchall()]
    with there.schema_editor() as editor:
        editor.execute(sql.replace(quote(table), quote(new), 1) + END)
        editor.execute(f"INSERT INTO {quote(new)} SELECT * FROM {quote(table)} ORDER BY {quote('key')}")
        editor.execute(f"DROP TABLE {quote(table)}")
        editor.execute(f"ALTER TABLE {quote(new)} RENAME TO {quote(table)}")
        for index in indexes:
            editor.execute(index)
