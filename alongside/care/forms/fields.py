"""Fields that several forms have."""

import re
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from alongside.core import clock
from alongside.core.models import new_key
from alongside.nhsuk.fields import SplitDateField

WORDS = 300  # the most letters in a line
NOTE = 20_000
YEAR = timedelta(days=365)


def choose(say: str) -> dict[str, str]:
    """What is said where nothing was chosen, or something that is no longer there."""
    return {"required": say, "invalid_choice": say}


class Press(forms.CharField):
    """A random key, hidden in the page: one press of its button makes one record."""

    def __init__(self) -> None:
        super().__init__(initial=new_key, widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])


class LineField(forms.CharField):
    """A line that may stay empty."""

    def __init__(self, *, required: bool = False, attrs: dict[str, str] | None = None, **options: Any) -> None:
        super().__init__(max_length=WORDS, required=required, widget=forms.TextInput(attrs), **options)
        self.error_messages["max_length"] = f"Use {WORDS} letters or fewer"


class TextField(forms.CharField):
    """Several lines."""

    def __init__(self, *, rows: int = 5, required: bool = False, **options: Any) -> None:
        super().__init__(max_length=NOTE, required=required, widget=forms.Textarea({"rows": rows}), **options)
        self.error_messages["max_length"] = f"Use {NOTE:,} letters or fewer"

    def to_python(self, value: object) -> str:
        """Browsers send two letters where a line ends; we keep one."""
        return "\n".join((super().to_python(value) or "").splitlines())


class NearDateField(SplitDateField):
    """A day that has been, or one of the coming year: a slip in the year is not taken for a plan."""

    def validate(self, value: date | None) -> None:
        """Refuse a day that is further away."""
        super().validate(value)
        if value and value > clock.today() + YEAR:
            raise ValidationError("Enter a day that is no more than a year away", code="far")


class PastDateField(SplitDateField):
    """A day that is today or before."""

    def __init__(self, *, to_come: str, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["to_come"] = to_come

    def validate(self, value: date | None) -> None:
        """Refuse a day to come."""
        super().validate(value)
        if value and value > clock.today():
            raise ValidationError(self.error_messages["to_come"], code="to_come")


class TimeOfDayField(forms.Field):
    """A time as people write it."""

    SHAPE = re.compile(r"\A(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?\Z", re.IGNORECASE)
    SAY = "Enter the time, such as 14:30 or 2.30pm"

    def to_python(self, value: object) -> time | None:
        """Read it. Hours from 1 to 6 say whether they are in the morning.

        >>> [str(TimeOfDayField().to_python(text)) for text in ("14:30", "2.30pm", "0930", "9am", "12am")]
        ['14:30:00', '14:30:00', '09:30:00', '09:00:00', '00:00:00']
        """
        text = str(value or "").strip()
        if not text:
            return None
        found = self.SHAPE.match(text)
        if not found or not (found[2] or found[3]):
            raise ValidationError(self.SAY, code="invalid")
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and not 1 <= hour <= 12:
            raise ValidationError(self.SAY, code="invalid")
        if not half and 1 <= hour <= 6 and not text.startswith("0"):
            raise ValidationError(f"Say whether {text} is am or pm, such as {text}pm", code="half")
        try:
            return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)
        except ValueError as error:
            raise ValidationError(self.SAY, code="invalid") from error
