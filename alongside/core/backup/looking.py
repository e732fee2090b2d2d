"""Looking at a database: how much it holds, whether it is whole, and whether the keys open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections

from alongside.core.encryption import EncryptedText, Unreadable
from alongside.core.words import counted

COPY = "copy"


@contextmanager
def opened(file: Path) -> Iterator[str]:
    """Name an SQLite file as one of the site's databases for a while; gives that name."""
    connections.databases[COPY] = {**connections.databases["default"], "NAME": file, "OPTIONS": {}}
    try:
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.databases[COPY]


def rows(using: str) -> dict[str, int]:
    """How many rows each table has."""
    connection = connections[using]
    quote = connection.ops.quote_name
    return {
        table: _all(using, f"SELECT COUNT(*) FROM {quote(table)}")[0][0]
        for table in sorted(connection.introspection.table_names())
    }


def damage(using: str) -> str:
    """What an SQLite file says is wrong with it; "" when nothing is."""
    if connections[using].vendor != "sqlite":
        return ""
    said = _all(using, "PRAGMA integrity_check(1)")[0][0]
    return "" if said == "ok" else str(said)


def unreadable(using: str) -> list[str]:
    """The places where an encrypted value does not open with the keys at hand; one value is tried in each."""
    connection = connections[using]
    quote, tables = connection.ops.quote_name, set(connection.introspection.table_names())
    closed = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            table = model._meta.db_table
            if not isinstance(field, EncryptedText) or table not in tables:
                continue
            column = quote(str(field.column))
            found = _all(using, f"SELECT {column} FROM {quote(table)} WHERE {column} <> '' LIMIT 1")
            try:
                [field.from_db_value(value) for (value,) in found]
            except Unreadable:
                closed.append(f"{table}.{field.column}")
    return closed


def about_people(held: dict[str, int]) -> str:
    """What is held about people, in words: "300 clients, 4,812 contacts"."""
    parts = []
    for model in apps.get_models():
        private: Any = getattr(model, "Privacy", None)
        number = held.get(model._meta.db_table, 0)
        if number and (hasattr(private, "identifying") or hasattr(private, "sensitive")):
            parts.append(counted(number, str(model._meta.verbose_name), str(model._meta.verbose_name_plural)))
    return ", ".join(parts) or "nobody’s records yet"


def _all(using: str, sql: str) -> list[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
