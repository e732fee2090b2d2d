"""What is typed about the people who work here; every error says what to do."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict

from alongside.access import queries
from alongside.access.models import Emergency, Team, User
from alongside.access.passwords import check
from alongside.access.roles import Role
from alongside.core.models import new_key

LONGEST = 100
ROLES = [
    (Role.PRACTITIONER, "Practitioner: supports people"),
    (Role.LEAD, "Service lead: also makes reports, covers late check-ins, and adds people, teams and services"),
    (Role.EVALUATOR, "Evaluator: takes answers under codes, and sees no name"),
    (Role.FUNDER_READER, "Funder’s reader: reads the reports on their own grants, and sees no client"),
    (Role.FACILITATOR, "Facilitator: leads workshops, and sees no client"),
    (Role.TRAINER, "Trainer: gives training, and sees no client"),
    (Role.NETWORK_MODERATOR, "Network moderator: reads what members wish to publish, and sees no client"),
    (Role.DEBRIEF_THERAPIST, "Debrief therapist: talks with workers, and sees no client"),
    (Role.ADMINISTRATOR, "Administrator: adds people and teams, reads who did what, and sees no client"),
]
NO_CLIENTS = {role for role, _label in ROLES} - set(queries.SEE_CLIENTS)
NO_TEAM_YET = "No team yet. Add one under People, and choose who is in it."
NO_TEAM = "Only practitioners and service leads are in teams. Take them out of the teams, or choose another role"
TEAM_TAKEN = "There is a team with this name. Enter another one"
EMAIL_TAKEN = "Somebody here has this email. Enter another one, or look for them on the page of people"


class _Press(forms.CharField):
    """A random key, hidden in the page: one press of its button makes one record."""

    def __init__(self) -> None:
        super().__init__(initial=new_key, widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])


def _line(label: str, required: str) -> forms.CharField:
    said = {"required": required, "max_length": f"Use {LONGEST} letters or fewer"}
    return forms.CharField(label=label, max_length=LONGEST, error_messages=said)


class PersonForm(forms.Form):
    """What somebody does here. Nobody changes their own role."""

    role = forms.ChoiceField(
        label="What they do here",
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they do here", "invalid_choice": "Choose one of these roles"},
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label="Their teams",
        help_text="They see every client whom one of their teams supports.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from these teams. One is no longer here"},
    )

    def __init__(self, data: QueryDict | None = None, *, person: User | None = None, own: bool = False) -> None:
        held = {"role": person.role, "teams": [team.pk for team in person.teams.all()]} if person else None
        super().__init__(data, initial=held)
        self.own_role = person.role if person and own else ""
        if self.own_role:
            del self.fields["role"]
            self.fields["teams"].label = "Your teams"
            self.fields["teams"].help_text = "You see every client whom one of your teams supports."
        self.fields["teams"].queryset = queries.teams()  # type: ignore[attr-defined]
        if not queries.teams().exists():
            self.fields["teams"].help_text = NO_TEAM_YET

    def clean(self) -> dict[str, Any]:
        """Somebody who sees no client is in no team."""
        said = super().clean() or self.cleaned_data
        if self.own_role:
            said["role"] = self.own_role
        if said.get("role") in NO_CLIENTS and said.get("teams"):
            self.add_error("teams", NO_TEAM)
        return said


class AddForm(PersonForm):
    """Somebody new."""

    key = _Press()
    name = _line("Name", "Enter their name")
    email = forms.EmailField(
        label="Work email",
        help_text="They sign in with it. We send nothing to it.",
        error_messages={
            "required": "Enter their work email",
            "invalid": "Enter an email like amara@example.org",
        },
    )
    field_order = ("key", "name", "email", "role", "teams")

    def clean_email(self) -> str:
        """Refuse the email of somebody who is here, and say who; the same press again is let through."""
        email: str = self.cleaned_data["email"].lower()
        other = queries.with_email(email)
        if other is None or other.pk == self.data.get("key"):
            return email
        if other.is_active:
            raise ValidationError(f"{other.name} has this email. Enter another one, or open their name under People")
        raise ValidationError(f"This is the email of {other.name}, whose account has ended. Bring it back instead")


class TeamForm(forms.Form):
    """A new team."""

    key = _Press()
    name = _line("Name of the team", "Enter the name of the team")
    members = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Who is in it (optional)",
        help_text="Each of them sees every client whom the team supports.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from these people. One is no longer here"},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["members"].queryset = queries.may_join()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Two teams with one name could not be told apart."""
        name: str = self.cleaned_data["name"]
        if queries.team_called(name).exclude(pk=self.data.get("key")).exists():
            raise ValidationError(TEAM_TAKEN)
        return name


class PasswordForm(forms.Form):
    """A first password, typed twice."""

    password = forms.CharField(
        label="Your password",
        help_text="At least 14 letters, numbers or signs. Four words that you will remember work well.",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    again = forms.CharField(
        label="Your password again",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again"},
    )

    def __init__(self, data: QueryDict | None = None, *, person: User) -> None:
        super().__init__(data)
        self.person = person

    def clean_password(self) -> str:
        """Say what a password lacks as what to do."""
        password: str = self.cleaned_data["password"]
        check(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        said = super().clean() or self.cleaned_data
        if "password" in said and "again" in said and said["password"] != said["again"]:
            self.add_error("again", "Enter the same password twice. These two differ")
        return said


class RecordForm(forms.Form):
    """Whose rows of the record, and of which day. What does not fit is left out, as if it had not been asked for."""

    by = forms.ChoiceField(label="Who", required=False)
    day = forms.DateField(
        label="On which day", required=False, widget=forms.DateInput({"type": "date"}), error_messages={"invalid": ""}
    )

    def __init__(self, data: QueryDict | None = None, *, names: dict[str, str]) -> None:
        super().__init__(data)
        self.fields["by"].choices = [("", "Everybody"), *names.items()]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What to look for."""
        self.full_clean()
        said = self.cleaned_data if self.is_bound else {}
        return {"by": said.get("by", ""), "day": said.get("day")}

    def in_address(self) -> str:
        """The same, for the address of the next page."""
        return "".join(f"{name}={value}&" for name, value in self.wanted().items() if value)


class ReviewForm(forms.Form):
    """What somebody found who looked at an emergency afterwards."""

    verdict = forms.ChoiceField(
        label="Was it needed?",
        choices=Emergency.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was needed", "invalid_choice": "Choose one of the two"},
    )
    note = forms.CharField(
        label="What you found, and what follows",
        help_text="The client may ask to read this.",
        widget=forms.Textarea({"rows": 4}),
        max_length=2_000,
        error_messages={"required": "Enter a sentence on what you found", "max_length": "Use 2,000 letters or fewer"},
    )
