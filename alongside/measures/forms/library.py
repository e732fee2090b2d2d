"""What a manager types about measures: where one is offered, a licence, its words, and a file of their own."""

import math
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from alongside.care.forms.fields import NearDateField, Press
from alongside.care.models import Service
from alongside.instruments import loader
from alongside.instruments.items import Asked, Item
from alongside.instruments.schema import Instrument
from alongside.measures.queries.library import Known
from alongside.nhsuk.fields import SplitDateField

LINE, TEXT = 200, 1000
LONGEST_FILE = 200_000
MOST_QUESTIONS = 200
ALL, SOME = "all", "some"


def _text(label: str, *, say: str = "", help_text: str = "", rows: int = 3, most: int = TEXT) -> forms.CharField:
    said = {"required": say, "max_length": f"Use {most:,} letters or fewer"}
    return forms.CharField(
        label=label, help_text=help_text, required=bool(say), max_length=most, error_messages=said,
        widget=forms.Textarea({"rows": rows}),
    )  # fmt: skip


def _line(label: str, *, say: str, help_text: str = "") -> forms.CharField:
    said = {"required": say, "max_length": f"Use {LINE} letters or fewer"}
    return forms.CharField(label=label, help_text=help_text, max_length=LINE, error_messages=said)


class SwitchOnForm(forms.Form):
    """Which version, and in which services."""

    version = forms.CharField(widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    where = forms.ChoiceField(
        label="Where is it offered?",
        choices=[(ALL, "In every service"), (SOME, "In some services")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it is offered", "invalid_choice": "Choose where it is offered"},
    )
    services = forms.MultipleChoiceField(
        label="Which services, if only some",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the services on this page"},
    )

    def __init__(self, data: QueryDict | None = None, *, known: Known, version: str, services: list[Service]) -> None:
        where = {} if not known.on else {"where": SOME if known.services else ALL, "services": list(known.services)}
        super().__init__(data, initial={"version": version, "was": known.form.version if known.on else "", **where})
        self.by_key = {one.pk: one for one in services}
        self.fields["services"].choices = [(one.pk, one.name) for one in services]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Some services are at least one; in every service none is named."""
        said = super().clean() or {}
        named = said.get("services") or []
        if said.get("where") == SOME and not named and "services" not in self.errors:
            self.add_error("services", "Choose at least one service, or choose every service")
        said["services"] = [self.by_key[key] for key in named] if said.get("where") == SOME else []
        return said


class LicenceForm(forms.Form):
    """The leave that the organisation has for a measure."""

    key = Press()
    holder = _line("Who gave it", say="Enter who gave the licence", help_text="The holder of the measure’s rights.")
    allows = _text(
        "What it allows", say="Write what the licence allows",
        help_text="In your own words: who may use it, on paper or on a screen, how often, and what you may not do.",
    )  # fmt: skip
    kept_at = _line(
        "Where the licence is kept", say="Enter where the licence is kept",
        help_text="So that whoever comes after you finds it, such as “blue folder, office”.",
    )  # fmt: skip
    given_on = NearDateField(label="From which day it holds")
    ends_on = SplitDateField(
        label="The last day on which it holds, if it ends", required=False, help_text="Leave it empty if it does not."
    )

    def clean(self) -> dict[str, Any]:
        """A licence ends after it begins."""
        said = super().clean() or {}
        begins, ends = said.get("given_on"), said.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "It would end before it begins. Enter a later day, or leave it empty")
        return said


class EndLicenceForm(forms.Form):
    """The last day of a licence."""

    ends_on = SplitDateField(
        label="The last day on which it holds",
        help_text="After that day, the words that you added under it are not shown any more.",
    )


class WordingForm(forms.Form):
    """The words of a measure: of each question, and of its choices, one to a line."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, form: Instrument) -> None:
        super().__init__(data, initial={"version": form.version})
        self.form = form
        self.fields["stem"] = _text(
            "What stands above the questions", help_text="Leave it empty if nothing does.", rows=2
        )
        if self.with_choices:
            self.fields["choices"] = _text(
                "The choices, one to a line",
                help_text=f"For all questions that have none of their own. {_from_to(self.with_choices)}",
                rows=4,
            )
        for one in form.questions:
            self.fields[_words(one)] = _text(one.title, say=f"Enter the words of {_called(one)}", rows=2)
        for one in self.with_choices:
            self.fields[_own(one)] = _text(f"Choices of {_called(one)} only, one to a line", rows=4)

    @property
    def with_choices(self) -> list[Item]:
        """The questions of which one choice is made."""
        return [one for one in self.form.items if one.kind == "choice"]

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """For each question its field, and the field of its own choices if it may have some."""
        own = {one.key: self[_own(one)] for one in self.with_choices}
        return [(self[_words(one)], own.get(one.key)) for one in self.form.questions]

    def clean(self) -> dict[str, Any]:
        """Every question has words; a list of choices has one for each mark."""
        said = super().clean() or {}
        shared = _lines(said.get("choices"))
        options = {"*": shared} if shared else {}
        wrong = [one for one in self.with_choices if shared and not _lines(said.get(_own(one)))]
        if any(len(shared) != _marks(one) for one in wrong):
            first = next(one for one in wrong if len(shared) != _marks(one))
            self.add_error("choices", _one_each(len(shared), first))
        for one in self.with_choices:
            own = _lines(said.get(_own(one)))
            if own and len(own) != _marks(one):
                self.add_error(_own(one), f"{_called(one).capitalize()}: {_one_each(len(own), one)}")
            elif own:
                options[one.key] = own
        said["items"] = {one.key: said.get(_words(one), "") for one in self.form.questions}
        said["options"] = options
        return said


class OwnForm(forms.Form):
    """The text of a definition."""

    text = forms.CharField(
        label="The text of your file",
        strip=False,
        max_length=LONGEST_FILE,
        widget=forms.Textarea({"rows": 22, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": "Paste the text of your file",
            "max_length": f"A file has {LONGEST_FILE:,} letters or fewer. This is no definition of a measure",
        },
    )

    def clean_text(self) -> str:
        """The text with line ends as everybody writes them; every thing to put right is said with its line."""
        text = "\n".join(str(self.cleaned_data["text"]).removeprefix("\ufeff").splitlines()) + "\n"
        try:
            form = loader.parse(text, "Your file")
        except loader.InvalidDefinition as error:
            raise ValidationError([ValidationError(line) for line in _by_line(error)]) from error
        except (RecursionError, ValueError) as error:
            raise ValidationError("Your file is not valid TOML: it holds a number or a list beyond all use.") from error
        if wrong := list(_does_not_fit(form)):
            raise ValidationError([ValidationError(one) for one in wrong])
        self.cleaned_data["form"] = form
        return text


def _by_line(error: loader.InvalidDefinition) -> list[str]:
    """What to put right, from the top of the file to its end; last what stands in no line."""
    said = str(error).splitlines()
    places = [re.match(r"Your file, line (\d+):", one) for one in said]
    lines = {one: int(place[1]) if place else math.inf for one, place in zip(said, places, strict=True)}
    return sorted(said, key=lines.__getitem__)


def _does_not_fit(form: Instrument) -> Iterable[str]:
    if len(form.key) > 60:
        yield "Your file: key: use 60 letters or fewer."
    if len(form.version) > 20:
        yield "Your file: version: use 20 letters or fewer."
    if len(form.questions) > MOST_QUESTIONS:
        yield f"Your file: items: there are {len(form.questions)}; a form here has {MOST_QUESTIONS} or fewer."
    if "\\u0000" in form.model_dump_json():
        yield "Your file: it holds a letter of the number 0, which no page can show; take it out."


def _words(one: Asked) -> str:
    return f"words_of_{one.key}"


def _own(one: Asked) -> str:
    return f"choices_of_{one.key}"


def _called(one: Asked) -> str:
    return f"question {one.number}"


def _marks(one: Item) -> int:
    return int(one.high - one.low) + 1


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _one_each(given: int, one: Item) -> str:
    lines = "line" if given == 1 else "lines"
    return (
        f"There are {given} {lines} for the marks {one.low:g} to {one.high:g}. Write {_marks(one)}, one for each mark"
    )


def _from_to(items: Iterable[Item]) -> str:
    ranges = sorted({(one.low, one.high) for one in items})
    if len(ranges) > 1:
        return "The lowest mark first."
    low, high = ranges[0]
    return f"{int(high - low) + 1} lines, from {low:g} to {high:g}."
