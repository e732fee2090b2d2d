"""A box of ballots as an SQLite file of its own, beside the database and outside every backup."""

import json
import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

ENDS = ("", "-journal")
AT_ONCE = 1 << 20
SET_UP = """
PRAGMA journal_mode = PERSIST;
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

    def write(self, ballots: dict[str, list[str]]) -> None:
        """Put these in place of all that was there, in the order of their keys."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(self.path) as held, held:
            held.execute("BEGIN IMMEDIATE")
            held.execute("DELETE FROM ballot")
            rows = [(key, json.dumps(sorted(choices))) for key, choices in sorted(ballots.items())]
            held.executemany("INSERT INTO ballot VALUES (?, ?)", rows)

    def burn(self) -> None:
        """Overwrite and unlink it once the totals are committed."""
        transaction.on_commit(self.destroy)

    def destroy(self) -> None:
        """Overwrite what lies on the disk, and unlink it; the same with what SQLite keeps beside it."""
        for end in ENDS:
            _overwritten(self.path.with_name(self.path.name + end))

    @classmethod
    def sweep(cls, known: Collection[str]) -> None:
        """Destroy every box that is not one of these."""
        for path in folder().glob("*.sqlite*"):
            if path.name.partition(".")[0] not in known:
                _overwritten(path)


def folder() -> Path:
    """Where boxes are while a vote is open."""
    return settings.HOME / "votes"


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as held:
        path.chmod(0o600)
        held.executescript(SET_UP)
        yield held


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
