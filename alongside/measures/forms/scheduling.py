"""Asking a measure of a client: which, how often, from when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.care.models import Episode
from alongside.core import clock
from alongside.measures.forms.of_support import OfSupport
from alongside.measures.models import Schedule
from alongside.measures.models.schedule import REVIEW_WEEKS
from alongside.measures.queries.library import SERVICE_EVALUATION, Known
from alongside.nhsuk.fields import SplitDateField

WEEKS = "Type a whole number of weeks from 1 to 52"


class AskForm(OfSupport):
    """The service evaluation form needs no asking: its own rhythm is a fortnight."""

    measure = forms.ChoiceField(
        label="Which form?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a form", "invalid_choice": "Choose a form from the list"},
    )
    rhythm = forms.ChoiceField(
        label="How often?",
        choices=Schedule.Rhythm,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often", "invalid_choice": "Choose how often"},
    )
    weeks = forms.IntegerField(
        label="Weeks between reviews",
        help_text="Only for reviews.",
        min_value=1,
        max_value=52,
        initial=REVIEW_WEEKS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        required=False,
        error_messages={"invalid": WEEKS, "min_value": WEEKS, "max_value": WEEKS},
    )
    first_on = SplitDateField(label="From when?", initial=clock.today)

    def __init__(self, data: Any = None, *, episodes: Sequence[Episode], offered: Sequence[Known]) -> None:
        super().__init__(data, episodes=episodes)
        self.offered = {one.form.key: one for one in offered if one.form.key != SERVICE_EVALUATION}
        self.fields["measure"].choices = [(key, one.form.name) for key, one in self.offered.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A form is asked only in a service that offers it, and not from a day long past."""
        said = super().clean() or {}
        known, first_on = self.offered.get(said.get("measure") or ""), said.get("first_on")
        if not self.errors and known and not known.offered_in(self.chosen().service):
            self.add_error(
                "measure", f"{self.chosen().service} does not use this form. Choose another form or support."
            )
        if said.get("rhythm") == Schedule.Rhythm.REVIEW and said.get("weeks") is None and "weeks" not in self.errors:
            self.add_error("weeks", WEEKS)
        if first_on and first_on < clock.today():
            self.add_error("first_on", "Enter today or a day to come")
        return said
