"""The drill on PostgreSQL: from one database to another, and over one that is not empty."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from alongside.core.tests.running import COMMAND, begin, environment, free_port, run, script, serving
from tests.begun import THREE_CLIENTS

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
NAMES = "from alongside.care.models import Client\nprint(*sorted(c.name for c in Client.objects.all()), sep=', ')"
ALL = "Gwen Tolland, Rowan Ellery, Tomasz Wronski"
ADD = "INSERT INTO addressbook_organisation (key, made_at, name, kind) VALUES ('k', now(), 'Later', 'funder')"
LATER = "SELECT COUNT(*) FROM addressbook_organisation WHERE name = 'Later'"
SCHEMAS = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'before%' OR nspname LIKE 'alongside%'"
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


def asked(address: str, sql: str) -> int:
    with psycopg.connect(address) as asking:
        return int(asking.execute(sql).fetchone()[0])


def told(address: str, *statements: str) -> None:
    with psycopg.connect(address) as telling:
        for statement in statements:
            telling.execute(statement)


@pytest.fixture
def production(tmp_path: Path, database: Callable[[str], str]) -> tuple[Path, str]:
    """A home whose settings name its database, with a backup; and something entered since."""
    address, home = database(f"prod_{tmp_path.name}"), tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(f'database = "{address}"\n', encoding="utf-8")
    assert begin(home).returncode == 0
    script(home, THREE_CLIENTS)
    made = run(home, "backup", tmp_path / "backups")
    assert made.returncode == 0, made.stderr
    told(address, ADD)
    return home, address


def test_a_drill_never_takes_the_database_that_the_backup_came_from(
    tmp_path: Path, production: tuple[Path, str], database: Callable[[str], str]
) -> None:
    home, address = production
    drill, keys = tmp_path / "drill", tmp_path / "home.keys"
    done = run(drill, "restore", tmp_path / "backups", "--keys", keys, "--replace")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "ALONGSIDE_DATABASE" in done.stderr
    assert not drill.exists()
    assert (asked(address, LATER), asked(address, SCHEMAS)) == (1, 0)

    with serving(home):  # and not from another folder either, while the site runs
        done = run(drill, "restore", tmp_path / "backups", "--keys", keys, "--replace", database=address)
    assert (done.returncode, "stop it first" in done.stderr) == (2, True)
    assert (asked(address, LATER), asked(address, SCHEMAS)) == (1, 0)

    other = database(f"other_{tmp_path.name}")
    done = run(drill, "restore", tmp_path / "backups", "--keys", keys, database=other)
    assert done.returncode == 0, done.stderr
    assert other in (drill / "settings.toml").read_text("utf-8")
    assert asked(other, SCHEMAS) == 0
    assert script(drill, NAMES).strip() == ALL  # without the variable it is the drill's own now
    assert script(home, NAMES).strip() == ALL

    done = run(home, "restore", tmp_path / "backups", "--replace")  # on the bad day
    assert done.returncode == 0, done.stderr
    assert (asked(address, LATER), asked(address, SCHEMAS)) == (0, 1)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP], ids=["killed", "its terminal closed"])
def test_a_restore_that_is_stopped_leaves_what_was_there(
    tmp_path: Path, production: tuple[Path, str], number: signal.Signals
) -> None:
    home, address = production
    slow = tmp_path / "slow"
    slow.mkdir()
    (slow / "pg_restore").write_text(f"#!/bin/sh\ntouch {slow}/begun\nexec sleep 30\n", encoding="utf-8")
    (slow / "pg_restore").chmod(0o755)
    inside = environment(home) | {"PATH": f"{slow}{os.pathsep}{os.environ['PATH']}"}
    command = [COMMAND, "restore", str(tmp_path / "backups"), "--replace"]
    process = subprocess.Popen(
        command, env=inside, stderr=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509 - it may be ignored here
    )  # fmt: skip
    while not (slow / "begun").exists():
        time.sleep(0.02)
    process.send_signal(number)
    assert process.wait(timeout=20) != 0
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    assert asked(address, LATER) == 1
    with serving(home):
        pass
    assert script(home, NAMES).strip() == ALL
    done = run(home, "restore", tmp_path / "backups", "--replace")
    assert done.returncode == 0, done.stderr
    assert (asked(address, LATER), asked(address, SCHEMAS)) == (0, 1)


def test_an_empty_database_beside_one_that_was_set_aside_is_no_new_site(
    tmp_path: Path, production: tuple[Path, str]
) -> None:
    home, address = production
    told(address, "ALTER SCHEMA public RENAME TO before_20261122013000", "CREATE SCHEMA public")
    for words in (("serve", "--port", "0"), ("backup", tmp_path / "again")):
        done = run(home, *words)
        assert (done.returncode, "a restore was stopped in the middle" in done.stderr) == (2, True)
    assert "a restore was stopped in the middle" in run(home, "doctor").stdout
    assert "a restore was stopped in the middle" in begin(home).stderr
    assert not (tmp_path / "again").exists()


def test_lost_keys_are_not_made_anew(tmp_path: Path, production: tuple[Path, str]) -> None:
    home, _address = production
    keys = tmp_path / "home.keys"
    held = keys.read_bytes()
    keys.unlink()
    for words in (("serve", "--port", str(free_port())), ("backup", tmp_path / "again"), ("doctor",)):
        done = run(home, *words)
        assert done.returncode in {1, 4}
        assert "are not at" in done.stdout + done.stderr
    assert "There is an organisation" in begin(home).stderr
    assert not keys.exists()
    keys.write_bytes(held)
    elsewhere = tmp_path / "else.keys"
    script(tmp_path / "throwaway", "", keys=str(elsewhere))
    done = run(home, "serve", "--port", "0", keys=str(elsewhere))
    assert (done.returncode, "holds other keys" in done.stderr) == (4, True)


def test_a_user_who_may_not_set_aside_is_told_what_to_ask_for(
    tmp_path: Path, production: tuple[Path, str], database: Callable[[str], str]
) -> None:
    address = database(f"theirs_{tmp_path.name}")
    told(address, "DO $$ BEGIN CREATE ROLE helper LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    said = connection.settings_dict
    done = run(
        tmp_path / "drill", "restore", tmp_path / "backups", "--keys", tmp_path / "home.keys",
        database=address.replace(f"//{said['USER']}:", "//helper:"),
    )  # fmt: skip
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert "ALTER SCHEMA public OWNER TO helper" in done.stderr
    assert not (tmp_path / "drill").exists()


def test_the_rows_in_a_dump_are_counted(tmp_path: Path, production: tuple[Path, str]) -> None:
    home, _address = production
    code = f"""
from pathlib import Path
from alongside.core.backup import databases
dump = Path({str(tmp_path / "dump")!r})
rows = databases.copy_out(dump)
print(rows == databases.rows_in(dump), rows["care_client"])
"""
    assert script(home, code).split() == ["True", "3"]


def test_a_database_reached_by_its_socket(tmp_path: Path, database: Callable[[str], str]) -> None:
    name, said = f"socket_{tmp_path.name}", connection.settings_dict
    address = database(name)
    with psycopg.connect(address) as asking:
        folder = asking.execute("SHOW unix_socket_directories").fetchone()[0]
    by_socket = f"postgresql://{said['USER']}@/{name}?host={folder}&port={said['PORT']}"
    home = tmp_path / "home"
    begun = begin(home, database=by_socket)
    assert begun.returncode == 0, begun.stderr
    made = run(home, "backup", tmp_path / "backups", database=by_socket)
    assert made.returncode == 0, made.stderr
    assert asked(address, "SELECT COUNT(*) FROM access_user") == 1
