"""Which form to open: for which support, and when it is taken."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.care.models import Episode
from alongside.measures.forms.of_support import OfSupport
from alongside.measures.models import Questionnaire
from alongside.measures.queries.library import SERVICE_EVALUATION

Occasion = Questionnaire.Occasion
OF_THE_SERVICE = {
    Occasion.FORTNIGHT: "With today’s session, about the last fortnight",
    Occasion.BEFORE: "Before today’s session",
    Occasion.AFTER: "After today’s session",
}
OF_OTHERS = {
    Occasion.ONCE: "Now",
    Occasion.BEFORE: "Before today’s session",
    Occasion.AFTER: "After today’s session",
    Occasion.REVIEW: "At a review",
}


class OpenForm(OfSupport):
    """Which form to open: for which support, when there is more than one, and when it is taken."""

    occasion = forms.ChoiceField(
        label="When is it taken?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it is taken", "invalid_choice": "Choose when it is taken"},
    )

    def __init__(self, data: Any = None, *, episodes: Sequence[Episode], measure: str) -> None:
        super().__init__(data, episodes=episodes)
        occasions = OF_THE_SERVICE if measure == SERVICE_EVALUATION else OF_OTHERS
        self.fields["occasion"].choices = list(occasions.items())  # type: ignore[attr-defined]
