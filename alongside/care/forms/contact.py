"""A meeting or a call."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from alongside.care.actions.contacts import FIELDS
from alongside.care.forms.fields import LineField, NearDateField, Press, TextField, TimeOfDayField, choose
from alongside.care.forms.seen import Seen, day_inputs, packed, renewed, written
from alongside.care.models import Contact, Episode
from alongside.core import clock

HOW_LONG = "Enter how long it was in whole minutes, such as 50"


class ContactForm(forms.Form):
    """Plans a contact, records one, or says what became of it."""

    key = Press()
    seen = Seen(required=False)
    episode = forms.ChoiceField(
        label="Which support",
        widget=forms.RadioSelect,
        error_messages=choose("Choose which support it belongs to"),
    )
    on = NearDateField(label="Date", error_messages={"required": "Enter the date of the contact"})
    at = TimeOfDayField(
        label="Time",
        help_text="Such as 14:30 or 2.30pm",
        error_messages={"required": "Enter the time it began, or will begin"},
    )
    minutes = forms.IntegerField(
        label="How long, in minutes",
        initial=50,
        min_value=1,
        max_value=600,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), HOW_LONG)
        | {"max_value": "Enter 600 minutes or fewer"},
    )
    mode = forms.ChoiceField(
        label="How you meet",
        choices=Contact.Mode.choices,
        widget=forms.RadioSelect,
        error_messages=choose("Choose how you meet"),
    )
    outcome = forms.ChoiceField(
        label="What became of it",
        choices=Contact.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages=choose("Choose what became of it, or “Planned”"),
    )
    place = LineField(label="Where (optional)", help_text="Such as Room 2")
    note = TextField(
        label="Note (optional)",
        rows=7,
        help_text="What you talked about and agreed. Leave out how anyone hurts themselves.",
    )

    def __init__(
        self, data: QueryDict | None = None, *, episodes: Sequence[Episode], contact: Contact | None = None
    ) -> None:
        super().__init__(data, initial=_known(contact) if contact else {"on": clock.today()})
        self.contact = contact
        self.fields["seen"].record = contact  # type: ignore[attr-defined]
        self.episodes = {episode.pk: episode for episode in episodes}
        if contact or len(self.episodes) == 1:
            del self.fields["episode"]
        else:
            choices = [(one.pk, f"{one.service.name} with {one.practitioner.name}") for one in episodes]
            self.fields["episode"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A contact that is over has become something; one to come is planned or cancelled."""
        said = super().clean() or self.cleaned_data
        if said.get("on") and said.get("at"):
            begins = said["starts_at"] = self._begins(said)
            outcome, over = said.get("outcome"), begins <= clock.now()
            if not over and outcome in {Contact.Outcome.CAME, Contact.Outcome.DID_NOT_COME}:
                self.add_error("outcome", "This time is still to come. Choose “Planned”, or put the date or time right")
            if over and outcome == Contact.Outcome.PLANNED:
                self.add_error("outcome", "This time has passed. Choose what became of it, or a time to come")
        return said

    def _begins(self, said: Mapping[str, Any]) -> datetime:
        """When it begins: the moment that was seen, unless another date or time was typed.

        The clocks go back through an hour that is then twice on its day, and forward over one that is not there.
        """
        typed = datetime.combine(said["on"], said["at"])
        if before := said["seen"].get("starts_at"):
            seen = datetime.fromisoformat(before)
            if timezone.make_naive(seen).replace(second=0, microsecond=0) == typed:
                return seen
        begins = timezone.make_aware(typed)
        if timezone.make_naive(begins.astimezone(UTC)) != typed:
            self.add_error("at", "The clocks go forward that night and skip this time. Enter another time")
        return begins

    @property
    def support(self) -> Episode:
        """What it belongs to."""
        key = self.cleaned_data.get("episode") or next(iter(self.episodes))
        return self.episodes[key]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, by the names of the record."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def written(self) -> dict[str, Any]:
        """What of it the person wrote themselves."""
        return written(self.cleaned_data["seen"], self.said)

    @property
    def was(self) -> dict[str, Any]:
        """What the person was looking at."""
        seen = dict(self.cleaned_data["seen"])
        return seen | ({"starts_at": datetime.fromisoformat(seen["starts_at"])} if seen else {})

    def after(self, contact: Contact) -> "ContactForm":
        """This form again, now that the record says something else; what the person wrote stays."""
        data = renewed(self.data, shown=_inputs(contact), keep=self.written)
        data["seen"] = packed(contact, FIELDS)
        return ContactForm(data, episodes=list(self.episodes.values()), contact=contact)


def _inputs(contact: Contact) -> dict[str, dict[str, str]]:
    begins = timezone.localtime(contact.starts_at)
    typed = {name: {name: str(getattr(contact, name))} for name in FIELDS if name != "starts_at"}
    return typed | {"starts_at": {**day_inputs("on", begins.date()), "at": f"{begins:%H:%M}"}}


def _known(contact: Contact) -> dict[str, object]:
    begins = timezone.localtime(contact.starts_at)
    not_said_yet = contact.outcome == Contact.Outcome.PLANNED and contact.starts_at <= clock.now()
    return {
        "seen": packed(contact, FIELDS),
        "on": begins.date(),
        "at": f"{begins:%H:%M}",
        "minutes": contact.minutes,
        "mode": contact.mode,
        "outcome": "" if not_said_yet else contact.outcome,
        "place": contact.place,
        "note": contact.note,
    }
