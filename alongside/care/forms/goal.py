"""What a client wants, and things that happened."""

from django import forms

from alongside.care.forms.fields import LineField, PastDateField, Press, choose
from alongside.core import clock


class GoalForm(forms.Form):
    """Adds what a client wants."""

    key = Press()
    words = LineField(
        required=True,
        label="What they want, in their words",
        help_text="As they said it, such as “Walk the dog every day”",
        error_messages={"required": "Enter what they want, in their words"},
    )


class RatingForm(forms.Form):
    """Keeps how near a client says they are."""

    rating = forms.TypedChoiceField(
        label="How near are they, in their own view?",
        help_text="0 is not at all, 10 is there. Ask, and let them choose.",
        choices=[(number, str(number)) for number in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=choose("Choose a number from 0 to 10"),
    )
    rated_on = PastDateField(
        label="When they said so",
        initial=clock.today,
        to_come="Enter the day they said so. It cannot be to come",
        error_messages={"required": "Enter the day they said so"},
    )


class EventForm(forms.Form):
    """Marks something that happened."""

    key = Press()
    words = LineField(
        required=True,
        label="What happened",
        help_text="A few words, such as “Moved into own flat”. They stand on the charts. "
        "Leave out how anyone hurts themselves.",
        error_messages={"required": "Enter what happened, in a few words"},
    )
    on = PastDateField(
        label="When",
        to_come="Enter the day it happened. It cannot be to come",
        error_messages={"required": "Enter the day it happened"},
    )
