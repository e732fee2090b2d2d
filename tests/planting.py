"""Puts words that stand nowhere else into every encrypted field of every model, found by walking the models."""

import re
from datetime import timedelta
from typing import Any

from django.db import models

from alongside.core import clock
from alongside.core.encryption import EncryptedDate, EncryptedList, EncryptedText
from alongside.core.models import new_key
from alongside.core.rotation import tables

PLANTED = re.compile(r"zq\d{3}planted|1903-\d\d-\d\d", re.IGNORECASE)
ALWAYS_NEW = {"access.Session"}  # those that are there are of browsers that somebody is using
# what a row needs that its fields alone do not tell
NEEDS: dict[str, dict[str, object]] = {
    "care.Client": {"code": "ZQ-9001"},
    "measures.Correction": {"item": "self_harm_frequency"},
}


def plant() -> dict[str, str]:
    """Fill every encrypted field of at least one row of each model; gives the word by field."""
    planted: dict[str, str] = {}
    for table in tables():
        model = table.model
        rows = [] if model._meta.label in ALWAYS_NEW else list(model._default_manager.all())
        for row in rows or [_made(model)]:
            for field in table.sealed:
                name = f"{model._meta.label}.{field.name}"
                planted.setdefault(name, _word(field, len(planted)))
                setattr(row, field.attname, _value(field, planted[name]))
            row.save()
    return planted


def found_in(text: str | bytes) -> set[str]:
    """The planted words that stand in a text."""
    whole = text if isinstance(text, str) else text.decode("latin-1")
    return {word.lower() for word in PLANTED.findall(whole)}


def _word(field: EncryptedText, number: int) -> str:
    return (
        f"1903-{number // 28 + 1:02}-{number % 28 + 1:02}"
        if isinstance(field, EncryptedDate)
        else f"Zq{number:03}planted"
    )


def _value(field: EncryptedText, word: str) -> object:
    if isinstance(field, EncryptedDate):
        return field.to_python(word)
    return [word] if isinstance(field, EncryptedList) else word


def _made[Row: models.Model](model: type[Row]) -> Row:
    """A new row, with whatever each field must have."""
    said: dict[str, Any] = dict(NEEDS.get(model._meta.label, {}))
    for field in model._meta.concrete_fields:
        if field.name not in said and not (field.has_default() or field.null or field.blank):
            said[field.name] = _needed(field)
    row = model(**said)
    row.save(force_insert=True)
    return row


def _needed(field: Any) -> object:  # noqa: PLR0911 - one line for each kind
    match field:
        case models.ForeignKey():
            return field.related_model._default_manager.first() or _made(field.related_model)
        case EncryptedText():
            return _value(field, "1903-01-01" if isinstance(field, EncryptedDate) else "x")
        case _ if field.choices:
            return next(value for value, _ in field.flatchoices if value)
        case models.DateTimeField():
            return clock.now() + timedelta(hours=1)
        case models.DateField():
            return clock.today() + timedelta(days=field.name in {"ends_on", "review_on"})
        case models.IntegerField():
            return 1
        case models.JSONField():
            return {}
        case models.BinaryField():
            return b"x"
        case _:
            return new_key()[: field.max_length]
