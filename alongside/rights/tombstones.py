"""Marks by which an erased record is known again when an old backup brings it back: keyed hashes, beside the data.

The file is `<data folder>.erased`. A backup does not hold it, a restore does not replace it, and nothing else reads
it. Each line is a day, the certificate's reference and one mark. Nobody can tell from a mark whose it is without the
key file, and nobody at all once the record is gone.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from alongside.core.home import home
from alongside.core.keys import Keys, Ring
from alongside.evaluation.problems import MachineLacks


class NotKnown(MachineLacks):
    """A mark was made with newer keys than those at hand, so that nobody can tell whose it is."""


@dataclass(frozen=True)
class Line:
    """One mark in the file."""

    on: str
    reference: str
    mark: str

    @property
    def number(self) -> int:
        """The number of the key that the mark was made with."""
        return int(self.mark[1:].partition(".")[0])

    def __str__(self) -> str:
        return f"{self.on} {self.reference} {self.mark}"


def file_of(folder: Path | None = None) -> Path:
    """Where the marks are, for this data folder or another."""
    folder = folder or home()
    return folder.with_name(f"{folder.name}.erased")


def marks(person: str) -> list[str]:
    """A mark of a record's key with each key at hand, so that an older key file knows it too."""
    return [
        f"k{number}.{hmac.digest(_key(number), person.encode(), hashlib.sha256).hex()}"
        for number in sorted(_keys().fields)
    ]


def read(file: Path) -> list[Line]:
    """Every mark that was noted; none where nothing was ever erased."""
    if not file.exists():
        return []
    lines = (line.split() for line in file.read_text("ascii").splitlines())
    return [Line(*parts) for parts in lines if len(parts) == 3]


def note(found: Iterable[Line], *, file: Path) -> None:
    """Add marks that the file does not have yet, and wait until the disk has them."""
    known = set(read(file))
    new = [line for line in found if line not in known]
    if not new:
        return
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as written:
        written.write("".join(f"{line}\n" for line in new))
        written.flush()
        os.fsync(written.fileno())


def lines(on: date, reference: str, made: Iterable[str]) -> list[Line]:
    """The lines of one erasure."""
    return [Line(on.isoformat(), reference, mark) for mark in made]


def known_among(people: Iterable[str], noted: Sequence[Line]) -> dict[str, str]:
    """Of these keys, those of people who were erased, each with the reference of its certificate.

    Raises
    ------
    NotKnown : there are marks of newer keys only. Marks of older keys are harmless: no backup from before such an
        erasure opens any more
    """
    oldest: dict[str, int] = {}
    for line in noted:
        oldest[line.reference] = min(line.number, oldest.get(line.reference, line.number))
    if oldest and max(oldest.values()) > max(_keys().fields):
        raise NotKnown("Somebody was erased after this key file was made. Give the newest key file.")
    by_mark = {line.mark: line.reference for line in noted}
    return {
        key: reference
        for key in people
        if (reference := next((by_mark[mark] for mark in marks(key) if mark in by_mark), ""))
    }


def _key(number: int) -> bytes:
    return _keys().derived("tombstones", number)


def _keys() -> Keys:
    ring: Ring = settings.ALONGSIDE_KEY_RING
    return ring.newest()
