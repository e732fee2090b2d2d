"""Writing every encrypted value anew with the newest key, while the site runs; whatever is left can be gone on with.

What is encrypted is found by walking the models, so a room cannot forget to be in it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from alongside.core.blind import BlindIndex
from alongside.core.encryption import EncryptedText, Unreadable, number_of, seal, unseal

BATCH = 200
BESIDE = ((("mfa", "Authenticator"), "data", "mfa.authenticator.data"),)  # libraries' JSON with texts that we seal
SEALED_TEXT = re.compile(r"k\d+\.")
type Progress = Callable[[int], object]
type Change = tuple[EncryptedText | BlindIndex, str, str, str]  # of this field: the new value, of which row, the old


class Table(NamedTuple):
    """A table with something encrypted in it."""

    model: type[models.Model]
    sealed: list[EncryptedText]
    indexes: list[BlindIndex]


def tables() -> list[Table]:
    """Every table with encrypted columns."""
    found = []
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        sealed = [field for field in fields if isinstance(field, EncryptedText)]
        indexes = [field for field in fields if isinstance(field, BlindIndex)]
        if sealed:
            found.append(Table(model, sealed, indexes))
    return found


def under_older_keys(newest: int) -> dict[str, int]:
    """How many values of each table were written with another key than this."""
    counts = {table.model._meta.db_table: _count(table, newest) for table in tables()}
    for model, field, _place in _beside():
        rows = model._default_manager.values_list(field, flat=True)
        counts[model._meta.db_table] = sum(_older(text, newest) for data in rows for text in _texts(data))
    return {table: count for table, count in counts.items() if count}


def rewrite(progress: Progress) -> tuple[int, list[str]]:
    """Write anew what was written with an older key; gives how many values, and the columns that hold closed ones."""
    newest, written, closed = settings.ALONGSIDE_KEY_RING.newest().current, 0, set[str]()
    for table in tables():
        for records in _batches(table, newest):
            changes, shut = _changes(table, records, newest)
            done = _store(changes)
            written, closed = written + done, closed | shut
            progress(done)
    for model, field, place in _beside():
        done, shut = _rewrite_beside(model, field, place, newest)
        written, closed = written + done, closed | shut
        progress(done)
    return written, sorted(closed)


def in_use(newest: int) -> list[str]:
    """The tables in which something older opens; what does not open under any key has no use for one."""
    found = [
        table.model._meta.db_table
        for table in tables()
        if any(_changes(table, records, newest)[0] for records in _batches(table, newest))
    ]
    return found + [
        model._meta.db_table for model, field, place in _beside() if _beside_in_use(model, field, place, newest)
    ]


def hold_still() -> None:
    """Within a transaction: wait for whoever is writing an encrypted value, and let nobody begin to."""
    if connection.vendor != "postgresql":
        return  # whoever begins a transaction on SQLite is the only one who writes
    names = [table.model._meta.db_table for table in tables()] + [model._meta.db_table for model, *_ in _beside()]
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(map(connection.ops.quote_name, names))} IN SHARE MODE")


def _older_in(table: Table, newest: int) -> list[tuple[str, list[str]]]:
    """A condition for each column, true where it was written with another key, and what stands for its signs."""
    quote = connection.ops.quote_name
    sealed = [(f"({quote(str(one.column))} <> '' AND {quote(str(one.column))} NOT LIKE %s)", [f"r{newest}.%"])
              for one in table.sealed]  # fmt: skip
    return sealed + [(f"{quote(str(one.column))} NOT LIKE %s", [f"{newest} %"]) for one in table.indexes]


def _count(table: Table, newest: int) -> int:
    conditions = _older_in(table, newest)
    sums = " + ".join(f"COALESCE(SUM(CASE WHEN {sql} THEN 1 ELSE 0 END), 0)" for sql, _ in conditions)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sums} FROM {connection.ops.quote_name(table.model._meta.db_table)}",
            [sign for _, signs in conditions for sign in signs],
        )
        return int(cursor.fetchone()[0])


def _batches(table: Table, newest: int) -> Iterator[list[models.Model]]:
    """The records with something older in them, some at a time, in the order of their keys."""
    conditions, last = _older_in(table, newest), ""
    key, name = (
        connection.ops.quote_name(str(one)) for one in (table.model._meta.pk.column, table.model._meta.db_table)
    )
    older = " OR ".join(sql for sql, _ in conditions)
    signs = [sign for _, signs in conditions for sign in signs]
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key} FROM {name} WHERE {key} > %s AND ({older}) ORDER BY {key} LIMIT {BATCH}", [last, *signs]
            )
            keys = [row[0] for row in cursor.fetchall()]
        if not keys:
            return
        columns = [field.attname for field in (*table.sealed, *table.indexes)]
        yield list(table.model._base_manager.filter(pk__in=keys).only(*columns))
        last = keys[-1]


def _changes(table: Table, records: list[models.Model], newest: int) -> tuple[list[Change], set[str]]:
    """What to store instead of what is there, and the columns with something that does not open."""
    changes, closed = [], set[str]()
    columns: list[EncryptedText | BlindIndex] = [*table.sealed, *table.indexes]
    for field in columns:
        for record in records:
            stored = str(record.__dict__[field.attname] or "")
            try:
                if anew := _anew(field, record, stored, newest):
                    changes.append((field, anew, record.pk, stored))
            except Unreadable:
                closed.add(f"{table.model._meta.db_table}.{field.column}")
    return changes, closed


def _anew(field: EncryptedText | BlindIndex, record: models.Model, stored: str, newest: int) -> str:
    """What to store instead; "" where nothing is, or the newest key wrote it."""
    if isinstance(field, BlindIndex):
        return "" if stored.startswith(f"{newest} ") else field.pre_save(record, add=False)
    if not stored or stored.startswith(f"r{newest}."):
        return ""
    return field.sealed(str(record.pk), field.opened(str(record.pk), stored))


def _store(changes: list[Change]) -> int:
    """Put them in, but where somebody has written meanwhile: that was with the newest key."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for field, of_it in groupby(changes, key=itemgetter(0)):
            meta = field.model._meta
            column, key = quote(str(field.column)), quote(str(meta.pk.column))
            update = f"UPDATE {quote(meta.db_table)} SET {column} = %s WHERE {key} = %s AND {column} = %s"
            cursor.executemany(update, [change[1:] for change in of_it])
    return len(changes)


def _beside() -> list[tuple[type[models.Model], str, str]]:
    return [(apps.get_model(*name), field, place) for name, field, place in BESIDE]


def _texts(data: Any) -> Iterator[str]:
    """The sealed texts in a piece of JSON."""
    if isinstance(data, str) and SEALED_TEXT.match(data):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _texts(one)


def _older(text: str, newest: int) -> bool:
    return number_of(text) != newest


def _beside_in_use(model: type[models.Model], field: str, place: str, newest: int) -> bool:
    rows = model._default_manager.values_list(field, flat=True)
    return any(_opens(text, place) for data in rows for text in _texts(data) if _older(text, newest))


def _opens(text: str, place: str) -> bool:
    try:
        unseal(text, place=place)
    except Unreadable:
        return False
    return True


def _rewrite_beside(model: type[models.Model], field: str, place: str, newest: int) -> tuple[int, set[str]]:
    written, closed = 0, set[str]()

    def anew(data: Any) -> Any:
        if isinstance(data, dict):
            return {name: anew(one) for name, one in data.items()}
        if isinstance(data, list):
            return [anew(one) for one in data]
        older = isinstance(data, str) and SEALED_TEXT.match(data) and _older(data, newest)
        return seal(unseal(data, place=place), place=place) if older else data

    with transaction.atomic():
        for record in model._base_manager.select_for_update().order_by("pk"):
            count = sum(_older(text, newest) for text in _texts(getattr(record, field)))
            try:
                setattr(record, field, anew(getattr(record, field)))
            except Unreadable:
                closed.add(place)
                continue
            if count:
                record.save(update_fields=[field])
            written += count
    return written, closed
