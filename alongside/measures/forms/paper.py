"""Printing paper forms, bringing them in, and saying what a doubtful mark is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from alongside.care.models import Contact, Episode, Service
from alongside.core import clock
from alongside.instruments.items import Item
from alongside.measures.actions.paper.printing import MOST_COPIES
from alongside.measures.answers import Unfit, read, read_choice
from alongside.measures.forms.of_support import OfSupport
from alongside.measures.models import Mark, Questionnaire
from alongside.measures.queries.library import SERVICE_EVALUATION, Known
from alongside.nhsuk.fields import SplitDateField
from alongside.paper.form.ids import BadId, tidy

Occasion = Questionnaire.Occasion
COPIES = f"Type a whole number from 1 to {MOST_COPIES}"
WHEN = {
    Occasion.FORTNIGHT: "With a session, or on its own",
    Occasion.BEFORE: "Before a session",
    Occasion.AFTER: "After a session",
    Occasion.REVIEW: "At a review",
}


class _Printing(forms.Form):
    """Which measure is printed, for which day, and how large."""

    measure = forms.ChoiceField(
        label="Which form?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a form", "invalid_choice": "Choose a form from the list"},
    )
    about_on = SplitDateField(label="For which day?", initial=clock.today)
    large = forms.BooleanField(label="Large print", required=False)

    def offer(self, offered: Sequence[Known]) -> None:
        """Let one of these be chosen; the first is."""
        self.offered = {one.form.key: one for one in offered}
        self.fields["measure"].choices = [(key, one.form.name) for key, one in self.offered.items()]  # type: ignore[attr-defined]
        self.fields["measure"].initial = next(iter(self.offered))

    @property
    def known(self) -> Known:
        """The measure that was chosen."""
        return self.offered[self.cleaned_data["measure"]]


class PrintForm(_Printing, OfSupport):
    """A form for a client."""

    occasion = forms.ChoiceField(
        label="When is it taken?",
        choices=list(WHEN.items()),
        initial=Occasion.FORTNIGHT,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it is taken", "invalid_choice": "Choose when it is taken"},
    )
    field_order = ("measure", "episode", "occasion", "about_on", "large")

    def __init__(self, data: Any = None, *, episodes: Sequence[Episode], offered: Sequence[Known]) -> None:
        super().__init__(data, episodes=episodes)
        self.offer(offered)

    def for_session(self, session: Contact) -> None:
        """Propose the support and the day of a session, and to take the form after it."""
        on = timezone.localtime(session.starts_at).date()
        self.initial.update(episode=session.episode_id, about_on=on, occasion=Occasion.AFTER)

    def when(self) -> Questionnaire.Occasion:
        """When it is taken, as its measure calls it."""
        said = Occasion(self.cleaned_data["occasion"])
        of_service = self.known.form.key == SERVICE_EVALUATION
        if of_service:
            return Occasion.FORTNIGHT if said == Occasion.REVIEW else said
        return Occasion.ONCE if said == Occasion.FORTNIGHT else said

    def clean(self) -> dict[str, Any]:
        """A form is printed only for a service that offers it."""
        said = super().clean() or {}
        if not self.errors and not self.known.offered_in(self.chosen().service):
            self.add_error(
                "measure", f"{self.chosen().service} does not use this form. Choose another form or support."
            )
        return said


class PrintUnnamedForm(_Printing):
    """Forms without a name, for a service."""

    service = forms.ChoiceField(
        label="For which service?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a service", "invalid_choice": "Choose a service from the list"},
    )
    copies = forms.IntegerField(
        label="How many?",
        min_value=1,
        max_value=MOST_COPIES,
        initial=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": COPIES, "invalid": COPIES, "min_value": COPIES, "max_value": COPIES},
    )
    field_order = ("service", "measure", "copies", "about_on", "large")

    def __init__(self, data: Any = None, *, services: Sequence[Service], offered: Sequence[Known]) -> None:
        super().__init__(data)
        self.offer(offered)
        self.services = {one.pk: one for one in services}
        self.fields["service"].choices = [(key, one.name) for key, one in self.services.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Service:
        """The service."""
        return self.services[self.cleaned_data["service"]]

    def clean(self) -> dict[str, Any]:
        """A form is printed only for a service that offers it."""
        said = super().clean() or {}
        if not self.errors and not self.known.offered_in(self.chosen()):
            self.add_error("measure", f"{self.chosen()} does not use this form. Choose another form or service.")
        return said


class BringInForm(forms.Form):
    """Files of a scanner, or pictures."""

    scans = forms.Field(required=False)

    def clean_scans(self) -> list[Any]:
        """At least one, and none of them empty."""
        sent = self.sent.getlist("scans") if self.sent else []
        if not sent:
            raise forms.ValidationError("Choose a file")
        if any(not one.size for one in sent):
            raise forms.ValidationError("One of these files is empty. Choose it again, or leave it out.")
        return list(sent)

    def __init__(self, data: Any = None, sent: Any = None) -> None:
        super().__init__(data)
        self.sent = sent


class WhoseForm(forms.Form):
    """The letters under the code of a page that could not be read."""

    letters = forms.CharField(
        label="The letters under the square code",
        max_length=40,
        error_messages={"required": "Type the letters under the square code, such as 7KC-4MP-XRT-96HT"},
    )

    def clean_letters(self) -> str:
        """As they are printed."""
        try:
            return tidy(self.cleaned_data["letters"])
        except BadId as error:
            raise forms.ValidationError(str(error)) from error


class MarkForm(forms.Form):
    """What a mark is: a number on its line, or one of its choices."""

    mark = forms.CharField(required=False, max_length=20)
    do = forms.ChoiceField(
        required=False, choices=[(one, one) for one in ("keep", "missing", "unreadable", "another")], initial="keep"
    )

    def __init__(self, item: Item, data: Any = None, *, proposed: str) -> None:
        super().__init__(data, initial={"mark": proposed})
        self.item, self.proposed = item, proposed

    def clean(self) -> dict[str, Any]:
        """Read what was typed, as it is read everywhere else."""
        said = super().clean() or {}
        text = (said.get("mark") or "").strip()
        if said.get("do") in {"missing", "unreadable", "another"} or self.errors:
            return said
        try:
            number = read_choice(text, self.item).value if self.item.kind == "choice" else read(text, self.item)
        except Unfit as error:
            self.add_error("mark", str(error))
        else:
            said["value"] = number
            said["settled"] = Mark.Settled.ACCEPTED if text == self.proposed else Mark.Settled.MOVED
        return said
