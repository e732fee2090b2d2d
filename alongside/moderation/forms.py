"""What leads type when they write the guideline."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from alongside.core import clock
from alongside.core.addresses import KEY
from alongside.core.models import Keyed, new_key
from alongside.moderation.models import LONGEST_WORDS, Clause
from alongside.nhsuk.fields import SplitDateField


def _text(label: str, most: int, say: str = "", **options: Any) -> forms.CharField:
    errors = {"required": say, "max_length": f"Use {most} letters or fewer"}
    return forms.CharField(label=label, max_length=most, required=bool(say), error_messages=errors, **options)


class RecordForm(forms.Form):
    """A form that begins with what a record says now."""

    def __init__(self, data: Any = None, *, record: Keyed | None = None) -> None:
        said = {name: getattr(record, name) for name in self.base_fields if hasattr(record, name)}
        super().__init__(data, initial=said)


class TopForm(RecordForm):
    """What stands at the top."""

    title = _text("Title", 120, "Enter a title", help_text="Such as How we look after what is written here")
    introduction = _text(
        "First words", LONGEST_WORDS, help_text="Two or three short sentences.", widget=forms.Textarea({"rows": 4})
    )


class ClauseForm(RecordForm):
    """One clause."""

    title = _text("In one line", 120, "Enter the clause in one line", help_text="Such as No links")
    words = _text(
        "In plain words",
        LONGEST_WORDS,
        "Enter what it means, in plain words",
        help_text="Whoever wrote something that waits reads these words. Say what they may do.",
        widget=forms.Textarea({"rows": 4}),
    )
    does = forms.ChoiceField(
        label="What usually happens",
        choices=Clause.Does.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens", "invalid_choice": "Choose what happens"},
    )


class AddClauseForm(ClauseForm):
    """Adds one."""

    key = forms.CharField(initial=new_key, widget=forms.HiddenInput, validators=[RegexValidator(rf"\A{KEY}\Z")])


class PublishForm(forms.Form):
    """From when a version holds."""

    in_force_from = SplitDateField(label="It holds from", initial=clock.today)
