"""The drill on PostgreSQL: from one database to another, and over one that is not empty."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from alongside.core.tests.conftest import THREE_CLIENTS
from alongside.core.tests.running import begin, run, script

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
NAMES = "from alongside.care.models import Client\nprint(*sorted(c.name for c in Client.objects.all()), sep=', ')"
ALL = "Gwen Tolland, Rowan Ellery, Tomasz Wronski"
TABLES = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema LIKE 'before_%'"


@pytest.fixture
def database() -> Iterator[Callable[[str], str]]:
    """Make databases on the tests' server; gives each one's address."""
    said = connection.settings_dict
    server = f"postgresql://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}"
    made = []

    def make(name: str) -> str:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as administrator:
            administrator.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        made.append(name)
        return f"{server}/{name}"

    yield make
    with psycopg.connect(f"{server}/postgres", autocommit=True) as administrator:
        for name in made:
            administrator.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def test_the_drill(tmp_path: Path, database: Callable[[str], str]) -> None:
    first, second = database(f"drill_{tmp_path.name}_1"), database(f"drill_{tmp_path.name}_2")
    home, new, keys = tmp_path / "home", tmp_path / "new", tmp_path / "home.keys"
    assert begin(home, database=first).returncode == 0
    script(home, THREE_CLIENTS, database=first)
    made = run(home, "backup", tmp_path / "backups", database=first)
    assert made.returncode == 0, made.stderr
    assert b"wrenstreet" not in Path(made.stdout.strip()).read_bytes()

    restored = run(new, "restore", tmp_path / "backups", "--keys", keys, database=second)
    assert restored.returncode == 0, restored.stderr
    assert "3 clients" in restored.stderr
    assert script(new, NAMES, database=second).strip() == ALL
    healthy = run(new, "doctor", database=second, address="https://support.wrenstreet.example")
    assert healthy.returncode == 0, healthy.stdout

    over = run(tmp_path / "third", "restore", tmp_path / "backups", "--keys", keys, database=second)
    assert (over.returncode, "not empty" in over.stderr) == (3, True)
    script(new, "from alongside.access.models import User\nUser.objects.update(name='Somebody Else')", database=second)
    over = run(new, "restore", tmp_path / "backups", "--replace", database=second)
    assert over.returncode == 0, over.stderr
    who = "from alongside.access.models import User\nprint(User.objects.get().name)"
    assert script(new, who, database=second).strip() == "Jo Marsh"
    with psycopg.connect(second) as asking:
        assert asking.execute(TABLES).fetchone()[0] > 30  # what was there, set aside
    again = run(new, "backup", tmp_path / "again", database=second)
    assert again.returncode == 0, again.stderr


def test_a_spoilt_backup_leaves_the_database_as_it_is(tmp_path: Path, database: Callable[[str], str]) -> None:
    address = database(f"drill_{tmp_path.name}")
    home = tmp_path / "home"
    assert begin(home, database=address).returncode == 0
    script(home, THREE_CLIENTS, database=address)
    file = Path(run(home, "backup", tmp_path / "backups", database=address).stdout.strip())
    file.write_bytes(file.read_bytes()[:-20])
    done = run(home, "restore", file, "--replace", database=address)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert script(home, NAMES, database=address).strip() == ALL


def test_a_backup_of_another_kind_of_database_is_refused(tmp_path: Path, database: Callable[[str], str]) -> None:
    home = tmp_path / "home"
    assert begin(home, database="").returncode == 0
    assert run(home, "backup", tmp_path / "backups", database="").returncode == 0
    address = database(f"drill_{tmp_path.name}")
    keys = tmp_path / "home.keys"
    done = run(tmp_path / "new", "restore", tmp_path / "backups", "--keys", keys, database=address)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "new").exists()
