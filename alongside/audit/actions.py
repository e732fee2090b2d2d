"""Writing the record of who did what. Call inside the transaction of the deed itself."""

from django.db import connection, transaction

from alongside.audit.chain import START, fingerprint
from alongside.audit.models import Entry

LOCK = 0x616C6F6E67  # "along": one writer of the chain at a time


@transaction.atomic
def record(*, by: str, did: str, subject: str, details: dict[str, object] | None = None, why: str = "") -> Entry:
    """Add one row.

    `by` is the key of the person who did it, `did` a verb ("client.changed"), `subject` the kind and key of the
    record ("client:5f…"), `details` names of fields or keys of records, never what they hold.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Entry.objects.order_by("-number").values_list("fingerprint", flat=True).first()
    entry = Entry(by=by, did=did, subject=subject, details=details or {}, why=why, before=last or START)
    entry.fingerprint = fingerprint(entry)
    entry.save(force_insert=True)
    return entry
