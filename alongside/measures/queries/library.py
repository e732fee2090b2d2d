"""The measures that the organisation has: those that come with the software, and its own from a file."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Protocol

from django.db.models import Q
from django.utils import timezone

from alongside.care.models import Service
from alongside.core import clock
from alongside.instruments import loader
from alongside.instruments.items import Choices, Item, Question
from alongside.instruments.schema import Instrument
from alongside.measures.models.used import LicenceRecord, Measure, Wording

SERVICE_EVALUATION = "service-evaluation"


class OnAForm(Protocol):
    """What decides which questions a form holds."""

    instrument: str
    version: str
    occasion: str
    wording: Wording | None
    made_at: datetime
    open: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """One measure: its definition in the version that is on, or the newest; and what was recorded about it.

    `versions` are those that were ever switched on or added here, the oldest first. `services` names those in which it
    is offered; where it names none, it is offered in each.
    """

    form: Instrument
    on: bool
    own: bool
    versions: tuple[Measure, ...] = ()
    services: frozenset[str] = frozenset()
    licence: LicenceRecord | None = None
    wording: Wording | None = None

    @property
    def worded(self) -> Instrument:
        """The definition with the organisation's own words, while its licence holds."""
        return worded(self.form, self.wording)

    @property
    def row(self) -> Measure | None:
        """What is kept of this version, if it was ever switched on or added here."""
        return next((row for row in self.versions if row.version == self.form.version), None)

    @property
    def others(self) -> list[tuple[str, bool]]:
        """The versions that may be switched on instead of the one shown, and whether each is newer."""
        kept = [row.version for row in self.versions if row.retired_at is None]
        retired = {row.version for row in self.versions if row.retired_at is not None}
        newest = kept[-1:] if self.own else [loader.load(self.form.key).version]
        known = [*dict.fromkeys([*kept, *newest])]
        return [(one, [one] == newest) for one in known if one not in {self.form.version, *retired}]

    @property
    def note_only(self) -> bool:
        """Whether nothing but a note may be kept, since the licence that it needs is not recorded."""
        return bool(self.form.licence.needs) and self.licence is None

    def offered_in(self, service: Service) -> bool:
        """Whether it may be taken in this service; of the service evaluation form, each service says so itself."""
        if self.form.key == SERVICE_EVALUATION:
            return self.on and service.uses_form
        return self.on and (not self.services or service.pk in self.services)


def definition(instrument: str, version: str) -> Instrument:
    """One version of a measure, as it was and always will be.

    Raises
    ------
    UnknownInstrument : nobody here has such a measure, or such a version
    """
    if comes_with_the_software(instrument):
        return loader.load(instrument, version)
    text = Measure.objects.filter(instrument=instrument, version=version).values_list("definition", flat=True).first()
    if text is None:
        raise loader.UnknownInstrument(f"There is no version {version} of a measure called {instrument} here.")
    return _parsed(text, f"{instrument}.toml")


def definitions(which: Collection[tuple[str, str]]) -> dict[tuple[str, str], Instrument]:
    """Many versions of many measures, in one query if any of them is the organisation's own.

    Raises
    ------
    UnknownInstrument : as for `definition`
    """
    own = {instrument for instrument, _ in which if not comes_with_the_software(instrument)}
    texts = Measure.objects.filter(instrument__in=own).values_list("instrument", "version", "definition") if own else ()
    parsed = {(key, version): _parsed(text, f"{key}.toml") for key, version, text in texts if (key, version) in which}
    return {one: parsed.get(one) or definition(*one) for one in which}


def newest(instrument: str, text: str) -> Instrument:
    """The newest definition of a measure; `text` is the organisation's own."""
    return loader.load(instrument) if comes_with_the_software(instrument) else _parsed(text, f"{instrument}.toml")


def read(instrument: str, version: str, text: str) -> Instrument:
    """One version of a measure whose row was read already; `text` is what a file of the organisation's own says."""
    return _parsed(text, f"{instrument}.toml") if text else loader.load(instrument, version)


def comes_with_the_software(instrument: str) -> bool:
    """Whether a measure is one of those that everybody has."""
    shipped = loader.keys()
    return instrument.replace("-", "_") in {key.replace("-", "_") for key in shipped}


def asked(form: OnAForm) -> Instrument:
    """What a form asks: this version, in the words that it was opened with.

    Where the measure needs a licence, a form opened without one asks only for a note. One that is still open asks no
    more than that once the licence has ended; what was sent under it is still read as it was asked.
    """
    all_of_it = whole(form)
    if all_of_it.licence.needs and not _was_allowed(form):
        return _asking(all_of_it, questions=may_be_asked_without_a_licence(all_of_it))
    return all_of_it


def whole(form: OnAForm) -> Instrument:
    """Every question that a form could hold an answer to, whatever the licences say today."""
    return worded(definition(form.instrument, form.version), form.wording)


def worded(form: Instrument, wording: Wording | None) -> Instrument:
    """A definition with the words that the organisation added, while their licence holds.

    Without them, a question is its number and topic.
    """
    if wording is None or not wording.licence.holds:
        return form
    questions = tuple(_worded(question, wording) for question in form.questions)
    return _asking(form, questions=questions, stem=wording.stem or form.stem)


def may_be_asked_without_a_licence(form: Instrument) -> tuple[Question, ...]:
    """The questions that only note where a paper form is kept."""
    return tuple(question for question in form.questions if question.kind == "text")


def every_measure() -> list[Known]:
    """Every measure, A to Z: in four queries, however many there are."""
    rows: dict[str, list[Measure]] = {}
    for row in Measure.objects.prefetch_related("services").order_by("made_at", "version"):
        rows.setdefault(row.instrument, []).append(row)
    licences = _holding()
    wordings = {(one.instrument, one.version): one for one in _wordings() if one.licence.holds}
    keys = sorted({*loader.keys(), *rows})
    known = [_known(key, rows.get(key, []), licences, wordings) for key in keys]
    return sorted(known, key=lambda one: one.form.name.casefold())


def one_measure(instrument: str) -> Known | None:
    """One measure, however its key is spelt."""
    plain = instrument.replace("-", "_")
    return next((one for one in every_measure() if one.form.key.replace("-", "_") == plain), None)


def in_use() -> list[Known]:
    """The measures that are switched on, the service evaluation form first."""
    on = [one for one in every_measure() if one.on]
    return sorted(on, key=lambda one: one.form.key != SERVICE_EVALUATION)


def licences_of(instrument: str) -> list[LicenceRecord]:
    """Every licence that was recorded for a measure, the newest first."""
    return list(LicenceRecord.objects.filter(instrument=instrument).select_related("recorded_by"))


def licence_of(instrument: str, key: str) -> LicenceRecord | None:
    """One licence that was recorded for this measure."""
    return LicenceRecord.objects.filter(instrument=instrument, pk=key).first()


def version_of(instrument: str, key: str) -> Measure | None:
    """One version of this measure that was switched on or added here."""
    return Measure.objects.filter(instrument=instrument, pk=key).first()


def services() -> list[Service]:
    """The services in which a measure may be offered, A to Z."""
    return list(Service.objects.order_by("name"))


def wordings_of(instrument: str) -> list[Wording]:
    """Every wording that was added to a measure, the newest first."""
    return list(Wording.objects.filter(instrument=instrument).select_related("licence", "added_by"))


def _known(
    key: str,
    rows: list[Measure],
    licences: dict[str, LicenceRecord],
    wordings: dict[tuple[str, str], Wording],
) -> Known:
    on = next((row for row in rows if row.on), None)
    shipped = comes_with_the_software(key)
    if on:
        form = definition(key, on.version) if shipped else _parsed(on.definition, f"{key}.toml")
    else:
        form = loader.load(key) if shipped else _parsed(_newest(rows).definition, f"{key}.toml")
    here = on or next((row for row in rows if row.version == form.version), None)
    return Known(
        form=form,
        on=on is not None or (not rows and form.key == SERVICE_EVALUATION),
        own=not shipped,
        versions=tuple(rows),
        services=frozenset(one.pk for one in here.services.all()) if here else frozenset(),
        licence=licences.get(key),
        wording=wordings.get((key, form.version)),
    )


def _newest(rows: list[Measure]) -> Measure:
    """The newest version that is not retired; where all are, the newest."""
    return next((row for row in reversed(rows) if row.retired_at is None), rows[-1])


def _was_allowed(form: OnAForm) -> bool:
    """Whether a licence was recorded when the form came to be here, and held then and, while it is open, today."""
    days = [timezone.localtime(form.made_at).date(), *([clock.today()] if form.open else [])]
    recorded = LicenceRecord.objects.filter(instrument=form.instrument, made_at__lte=form.made_at)
    return recorded.filter(*(_holds_on(day) for day in days)).exists()


def _holds_on(day: date) -> Q:
    return Q(given_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def _holding() -> dict[str, LicenceRecord]:
    newest_last = LicenceRecord.objects.order_by("given_on", "made_at")
    return {one.instrument: one for one in newest_last if one.holds}


def _wordings() -> Iterable[Wording]:
    return Wording.objects.filter(retired_at=None).select_related("licence")


def _asking(form: Instrument, **changed: object) -> Instrument:
    changed_form = form.model_copy(update=changed)
    changed_form.__dict__.pop("items", None)  # a copy remembers what was worked out from the questions before
    return changed_form


def _worded(question: Question, wording: Wording) -> Question:
    said: dict[str, object] = {}
    if words := wording.items.get(question.key):
        said["wording"] = words
    options = wording.options.get(question.key) or wording.options.get("*")
    if options and isinstance(question, Item | Choices) and _fits(question, options):
        said["options"] = tuple(options)
    return question.model_copy(update=said) if said else question


def _fits(question: Item | Choices, options: list[str]) -> bool:
    if isinstance(question, Choices):
        return True
    return question.kind == "choice" and len(options) == question.high - question.low + 1


@cache
def _parsed(text: str, name: str) -> Instrument:
    return loader.parse(text, name)
