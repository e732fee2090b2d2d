"""Taking answers out in a file, and bringing in what was answered elsewhere."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.instruments.exchange import Answered, Kind, Refused, read
from alongside.instruments.schema import Instrument

KINDS = (("csv", "CSV, for any program"), ("xlsx", "XLSX, for a spreadsheet"), ("fhir", "FHIR, for another record"))
PACKED = b"PK"  # how every XLSX begins
NO_FILE = "Choose a file, or paste what it holds"
LONGEST_LIST = 12


class TakeOutForm(forms.Form):
    """Which answers, and as what kind of file. `measures` are key, version, name and how many."""

    measure = forms.ChoiceField(
        label="Which answers?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which answers", "invalid_choice": "Choose which answers"},
    )
    kind = forms.ChoiceField(
        label="As what kind of file?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of file", "invalid_choice": "Choose the kind of file"},
    )

    def __init__(self, data: Any = None, *, measures: Sequence[tuple[str, str, str, int]]) -> None:
        super().__init__(data)
        names = [name for _, _, name, _ in measures]
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (f"{key}@{version}", f"{name}{f', version {version}' if names.count(name) > 1 else ''} ({times})")
            for key, version, name, times in measures
        ]

    @property
    def chosen(self) -> tuple[str, str, Kind]:
        """The measure, its version, and the kind of file."""
        measure, _, version = self.cleaned_data["measure"].partition("@")
        return measure, version, self.cleaned_data["kind"]


class BringInForm(forms.Form):
    """What a file holds: its text, or an XLSX that the page has packed. Every fault is said, with its place."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste what it holds",
        help_text="CSV with the columns response, person, date and q1, q2 and so on; or FHIR.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    packed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, form: Instrument) -> None:
        super().__init__(data)
        self.form = form
        self.responses: list[Answered] = []

    def clean(self) -> dict[str, Any]:
        """Read it whole, or say what is wrong."""
        said = super().clean() or {}
        try:
            content, kind = _content(said)
            self.responses = read(self.form, content, kind, name="The file")
        except Refused as refused:
            self.refuse(refused)
        if not self.errors and not self.responses:
            self.add_error("text", "There is no form in the file. Choose another file")
        return said

    def refuse(self, refused: Refused) -> None:
        """Say the first faults, and how many there are besides."""
        more = len(refused.sentences) - LONGEST_LIST
        shown = [*refused.sentences[:LONGEST_LIST], *([f"And {more} more like these."] if more > 0 else [])]
        self.add_error("text", shown)


def _content(said: dict[str, Any]) -> tuple[bytes, Kind]:
    if said.get("packed"):
        try:
            content = base64.b64decode(said["packed"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise Refused(["The file did not arrive whole. Choose it again"]) from error
        if not content.startswith(PACKED):
            raise Refused(["That is no XLSX file. Save it again as XLSX or CSV"])
        return content, "xlsx"
    text = said.get("text") or ""
    if not text.strip():
        raise Refused([NO_FILE])
    return text.encode(), "fhir" if text.lstrip().startswith(("{", "[")) else "csv"
