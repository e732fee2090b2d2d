"""What an answer should have said, and why."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from alongside.instruments.items import Question
from alongside.measures.answers import Answer
from alongside.measures.forms.answer import answer_form

OPEN_AGAIN = "Open this page again from the client’s form"
SAID = {"line": "A mark on the line", "choice": "A mark", "number": "A number", "choices": "Choices", "text": "Words"}
EMPTY = {"line": "No mark", "choice": "No mark", "number": "No number", "choices": "No choice", "text": "Nothing"}


class CorrectionForm(forms.Form):
    """What an answer should say instead, and why. The fields of the question's own kind stand inside it."""

    SAYS, DECLINED, BLANK = "mark", "declined", "blank"

    became = forms.ChoiceField(
        label="What should it say?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it should say", "invalid_choice": "Choose what it should say"},
    )
    mark = forms.Field(required=False, label="The mark")
    chosen = forms.MultipleChoiceField(required=False, label="The choices", widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(required=False, label="The words", widget=forms.Textarea(attrs={"rows": 5}))
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

    def __init__(self, question: Question, data: Any = None, *, kept: Answer, revision: int) -> None:
        self.question, self.kept = question, kept
        self.answer = answer_form(question, data, kept=kept)
        self.own = next(iter(self.answer.fields))
        empty = not kept.words
        state = self.DECLINED if kept.declined else self.BLANK if empty else self.SAYS
        super().__init__(data, initial={"became": state, "revision": revision, **self.answer.shown(kept)})
        for name in {"mark", "chosen", "words"} - {self.own}:
            del self.fields[name]
        kind = question.kind
        self.fields["became"].choices = [  # type: ignore[attr-defined]
            (self.SAYS, SAID[kind]), (self.DECLINED, "They chose not to answer"), (self.BLANK, EMPTY[kind]),
        ]  # fmt: skip
        if self.own == "chosen":
            self.fields["chosen"].choices = self.answer.fields["chosen"].choices  # type: ignore[attr-defined]
        if self.own == "mark":
            self.fields["mark"].help_text = _from_to(question)

    def clean(self) -> dict[str, Any]:
        """Make one answer of what was sent."""
        said = super().clean() or {}
        match said.get("became"):
            case self.DECLINED:
                said["answer"] = Answer(declined=True)
            case self.BLANK:
                said["answer"] = Answer()
            case self.SAYS:
                self._read(said)
        if "answer" in said and said["answer"].stamp == self.kept.stamp:
            self.add_error("became", "It says that already. Choose what it should say instead.")
        return said

    def _read(self, said: dict[str, Any]) -> None:
        fields = {
            self.own: cast("QueryDict", self.data).getlist(self.own)
            if self.own == "chosen"
            else self.data.get(self.own, "")
        }
        read = answer_form(self.question, fields, kept=Answer())
        if not read.is_valid():
            self.add_error(self.own, read.errors[self.own])
        elif read.cleaned_data["answer"].words:
            said["answer"] = read.cleaned_data["answer"]
        else:
            self.add_error(self.own, _wanted(self.question))


def _from_to(question: Any) -> str:
    if question.kind == "line":
        return f"From {question.low:g} to {question.high:g}, such as 6.4."
    also = f", or {', '.join(question.also)}" if question.also else ""
    return f"From {question.low:g} to {question.high:g}{also}."


def _wanted(question: Question) -> str:
    if question.kind == "choices":
        return "Choose at least one"
    if question.kind == "text":
        return "Write the words"
    example = ", such as 6.4" if question.kind == "line" else ""
    low, high = getattr(question, "low", 0), getattr(question, "high", 10)
    return f"Type a {'' if example else 'whole '}number from {low:g} to {high:g}{example}"
