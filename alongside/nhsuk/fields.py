"""A date in three parts, as people write it on paper."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class SplitDateInput(forms.MultiWidget):
    """Three boxes: day, month, year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": forms.TextInput, "month": forms.TextInput, "year": forms.TextInput}, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """The parts of a date that is already known."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class SplitDateField(forms.Field):
    """A date typed as day, month and year. "31 2 2026" is answered in words, and what was typed stays."""

    widget = SplitDateInput
    default_error_messages = {
        "required": "Enter a day, a month and a year",
        "invalid": "Enter a date that exists, such as 27 3 2026",
    }

    def to_python(self, value: Sequence[str | None] | None) -> date | None:
        """The date, or None where nothing was typed.

        >>> SplitDateField().to_python(["27", " 3", "2026"])
        datetime.date(2026, 3, 27)
        """
        parts = [(part or "").strip() for part in value or []]
        if not any(parts):
            return None
        try:
            day, month, year = map(_number, parts)
            found = date(year, month, day)
        except ValueError:
            found = date.min
        if found.year < 1900:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def _number(part: str) -> int:
    """Read what a person writes as a day, month or year, and none of the other things that Python reads."""
    if len(part) > 4 or not (part.isascii() and part.isdigit()):
        raise ValueError(part)
    return int(part)
