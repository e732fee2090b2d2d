"""What facilitators say of a workshop: what it is, who leads it, its script, and what could go wrong."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils import timezone

from alongside.access.models import User
from alongside.core import clock
from alongside.core.models import new_key
from alongside.nhsuk.fields import SplitDateField
from alongside.voice.actions.workshops import NO_LEAD
from alongside.voice.models import Assessment, Phase, Session, Workshop
from alongside.voice.templates import TEMPLATES, TWO_SESSIONS

MOST_GROUPS, LONGEST_NAME, MOST_PAIRS = 20, 80, 60
TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p"]


def line(label: str, most: int, *, say: str = "", help_text: str = "") -> forms.CharField:
    """One line; `say` asks for it where it is empty."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, required=bool(say),
        error_messages={"required": say, "max_length": f"Use {most} letters or fewer"},
    )  # fmt: skip


def lines(label: str, most: int, *, say: str = "", help_text: str = "", rows: int = 4) -> forms.CharField:
    """Several lines."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, required=bool(say), widget=forms.Textarea({"rows": rows}),
        error_messages={"required": say, "max_length": f"Use {most:,} letters or fewer"},
    )  # fmt: skip


def number(label: str, least: int, most: int, *, required: bool = False, help_text: str = "") -> forms.IntegerField:
    """A whole number."""
    say = f"Enter a whole number from {least} to {most}"
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, required=required,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), say),
    )  # fmt: skip


def script_field(label: str) -> forms.ChoiceField:
    """Which script to begin with."""
    say = "Choose a script to begin with"
    return forms.ChoiceField(
        label=label,
        choices=[(key, f"{one.title}. {one.about}") for key, one in TEMPLATES.items()],
        initial=TWO_SESSIONS,
        widget=forms.RadioSelect,
        error_messages={"required": say, "invalid_choice": say},
    )


class NewForm(forms.Form):
    """A new workshop."""

    key = forms.CharField(initial=new_key, widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])
    title = line("What is it called?", 120, say="Enter what the workshop is called")
    purpose = lines(
        "What is it for? (optional)",
        2000,
        help_text="People read this before they take a seat. Say what becomes of it.",
    )
    script = script_field("Which script do you begin with?")
    names = lines(
        "Groups", 2000, rows=3, say="Enter a name for each group",
        help_text="A name on each line. Most workshops have one. Several work side by side, also on the same question.",
    )  # fmt: skip
    rehearsal = forms.BooleanField(
        label="This is a rehearsal",
        required=False,
        help_text="It fills itself with invented people, never counts, and goes with one press.",
    )

    def clean_names(self) -> list[str]:
        """Each line is a group; a name comes once."""
        typed = (" ".join(one.split()) for one in self.cleaned_data["names"].splitlines())
        names = list(dict.fromkeys(filter(None, typed)))
        if len(names) > MOST_GROUPS:
            raise forms.ValidationError(f"Plan {MOST_GROUPS} groups or fewer")
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(f"Use {LONGEST_NAME} letters or fewer for each group")
        return names


class WorkshopForm(forms.Form):
    """What a workshop is and who leads it."""

    title = line("What is it called?", 120, say="Enter what the workshop is called")
    purpose = lines("What is it for?", 2000, help_text="People read this before they take a seat.")
    named_supporter = line(
        "Who can people turn to during it?",
        200,
        help_text="A name, and how to find them. Everybody who joins reads it.",
    )
    under_18 = forms.BooleanField(label="People under 18 take part", required=False)
    safeguarding_lead = forms.ChoiceField(
        label="Who answers for safeguarding?",
        required=False,
        help_text="Needed before it opens where people under 18 take part.",
        error_messages={"invalid_choice": "Choose somebody from the list"},
    )
    leads = forms.MultipleChoiceField(
        label="Who leads it with you?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They see and do here all that you do.",
        error_messages={"invalid_choice": "Choose people from the list"},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        workshop: Workshop,
        me: User,
        may_lead: Sequence[User],
        may_answer: Sequence[User],
    ) -> None:
        super().__init__(data, initial=_known(workshop))
        self.people = {one.pk: one for one in [*may_lead, *may_answer]}
        others = [(one.pk, one.name) for one in may_lead if one != me]
        self.fields["leads"].choices = others  # type: ignore[attr-defined]
        if not others:
            del self.fields["leads"]
        self.fields["safeguarding_lead"].choices = [("", "Nobody yet"), *((one.pk, one.name) for one in may_answer)]  # type: ignore[attr-defined]
        self.workshop = workshop

    def clean(self) -> dict[str, Any]:
        """While it is open, somebody answers for people under 18."""
        said = super().clean() or self.cleaned_data
        is_open = self.workshop.state == Workshop.State.OPEN
        if is_open and said.get("under_18") and "safeguarding_lead" in said and not said["safeguarding_lead"]:
            self.add_error("safeguarding_lead", NO_LEAD)
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the names that the action knows."""
        said = dict(self.cleaned_data)
        leads = [self.people[key] for key in said.pop("leads", ())]
        return {**said, "safeguarding_lead": self.people.get(said["safeguarding_lead"]), "leads": leads}


def _known(workshop: Workshop) -> dict[str, Any]:
    names = ("title", "purpose", "named_supporter", "under_18")
    leads = [one.pk for one in workshop.leads.all()]
    known = {name: getattr(workshop, name) for name in names}
    return {**known, "safeguarding_lead": workshop.safeguarding_lead_id or "", "leads": leads}


class AssessmentForm(forms.Form):
    """What could go wrong for people, what is done about it, and who signs that."""

    what = lines(
        "What could be hard for people here, and what do you do about it?", 5000, rows=8,
        say="Write what could be hard, and what you do about it",
        help_text="Think of who comes, what is asked, what people may read, who is there for them, and afterwards.",
    )  # fmt: skip
    signed_by = line("Who signs it?", 200, say="Enter who signs it", help_text="Whoever answers for the organisation.")
    signed_on = SplitDateField(label="Signed on", initial=clock.today)
    review_on = SplitDateField(label="It is looked at again on")

    def __init__(self, data: QueryDict | None = None, *, known: Assessment | None = None) -> None:
        super().__init__(data, initial={"what": known.what} if known else {})

    def clean(self) -> dict[str, Any]:
        """It was signed by today, and holds for a while."""
        said = super().clean() or self.cleaned_data
        signed, review = said.get("signed_on"), said.get("review_on")
        if signed and signed > clock.today():
            self.add_error("signed_on", "Enter the day on which it was signed, not a day to come")
        if review and signed and review <= max(signed, clock.today()):
            self.add_error("review_on", "Enter a day to come")
        return said


class GroupForm(forms.Form):
    """One more group."""

    name = line("What is the group called?", LONGEST_NAME, say="Enter a name for the group")
    script = script_field("Which script does it begin with?")


class SessionForm(forms.Form):
    """What a session is called, and when it begins."""

    title = line("What is the session called? (optional)", 120)
    on = SplitDateField(label="Date (optional)", required=False)
    at = forms.TimeField(
        label="Time (optional)", input_formats=TIMES, required=False, help_text="Such as 14:30 or 2.30pm",
        widget=forms.TextInput(), error_messages={"invalid": "Enter the time, such as 14:30 or 2.30pm"},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, session: Session) -> None:
        begins = timezone.localtime(session.starts_at) if session.starts_at else None
        when = {"on": begins.date(), "at": begins.strftime("%H:%M")} if begins else {}
        super().__init__(data, initial={"title": session.title, **when})

    def clean(self) -> dict[str, Any]:
        """Date and time come together."""
        said = super().clean() or self.cleaned_data
        on, at = said.get("on"), said.get("at")
        if on and not at and "at" not in self.errors:
            self.add_error("at", "Enter the time as well")
        if at and not on and "on" not in self.errors:
            self.add_error("on", "Enter the date as well")
        return said

    @property
    def starts_at(self) -> datetime | None:
        """When it begins."""
        on: date | None = self.cleaned_data["on"]
        return timezone.make_aware(datetime.combine(on, self.cleaned_data["at"])) if on else None


class PhaseForm(forms.Form):
    """One part of the script."""

    kind = forms.ChoiceField(
        label="What do people do?", choices=Phase.Kind, error_messages={"required": "Choose what people do in it"}
    )
    question = lines("The question (optional)", 500, rows=3)
    content_note = lines(
        "A note before people read on (optional)", 500, rows=2,
        help_text="What this part is about, so that people can choose.",
    )  # fmt: skip
    minutes = number(
        "How long, in minutes (optional)", 1, 600, help_text="Leave it empty for a part that goes on over days."
    )
    hidden_until_reveal = forms.BooleanField(
        label="People see only their own notes until you show them all", required=False
    )
    held_first = forms.BooleanField(label="You look at each note before the others see it", required=False)
    gathered_by_all = forms.BooleanField(label="People put notes into themes too, and not only you", required=False)
    budget = number("How many votes each person has", 1, 20, required=True, help_text="Only where people choose.")

    def __init__(self, data: QueryDict | None = None, *, phase: Phase | None = None) -> None:
        names = list(self.base_fields)
        super().__init__(data, initial={name: getattr(phase, name) for name in names} if phase else {"budget": 2})


class PairsForm(forms.Form):
    """How many pairs to lay out boards for."""

    count = number("How many more pairs?", 1, MOST_PAIRS, required=True)


class ListsForm(forms.Form):
    """When the lists are deleted."""

    until = SplitDateField(label="Delete both lists on")

    def clean_until(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["until"]
        if day <= clock.today():
            raise forms.ValidationError("Enter a day to come, or delete the lists now")
        return day
