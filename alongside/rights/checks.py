"""What `alongside doctor` says about rights."""

from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's own name

from alongside.core.words import counted
from alongside.rights import tombstones
from alongside.rights.models import Certificate


def marks(**_: Any) -> list[CheckMessage]:
    """Say so when an erasure left no mark beside the data, so that an old backup would bring the person back."""
    noted = {line.reference for line in tombstones.read(tombstones.file_of())}
    made = set(Certificate.objects.exclude(marks=[]).values_list("reference", flat=True))
    if not (lost := made - noted):
        return []
    said = f"{counted(len(lost), 'erasure')} left no mark in {tombstones.file_of()}: an old backup would undo it."
    hint = "Put the copy of that file back, or run alongside doctor --mend, which writes the marks anew."
    return [Warning(said, hint=hint, id="rights.W001")]
