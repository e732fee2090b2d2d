"""What somebody says of each note before the document goes out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from alongside.voice.document.shapes import shapes
from alongside.voice.document.taking_out import stands_in
from alongside.voice.models import Note

PRINT, REWORD, LEAVE = "print", "reword", "leave"
CHOICES = [(PRINT, "Print it"), (REWORD, "Print it with these words taken out"), (LEAVE, "Leave it out")]
CHOOSE = "Say for this note whether it is printed"
READ = "Read the notes, and tick that you have"
WHICH = "Write which words are taken out of this note, as they stand in it"
NOT_THERE = "“{word}” does not stand in this note. Write the words as they stand there"


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

    more = forms.CharField(
        label="Take these words out as well, wherever they stand (optional)", help_text="One on each line.",
        max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Use 2,000 letters or fewer"},
    )  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        notes: Sequence[Note],
        before: Sequence[str],
        taken_out: Sequence[str] = (),
    ) -> None:
        super().__init__(data)
        self.telling = {note.pk: (note, told) for note in notes if (told := shapes(note.text))}
        for key, (note, found) in self.telling.items():
            self.fields[key] = forms.ChoiceField(
                label=note.text, choices=CHOICES, widget=forms.RadioSelect,
                error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}, initial=LEAVE if key in before else None,
            )  # fmt: skip
            self.fields[_words(key)] = forms.CharField(
                label="The words to take out", help_text="One on each line.", required=False, max_length=1000,
                widget=forms.Textarea({"rows": 2}), initial="\n".join(dict.fromkeys(words for _what, words in found)),
            )  # fmt: skip
        others = [(note.pk, note.text) for note in notes if note.pk not in self.telling]
        self.fields["also"].choices = others  # type: ignore[attr-defined]
        self.fields["also"].initial = [key for key, _text in others if key in before]
        self.fields["more"].initial = "\n".join(taken_out)

    def clean(self) -> dict[str, Any]:
        """Words that are taken out of a note have to stand in it."""
        said = super().clean() or self.cleaned_data
        for key, (note, _told) in self.telling.items():
            words = _lines(said.get(_words(key), ""))
            if said.get(key) == REWORD and not words:
                self.add_error(_words(key), WHICH)
            elif said.get(key) == REWORD and (wrong := [one for one in words if not stands_in(note.text, one)]):
                self.add_error(_words(key), NOT_THERE.format(word=wrong[0]))
        return said

    @property
    def decided(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """Each note to decide on, the words to take out of it, and what it may tell."""
        return [
            (self[key], self[_words(key)], "; ".join(f"{what} (“{words}”)" for what, words in told))
            for key, (_note, told) in self.telling.items()
        ]

    @property
    def left_out(self) -> list[str]:
        """The keys of the notes that stay out."""
        said = self.cleaned_data
        return [*said["also"], *(key for key in self.telling if said[key] == LEAVE)]

    @property
    def taken_out(self) -> list[str]:
        """The words that are replaced wherever they stand."""
        said = self.cleaned_data
        chosen = [_words(key) for key in self.telling if said[key] == REWORD]
        return list(dict.fromkeys(word for name in (*chosen, "more") for word in _lines(said[name])))


def _words(key: str) -> str:
    return f"words-{key}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
