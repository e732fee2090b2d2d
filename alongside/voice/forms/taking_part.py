"""What people send: a code, what they agree to, a note."""

import re

from django import forms

from alongside.core.addresses import KEY
from alongside.core.models import new_key
from alongside.voice.models import LONGEST_NOTE, Seat

NOT_A_CODE = "That code opens no workshop. Check it with whoever gave it to you. It looks like kx7d-m3wq."


class CodeForm(forms.Form):
    """The short code of a workshop."""

    code = forms.CharField(
        label="Your code", max_length=40, error_messages={"required": "Type in the code that you were given"}
    )

    def clean_code(self) -> str:
        """As it is kept, however it was typed."""
        letters = re.sub(r"[^a-z0-9]", "", self.cleaned_data["code"].lower())
        return f"{letters[:4]}-{letters[4:]}"


class JoinForm(forms.Form):
    """What may be done with one’s words. Nothing is chosen beforehand, and nothing has to be."""

    uses = forms.MultipleChoiceField(
        label="What may we do with what you write?",
        help_text="Leave out whatever you do not want. You can take part either way.",
        choices=Seat.Use.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NoteForm(forms.Form):
    """A note. `key` is made by the page, so that one sent twice is one note."""

    text = forms.CharField(
        label="Your note",
        strip=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
    )
    key = forms.RegexField(KEY, widget=forms.HiddenInput, initial=new_key, required=False, strip=True)

    def clean_key(self) -> str:
        """A key of our own where the page made none."""
        return self.cleaned_data["key"] or new_key()


class StayInTouchForm(forms.Form):
    """An email for news of the workshop, and what somebody needs. Neither is joined to a seat."""

    email = forms.EmailField(
        label="Your email",
        help_text="We write to you only to tell you what became of this workshop.",
        required=False,
        error_messages={"invalid": "Enter an email like name@example.org, or leave it out"},
    )
    needs = forms.CharField(
        label="What you need so that you can take part",
        help_text="For example captions, large print, or somebody to call you.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
