"""The fingerprint that ties each row to the one before it, and what shows that rows were changed or taken out."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC

from django.db import connection

from alongside.audit.models import Entry

START = "0" * 64
WHAT_TO_DO = "Keep a copy of the database as it is, and find out who could write to it; then restore a backup."
ANCHOR = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Anchor:
    """How far the audit went at one time: the number of its last row, and that row's fingerprint.

    Kept elsewhere, it shows later that rows were cut off the end, or that the whole was written anew.
    """

    number: int
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.number}:{self.fingerprint}"


def fingerprint(entry: Entry) -> str:
    """SHA-256 over everything the row says and the fingerprint before it."""
    said: list[object] = [
        entry.before,
        entry.at.astimezone(UTC).isoformat(),
        entry.by,
        entry.did,
        entry.subject,
        entry.details,
        entry.why,
    ]
    if entry.where:  # rows of the first version had none, and their fingerprints stand
        said.append(entry.where)
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_break() -> int | None:
    """The number of the first row that does not follow from the one before it, or None."""
    before = START
    for entry in Entry.objects.order_by("number").iterator():
        if entry.before != before or entry.fingerprint != fingerprint(entry):
            return entry.number
        before = entry.fingerprint
    return None


def anchor() -> Anchor:
    """How far the audit goes now."""
    last = Entry.objects.order_by("-number").first()
    return Anchor(last.number, last.fingerprint) if last else Anchor(0, START)


def read_anchor(text: str) -> Anchor:
    """Read what `str` made of an anchor; ValueError if it is none."""
    found = ANCHOR.fullmatch(text.strip())
    if found is None:
        raise ValueError("not an anchor")
    return Anchor(int(found[1]), found[2])


def holds(kept: Anchor) -> bool:
    """Whether the row that an anchor names is still there as it was."""
    if kept.number == 0:
        return kept.fingerprint == START
    return Entry.objects.filter(number=kept.number, fingerprint=kept.fingerprint).exists()


def cut_off() -> int:
    """How many rows are missing at the end, as far as the database itself remembers; PostgreSQL does not.

    SQLite keeps the last number that a table gave out. PostgreSQL gives out numbers that are never used.
    """
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [Entry._meta.db_table])
        given_out = cursor.fetchone()
    return max((given_out[0] if given_out else 0) - anchor().number, 0)
