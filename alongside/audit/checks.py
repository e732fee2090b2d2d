"""What `alongside doctor` says about the record of who did what."""

from typing import Any

from django.core.checks import CheckMessage, Error

from alongside.audit.chain import WHAT_TO_DO, first_break


def unbroken(**_: Any) -> list[CheckMessage]:
    """Say so when a row of the audit was changed, taken out or put in afterwards."""
    number = first_break()
    if number is None:
        return []
    return [Error(f"The audit does not hold together from row {number} on.", hint=WHAT_TO_DO, id="audit.E002")]
