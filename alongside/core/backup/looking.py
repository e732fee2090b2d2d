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
    """The places where an encrypted value does not open with the keys at hand; the first and last row are tried.

    The database may be older than the program: what it does not have yet is passed over.
    """
    connection = connections[using]
    tables, closed = set(connection.introspection.table_names()), []
    for model in apps.get_models():
        sealed = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
        table = model._meta.db_table
        if not sealed or table not in tables:
            continue
        there = _columns(using, table)
        closed += [
            f"{table}.{field.column}"
            for field in sealed
            if field.column in there and not _opens(using, field, str(model._meta.pk.column))
        ]
    return closed


def _columns(using: str, table: str) -> set[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _opens(using: str, field: EncryptedText, order: str) -> bool:
    quote = connections[using].ops.quote_name
    column, table = quote(str(field.column)), quote(field.model._meta.db_table)
    for way in ("ASC", "DESC"):
        sql = f"SELECT {column} FROM {table} WHERE {column} <> '' ORDER BY {quote(order)} {way} LIMIT 1"
        try:
            [field.from_db_value(value) for (value,) in _all(using, sql)]
        except Unreadable:
            return False
    return True


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
