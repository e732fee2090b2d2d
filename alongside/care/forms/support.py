"""How somebody comes to us, what they receive, and how it ends."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.forms.fields import LineField, NearDateField, PastDateField, Press, choose
from alongside.care.models import Episode, Referral, Service
from alongside.care.queries import choices
from alongside.core import clock
from alongside.nhsuk.fields import SplitDateField


class SupportForm(forms.Form):
    """Somebody's way in, and the support that begins."""

    key = Press()
    way = forms.ChoiceField(
        label="Who asked",
        choices=Referral.Way.choices,
        widget=forms.RadioSelect,
        error_messages=choose("Choose who asked"),
    )
    sent_by = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Which organisation (optional)",
        required=False,
        empty_label="None that we list",
    )
    received_on = PastDateField(
        label="When they asked",
        initial=clock.today,
        to_come="Enter the day they asked. It cannot be to come",
        error_messages={"required": "Enter the day they asked"},
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Support",
        empty_label="Choose",
        error_messages=choose("Choose the support they will receive"),
    )
    practitioner = forms.ModelChoiceField(
        User.objects.none(), label="With", empty_label=None, error_messages=choose("Choose who they will work with")
    )
    funder = forms.ModelChoiceField(
        Organisation.objects.none(), label="Paid for by", required=False, empty_label="Our own money"
    )
    started_on = NearDateField(
        label="When support begins",
        initial=clock.today,
        error_messages={"required": "Enter the day support begins"},
    )

    def __init__(self, data: QueryDict | None = None, *, user: User, received: list[Episode] | None = None) -> None:
        super().__init__(data, initial={"practitioner": user.pk})
        self.open_services = {one.service_id for one in received or [] if one.ended_on is None}
        querysets = {
            "service": choices.services(user),
            "practitioner": choices.practitioners(user),
            "funder": choices.funders(),
            "sent_by": choices.referrers(),
        }
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The practitioner gives the service, and the client does not receive it already."""
        said = super().clean() or self.cleaned_data
        service, practitioner = said.get("service"), said.get("practitioner")
        if service and service.pk in self.open_services:
            self.add_error("service", f"They already receive {service.name}. Choose other support, or end that first")
        if service and practitioner and not choices.gives(practitioner, service):
            self.add_error("practitioner", f"Choose somebody in the team that gives {service.name}")
        asked, begins = said.get("received_on"), said.get("started_on")
        if asked and begins and begins < asked:
            self.add_error("started_on", "Enter a day on or after the day they asked")
        return said

    @property
    def arrival(self) -> dict[str, Any]:
        """How they came, and what begins."""
        return {name: self.cleaned_data[name] for name in SupportForm.base_fields}


class AddForm(SupportForm):
    """Somebody new. Whoever gives no name is known by a code."""

    name = LineField(label="Name (optional)", help_text="Leave it empty if they gave none. We give them a code.")
    known_as = LineField(label="What they like to be called (optional)")
    pronouns = LineField(label="Pronouns (optional)", help_text="Such as she/her")
    born = PastDateField(
        label="Date of birth (optional)", required=False, to_come="Enter a date of birth that has been"
    )
    phone = LineField(label="Phone (optional)")
    ABOUT = ("name", "known_as", "pronouns", "born", "phone")

    field_order = ("key", *ABOUT)

    @property
    def about(self) -> dict[str, Any]:
        """Who they are."""
        return {name: self.cleaned_data[name] for name in self.ABOUT}


class EndForm(forms.Form):
    """How support ended."""

    ended_on = SplitDateField(
        label="When it ended",
        error_messages={"required": "Enter the day it ended"},
    )
    ending = forms.ChoiceField(
        label="How it ended",
        choices=Episode.Ending.choices,
        widget=forms.RadioSelect,
        error_messages=choose("Choose how it ended"),
    )

    def __init__(self, data: QueryDict | None = None, *, began: Episode) -> None:
        self.began = began.started_on
        super().__init__(data, initial={"ended_on": max(clock.today(), self.began)})

    def clean_ended_on(self) -> date:
        """A day from the beginning until today. Support that has not begun is withdrawn: it ends on its first day."""
        ended: date = self.cleaned_data["ended_on"]
        first = f"{self.began.day} {self.began:%B %Y}"
        if self.began > clock.today() and ended != self.began:
            raise ValidationError(f"It begins on {first}. Enter that day to withdraw it")
        if ended < self.began:
            raise ValidationError(f"Enter a day on or after {first}, when it began")
        if ended > max(clock.today(), self.began):
            raise ValidationError("Enter the day it ended. It cannot be to come")
        return ended
