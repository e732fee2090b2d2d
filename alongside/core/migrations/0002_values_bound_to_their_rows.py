"""Encrypted values are bound to their row as well, so that one moved to another row does not open.

Each value that was bound to its table and column alone is written anew. This is the only place that reads the old form.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from alongside.core.encryption import EncryptedText, Unreadable, unseal
from alongside.evaluation.problems import MachineLacks

BATCH = 500


def bind(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedText):
                _bind_column(schema_editor, field)


def _bind_column(schema_editor: BaseDatabaseSchemaEditor, field: EncryptedText) -> None:
    quote, meta, last = schema_editor.connection.ops.quote_name, field.model._meta, ""
    table, key, column = quote(meta.db_table), quote(str(meta.pk.column)), quote(str(field.column))
    older = f"SELECT {key}, {column} FROM {table} WHERE {key} > %s AND {column} LIKE %s ORDER BY {key} LIMIT {BATCH}"
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(older, [last, "k%"])
            rows = cursor.fetchall()
            if not rows:
                return
            bound = [(_bound(field, row, stored), row) for row, stored in rows]
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", bound)
            last = rows[-1][0]


def _bound(field: EncryptedText, row: str, stored: str) -> str:
    try:
        return field.sealed(row, field.unpack(unseal(stored, place=field.place)))
    except Unreadable as error:
        raise MachineLacks(
            f"A value in {field.place} of the record {row} does not open, so nothing was changed. "
            "Put back the key file that belongs to these records, or restore a backup from before it was damaged."
        ) from error


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_proof_of_keys"),
        ("access", "0002_kept_forms"),
        ("care", "0001_clients_and_support"),
        ("measures", "0001_questionnaires_and_responses"),
        ("reporting", "0003_whom_a_report_counts"),
        ("todo", "0001_tasks"),
    ]

    operations = [migrations.RunPython(bind, migrations.RunPython.noop)]
