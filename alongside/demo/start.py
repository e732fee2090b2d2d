"""Starting the demo: a folder and keys of its own, invented data, the site on this computer, and sign-in links."""

import os
import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from alongside.core import home, keys, serving, starting
from alongside.core.using import InUse, using
from alongside.demo.edition import edition
from alongside.evaluation.problems import WrongUse

FOLDER = "var/demo"

DIARY_LASTS = timedelta(days=14)


def start(port: int, *, serve: bool) -> None:
    """Prepare the demo if it is not there, and serve it until Ctrl-C."""
    listening = serving.listen("127.0.0.1", port) if serve else None
    _settle(listening)
    folder = home.home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_real_data(folder)
    if _edition(folder) != edition() or not keys.path().exists():
        _make_anew(folder)
    starting.set_up()
    with using(folder):
        _say_how_old()
        if listening is None:
            starting.say(f"The demo is ready in {folder}. Start it with make demo.")
            return
        site = serving.address(listening, name="localhost")
        for line in _invitations(site):
            typer.echo(line)
        starting.say(f"The demo is at {site}. Everybody in it is made up. Press Ctrl-C to stop.")
        serving.run(listening, behind_proxy=False)


def _settle(listening: socket.socket | None) -> None:
    """The demo never touches another database or other keys, whatever this machine's settings say."""
    os.environ.setdefault("ALONGSIDE_HOME", FOLDER)
    site = serving.address(listening, name="localhost") if listening else "http://localhost:8000"
    os.environ |= {"ALONGSIDE_DEMO": "1", "ALONGSIDE_DATABASE": "", "ALONGSIDE_ADDRESS": site}
    for name in ("ALONGSIDE_KEYS", "ALONGSIDE_HOSTS"):
        os.environ.pop(name, None)


def _refuse_real_data(folder: Path) -> None:
    if (folder / "settings.toml").exists() or (_asked(folder, "SELECT 1 FROM access_user") and not _edition(folder)):
        raise WrongUse(f"{folder} holds other records; give the demo a folder of its own with ALONGSIDE_HOME.")


def _edition(folder: Path) -> str:
    """What the data in this folder was made from; "" when there is none, or when it is not all there."""
    return _asked(folder, "SELECT edition FROM demo_prepared")


def _asked(folder: Path, sql: str) -> str:
    """The first answer of the demo's database; "" when it has none."""
    if not (folder / home.DATABASE).exists():
        return ""
    with closing(sqlite3.connect(folder / home.DATABASE)) as database:
        try:
            found = database.execute(sql).fetchone()
        except sqlite3.DatabaseError:
            return ""
    return str(found[0]) if found else ""


def _make_anew(folder: Path) -> None:
    try:
        with using(folder, alone=True):
            folder.chmod(0o700)
            starting.say("Making up an organisation and two years of its work. This takes a few seconds.")
            _set_aside(folder)
            if not keys.path().exists():
                keys.make()
            starting.set_up()
            starting.migrate()
            from alongside.core import clock
            from alongside.demo import prepare

            prepare.fill(clock.today())
    except InUse as error:
        raise WrongUse(f"A demo is running from {folder}; stop it first.") from error


def _set_aside(folder: Path) -> None:
    """Keep the database that was there, with whatever somebody entered in it."""
    old = folder / home.DATABASE
    if not old.exists():
        return
    new = f"{home.DATABASE}.before-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    for suffix in ("-wal", "-shm", ""):
        if (part := folder / f"{home.DATABASE}{suffix}").exists():
            part.rename(folder / f"{new}{suffix}")
    starting.say(f"The demo’s old records are set aside in {folder / new}; remove them when you like.")


def _say_how_old() -> None:
    from alongside.core import clock
    from alongside.demo import queries

    prepared = queries.prepared()
    if prepared and clock.today() - prepared.on > DIARY_LASTS:
        starting.say(f"Its diary ended some days ago. To make it up anew, remove {home.home()} and start again.")


def _invitations(site: str) -> list[str]:
    from django.urls import reverse

    from alongside.demo import links, queries

    return [
        f"{user.get_role_display()}, {user.name}: {site}{reverse('demo:sign-in', args=[links.make(user)])}"
        for user in queries.one_of_each_role()
    ]
