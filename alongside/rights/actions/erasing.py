"""Erasing everything about one person, in every room, and keeping proof and marks of it."""

import secrets

from django.db import connection, transaction
from django.utils import timezone

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.rights import holdings, tombstones
from alongside.rights.models import Certificate
from alongside.rights.queries import keeping

NO_GROUND = "Its time is not over, and they have not asked to be erased. If they did, open their request first."


class Forbidden(Exception):
    """Something forbids erasing this record; `what` says what to do first."""

    def __init__(self, what: list[str]) -> None:
        super().__init__("Something must be done first.")
        self.what = what


@audit.recorded
def erase(*, person: str, why: Certificate.Why | None, by: User) -> Certificate:
    """Erase everything about one person: rows, what was waiting to be sent, and their place in lists of others.

    Raises
    ------
    Forbidden : there is no ground to erase it, the record is held, or they wait for a copy of it
    """
    what = keeping.standing(person, today=clock.today()).against
    if why is None or what:
        raise Forbidden([*what, *([] if why else [NO_GROUND])])
    marks = tombstones.marks(person)
    certificate = _erase(person, reference=secrets.token_hex(8), why=why, marks=marks, by=by)
    transaction.on_commit(note_marks)
    return certificate


@audit.recorded
def erase_again(*, person: str, reference: str) -> Certificate:
    """Erase somebody whom an old backup has brought back. What was decided stays decided, whatever holds them there."""
    return _erase(person, reference=reference, why=Certificate.Why.AGAIN, marks=[], by=None)


def note_marks() -> None:
    """Note the marks beside the data: those of the last erasure, and of any before that are missing there."""
    tombstones.note(
        (
            line
            for one in Certificate.objects.exclude(marks=[]).order_by("erased_at")
            for line in tombstones.lines(timezone.localdate(one.erased_at), one.reference, one.marks)
        ),
        file=tombstones.file_of(),
    )


def _erase(person: str, *, reference: str, why: Certificate.Why, marks: list[str], by: User | None) -> Certificate:
    _leave_nothing_in_free_pages()
    found = holdings.find(person)
    rows: dict[str, int] = {}
    for one in reversed(found):
        title = str(one.model._meta.label)
        if one.holding.take_out:
            rows[title] = one.holding.take_out(person)
        else:
            rows[title] = len(one.keys)
            one.model._default_manager.filter(pk__in=one.keys).delete()
    certificate = Certificate(
        reference=reference, erased_at=clock.now(), by=by, why=why, marks=marks,
        rows={title: number for title, number in sorted(rows.items()) if number},
    )  # fmt: skip
    certificate.full_clean()
    certificate.save(force_insert=True)
    audit.record(
        by=by.pk if by else "restore", did="client.erased", subject=f"client:{person}",
        details={"certificate": certificate.pk, "rows": certificate.rows},
    )  # fmt: skip
    return certificate


def _leave_nothing_in_free_pages() -> None:
    """SQLite only marks what is deleted as free; here it is to write zeros over it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
        transaction.on_commit(_empty_the_journal, robust=True)


def _empty_the_journal() -> None:
    """Its journal still holds the pages as they were; others who are reading just now put this off."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
