"""Looking at a database: how much it holds, whether it is whole, and whether the keys open it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from alongside.core.encryption import EncryptedText, Unreadable, unseal
from alongside.core.models import KeyProof
from alongside.core.words import counted

COPY = "copy"
type Row = tuple[str, str]


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
    return [place for place, opens in _tried(using) if not opens]


def other_keys(using: str) -> list[str]:
    """The places that do not open because these are not the keys: neither does the proof of keys, nor most others."""
    tried = _tried(using)
    proved = (f"{KeyProof._meta.db_table}.word", True) in tried
    closed = [place for place, opens in tried if not opens]
    return closed if not proved and 2 * len(closed) > len(tried) else []


def _tried(using: str) -> list[tuple[str, bool]]:
    """The places that hold something, and whether their first and last rows open."""
    found = ((place, [opens for _key, opens in rows]) for place, rows in _opening(using, _first_and_last))
    return [(place, all(opens)) for place, opens in found if opens]


def unreadable_records(using: str) -> dict[str, list[str]]:
    """The same, looking at every row; gives the keys of the records in each place."""
    return {
        place: closed
        for place, rows in _opening(using, _every)
        if (closed := [key for key, opens in rows if not opens])
    }


def _opening(
    using: str, rows_of: Callable[[str, EncryptedText], Iterator[Row]]
) -> Iterator[tuple[str, Iterator[tuple[str, bool]]]]:
    """Each place, with the keys of some of its rows and whether those open."""
    connection = connections[using]
    tables, bound = set(connection.introspection.table_names()), _bound_to_rows(using)
    for model in apps.get_models():
        sealed = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
        table = model._meta.db_table
        there = _columns(using, table) if sealed and table in tables else set()
        for field in sealed:
            if field.column in there:
                rows_there = rows_of(using, field)
                yield (
                    f"{table}.{field.column}",
                    ((key, _opens(field, key, value, bound=bound)) for key, value in rows_there),
                )


def _columns(using: str, table: str) -> set[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _first_and_last(using: str, field: EncryptedText) -> Iterator[Row]:
    for way in ("ASC", "DESC"):
        yield from _all(using, f"{_filled(using, field)} ORDER BY 1 {way} LIMIT 1")


def _every(using: str, field: EncryptedText) -> Iterator[Row]:
    with connections[using].cursor() as cursor:
        cursor.execute(_filled(using, field))
        while some := cursor.fetchmany(1_000):
            yield from some


def _filled(using: str, field: EncryptedText) -> str:
    names = (field.model._meta.pk.column, field.column, field.model._meta.db_table)
    key, column, table = (connections[using].ops.quote_name(str(name)) for name in names)
    return f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''"


def _opens(field: EncryptedText, key: str, value: str, *, bound: bool) -> bool:
    """Whether a value opens in its row; in a database from before rows were bound, in its column."""
    try:
        if bound or value.startswith("r"):
            field.opened(key, value)
        else:
            unseal(value, place=field.place)
    except Unreadable:
        return False
    return True


def _bound_to_rows(using: str) -> bool:
    return ("core", "0002_values_bound_to_their_rows") in MigrationRecorder(connections[using]).applied_migrations()


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
