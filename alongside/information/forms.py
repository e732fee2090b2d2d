"""What people type about the organisation."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from alongside.core.models import Keyed, new_key
from alongside.information.models import DIGITS, Helpline, Nation, Offer, dialled

PHONE = RegexValidator(rf"\A{DIGITS.pattern}\Z", "Enter the phone number in digits and spaces, such as 01632 960 001")


def _press() -> forms.CharField:
    """A random key, hidden in the page: one press of its button makes one record."""
    return forms.CharField(initial=new_key, widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])


def _line(label: str, most: int, say: str = "", **options: Any) -> forms.CharField:
    """A line of at most so many letters; where `say` asks for it, it cannot stay empty."""
    errors = {"required": say, "max_length": f"Use {most} letters or fewer"}
    return forms.CharField(label=label, max_length=most, required=bool(say), error_messages=errors, **options)


def _choice(label: str, choices: Any, say: str = "", **options: Any) -> forms.ChoiceField:
    errors = {"required": say, "invalid_choice": say or "Choose one from the list"}
    return forms.ChoiceField(label=label, choices=choices, required=bool(say), error_messages=errors, **options)


class RecordForm(forms.Form):
    """A form that begins with what a record says now."""

    def __init__(self, data: Any = None, *, record: Keyed | None = None) -> None:
        said = {name: getattr(record, name) for name in self.base_fields if hasattr(record, name)}
        super().__init__(data, initial=said)


class AboutForm(RecordForm):
    """Who the organisation is."""

    name = _line("Name", 100, "Enter the organisation’s name")
    nation = _choice(
        "Nation",
        Nation.choices,
        "Choose the nation you work in",
        help_text="Helplines differ by nation. People see those of this one first.",
    )
    strapline = _line(
        "First line of the front page",
        200,
        help_text="Left empty, it is “Come as you are. There is a place for you here.”",
    )
    about = _line(
        "About us",
        600,
        help_text="Two or three short sentences: whom you support, and who you are.",
        widget=forms.Textarea({"rows": 4}),
    )
    address = _line("Address", 200, help_text="Only if people may know where you are.")
    opening = _line("Opening times", 200, help_text="Such as Monday to Friday, 10am to 6pm")
    phone = _line("Phone", 30, validators=[PHONE])
    email = forms.EmailField(
        label="Email",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an email address, such as hello@wrenstreet.example",
            "max_length": "Use 254 letters or fewer",
        },
    )


class OfferForm(RecordForm):
    """One way to get support."""

    title = _line("What it is called", 60, "Enter what it is called", help_text="Such as One to one")
    about = _line(
        "What it is like", 200, "Enter what it is like, in a sentence or two", widget=forms.Textarea({"rows": 3})
    )
    note = _line("When, or how long it takes", 200, help_text="Such as Thursdays, 5pm.")
    picture = _choice("Picture beside it", Offer.Picture.choices, "Choose a picture", widget=forms.RadioSelect)


class HelplineForm(RecordForm):
    """Somewhere to turn now."""

    name = _line("Who answers", 80, "Enter who answers", help_text="Such as Samaritans")
    what_for = _line(
        "What it is for", 80, "Enter what it is for", help_text="It stands above the number, such as Talk to someone"
    )
    how = _choice(
        "How people reach it", Helpline.How.choices, "Choose whether people call or text", widget=forms.RadioSelect
    )
    number = _line("Number", 30, "Enter the number", help_text="Such as 0800 1111, or SHOUT to 85258")
    nation = _choice("Where", [("", "All of the UK"), *Nation.choices])
    hours = _line("Hours", 60, "Enter the hours when somebody answers", help_text="Such as 24 hours")
    cost = _line("Cost", 60, help_text="Such as free")
    audience = _line("Who may use it", 80, help_text="Only if it is not for everybody, such as Under 19")
    note = _line("A few words beside the number", 120, help_text="Such as Free, any time.")
    checked = forms.BooleanField(
        label="I have checked this number today",
        required=False,
        help_text="By ringing it, or on the helpline’s own website. "
        "People see the number once somebody has checked it.",
    )

    def clean(self) -> dict[str, Any]:
        """A number that a phone can call or text."""
        said = super().clean() or self.cleaned_data
        if said.get("number") and said.get("how"):
            try:
                dialled(said["number"], said["how"])
            except forms.ValidationError as error:
                self.add_error(None, error)
        return said


class AddOfferForm(OfferForm):
    """Adds a way to get support."""

    key = _press()


class AddHelplineForm(HelplineForm):
    """Adds a helpline."""

    key = _press()
