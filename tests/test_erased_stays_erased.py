"""An old backup is restored after somebody was erased: they are erased again, and it is said."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from alongside.core.tests.running import begin, run, script
from alongside.core.tests.test_backup_postgresql import database  # noqa: F401 - a fixture
from tests.begun import THREE_CLIENTS

ERASE = """
from alongside.access.models import User
from alongside.care.models import Client
from alongside.rights.actions import erasing
from alongside.rights.models import Certificate
tomasz = Client.objects.get(code="WS-0002").pk
print(erasing.erase(person=tomasz, why=Certificate.Why.ASKED, by=User.objects.get()).reference)
"""
CODES = "from alongside.care.models import Client\nprint(*sorted(one.code for one in Client.objects.all()))"
SEALED = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT name FROM care_client WHERE code = 'WS-0002'")
    print(cursor.fetchone()[0])
"""
AGAIN = """
from alongside.rights.models import Certificate
print(*((one.reference, one.why) for one in Certificate.objects.all()))
"""


def test_whoever_was_erased_does_not_come_back_with_an_old_backup(home: Path, tmp_path: Path) -> None:
    assert run(home, "backup", tmp_path / "backups").returncode == 0
    reference = script(home, ERASE).strip()
    assert script(home, CODES).split() == ["WS-0001", "WS-0003"]
    marks = home.with_name("home.erased")
    assert marks.stat().st_mode & 0o777 == 0o600
    done = run(home, "restore", tmp_path / "backups", "--replace")
    assert done.returncode == 0, done.stderr
    assert "Erased again, as they had been since this backup: 1 record." in done.stderr
    assert script(home, CODES).split() == ["WS-0001", "WS-0003"]
    assert script(home, AGAIN).strip() == f"('{reference}', 'again')"
    assert run(home, "audit", "verify").returncode == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_the_same_on_postgresql(tmp_path: Path, database: Callable[[str], str]) -> None:  # noqa: F811
    home, address = tmp_path / "home", database(f"erased_{tmp_path.name}")
    assert begin(home, database=address).returncode == 0
    script(home, THREE_CLIENTS, database=address)
    assert run(home, "backup", tmp_path / "backups", database=address).returncode == 0
    script(home, ERASE, database=address)
    done = run(home, "restore", tmp_path / "backups", "--replace", database=address)
    assert "Erased again, as they had been since this backup: 1 record." in done.stderr
    assert script(home, CODES, database=address).split() == ["WS-0001", "WS-0003"]


def test_on_another_computer_the_marks_come_along_and_are_heeded(home: Path, tmp_path: Path) -> None:
    assert run(home, "backup", tmp_path / "backups").returncode == 0
    script(home, ERASE)
    new = tmp_path / "elsewhere" / "data"
    new.parent.mkdir()
    shutil.copy2(home.with_name("home.erased"), new.with_name("data.erased"))
    done = run(new, "restore", tmp_path / "backups", "--keys", home.with_name("home.keys"))
    assert done.returncode == 0, done.stderr
    assert script(new, CODES).split() == ["WS-0001", "WS-0003"]


def test_where_the_marks_were_left_behind_the_site_heeds_them_as_it_starts(home: Path, tmp_path: Path) -> None:
    assert run(home, "backup", tmp_path / "backups").returncode == 0
    script(home, ERASE)
    kept = home.with_name("home.erased").rename(tmp_path / "kept")
    assert run(home, "restore", tmp_path / "backups", "--replace").returncode == 0
    assert "WS-0002" in script(home, CODES)
    kept.rename(home.with_name("home.erased"))
    assert run(home, "doctor", "--mend").returncode in {0, 1}
    assert script(home, CODES).split() == ["WS-0001", "WS-0003"]


def test_no_word_of_theirs_is_left_in_the_data_folder(home: Path) -> None:
    person = script(
        home, "from alongside.care.models import Client\nprint(Client.objects.get(code='WS-0002').pk)"
    ).strip()
    sealed = script(home, SEALED).strip()
    inside = lambda text: any(text.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())  # noqa: E731
    assert inside(sealed)
    script(home, ERASE)
    assert not inside(sealed)
    assert not inside("WS-0002")
    assert inside(person)  # in the audit, which says that it was erased
