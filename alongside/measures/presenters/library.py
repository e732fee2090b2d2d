"""Measures as a manager reads them: in a list A to Z, and one by itself with all that is published of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alongside.care.models import Service
from alongside.core.words import counted, day
from alongside.instruments import describing
from alongside.instruments.schema import Instrument
from alongside.instruments.scores import ScoreDefinition
from alongside.measures.models import LicenceRecord, Wording
from alongside.measures.queries.library import SERVICE_EVALUATION, Known

COME_WITH_IT = "Words come with it"
NUMBERS_ONLY = "Numbers only: the paper form is beside you"
STATUS = {
    "open": "Anybody may use the words.",
    "wording supplied": "The words come with the file, on the terms given.",
    "numbers only": "The file holds no words.",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One measure in the list."""

    key: str
    name: str
    purpose: str
    informant: str
    questions: str
    words: str
    where: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """One score: what it is made of, its bands, and the sentences published of it, each with its source."""

    name: str
    made_of: str
    bands: tuple[tuple[str, str], ...]
    said: tuple[str, ...]


def listed(measures: Sequence[Known], services: Sequence[Service]) -> tuple[list[Line], list[Line]]:
    """Those that are in use and those that are not, each in the order given."""
    used = [_line(one, services) for one in measures if one.on]
    return used, [_line(one, services) for one in measures if not one.on]


def words(known: Known) -> str:
    """Say where the words of a measure are."""
    if known.form.licence.status != "numbers only":
        return COME_WITH_IT
    if known.note_only:
        return f"A note only, until you record {known.form.licence.needs}"
    if known.wording:
        return f"Your own words, by leave of {known.wording.licence.holder}"
    return NUMBERS_ONLY


def where(known: Known, services: Sequence[Service]) -> str:
    """Say in which services it is offered."""
    if not known.on:
        return "Not in use"
    if known.form.key == SERVICE_EVALUATION:
        taking = [one.name for one in services if one.uses_form]
        return ", ".join(taking) if taking else "In no service yet"
    named = [one.name for one in services if one.pk in known.services]
    return ", ".join(named) if named else "Every service"


def scores(form: Instrument) -> list[Score]:
    """Every score in words, or every question that stands for itself."""
    published = {one.key: one for one in form.scores}
    return [_score(name, made_of, published.get(key)) for key, name, made_of in describing.scores_of(form)]


def scoring(form: Instrument) -> list[str]:
    """What holds of all scores of a form."""
    if form.never_scored:
        return [form.never_scored]
    said = []
    if form.not_scored:
        said.append(f"Not scored: {form.not_scored}. No number is shown. Below is what would be counted.")
    if form.scores:
        said.append(describing.rule(form))
    if not form.over_time:
        said.append("It is not repeated to see change, so no line over time is drawn.")
    if form.check_in:
        asked = describing.numbers(item for item in form.items if item.key in form.check_in)
        empty = ", and so does leaving it empty" if form.check_in_when_empty else ""
        said.append(f"Any mark above the lowest on {asked} opens one check-in with the person{empty}.")
    return said


def terms(form: Instrument) -> list[tuple[str, str]]:
    """What the file says of the rights in the measure."""
    licence = form.licence
    said = [
        ("The words", STATUS[licence.status]),
        ("Held by", licence.holder),
        ("Terms", licence.terms),
        ("Seen in", f"{licence.source} (as of {licence.date})"),
    ]
    return [*said, ("It needs", f"{licence.needs[0].upper()}{licence.needs[1:]}")] if licence.needs else said


def held(licence: LicenceRecord) -> str:
    """When a licence holds.

    >>> from datetime import date
    >>> held(LicenceRecord(given_on=date(2026, 3, 2), ends_on=None))
    'From 2 March 2026, with no end.'
    """
    if licence.ends_on is None:
        return f"From {day(licence.given_on)}, with no end."
    return f"From {day(licence.given_on)} to {day(licence.ends_on)}."


def about(wording: Wording) -> str:
    """What a wording holds, and whether it is shown."""
    shown = (
        f"Not used since {day(wording.retired_at.date())}."
        if wording.retired_at
        else "Shown on forms."
        if wording.licence.holds
        else "Not shown: its licence has ended."
    )
    of = f"{counted(len(wording.items), 'question')}, version {wording.version}"
    return f"{of}, by leave of {wording.licence.holder}. {shown}"


def _line(known: Known, services: Sequence[Service]) -> Line:
    form = known.form
    return Line(
        key=form.key,
        name=form.name,
        purpose=form.purpose or "",
        informant=f"{form.informant[0].upper()}{form.informant[1:]}",
        questions=counted(len(form.questions), "question"),
        words=words(known),
        where=where(known, services),
    )


def _score(name: str, made_of: str, score: ScoreDefinition | None) -> Score:
    bands = tuple((band.name.capitalize(), f"{band.low:g} to {band.high:g}") for band in score.bands) if score else ()
    return Score(name=name, made_of=made_of, bands=bands, said=tuple(_published(score)) if score else ())


def _published(score: ScoreDefinition) -> Iterator[str]:
    if score.bands:
        yield f"Bands: {score.bands_source}."
    if score.reliable_change:
        yield f"A change of {score.reliable_change.by:g} or more is reliable. {score.reliable_change.source}."
    if score.caseness:
        yield f"At caseness from {score.caseness.at:g}, in reports only. {score.caseness.source}."
    for cut in score.cut_offs:
        yield f"{cut.at:g}: {cut.means}. {cut.source}."
