"""One answer as it is sent: a mark on a line, a choice, a number, several choices, or words.

`was` is what the page showed when it was opened, as `Answer.stamp` says it; `off` takes the answer off.
"""

from typing import Any, cast

from django import forms

from alongside.instruments.items import Choices, Item, Question
from alongside.measures.answers import LONGEST, Answer, How, Unfit, read, read_choice


class AnswerForm(forms.Form):
    """One of a row of choices, and what every other kind of question takes beside its own field."""

    mark = forms.Field(required=False)
    off = forms.Field(required=False)
    declined = forms.BooleanField(required=False)
    was = forms.Field(required=False)

    def __init__(self, question: Question, data: Any = None, *, kept: Answer, prefix: str | None = None) -> None:
        shown = {**self.shown(kept), "declined": kept.declined, "was": kept.stamp}
        super().__init__(data, initial=shown, prefix=prefix)
        self.question = question

    def shown(self, kept: Answer) -> dict[str, Any]:
        """What its own field holds of an answer that is kept."""
        return {"mark": "" if kept.value is None else kept.words}

    def touched(self, said: dict[str, Any]) -> bool:
        """Whether anything but a choice not to answer was sent."""
        return bool((said.get("mark") or "").strip())

    def made(self, said: dict[str, Any]) -> Answer:
        """Make an answer of what was sent.

        Raises
        ------
        Unfit : it is none
        """
        return read_choice(said["mark"], cast("Item", self.question))

    def clean(self) -> dict[str, Any]:
        """Make one answer of what was sent.

        A choice not to answer wins, unless it stood there before and something else was said since.
        """
        said = super().clean() or {}
        if said.get("off"):
            said["answer"] = Answer()
        elif said.get("declined") and not (said.get("was") == "declined" and self.touched(said)):
            said["answer"] = Answer(declined=True)
        elif not self.errors:
            try:
                said["answer"] = self.made(said) if self.touched(said) else Answer()
            except Unfit as error:
                self.add_error(next(iter(self.fields)), str(error))
        return said


class LineForm(AnswerForm):
    """A mark on a line. The typed number is the real field; without JavaScript eleven round buttons stand beside it."""

    whole = forms.Field(required=False)
    how = forms.Field(required=False)

    def touched(self, said: dict[str, Any]) -> bool:
        """Whether there is a number or a round button."""
        return bool((said.get("mark") or "").strip() or said.get("whole"))

    def made(self, said: dict[str, Any]) -> Answer:
        """A round button wins over a number that stood there before."""
        typed, whole = (said.get("mark") or "").strip(), said.get("whole") or ""
        if whole.isdecimal() and (not typed or _same(typed, said.get("was") or "")):
            return self._mark(whole, How.RADIO)
        return self._mark(typed, _by_hand(said.get("how")))

    def _mark(self, text: str, how: How) -> Answer:
        return Answer(value=read(text, cast("Item", self.question)), how=how) if text else Answer()


class NumberForm(AnswerForm):
    """A typed number."""

    def made(self, said: dict[str, Any]) -> Answer:
        """The number that was typed."""
        return Answer(value=read(said["mark"], cast("Item", self.question)), how=How.FIGURE)


class ChoicesForm(AnswerForm):
    """Any number of the choices."""

    mark = None  # type: ignore[assignment]  # its own field stands in its place
    chosen = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "Choose from what stands on the page"}
    )
    field_order = ("chosen",)

    def __init__(self, question: Question, data: Any = None, *, kept: Answer, prefix: str | None = None) -> None:
        super().__init__(question, data, kept=kept, prefix=prefix)
        options = cast("Choices", question).options
        self.fields["chosen"].choices = [(one, one) for one in options]  # type: ignore[attr-defined]

    def shown(self, kept: Answer) -> dict[str, Any]:
        """What is chosen."""
        return {"chosen": list(kept.chosen)}

    def touched(self, said: dict[str, Any]) -> bool:
        """Whether any is chosen."""
        return bool(said.get("chosen"))

    def made(self, said: dict[str, Any]) -> Answer:
        """In the order of the page."""
        chosen = set(said["chosen"])
        return Answer(chosen=tuple(one for one in cast("Choices", self.question).options if one in chosen))


class WordsForm(AnswerForm):
    """An answer in somebody's own words."""

    mark = None  # type: ignore[assignment]  # its own field stands in its place
    words = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": f"Say it in {LONGEST:,} letters or fewer. What you wrote is still here."},
    )
    field_order = ("words",)

    def shown(self, kept: Answer) -> dict[str, Any]:
        """The words."""
        return {"words": kept.text}

    def touched(self, said: dict[str, Any]) -> bool:
        """Whether anything is written."""
        return bool(said.get("words"))

    def made(self, said: dict[str, Any]) -> Answer:
        """The words, with line ends as everybody writes them."""
        return Answer(text="\n".join(said["words"].splitlines()))


KINDS: dict[str, type[AnswerForm]] = {
    "line": LineForm, "choice": AnswerForm, "number": NumberForm, "choices": ChoicesForm, "text": WordsForm,
}  # fmt: skip


def answer_form(question: Question, data: Any = None, *, kept: Answer, prefix: str | None = None) -> AnswerForm:
    """The form for one question, by its kind; `prefix` tells it from others on the same page."""
    return KINDS[question.kind](question, data, kept=kept, prefix=prefix)


def _by_hand(how: str | None) -> How:
    """How the line says that its mark was made; without JavaScript it says nothing, and the number was typed."""
    return How(how) if how in {How.LINE, How.KEYS, How.TAPS} else How.NUMBER


def _same(typed: str, was: str) -> bool:
    return typed.replace(",", ".").removesuffix(".0") == was.removesuffix(".0")
