"""A box of ballots as an SQLite file of its own, beside the database and outside every backup."""

import json
import logging
import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

logger = logging.getLogger("django.request")
ENDS = ("", "-journal")
AT_ONCE = 1 << 20
# As with a table that is written to no log, a machine that loses its power may lose the last choices; one that waited
# for the disk at each would let people wait.
SET_UP = """
PRAGMA journal_mode = PERSIST;
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS ballot (key TEXT PRIMARY KEY, choices TEXT NOT NULL) WITHOUT ROWID;
"""


class File:
    """`<home>/votes/<name>.sqlite`."""

    def __init__(self, name: str) -> None:
        self.path = folder() / f"{name}.sqlite"

    def read(self) -> dict[str, list[str]]:
        """Every ballot with its choices."""
        if not self.path.exists():
            return {}
        with _opened(self.path) as held:
            return {key: json.loads(choices) for key, choices in held.execute("SELECT key, choices FROM ballot")}

    def count(self) -> int:
        """How many ballots there are."""
        if not self.path.exists():
            return 0
        with _opened(self.path) as held:
            return int(held.execute("SELECT COUNT(*) FROM ballot").fetchone()[0])

    def put(self, ballot: str, choices: Collection[str]) -> tuple[int, int]:
        """Lay a ballot in, or take it out where nothing is chosen; all are written anew in the order of their keys."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(self.path) as held, held:
            held.execute("BEGIN IMMEDIATE")
            there: dict[str, str] = dict(held.execute("SELECT key, choices FROM ballot"))
            changed = {key: said for key, said in there.items() if key != ballot}
            if choices:
                changed[ballot] = json.dumps(sorted(choices))
            held.execute("DELETE FROM ballot")
            held.executemany("INSERT INTO ballot VALUES (?, ?)", sorted(changed.items()))
        return len(there), len(changed)

    def burn(self) -> None:
        """Overwrite and unlink it once the totals are committed."""
        transaction.on_commit(self.destroy)

    def destroy(self) -> None:
        """Overwrite what lies on the disk, and unlink it; the same with what SQLite keeps beside it."""
        for end in ENDS:
            _overwritten(self.path.with_name(self.path.name + end))

    @classmethod
    def sweep(cls, known: Collection[str]) -> None:
        """Destroy every box that is not one of these, or that does not open since the machine lost its power."""
        for path in folder().glob("*.sqlite*"):
            if path.name.partition(".")[0] not in known:
                _overwritten(path)
        for path in folder().glob("*.sqlite"):
            if not _sound(path):
                logger.warning("What people had chosen in a vote that is open is damaged; they choose once more.")
                cls(path.stem).destroy()


def folder() -> Path:
    """Where boxes are while a vote is open."""
    return settings.HOME / "votes"


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as held:
        path.chmod(0o600)
        held.executescript(SET_UP)
        yield held


def _sound(path: Path) -> bool:
    try:
        with _opened(path) as held:
            return bool(held.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _overwritten(path: Path) -> None:
    """Write nothing over it, wait until the disk has that, and take it away."""
    try:
        with path.open("r+b") as held:
            left = path.stat().st_size
            while left > 0:
                left -= held.write(bytes(min(left, AT_ONCE)))
            held.flush()
            os.fsync(held.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
