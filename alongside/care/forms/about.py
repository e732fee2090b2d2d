"""What we know of a client."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from alongside.care.actions.clients import FIELDS
from alongside.care.forms.fields import LineField, PastDateField, TextField
from alongside.care.forms.seen import Seen, day_inputs, packed, renewed, written
from alongside.care.models import Client
from alongside.core import clock

FIRST_PART = re.compile(r"\A[a-z]{1,2}\d[a-z\d]?\Z", re.IGNORECASE)
TYPED = (
    "name", "known_as", "pronouns", "gender", "phone", "email", "address", "postcode_area", "someone_close",
)  # fmt: skip


class AboutForm(forms.Form):
    """Changes what we know. It remembers what the person was looking at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    seen = Seen(required=False)
    name = LineField(label="Name")
    known_as = LineField(label="What they like to be called")
    pronouns = LineField(label="Pronouns")
    born = PastDateField(label="Date of birth", required=False, to_come="Enter a date of birth that has been")
    gender = forms.ChoiceField(label="Gender", choices=Client.Gender.choices, required=False, widget=forms.RadioSelect)
    phone = LineField(label="Phone")
    email = forms.EmailField(
        label="Email",
        required=False,
        widget=forms.EmailInput,
        error_messages={"invalid": "Enter an email address with an @, such as sam@example.org"},
    )
    address = TextField(label="Address", rows=3)
    postcode_area = LineField(
        label="First part of the postcode",
        help_text="Such as NG7. Reports use this part only.",
        validators=[RegexValidator(FIRST_PART, "Enter only the first part, such as NG7")],
    )
    someone_close = TextField(
        label="Somebody close to them", rows=3, help_text="Who they want us to reach if need be, and how"
    )
    needs = TextField(
        label="What they have asked us to do",
        rows=5,
        help_text="One on each line, such as “Text, don’t ring” or “Large print”. This stands on top of every page.",
    )
    checked_today = forms.BooleanField(label="I checked these with them today", required=False)

    def __init__(self, data: QueryDict | None = None, *, client: Client) -> None:
        super().__init__(data, initial=_known(client))
        self.fields["seen"].record = client  # type: ignore[attr-defined]

    def clean_postcode_area(self) -> str:
        """In capitals."""
        return str(self.cleaned_data["postcode_area"]).upper()

    def clean_needs(self) -> list[str]:
        """One need from each line."""
        return [line.strip() for line in self.cleaned_data["needs"].splitlines() if line.strip()]

    @property
    def written(self) -> dict[str, Any]:
        """What the person wrote themselves, apart from what was there already."""
        said = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        checked = {"needs_checked_on": clock.today()} if self.cleaned_data["checked_today"] else {}
        return written(self.cleaned_data["seen"], said) | checked

    def after(self, client: Client) -> "AboutForm":
        """This form again, now that the record says something else; what the person wrote stays."""
        data = renewed(self.data, shown=_inputs(client), keep=self.written)
        data["revision"], data["seen"] = str(client.revision), packed(client, FIELDS)
        return AboutForm(data, client=client)


def _inputs(client: Client) -> dict[str, dict[str, str]]:
    as_typed = {name: {name: getattr(client, name)} for name in TYPED}
    return as_typed | {"born": day_inputs("born", client.born), "needs": {"needs": "\n".join(client.needs)}}


def _known(client: Client) -> dict[str, object]:
    return {
        **{name: getattr(client, name) for name in (*TYPED, "born", "revision")},
        "needs": "\n".join(client.needs),
        "seen": packed(client, FIELDS),
    }
