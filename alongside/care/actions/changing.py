"""Changing a record that somebody else may have changed meanwhile."""

from collections.abc import Iterable, Mapping

from alongside.care.models import Client, Contact


class ChangedMeanwhile[Record: (Client, Contact)](Exception):
    """Somebody else changed this record after it was opened. `fields` maps each one to what it says now."""

    def __init__(self, record: Record, names: Iterable[str]) -> None:
        self.record: Record = record
        self.fields = {name: getattr(record, name) for name in names}
        super().__init__(f"{record._meta.verbose_name} {record.pk} was changed meanwhile: {', '.join(self.fields)}")


def differing(record: Client | Contact, said: Mapping[str, object]) -> dict[str, object]:
    """What of this the record does not say already."""
    return {name: value for name, value in said.items() if getattr(record, name) != value}
