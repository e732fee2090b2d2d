"""What is sent of themes, choices, key issues, and what came of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from alongside.access.models import User
from alongside.nhsuk.fields import SplitDateField
from alongside.voice.forms.planning import line, lines
from alongside.voice.models import Action, KeyIssue, Note, Recommendation, Theme

NEW = "new"
LONGEST_TITLE, LONGEST_QUESTION, MOST_QUESTIONS = 120, 300, 10
NO_OWNER = "Choose who does it"
NO_STATUS = "Choose how far it is"


class MoveForm(forms.Form):
    """Where a note goes: into a theme, into a new one, or into none."""

    theme = forms.CharField(required=False)
    title = forms.CharField(max_length=LONGEST_TITLE, required=False)


class ThemeForm(forms.Form):
    """A theme’s name."""

    title = line("What the theme is called", LONGEST_TITLE, say="Give the theme a name")


class MergeForm(forms.Form):
    """The theme that another becomes part of."""

    into = forms.ChoiceField(label="Merge it into", error_messages={"required": "Choose the theme it goes into"})

    def __init__(self, data: QueryDict | None = None, *, others: Iterable[Theme]) -> None:
        super().__init__(data)
        self.fields["into"].choices = [("", "Choose a theme"), *((one.pk, one.title) for one in others)]  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Notes that go to a new theme."""

    title = line("What the new theme is called", LONGEST_TITLE, say="Give the new theme a name")
    notes = forms.MultipleChoiceField(
        label="Notes that go to it",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the notes that go to it"},
    )

    def __init__(self, data: QueryDict | None = None, *, notes: Iterable[Note]) -> None:
        super().__init__(data, prefix="split")
        self.fields["notes"].choices = [(one.pk, one.text) for one in notes]  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """A key issue: a title, the tension in it, questions that begin with how or what, and the principles."""

    title = line("The issue in a few words", 200, say="Say in a few words what the issue is")
    tension = lines("What pulls in two directions? (optional)", 1000, rows=3)
    questions = lines(
        "Questions (optional)",
        2000,
        rows=3,
        help_text="One on each line. Questions that begin with “how” or “what” open most.",
    )
    principles = lines("What are the principles? (optional)", 1000, rows=3)
    theme = forms.ChoiceField(label="Which theme does it come from? (optional)", required=False)

    def __init__(
        self, data: QueryDict | None = None, *, themes: Iterable[Theme], issue: KeyIssue | None = None
    ) -> None:
        known = {"title": "", "tension": "", "principles": ""}
        initial: dict[str, Any] = {name: getattr(issue, name) for name in known} if issue else {}
        if issue:
            initial |= {"questions": "\n".join(issue.questions), "theme": issue.theme_id}
        super().__init__(data, initial=initial)
        self._themes = {one.pk: one for one in themes}
        choices = [("", "No theme"), *((one.pk, one.title) for one in self._themes.values())]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]
        if not self._themes:
            del self.fields["theme"]

    def clean_theme(self) -> Theme | None:
        """The theme, so that the document leads from one to the other."""
        return self._themes.get(self.cleaned_data["theme"])

    def clean_questions(self) -> list[str]:
        """One for each line."""
        asked = [one.strip() for one in self.cleaned_data["questions"].splitlines() if one.strip()]
        if len(asked) > MOST_QUESTIONS:
            raise forms.ValidationError(f"Use {MOST_QUESTIONS} questions or fewer")
        if any(len(one) > LONGEST_QUESTION for one in asked):
            raise forms.ValidationError(f"Use {LONGEST_QUESTION} letters or fewer for each question")
        return asked


class RecommendationForm(forms.Form):
    """What follows from a key issue."""

    text = lines("What do you recommend?", 1000, say="Write what you recommend")

    def __init__(self, data: QueryDict | None = None, *, recommendation: Recommendation | None = None) -> None:
        super().__init__(data, initial={"text": recommendation.text} if recommendation else {})


class ActionForm(forms.Form):
    """What somebody here does about a recommendation."""

    what = lines("What will be done?", 1000, rows=3, say="Write what will be done")
    owner = forms.ChoiceField(
        label="Who does it?",
        help_text="Their name is not shown outside.",
        error_messages={"required": NO_OWNER, "invalid_choice": NO_OWNER},
    )
    due_on = SplitDateField(label="By when? (optional)", required=False)
    status = forms.ChoiceField(
        label="How far is it?",
        choices=Action.Status,
        initial=Action.Status.PLANNED,
        widget=forms.RadioSelect,
        error_messages={"required": NO_STATUS, "invalid_choice": NO_STATUS},
    )
    why = lines("What you want to say about it (optional)", 1000, rows=3, help_text="If it will not be done, say why.")

    def __init__(self, data: QueryDict | None = None, *, people: Iterable[User], action: Action | None = None) -> None:
        names = ("what", "due_on", "status", "why")
        initial: dict[str, Any] = {name: getattr(action, name) for name in names} if action else {}
        if action:
            initial["owner"] = action.owner_id
        super().__init__(data, initial=initial)
        self._people = {one.pk: one for one in people}
        choices = [("", "Choose a person"), *((one.pk, one.name) for one in self._people.values())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def clean_owner(self) -> User:
        """The person."""
        return self._people[self.cleaned_data["owner"]]
