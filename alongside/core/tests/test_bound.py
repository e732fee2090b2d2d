"""Records from before values were bound to their rows: they are bound when the database is brought up to date."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from alongside.core.tests.running import run, script

AS_BEFORE = """
from django.db import connection
from alongside.core.encryption import seal
from alongside.core.rotation import tables
with connection.cursor() as cursor:
    for table in tables():
        for record in table.model._base_manager.all():
            for field in table.sealed:
                value = getattr(record, field.attname)
                stored = seal(field.pack(value), place=field.place) if value else ""
                cursor.execute(
                    f'UPDATE {table.model._meta.db_table} SET "{field.column}" = %s WHERE "key" = %s',
                    [stored, record.pk],
                )
    cursor.execute("ALTER TABLE care_client DROP COLUMN found_by")
    cursor.execute("DELETE FROM django_migrations WHERE name LIKE '0002_values_bound%' OR name LIKE '0002_finding%'")
"""
LOOK = """
import json
from alongside.access.models import User
from alongside.care.models import Client
from alongside.care.queries import people
from alongside.core.backup import looking
jo = User.objects.get()
print(json.dumps([sorted(one.name for one in Client.objects.all()), looking.unreadable_records("default")]))
"""
NAMES = ["Gwen Tolland", "Rowan Ellery", "Tomasz Wronski"]


def stored(home: Path, column: str) -> list[str]:
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        return [row[0] for row in database.execute(f"SELECT {column} FROM care_client ORDER BY code")]


def test_older_records_are_bound_and_the_old_form_opens_nowhere_afterwards(home: Path, tmp_path: Path) -> None:
    script(home, AS_BEFORE)
    old = stored(home, "name")
    assert all(one.startswith("k1.") for one in old)
    backed_up = run(home, "backup", tmp_path / "backups")
    assert backed_up.returncode == 0, backed_up.stderr
    assert run(home, "doctor", "--mend").returncode == 0
    assert all(one.startswith("r1.") for one in stored(home, "name"))
    assert all(one.startswith("1 ") for one in stored(home, "found_by"))
    assert json.loads(script(home, LOOK)) == [NAMES, {}]
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        database.execute("UPDATE care_client SET name = ? WHERE code = 'WS-0002'", [old[0]])
        database.commit()
    said = run(home, "doctor")
    assert said.returncode == 1
    assert "Values in care_client.name do not open: damaged, or moved there. Records: " in said.stdout
    restored = run(home, "restore", tmp_path / "backups", "--replace")
    assert restored.returncode == 0, restored.stderr
    assert run(home, "doctor", "--mend").returncode == 0
    assert json.loads(script(home, LOOK)) == [NAMES, {}]


def test_older_records_with_one_damaged_value_are_left_whole_and_as_they_were(home: Path) -> None:
    script(home, AS_BEFORE)
    before = stored(home, "name")
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as database:
        database.execute("UPDATE care_client SET address = 'k1.AAAA' WHERE code = 'WS-0002'")
        database.commit()
    said = run(home, "serve", "--port", "0")
    assert (said.returncode, said.stdout, "Traceback" in said.stderr) == (4, "", False)
    assert stored(home, "name") == before
