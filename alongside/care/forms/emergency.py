"""What is asked before a record is opened in an emergency."""

from django import forms

from alongside.care.forms.fields import LineField, TextField

NOBODY = "Nobody here has this code. Check it, or ring the worker or lead who supports them"


class EmergencyForm(forms.Form):
    """Whose record, and why."""

    code = LineField(
        required=True,
        label="The client’s code",
        help_text="Such as WS-0412. It stands on their letters and in your team’s list.",
        error_messages={"required": "Enter the client’s code"},
    )
    why = TextField(
        required=True,
        min_length=10,
        label="Why you need it now",
        help_text="One or two sentences. Another service lead reads them, and the client may ask to.",
        error_messages={
            "required": "Enter why you need it now",
            "min_length": "Say a little more: why you need it now",
        },
    )

    def clean_code(self) -> str:
        """However it was typed."""
        return str(self.cleaned_data["code"]).strip().upper()
