"""What somebody was looking at when they began to write, carried in the form, unreadable on its way.

So a change by somebody else meanwhile can be told from what the person wrote themselves.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import QueryDict

from alongside.core.encryption import Unreadable, seal, unseal
from alongside.core.models import Keyed

PLACE = "care.form.seen"


def packed(record: Keyed, names: tuple[str, ...]) -> str:
    """What a record says now, sealed for this record."""
    return seal(json.dumps({name: _plain(getattr(record, name)) for name in names}), place=_place(record))


class Seen(forms.CharField):
    """The sealed text, hidden in the page. `record` is the one that the form changes."""

    widget = forms.HiddenInput
    record: Keyed | None = None

    def to_python(self, value: object) -> Any:
        """What was seen of this record; nothing if the text is not ours, or of another record."""
        if self.record is None:
            return {}
        try:
            return json.loads(unseal(super().to_python(value) or "", place=_place(self.record)))
        except Unreadable:
            return {}


def written(seen: Mapping[str, object], said: Mapping[str, Any]) -> dict[str, Any]:
    """What the person wrote themselves, apart from what was there already."""
    return {name: value for name, value in said.items() if name not in seen or seen[name] != _plain(value)}


def differing(seen: Mapping[str, object], record: object) -> list[str]:
    """What somebody else has changed since."""
    return [name for name, value in seen.items() if value != _plain(getattr(record, name))]


def renewed(
    data: Mapping[str, Any], *, shown: Mapping[str, Mapping[str, str]], keep: Mapping[str, object]
) -> QueryDict:
    """What was sent, brought up to date: fields that the person did not write themselves say what they say now."""
    fresh = QueryDict(mutable=True)
    fresh.update(data)
    for name, inputs in shown.items():
        if name not in keep:
            for html_name, text in inputs.items():
                fresh[html_name] = text
    return fresh


def day_inputs(name: str, on: date | None) -> dict[str, str]:
    """A date, as its three boxes send it."""
    parts = [str(on.day), str(on.month), str(on.year)] if on else ["", "", ""]
    return {f"{name}_{part}": text for part, text in zip(("day", "month", "year"), parts, strict=True)}


def _place(record: Keyed) -> str:
    return f"{PLACE}.{record.pk}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return value.isoformat() if isinstance(value, date) else value
