"""Writing the record of who did what. Call inside the transaction of the deed itself."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.db import connection, transaction

from alongside.audit.chain import START, fingerprint
from alongside.audit.middleware import where
from alongside.audit.models import DayNote, Entry
from alongside.audit.triggers import LOCK
from alongside.core import clock


def recorded[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """Run an action as one transaction that holds the chain from its first step.

    Every writer takes the chain before any record, in this order always, so that no two can wait for each other.
    """

    @wraps(action)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return action(*args, **kwargs)

    return whole


@transaction.atomic
def record(*, by: str, did: str, subject: str, details: dict[str, object] | None = None, why: str = "") -> Entry:
    """Add one row.

    `by` is the key of the person who did it, `did` a verb ("client.changed"), `subject` the kind and key of the
    record ("client:5f…"), `details` names of fields or keys of records, never what they hold. Where there is a
    page that was asked for, the row says from which network address.
    """
    last = _last()
    entry = Entry(
        by=by, did=did, subject=subject, where=where.get(), details=details or {}, why=why, before=last or START
    )
    entry.fingerprint = fingerprint(entry)
    entry.save(force_insert=True)
    return entry


def _last() -> str | None:
    """The fingerprint of the last row; from here on nobody else writes one until this transaction is over."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_last()")
            return cast("str | None", cursor.fetchone()[0])
    return Entry.objects.order_by("-number").values_list("fingerprint", flat=True).first()


def note_for_the_day(*, board: str, kind: str) -> None:
    """Note that something happened today on a board where nobody may be unmasked, and nothing more than that."""
    DayNote.objects.get_or_create(board=board, kind=kind, day=clock.today())
