"""What people type about grants."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.models import Service
from alongside.core.models import new_key
from alongside.nhsuk.fields import SplitDateField
from alongside.reporting.periods import Period, longer_than

WHO_PAYS = "Choose the funder, or enter the name of a new one"
MOST_YEARS = 25
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


def _named(records: Sequence[Organisation | Service]) -> list[tuple[str, str]]:
    return [(one.pk, one.name) for one in records]


class ReadersForm(forms.Form):
    """Lets readers see a grant. A reader of another funder is asked about again: names are easily mistaken."""

    readers = forms.MultipleChoiceField(
        label="Who may read its reports",
        required=False,
        help_text="The funder’s own people. They see these reports and nothing else.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who may read its reports", "invalid_choice": "Choose people from the list"},
    )
    sure = forms.BooleanField(label="Yes, let them read this grant’s reports too", required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        readers: Sequence[User],
        read_for: Mapping[str, Collection[Organisation]],
        funder: Organisation | None = None,
    ) -> None:
        super().__init__(data)
        self.let_in = {one.pk: one for one in readers}
        self.read_for, self.payer = read_for, funder
        self._offer("readers", [(one.pk, f"{one.name} ({one.email})") for one in readers])
        if funder and readers:
            self.fields["readers"].required = True
        if not self.data.get("readers"):
            del self.fields["sure"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """A field without anything to choose is not shown."""
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    @property
    def paid_by(self) -> Organisation | str | None:
        """Whose grant it is."""
        return self.payer

    def clean(self) -> dict[str, Any]:
        """Ask whether a reader of another funder is meant."""
        said = super().clean() or self.cleaned_data
        others = [
            f"{self.let_in[key].name} ({self.let_in[key].email}) reads reports for {' and '.join(names)}."
            for key in said.get("readers", ())
            if self.paid_by and (names := sorted(one.name for one in self.read_for.get(key, ()) if one != self.paid_by))
        ]
        if others and not said.get("sure"):
            self.add_error("sure", f"{' '.join(others)} Tick the box if that is right")
        elif not others:
            self.fields.pop("sure", None)
        return said

    @property
    def chosen(self) -> list[User]:
        """Who is let in."""
        return [self.let_in[key] for key in self.cleaned_data.get("readers", ())]


class GrantForm(ReadersForm):
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
    field_order = ("key", "funder", "new_funder", "title", "starts_on", "ends_on", "services", "readers", "sure")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        funders: Sequence[Organisation],
        services: Sequence[Service],
        readers: Sequence[User],
        read_for: Mapping[str, Collection[Organisation]],
    ) -> None:
        super().__init__(data, readers=readers, read_for=read_for)
        self.funders = {one.pk: one for one in funders}
        self.paid_for = {one.pk: one for one in services}
        self._offer("funder", [("", "Choose a funder"), *_named(funders)] if funders else [])
        self._offer("services", _named(services))
        if not funders:
            self.fields["new_funder"].label = "Funder"

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
        elif (
            said.get("starts_on")
            and said.get("ends_on")
            and longer_than(MOST_YEARS, said["starts_on"], said["ends_on"])
        ):
            self.add_error("ends_on", f"Enter a last day within {MOST_YEARS} years of the first day")
        return said

    @property
    def paid_by(self) -> Organisation | str | None:
        """The funder chosen, or the one of the name typed; else that name."""
        named: str = self.cleaned_data.get("new_funder", "")
        if not named:
            return self.funders.get(self.cleaned_data.get("funder", ""))
        return next((one for one in self.funders.values() if one.name.casefold() == named.casefold()), named)

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, by the names that the action knows."""
        data = self.cleaned_data
        return {
            "funder": self.paid_by,
            "title": data["title"],
            "starts_on": data["starts_on"],
            "ends_on": data["ends_on"],
            "services": [self.paid_for[key] for key in data.get("services", ())],
            "readers": self.chosen,
            "key": data["key"],
        }
