"""What people send: one answer, the opening of a form, a correction. What cannot be used is asked for again."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.care.models import Episode
from alongside.instruments.schema import Item
from alongside.measures.answers import Answer, How, Unfit, read
from alongside.measures.models import Questionnaire

OCCASIONS = {
    Questionnaire.Occasion.FORTNIGHT: "With today’s session, about the last fortnight",
    Questionnaire.Occasion.BEFORE: "Before today’s session",
    Questionnaire.Occasion.AFTER: "After today’s session",
}


OPEN_AGAIN = "Open this page again from the client’s form"


class AnswerForm(forms.Form):
    """One answer. The typed number is the real field; without JavaScript there are eleven round buttons beside it.

    `was` is what the page showed when it was opened, as `Answer.words` says it; `off` takes the mark off.
    """

    mark = forms.Field(required=False)
    whole = forms.Field(required=False)
    off = forms.Field(required=False)
    declined = forms.BooleanField(required=False)
    how = forms.Field(required=False)
    was = forms.Field(required=False)

    def __init__(self, item: Item, data: Any = None, *, kept: Answer) -> None:
        value = "" if kept.value is None else kept.words
        super().__init__(data, initial={"mark": value, "declined": kept.declined, "was": kept.words})
        self.item = item

    def clean(self) -> dict[str, Any]:
        """Make one answer of what was sent.

        A choice not to answer wins, unless it stood there before and a mark was made since. A round button wins
        over a number that stood there before.
        """
        said = super().clean() or {}
        was = said.get("was") or ""
        typed, whole = (said.get("mark") or "").strip(), said.get("whole") or ""
        if said.get("off"):
            said["answer"] = Answer()
            return said
        if said.get("declined") and not (was == "declined" and (typed or whole)):
            said["answer"] = Answer(declined=True)
            return said
        by_button = whole.isdecimal() and (not typed or _same(typed, was))
        try:
            said["answer"] = self._mark(whole, How.RADIO) if by_button else self._mark(typed, _by_hand(said.get("how")))
        except Unfit as error:
            self.add_error("mark", str(error))
        return said

    def _mark(self, text: str, how: How) -> Answer:
        return Answer(value=read(text, self.item), how=how) if text else Answer()


def _by_hand(how: str | None) -> How:
    """How the line says that its mark was made; without JavaScript it says nothing, and the number was typed."""
    return How(how) if how in set(How) - {How.RADIO} else How.NUMBER


def _same(typed: str, was: str) -> bool:
    return typed.replace(",", ".").removesuffix(".0") == was.removesuffix(".0")


class OpenForm(forms.Form):
    """Which form to open: for which support, when there is more than one, and when it is taken."""

    episode = forms.ChoiceField(
        label="Which support is it for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the support it is for", "invalid_choice": "Choose the support it is for"},
    )
    occasion = forms.ChoiceField(
        label="When is it taken?",
        choices=OCCASIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it is taken", "invalid_choice": "Choose when it is taken"},
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


class CorrectionForm(forms.Form):
    """What an answer should have said, and why."""

    MARK, DECLINED, BLANK = "mark", "declined", "blank"

    became = forms.ChoiceField(
        label="What should it say?",
        choices=[(MARK, "A mark on the line"), (DECLINED, "They chose not to answer"), (BLANK, "No mark")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it should say", "invalid_choice": "Choose what it should say"},
    )
    mark = forms.Field(required=False, label="The mark", help_text="From 0 to 10, such as 6.4.")
    why = forms.CharField(
        label="Why is it changed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why it is changed",
            "max_length": "Say why it is changed in 500 letters or fewer",
        },
    )
    revision = forms.IntegerField(min_value=1, error_messages={"required": OPEN_AGAIN, "invalid": OPEN_AGAIN})

    def __init__(self, item: Item, data: Any = None, *, kept: Answer, revision: int) -> None:
        state = self.DECLINED if kept.declined else self.BLANK if kept.value is None else self.MARK
        mark = "" if kept.value is None else kept.words
        super().__init__(data, initial={"became": state, "mark": mark, "revision": revision})
        self.item, self.kept = item, kept

    def clean(self) -> dict[str, Any]:
        """Make one answer of what was sent."""
        said = super().clean() or {}
        match said.get("became"):
            case self.DECLINED:
                said["answer"] = Answer(declined=True)
            case self.BLANK:
                said["answer"] = Answer()
            case self.MARK:
                try:
                    said["answer"] = Answer(value=read(said.get("mark") or "", self.item), how=How.NUMBER)
                except Unfit as error:
                    self.add_error("mark", str(error))
        if "answer" in said and said["answer"].words == self.kept.words:
            self.add_error("became", "It says that already. Choose what it should say instead.")
        return said
