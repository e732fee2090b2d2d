"""What a manager decides about measures: which are used and where, in whose words and by which leave."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, models, transaction

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.models import Service
from alongside.core import clock
from alongside.instruments.schema import Instrument
from alongside.measures.models import LicenceRecord, Measure, Wording
from alongside.measures.queries import library

BY_ITS_SERVICE = "Each service says by itself whether it takes the service evaluation form. Change it under Services."
CHANGED = "Somebody changed this measure since you opened the page. Look at what it is now, and press again."
NO_LICENCE = "No licence is recorded that holds today. Record the licence first, and then add the words."
NOT_NEEDED = "The words come with this measure, so there are none to add."
PAGES = {"paper", "add"}  # under /measures/, where each measure has its page
RETIRED = "This version was retired. Bring it back first."


class Refused(Exception):
    """It cannot be done; the message says why, and what to do."""


@audit.recorded
def switch_on(*, measure: str, version: str, services: Collection[Service], was: str, by: User) -> Measure:
    """Offer one version of a measure in these services, or in every one where none is named.

    `was` is the version that was on when the person looked, or nothing. The version before is switched off. Where it
    is so already, nothing changes.

    Raises
    ------
    Refused : it is retired, unknown, switched by each service, or somebody else was quicker
    """
    known = _known(measure)
    if known.form.key == library.SERVICE_EVALUATION:
        raise Refused(BY_ITS_SERVICE)
    now = known.form.version if known.on else ""
    if known.row and now == version and known.services == {one.pk for one in services}:
        return known.row
    if was != now:
        raise Refused(CHANGED)
    row = next((one for one in known.versions if one.version == version), None)
    if row is None and (known.own or version not in {known.form.version, *(one for one, _new in known.others)}):
        raise Refused(CHANGED)
    if row and row.retired_at is not None:
        raise Refused(RETIRED)
    with _one_at_a_time():
        before = known.row
        if before and now not in {"", version}:
            _save(before, on=False)
            _note("measure.switched-off", known.form.key, by=by, version=before.pk)
        row = row or _add(Measure(instrument=known.form.key, version=version))
        _save(row, on=True)
    row.services.set(services)
    _note("measure.switched-on", known.form.key, by=by, version=row.pk)
    return row


@audit.recorded
def switch_off(*, measure: str, by: User) -> None:
    """Offer a measure no more. What is open can be finished; doing it twice changes nothing.

    Raises
    ------
    Refused : each service says by itself whether it takes this form
    """
    known = _known(measure)
    if known.form.key == library.SERVICE_EVALUATION:
        raise Refused(BY_ITS_SERVICE)
    if known.on and known.row:
        _save(known.row, on=False)
        _note("measure.switched-off", known.form.key, by=by, version=known.row.pk)


@audit.recorded
def retire(*, version: Measure, by: User) -> None:
    """Ask a version no more. What was answered on it stays and scores as it did; what is open can be finished."""
    held = Measure.objects.select_for_update().get(pk=version.pk)
    if held.retired_at is None:
        _save(held, on=False, retired_at=clock.now())
        _note("measure.retired", held.instrument, by=by, version=held.pk)


@audit.recorded
def bring_back(*, version: Measure, by: User) -> None:
    """Take back that a version was retired; it stays off until somebody switches it on."""
    held = Measure.objects.select_for_update().get(pk=version.pk)
    if held.retired_at is not None:
        _save(held, retired_at=None)
        _note("measure.brought-back", held.instrument, by=by, version=held.pk)


@audit.recorded
def add_own(*, form: Instrument, text: str, by: User) -> Measure:
    """Keep a version of a measure of the organisation's own, switched off. The same file sent twice is kept once.

    Raises
    ------
    Refused : the key comes with the software or is the address of a page here, or is spelt otherwise here, or this
        version is here in other words
    """
    if form.key in PAGES:
        raise Refused(f"{form.key} is the address of another page. Give it another key, such as our_{form.key}.")
    if library.comes_with_the_software(form.key):
        raise Refused(f"{form.key} comes with the software. Give your measure another key, such as our_{form.key}.")
    known = library.one_measure(form.key)
    if known and known.form.key != form.key:
        raise Refused(f"This measure is called {known.form.key} here. Write the key so in your file.")
    here = next((one for one in known.versions if one.version == form.version), None) if known else None
    if here and here.definition == text:
        return here
    if here:
        raise Refused(
            f"Version {form.version} of {form.key} is here already and reads otherwise. "
            "What was asked never changes: give the changed file a new version."
        )
    with _one_at_a_time():
        row = _add(Measure(instrument=form.key, version=form.version, definition=text))
    _note("measure.added", form.key, by=by, version=row.pk)
    return row


@audit.recorded
def record_licence(
    *,
    measure: str,
    holder: str,
    allows: str,
    kept_at: str,
    given_on: date,
    ends_on: date | None,
    by: User,
    key: str = "",
) -> LicenceRecord:
    """Keep the leave that the organisation has. The same `key` sent twice keeps one."""
    known = _known(measure)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if key and (kept := LicenceRecord.objects.filter(pk=key).first()):
        return kept
    record = LicenceRecord(
        **{"key": key} if key else {}, instrument=known.form.key, holder=holder, allows=allows, kept_at=kept_at,
        given_on=given_on, ends_on=ends_on, recorded_by=by,
    )  # fmt: skip
    _add(record)
    _note("licence.recorded", known.form.key, by=by, licence=record.pk)
    return record


@audit.recorded
def end_licence(*, licence: LicenceRecord, ends_on: date, by: User) -> None:
    """Say on which day a licence ends, or ended; nothing else of it ever changes.

    Raises
    ------
    Refused : it ended already, or would end before it was given
    """
    held = LicenceRecord.objects.select_for_update().get(pk=licence.pk)
    if held.ends_on is not None and held.ends_on < clock.today():
        raise Refused("This licence has ended. Record a new one instead.")
    if ends_on < held.given_on:
        raise Refused("It was given later than that. Enter that day or a later one.")
    if held.ends_on != ends_on:
        _save(held, ends_on=ends_on)
        _note("licence.ended", held.instrument, by=by, licence=held.pk)


@audit.recorded
def add_wording(
    *,
    measure: str,
    version: str,
    stem: str,
    items: Mapping[str, str],
    options: Mapping[str, Sequence[str]],
    by: User,
) -> Wording:
    """Keep the words of a measure, under the licence that holds today; they take the place of those before.

    The same words sent twice are kept once.

    Raises
    ------
    Refused : no licence holds, the words come with the measure, or the version is another now
    """
    known = _known(measure)
    if known.form.licence.status != "numbers only":
        raise Refused(NOT_NEEDED)
    if known.licence is None:
        raise Refused(NO_LICENCE)
    if known.form.version != version:
        raise Refused(CHANGED)
    new = Wording(
        instrument=known.form.key, version=version, licence=known.licence, stem=stem, items=dict(items),
        options={key: list(words) for key, words in options.items()}, added_by=by,
    )  # fmt: skip
    now = Wording.objects.select_for_update().filter(instrument=new.instrument, version=version, retired_at=None)
    before = now.first()
    if before and _says(before) == _says(new):
        return before
    with _one_at_a_time():
        if before:
            _save(before, retired_at=clock.now())
            _note("wording.retired", known.form.key, by=by, wording=before.pk)
        _add(new)
    _note("wording.added", known.form.key, by=by, wording=new.pk)
    return new


def _says(wording: Wording) -> tuple[object, ...]:
    return wording.licence_id, wording.stem, wording.items, wording.options


def _known(measure: str) -> library.Known:
    known = library.one_measure(measure)
    if known is None:
        raise Refused("There is no such measure here.")
    return known


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two people at once: the database lets one of them, and the other is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(CHANGED) from error


def _add[Record: models.Model](record: Record) -> Record:
    record.full_clean(validate_unique=False, validate_constraints=False)
    record.save(force_insert=True)
    return record


def _save(record: models.Model, **changed: object) -> None:
    for name, value in changed.items():
        setattr(record, name, value)
    others = {field.name for field in record._meta.concrete_fields} - set(changed)
    record.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
    record.save(update_fields=list(changed))


def _note(did: str, measure: str, *, by: User, **which: str) -> None:
    details: dict[str, object] = dict(which)
    audit.record(by=by.pk, did=did, subject=f"measure:{measure}", details=details)
