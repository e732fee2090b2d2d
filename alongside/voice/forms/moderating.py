"""By which clause a facilitator keeps a note back."""

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.moderation.models import LONGEST_REASON, Clause
from alongside.voice.refusals import NO_CLAUSE


class DecideForm(forms.Form):
    """A clause, and a word for whoever wrote it."""

    clause = forms.ChoiceField(
        label="Why", widget=forms.RadioSelect, error_messages={"required": NO_CLAUSE, "invalid_choice": NO_CLAUSE}
    )
    reason = forms.CharField(
        label="A word for whoever wrote it (optional)",
        help_text="They read it beside the clause. Leave out what the note says.",
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": f"Use {LONGEST_REASON} letters or fewer"},
    )

    def __init__(self, data: Any = None, *, clauses: Iterable[Clause]) -> None:
        super().__init__(data)
        self.clauses = {clause.pk: clause for clause in clauses}
        self.fields["clause"].choices = [(key, str(clause)) for key, clause in self.clauses.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        return {"clause": self.clauses[self.cleaned_data["clause"]], "reason": self.cleaned_data["reason"]}
