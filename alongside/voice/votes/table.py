"""A box of ballots as an UNLOGGED table of PostgreSQL, in a schema of its own that no backup takes along."""

import json
from collections.abc import Collection

from django.db import connection, transaction

from alongside.core.backup.databases import VOTES

QUOTED = '"{}"."{}"'


class Table:
    """A table that lives as long as its vote is open. A server that fails empties it; people then choose once more."""

    def __init__(self, name: str) -> None:
        self.name = QUOTED.format(VOTES, name)

    def read(self) -> dict[str, list[str]]:
        """Every ballot with its choices."""
        if not self._there():
            return {}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT key, choices FROM {self.name}")
            return {key: json.loads(choices) for key, choices in cursor.fetchall()}

    def count(self) -> int:
        """How many ballots there are."""
        if not self._there():
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {self.name}")
            return int(cursor.fetchone()[0])

    def put(self, ballot: str, choices: Collection[str]) -> tuple[int, int]:
        """Lay a ballot in, or take it out where nothing is chosen; all are written anew in the order of their keys."""
        with connection.cursor() as cursor:
            there: dict[str, str] = {}
            if self._there():
                cursor.execute(f"DELETE FROM {self.name} RETURNING key, choices")
                there = dict(cursor.fetchall())
            else:
                cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{VOTES}"')
                cursor.execute(f"CREATE UNLOGGED TABLE {self.name} (key text PRIMARY KEY, choices text NOT NULL)")
            changed = {key: said for key, said in there.items() if key != ballot}
            if choices:
                changed[ballot] = json.dumps(sorted(choices))
            cursor.executemany(f"INSERT INTO {self.name} VALUES (%s, %s)", sorted(changed.items()))
        return len(there), len(changed)

    def burn(self) -> None:
        """Drop it, in one step with the totals."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def _there(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [self.name])
            return bool(cursor.fetchone()[0])

    @classmethod
    def sweep(cls, known: Collection[str]) -> None:
        """Drop every box that is not one of these."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [VOTES])
            for (name,) in cursor.fetchall():
                if name not in known:
                    cls(name).burn()
