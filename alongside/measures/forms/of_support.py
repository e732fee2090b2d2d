"""A form about one of the times of support that somebody receives now."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.care.models import Episode


class OfSupport(forms.Form):
    """Which support it is for; with only one there is nothing to choose."""

    episode = forms.ChoiceField(
        label="Which support is it for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the support it is for", "invalid_choice": "Choose the support it is for"},
    )

    def __init__(self, data: Any = None, *, episodes: Sequence[Episode]) -> None:
        super().__init__(data)
        self.episodes = {episode.pk: episode for episode in episodes}
        choices = [(episode.pk, f"{episode.service} with {episode.practitioner}") for episode in episodes]
        if len(choices) == 1:
            del self.fields["episode"]
        else:
            self.fields["episode"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Episode:
        """The support it is for."""
        only = next(iter(self.episodes))
        return self.episodes[self.cleaned_data.get("episode", only)]
