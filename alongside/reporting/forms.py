"""What people type about grants."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.models import Service
from alongside.core.models import new_key
from alongside.nhsuk.fields import SplitDateField
from alongside.reporting.periods import Period

WHO_PAYS = "Choose the funder, or enter the name of a new one"
PRESS = RegexValidator(r"\A[0-9a-f]{32}\Z")


def _press() -> forms.CharField:
    """A random key, hidden in the page: one press of its button makes one record."""
    return forms.CharField(initial=new_key, widget=forms.HiddenInput, validators=[PRESS])


class MakeForm(forms.Form):
    """One press: make the report of one of a grant's years."""

    key = _press()
    year = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, periods: Sequence[Period]) -> None:
        super().__init__(data)
        self.periods = {period.value: period for period in periods}

    def clean_year(self) -> str:
        """Refuse a year that is not one of this grant's, or has not begun."""
        year: str = self.cleaned_data["year"]
        if year not in self.periods:
            raise forms.ValidationError("Choose one of the years of this grant")
        return year

    @property
    def said(self) -> dict[str, Any]:
        """What was asked for, by the names that the action knows."""
        period = self.periods[self.cleaned_data["year"]]
        return {"starts_on": period.starts_on, "ends_on": period.ends_on, "key": self.cleaned_data["key"]}


def _named(records: Sequence[Organisation | Service | User]) -> list[tuple[str, str]]:
    return [(one.pk, one.name) for one in records]


class GrantForm(forms.Form):
    """Adds a grant."""

    key = _press()
    funder = forms.ChoiceField(
        label="Funder", required=False, error_messages={"invalid_choice": "Choose a funder from the list"}
    )
    new_funder = forms.CharField(
        label="Or the name of a new funder",
        required=False,
        max_length=200,
        error_messages={"max_length": "Use 200 letters or fewer"},
    )
    title = forms.CharField(
        label="What the grant is called",
        help_text="It stands in the reports.",
        max_length=200,
        error_messages={"required": "Enter what the grant is called", "max_length": "Use 200 letters or fewer"},
    )
    starts_on = SplitDateField(
        label="First day", help_text="For example 1 4 2026", error_messages={"required": "Enter the grant’s first day"}
    )
    ends_on = SplitDateField(
        label="Last day", help_text="For example 31 3 2029", error_messages={"required": "Enter the grant’s last day"}
    )
    services = forms.MultipleChoiceField(
        label="What it pays for",
        required=False,
        help_text="Choose none if it pays for every service.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose services from the list"},
    )
    readers = forms.MultipleChoiceField(
        label="Who may read its reports",
        required=False,
        help_text="The funder’s own people. They see these reports and nothing else.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose people from the list"},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        funders: Sequence[Organisation],
        services: Sequence[Service],
        readers: Sequence[User],
    ) -> None:
        super().__init__(data)
        self.funders = {one.pk: one for one in funders}
        self.paid_for = {one.pk: one for one in services}
        self.let_in = {one.pk: one for one in readers}
        self._offer("funder", [("", "Choose a funder"), *_named(funders)] if funders else [])
        self._offer("services", _named(services))
        self._offer("readers", _named(readers))
        if not funders:
            self.fields["new_funder"].label = "Funder"

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """A field without anything to choose is not shown."""
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """One funder, and a last day after the first."""
        said = super().clean() or self.cleaned_data
        chosen, new = said.get("funder"), said.get("new_funder")
        if not {"funder", "new_funder"} & self.errors.keys() and bool(chosen) == bool(new):
            missing = "funder" if "funder" in self.fields else "new_funder"
            where, say = ("new_funder", "Choose a funder or enter a new one, not both") if new else (missing, WHO_PAYS)
            self.add_error(where, say)
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] <= said["starts_on"]:
            self.add_error("ends_on", "Enter a last day that is after the first day")
        return said

    @property
    def funder_named(self) -> Organisation | str:
        """The funder chosen, or the one of the name typed; else that name."""
        named: str = self.cleaned_data["new_funder"]
        if not named:
            return self.funders[self.cleaned_data["funder"]]
        return next((one for one in self.funders.values() if one.name.casefold() == named.casefold()), named)

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, by the names that the action knows."""
        data = self.cleaned_data
        return {
            "funder": self.funder_named,
            "title": data["title"],
            "starts_on": data["starts_on"],
            "ends_on": data["ends_on"],
            "services": [self.paid_for[key] for key in data.get("services", ())],
            "readers": [self.let_in[key] for key in data.get("readers", ())],
            "key": data["key"],
        }
