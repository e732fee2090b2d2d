"""What is typed about a service."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from alongside.access.models import Team
from alongside.care.forms.fields import Press, choose
from alongside.care.models import Service
from alongside.care.queries import services

LONGEST = 80
TAKEN = "There is a service with this name. Enter another one"


class ServiceForm(forms.Form):
    """A new service."""

    key = Press()
    name = forms.CharField(
        label="Name of the service",
        help_text="It stands in reports to funders, and cannot be changed here later.",
        max_length=LONGEST,
        error_messages={
            "required": "Enter the name of the service",
            "max_length": f"Use {LONGEST} letters or fewer",
        },
    )
    tier = forms.ChoiceField(
        label="When it comes",
        choices=Service.Tier.choices,
        widget=forms.RadioSelect,
        error_messages=choose("Choose when it comes"),
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Which team gives it",
        help_text="Everybody in the team sees the clients who receive it.",
        empty_label="Choose",
        error_messages=choose("Choose the team that gives it"),
    )
    uses_form = forms.TypedChoiceField(
        label="Is the service evaluation form taken in it?",
        choices=[("yes", "Yes, before and after"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages=choose("Choose whether the form is taken"),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["team"].queryset = services.teams()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Two services with one name could not be told apart in a report."""
        name: str = self.cleaned_data["name"]
        if services.called(name).exclude(pk=self.data.get("key")).exists():
            raise ValidationError(TAKEN)
        return name
