"""A copy of everything that is held about one person: pages that they can read, and the same for a computer."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core.addresses import is_key
from alongside.core.blind import BlindIndex
from alongside.core.sockets import Known
from alongside.core.words import clock as at_clock
from alongside.core.words import day
from alongside.rights import holdings
from alongside.rights.holdings import Found
from alongside.rights.models import LeftOut

LEFT_OUT = "Left out"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One field of one record."""

    name: str
    label: str
    value: Any
    words: str
    may_name_others: bool
    left_out: LeftOut | None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One record."""

    key: str
    fields: list[Said]


@dataclass(frozen=True, kw_only=True)
class Part:
    """Every record of one kind."""

    title: str
    model: str
    items: list[Item]

    @property
    def kind(self) -> str:
        """The same in an address."""
        return self.model.lower().replace(".", "-")


@dataclass(frozen=True, kw_only=True)
class Look:
    """One row of the audit."""

    at: datetime
    who: str
    did: str


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The whole copy."""

    parts: list[Part]
    looks: list[Look]

    @property
    def keys(self) -> dict[str, set[str]]:
        """What it holds: the keys of the records of each kind."""
        return {part.model: {item.key for item in part.items} for part in self.parts}


def collect(person: str, left_out: Mapping[tuple[str, str], LeftOut]) -> Bundle:
    """Put together everything, without what is left out."""
    found = holdings.find(person)
    parts = [_part(one, left_out) for one in found]
    entries = list(holdings.audit_of(person, found))
    names = dict(User.objects.filter(pk__in={entry.by for entry in entries}).values_list("pk", "name"))
    looks = [Look(at=entry.at, who=_who(entry, names), did=entry.did) for entry in entries]
    return Bundle(parts=parts, looks=looks)


def zipped(bundle: Bundle, *, person: Known, made_on: date, request: HttpRequest | None = None) -> bytes:
    """The copy as one file: a page to read, and a file of JSON with the same."""
    said = {"bundle": bundle, "person": person, "made_on": made_on}
    page = render_to_string("rights/bundle.jinja", said, request=request)
    plain = {
        "made_on": made_on.isoformat(),
        "records": {
            part.model: [{field.name: _plain(field) for field in item.fields} for item in part.items]
            for part in bundle.parts
        },
        "who_looked": [{"at": look.at.isoformat(), "who": look.who, "did": look.did} for look in bundle.looks],
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("read-me-first.html", page), ("everything.json", json.dumps(plain, indent=1, default=str))):
            file.writestr(zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0)), text)
    return held.getvalue()


def fingerprint(content: bytes) -> str:
    """What tells this file from any other."""
    return hashlib.sha256(content).hexdigest()


def _part(found: Found, left_out: Mapping[tuple[str, str], LeftOut]) -> Part:
    model = found.model
    shown = [
        field for field in model._meta.concrete_fields if not field.primary_key and not isinstance(field, BlindIndex)
    ]
    if found.holding.take_out:  # a record about many: only that this person is in it
        shown = [field for field in shown if field.name == "made_at"]
    items = [
        Item(key=str(one.pk), fields=[_said(one, field, found, left_out) for field in shown]) for one in found.records
    ]
    return Part(title=found.holding.title, model=found.holding.model, items=items)


def _said(record: models.Model, field: Any, found: Found, left_out: Mapping[tuple[str, str], LeftOut]) -> Said:
    gone = left_out.get((str(record.pk), field.name))
    value = None if gone else getattr(record, field.attname if field.is_relation else field.name)
    return Said(
        name=field.name,
        label=str(field.verbose_name).replace("_", " ").capitalize(),
        value=value,
        words=f"{LEFT_OUT}: {gone.get_why_display().lower()}." if gone else _words(record, field, value),
        may_name_others=field.name in found.holding.names_others,
        left_out=gone,
    )


def _words(record: models.Model, field: Any, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if field.is_relation:
        there = getattr(record, field.name)
        return str(there) if "__str__" in vars(type(there)) else ""
    if is_key(value):
        return ""
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    return _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{day(timezone.localdate(value))}, {at_clock(value)}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _plain(said: Said) -> Any:
    return {"left_out": said.left_out.get_why_display()} if said.left_out else said.value


def _who(entry: Entry, names: Mapping[str, str]) -> str:
    if entry.by.startswith("client:"):
        return "You"
    return names.get(entry.by, "The program" if not entry.by or len(entry.by) != 32 else "Somebody who worked here")
