"""What is typed about rights; every error says what to do. No box is ticked beforehand, and none asks two things."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict

from alongside.access.models import User
from alongside.core import clock
from alongside.core.models import new_key
from alongside.core.sockets import Known
from alongside.nhsuk.fields import SplitDateField
from alongside.rights.models import (
    Breach,
    Consent,
    KeepingTime,
    Kept,
    LeftOut,
    Opinion,
    Pause,
    Purpose,
    Request,
    Wording,
)
from alongside.rights.queries import keeping

LINE, TEXT = 300, 20_000
MOMENT = "%Y-%m-%dT%H:%M"


class Press(forms.CharField):
    """A random key, hidden in the page: one press of its button makes one record."""

    def __init__(self) -> None:
        super().__init__(initial=new_key, widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])


class PastDay(SplitDateField):
    """A day that is today or before."""

    def validate(self, value: date | None) -> None:
        """Refuse a day to come."""
        super().validate(value)
        if value and value > clock.today():
            raise ValidationError("Enter a day that is today or before", code="to_come")


class Moment(forms.DateTimeField):
    """A day and a time, as the browser asks for them."""

    def __init__(self, *, label: str, required: bool = False) -> None:
        super().__init__(
            label=label, required=required, input_formats=[MOMENT],
            help_text="Day and time, such as 2026-11-23T14:30",
            widget=forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT),
            error_messages={"required": "Enter the day and the time", "invalid": "Enter a day and a time that exist"},
        )  # fmt: skip

    def clean(self, value: Any) -> datetime | None:
        """Refuse a moment to come."""
        moment: datetime | None = super().clean(value)
        if moment and moment > clock.now():
            raise ValidationError("Enter a time that has been")
        return moment


def _choose(label: str, choices: Any, say: str, **options: Any) -> forms.ChoiceField:
    said = {"required": say, "invalid_choice": say}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=said, **options)


def _line(label: str, say: str = "", **options: Any) -> forms.CharField:
    said = {"required": say, "max_length": f"Use {LINE} letters or fewer"}
    return forms.CharField(label=label, max_length=LINE, required=bool(say), error_messages=said, **options)


def _text(label: str, say: str = "", *, rows: int = 4, **options: Any) -> forms.CharField:
    said = {"required": say, "max_length": f"Use {TEXT:,} letters or fewer"}
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(
        label=label, max_length=TEXT, required=bool(say), widget=widget, error_messages=said, **options
    )


def _today(label: str, say: str) -> PastDay:
    return PastDay(label=label, initial=clock.today, error_messages={"required": say})


class ConsentForm(forms.Form):
    """One answer to one question, in the words that were on the page."""

    key = Press()
    version = forms.CharField(widget=forms.HiddenInput)
    answer = _choose("What they said", [("yes", "Yes"), ("no", "No")], "Choose what they said")
    how = _choose("How they said it", Consent.How.choices, "Choose how they said it")
    said_on = _today("When they said it", "Enter the day they said it")

    def __init__(self, data: QueryDict | None = None, *, wording: Wording, before: Consent | None) -> None:
        super().__init__(data, initial={"version": wording.version})
        if before and before.answer == Consent.Answer.YES:
            taken_back = ("taken back", "They take back what they agreed to")
            self.fields["answer"].choices = [("yes", "Yes, as before"), taken_back]  # type: ignore[attr-defined]


class WordingForm(forms.Form):
    """How one thing is asked from now on."""

    asks = _text("What we ask", "Enter what you ask", rows=3)
    taking_back = _text("What taking it back will do", "Enter what taking it back will do", rows=4)


class CompetenceForm(forms.Form):
    """Somebody under 16 understands what they agree to."""

    key = Press()
    noted_on = _today("When you talked about it", "Enter the day you talked about it")
    why = _text(
        "Why you think that they understand", "Enter why you think so",
        help_text="What they said about what would happen, and what could go wrong. Their age alone does not say it.",
    )  # fmt: skip
    own_words = _text("What they want, in their own words (optional)")
    may_tell_parents = _choose(
        "May we get in touch with a parent or carer?", [("no", "No"), ("yes", "Yes, they have agreed to it")],
        "Choose whether we may",
    )  # fmt: skip
    safeguarding_lead = forms.ModelChoiceField(
        User.objects.none(), label="Who leads on safeguarding for them", empty_label="Choose",
        error_messages={"required": "Choose who leads on safeguarding", "invalid_choice": "Choose one of these people"},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, leads: Any) -> None:
        super().__init__(data)
        self.fields["safeguarding_lead"].queryset = leads  # type: ignore[attr-defined]

    def clean_may_tell_parents(self) -> bool:
        """As the record keeps it."""
        return bool(self.cleaned_data["may_tell_parents"] == "yes")


class RequestForm(forms.Form):
    """Somebody asks for a copy, or to be erased."""

    key = Press()
    kind = _choose("What they ask for", Request.Kind.choices, "Choose what they ask for")
    code = _line(
        "Their code", "Enter their code, such as WS-0412", help_text="It stands beside their name on their page."
    )
    received_on = _today("When it reached us", "Enter the day it reached us")

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_code(self) -> Known:
        """Only somebody whom this person answers for."""
        found = keeping.by_code(self.user, self.cleaned_data["code"].strip().upper())
        if found is None:
            raise ValidationError(
                "Enter the code of somebody whom one of your teams supports or supported. "
                "For anybody else, ask a lead of theirs"
            )
        return found


class StepForm(forms.Form):
    """One step on the way of a request."""

    def __init__(self, data: QueryDict | None = None, *, asked: Request) -> None:
        super().__init__(data)
        self.asked = asked


class IdentityForm(StepForm):
    """How we made sure who is asking."""

    on = _today("When you made sure who is asking", "Enter the day")
    how = _line("How", "Enter how, such as: I know them, and they asked me in person")


class LongerForm(StepForm):
    """Two more months, where the request is complex."""

    why = _text("Why it takes longer, as you have told them", "Enter the reason that you have told them")


class PauseForm(StepForm):
    """The clock stops while we wait for them."""

    why = _choose("What we wait for", Pause.Why.choices, "Choose what you wait for")
    from_on = _today("When you asked them", "Enter the day you asked them")

    def clean_from_on(self) -> date:
        """No day before there was a request."""
        day: date = self.cleaned_data["from_on"]
        if day < self.asked.received_on:
            raise ValidationError("Enter a day on which the request had reached us")
        return day


class GoOnForm(StepForm):
    """They have answered."""

    on = _today("When they answered", "Enter the day they answered")

    def clean_on(self) -> date:
        """No day before they were asked."""
        day: date = self.cleaned_data["on"]
        if self.asked.pauses.filter(until_on=None, from_on__gt=day).exists():
            raise ValidationError("Enter a day on which you had asked them")
        return day


class OpinionForm(StepForm):
    """What a health professional said about giving a copy."""

    key = Press()
    finding = _choose("What was said", Opinion.Finding.choices, "Choose what was said")
    who = _line("Who said so", "Enter their name")
    role = _line("What they do", "Enter what they do, such as: her GP")
    given_on = _today("When they said it", "Enter the day they said it")


class LeaveOutForm(forms.Form):
    """One thing is left out of a copy."""

    why = _choose("Why it is left out", LeftOut.Why.choices, "Choose why it is left out")
    reason = _text("Who it would be unfair to, or whose opinion it was", "Enter the reason", rows=3)


class DecideForm(forms.Form):
    """A request is refused."""

    why = _text("Why you refuse it, as you have told them", "Enter the reason that you have told them")


class KeptForm(forms.Form):
    """What else keeping a record goes by."""

    time = forms.TypedChoiceField(label="How long it is kept", required=False, empty_value=None)
    died_on = PastDay(label="If they have died: when (optional)", required=False)

    def __init__(self, data: QueryDict | None = None, *, kept: Kept | None, times: Iterable[KeepingTime]) -> None:
        super().__init__(data, initial={"time": kept.time_id if kept else "", "died_on": kept and kept.died_on})
        by_key = {time.pk: time for time in times}
        field = cast(forms.TypedChoiceField, self.fields["time"])
        field.choices = [("", "The usual time"), *((key, time.name) for key, time in by_key.items())]
        field.coerce = by_key.__getitem__


class HoldForm(forms.Form):
    """A record is held longer."""

    key = Press()
    why = _text("Why it must not be erased", "Enter why it must not be erased", rows=3)
    until_on = SplitDateField(label="Until when (optional)", required=False)


class EraseForm(forms.Form):
    """Everything about one person is erased. There is no way back."""

    code = _line("To make sure, enter their code", "Enter their code")

    def __init__(self, data: QueryDict | None = None, *, person: Known) -> None:
        super().__init__(data)
        self.person = person

    def clean_code(self) -> str:
        """The right person, typed."""
        code: str = self.cleaned_data["code"].strip().upper()
        if code != self.person.code:
            raise ValidationError("That is not the code on this page. Enter the one that stands above")
        return code


class PurposeForm(forms.ModelForm):  # type: ignore[type-arg]
    """One purpose, as the organisation means it."""

    class Meta:
        model = Purpose
        fields = ("name", "basis", "condition", "source", "recipients", "keeping")
        labels = {
            "name": "What it is for", "basis": "The basis in law", "condition": "The condition for data about health",
            "source": "Where the data come from", "recipients": "Who receives them",
            "keeping": "How long they are kept",
        }  # fmt: skip


class TimeForm(forms.ModelForm):  # type: ignore[type-arg]
    """How long one class of records is kept."""

    class Meta:
        model = KeepingTime
        fields = ("name", "trigger", "years", "child_until", "at_17_until", "years_after_death", "action", "why")
        labels = {
            "name": "Name", "trigger": "From when", "years": "How many years",
            "child_until": "If they were under 18 then: until which birthday (optional)",
            "at_17_until": "If they were 17: until which birthday (optional)",
            "years_after_death": "If they have died: years after that (optional)",
            "action": "What happens then", "why": "Why you chose this",
        }  # fmt: skip


class ComplaintForm(forms.Form):
    """What the public fills in."""

    key = Press()
    words = _text("What happened with your data?", "Write what happened", rows=6)
    name = _line("Your name (optional)")
    reach = _line("How can we reach you? (optional)", help_text="A phone number or an email that is safe for you.")


class AnswerForm(forms.Form):
    """What we answered to a complaint."""

    outcome = _text("What you found, and what you told them", "Enter what you found and told them")


class BreachForm(forms.Form):
    """A breach, as soon as it is noticed. As little about people as will do."""

    key = Press()
    noticed_at = Moment(label="When you noticed it", required=True)
    what = _text("What happened", "Enter what happened", help_text="Name nobody. Say what kind of data it was.")
    people = forms.IntegerField(label="About how many people (optional)", required=False, min_value=0, max_value=10**6)


class BreachStepsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was done about a breach, and who was told."""

    ico_told_at = Moment(label="When the ICO was told (optional)")
    ico_not_told_why = _text("Why the ICO was not told (optional)", rows=2)
    commission_told_at = Moment(label="When the Charity Commission was told (optional)")
    people_told_at = Moment(label="When the people were told (optional)")
    done = _text("What you did about it (optional)")
    closed_on = PastDay(label="When it was over (optional)", required=False)

    class Meta:
        model = Breach
        fields = ("ico_told_at", "ico_not_told_why", "commission_told_at", "people_told_at", "done", "closed_on")
