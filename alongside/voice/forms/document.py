"""What somebody says of each note before the document goes out."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from alongside.voice.document.shapes import shapes
from alongside.voice.models import Note

PRINT, LEAVE = "print", "leave"
CHOOSE = "Say for this note whether it is printed"
READ = "Read the notes, and tick that you have"


class IssueForm(forms.Form):
    """Which notes are printed. Each whose words have a shape that may tell who wrote it is decided on.

    Nothing is chosen beforehand, but for what was left out of the version before.
    """

    also = forms.MultipleChoiceField(
        label="Leave these out as well", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the notes on this page"},
    )  # fmt: skip
    read = forms.BooleanField(
        label="I have read every note, and none of those printed tells who wrote it",
        error_messages={"required": READ},
    )

    def __init__(self, data: QueryDict | None = None, *, notes: Sequence[Note], before: Sequence[str]) -> None:
        super().__init__(data)
        self.telling = {note.pk: (note, told) for note in notes if (told := shapes(note.text))}
        for key, (note, _told) in self.telling.items():
            self.fields[key] = forms.ChoiceField(
                label=note.text, choices=[(PRINT, "Print it"), (LEAVE, "Leave it out")], widget=forms.RadioSelect,
                error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}, initial=LEAVE if key in before else None,
            )  # fmt: skip
        others = [(note.pk, note.text) for note in notes if note.pk not in self.telling]
        self.fields["also"].choices = others  # type: ignore[attr-defined]
        self.fields["also"].initial = [key for key, _text in others if key in before]

    @property
    def decided(self) -> list[tuple[forms.BoundField, str]]:
        """Each note to decide on, with what it may tell."""
        return [
            (self[key], "; ".join(f"{what} (“{words}”)" for what, words in told))
            for key, (_note, told) in self.telling.items()
        ]

    @property
    def left_out(self) -> list[str]:
        """The keys of the notes that stay out."""
        said = self.cleaned_data
        return [*said["also"], *(key for key in self.telling if said[key] == LEAVE)]
