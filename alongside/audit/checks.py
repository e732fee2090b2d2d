"""What `alongside doctor` says about the record of who did what."""

from typing import Any

from django.core.checks import CheckMessage, Error

from alongside.audit.chain import first_break


def unbroken(**_: Any) -> list[CheckMessage]:
    """Say so when a row of the audit was changed, taken out or put in afterwards."""
    number = first_break()
    if number is None:
        return []
    hint = "Keep a copy of the database as it is, and find out who could write to it; then restore a backup."
    return [Error(f"The audit does not hold together from row {number} on.", hint=hint, id="audit.E002")]
