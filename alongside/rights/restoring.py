"""After a restore, and whenever the database is brought up to date: whoever was erased is erased again."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from alongside.core.sockets import sockets
from alongside.rights import tombstones
from alongside.rights.actions import erasing
from alongside.rights.models import Certificate


def apply(folder: Path | None = None) -> int:
    """Erase again whoever has a mark beside this data folder; says how many there were."""
    noted = tombstones.read(tombstones.file_of(folder))
    if not noted or sockets.people is None:
        return 0
    everybody = apps.get_model(sockets.people.model)._default_manager.values_list("pk", flat=True)
    back = tombstones.known_among(everybody, noted)
    for person, reference in back.items():
        erasing.erase_again(person=person, reference=reference)
    return len(back)


def after_migrating(*, using: str, **_: Any) -> None:
    """The same, once the tables are as this version knows them; marks that were lost are noted again."""
    if using == "default" and Certificate._meta.db_table in connection.introspection.table_names():
        apply()
        erasing.note_marks()
