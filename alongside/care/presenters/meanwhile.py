"""What somebody else changed while a form was being written."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.utils import timezone

from alongside.care.models import Client, Contact
from alongside.care.presenters.when import moment
from alongside.core.words import day


@dataclass(frozen=True, kw_only=True)
class Meanwhile:
    """One field: what it says now, who changed it, and what the person wrote there, if anything."""

    label: str
    now: str
    who: str
    wrote: str | None


def changes(
    record: Client | Contact,
    names: Sequence[str],
    *,
    labels: Mapping[str, str],
    who: Mapping[str, tuple[str, datetime]],
    written: Mapping[str, object],
) -> list[Meanwhile]:
    """What was changed, field by field."""
    theirs = copy(record)
    for name, value in written.items():
        setattr(theirs, name, value)
    return [
        Meanwhile(
            label=labels[name],
            now=_said(record, name),
            who=f"{who[name][0]}, {moment(who[name][1])}" if name in who else "Somebody",
            wrote=_said(theirs, name) if name in written else None,
        )
        for name in names
        if name in labels
    ]


def labels_of(form: forms.Form, **others: str) -> dict[str, str]:
    """The labels of a form, and of what it shows under other names."""
    return {name: str(field.label) for name, field in form.fields.items()} | others


def _said(record: Client | Contact, name: str) -> str:
    value = getattr(record, name)
    if isinstance(value, datetime):
        return f"{day(timezone.localdate(value))}, {timezone.localtime(value):%H:%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return "; ".join(value)
    shown = getattr(record, f"get_{name}_display", None)
    return str(shown() if shown else value)
