"""Everything that all rooms hold of one person, found through what the rooms registered."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from alongside.audit.models import Entry
from alongside.core.sockets import Holding, sockets


@dataclass(frozen=True, kw_only=True)
class Found:
    """The records of one kind."""

    holding: Holding
    records: list[models.Model]

    @property
    def model(self) -> type[models.Model]:
        """What kind they are."""
        return apps.get_model(self.holding.model)

    @property
    def keys(self) -> list[str]:
        """The keys of the records."""
        return [str(one.pk) for one in self.records]


def find(person: str) -> list[Found]:
    """Every record of one person, kind by kind, in the order in which a copy shows them; one query for each kind."""
    found: dict[str, list[models.Model]] = {}
    for holding in sockets.holdings:
        if holding.path:
            found[holding.model] = list(_rows(holding).filter(**{holding.path: person}))
    so_far = {person, *(str(one.pk) for records in found.values() for one in records)}
    for holding in sockets.holdings:
        if holding.find is not None:
            found[holding.model] = list(_rows(holding).filter(pk__in=list(holding.find(so_far))))
    in_order = sorted(sockets.holdings, key=lambda holding: holding.place)
    return [Found(holding=holding, records=found[holding.model]) for holding in in_order]


def _rows(holding: Holding) -> QuerySet[models.Model]:
    """The records of one kind with what they point to; what is heavy and about many stays where it is."""
    model = apps.get_model(holding.model)
    rows: QuerySet[models.Model] = model._default_manager.order_by("pk")
    if holding.take_out:
        return rows.only("made_at")
    names = [field.name for field in model._meta.concrete_fields if field.is_relation]
    return rows.select_related(*names) if names else rows


def kept_of(person: str, *, kind: str, record: str, field: str) -> Holding | None:
    """Which kind of record this is, if it is this person's and has such a field; `kind` as an address has it."""
    for holding in sockets.holdings:
        if holding.path and holding.model.lower().replace(".", "-") == kind and field in holding.names_others:
            found = _rows(holding).filter(**{holding.path: person}).filter(pk=record).exists()
            return holding if found else None
    return None


def audit_of(person: str, found: list[Found]) -> QuerySet[Entry]:
    """What was written in the audit about these records, the earliest first; and what the person did themselves."""
    subjects = [
        f"{one.holding.audited_as}:{person if one.holding.audited_as == 'key' else key}"
        for one in found
        if one.holding.audited_as
        for key in (one.keys or [person])
    ]
    return Entry.objects.filter(Q(subject__in=subjects) | Q(by=f"client:{person}")).order_by("number")
