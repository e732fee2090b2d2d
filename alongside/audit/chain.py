"""The fingerprint that ties each row to the one before it."""

import hashlib
import json
from datetime import UTC

from alongside.audit.models import Entry

START = "0" * 64


def fingerprint(entry: Entry) -> str:
    """SHA-256 over everything the row says and the fingerprint before it."""
    said = [
        entry.before,
        entry.at.astimezone(UTC).isoformat(),
        entry.by,
        entry.did,
        entry.subject,
        entry.details,
        entry.why,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_break() -> int | None:
    """The number of the first row that does not follow from the one before it, or None."""
    before = START
    for entry in Entry.objects.order_by("number").iterator():
        if entry.before != before or entry.fingerprint != fingerprint(entry):
            return entry.number
        before = entry.fingerprint
    return None
