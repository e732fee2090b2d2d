"""Opening a form, keeping each answer as it is given, sending it, taking it back and putting it right.

Whoever holds the screen gives the answers: `by` is then a worker's key, or "client:" and the client's.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.db import IntegrityError, models, transaction
from django.urls import reverse

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.models import Episode
from alongside.core import clock
from alongside.instruments.schema import BY_THEMSELVES
from alongside.measures.answers import Answer, Unfit, instrument, left_empty, questions, says_so
from alongside.measures.models import Correction, Questionnaire, Response, Words
from alongside.measures.queries import forms as queries
from alongside.measures.queries import library
from alongside.todo import actions as todo
from alongside.todo.models import Task

WITH_PEOPLE = (
    "questionnaire__episode", "questionnaire__reader", "questionnaire__opened_by", "questionnaire__wording__licence",
)  # fmt: skip


class ChangedMeanwhile(Exception):
    """This answer is no longer what the person was looking at. `now` is what it is."""

    def __init__(self, now: Answer, since: Sequence[Correction] = ()) -> None:
        super().__init__("The answer was changed meanwhile.")
        self.now, self.since = now, since


class Closed(Exception):
    """This form was sent already, taken back, or handed to another screen: its answers stay as they are."""


class NotOffered(Exception):
    """This measure is switched off, or not offered in this service."""


@audit.recorded
def open_form(
    *, episode: Episode, occasion: Questionnaire.Occasion, by: User, measure: str = library.SERVICE_EVALUATION
) -> Questionnaire:
    """Open a form for a client, or go on with the one that is open. The practitioner reads it.

    One whose last day has passed is closed first, and what was answered on it is not kept.

    Raises
    ------
    NotOffered : the measure is switched off, or not offered in the service of this support
    """
    known = library.one_measure(measure)
    if known is None or not known.offered_in(episode.service):
        raise NotOffered
    held = Episode.objects.select_for_update(of=("self",)).select_related("practitioner").get(pk=episode.pk)
    begun = Questionnaire.objects.filter(episode=held, instrument=known.form.key, occasion=occasion, open=True).first()
    if begun and begun.goes_on:
        return begun
    if begun:
        _take_back(_held(begun), by=by.pk, why="Its last day has passed.")
    questionnaire = Questionnaire(
        client_id=held.client_id,
        episode=held,
        instrument=known.form.key,
        version=known.form.version,
        wording=known.wording,
        occasion=occasion,
        before=queries.before_today(held, known.form.key) if occasion == Questionnaire.Occasion.AFTER else None,
        reader=held.practitioner,
        opened_by=by,
        opened_at=clock.now(),
        open=True,
    )
    questionnaire.full_clean()
    questionnaire.save(force_insert=True)
    response = Response(questionnaire=questionnaire, given=Response.Given.TOGETHER)
    response.full_clean()
    response.save(force_insert=True)
    _note("form.opened", response, by=by.pk)
    return questionnaire


@audit.recorded
def hand_over(*, questionnaire: Questionnaire, by: User) -> None:
    """Say that the client answers this form by themselves, on a screen handed to them.

    Raises
    ------
    Closed : the form was sent already, taken back, handed over on another screen, or is never handed over
    """
    held = _held(questionnaire)
    if instrument(held.questionnaire).answered_by not in BY_THEMSELVES:
        raise Closed
    if not held.questionnaire.open or held.given == Response.Given.HANDED_OVER:
        raise Closed
    held.given = Response.Given.HANDED_OVER
    _save(held, "given")
    _note("form.handed-over", held, by=by.pk)


@audit.recorded
def take_over(*, questionnaire: Questionnaire, by: User) -> None:
    """Go on together with a form that was handed over: the other screen may answer it no more."""
    held = _held(questionnaire)
    if not held.questionnaire.open or held.given == Response.Given.TOGETHER:
        return
    held.given = Response.Given.TOGETHER
    _save(held, "given")
    _note("form.taken-over", held, by=by.pk)


@audit.recorded
def answer(*, questionnaire: Questionnaire, item: str, given: Answer, was: str, by: str) -> None:
    """Keep one answer. `was` is what the person was looking at, as `Answer.stamp` says it.

    Raises
    ------
    Closed : the form was sent already or taken back
    ChangedMeanwhile : another screen changed this answer first
    Unfit : the form does not ask this, since its licence is not recorded or has ended
    """
    held = _held(questionnaire)
    if not held.questionnaire.open:
        raise Closed
    if all(one.key != item for one in questions(held.questionnaire)):
        raise Unfit("This form does not ask that.")
    now = held.answer(item)
    if given.stamp == now.stamp:
        return
    if was != now.stamp:
        raise ChangedMeanwhile(now)
    _put(held, item, given)
    _note("form.answered", held, by=by, item=item)
    _ask_to_check_in(held.questionnaire, item, given, by=by)


@audit.recorded
def type_in(*, questionnaire: Questionnaire, answers: Mapping[str, tuple[Answer, str]], by: str) -> None:
    """Keep every answer of a form that was answered on paper, or none of them.

    `answers` gives for each question's key the answer, and what stood there when the page was opened.

    Raises
    ------
    Closed, ChangedMeanwhile : as for `answer`
    """
    held = _held(questionnaire)
    if held.given != Response.Given.ON_PAPER and held.questionnaire.open:
        held.given = Response.Given.ON_PAPER
        _save(held, "given")
    for item, (given, was) in answers.items():
        answer(questionnaire=questionnaire, item=item, given=given, was=was, by=by)


@audit.recorded
def ask_to_check_in(*, questionnaire: Questionnaire, item: str, given: Answer, by: str) -> None:
    """Ask for the check-in that the page promised, although the answer came too late to be kept."""
    held = _held(questionnaire)
    if given.stamp != held.answer(item).stamp:
        _ask_to_check_in(held.questionnaire, item, given, by=by)


@audit.recorded
def send(*, questionnaire: Questionnaire, by: str) -> Response:
    """Send the answers, with gaps or without. Sending twice sends once.

    Raises
    ------
    Closed : the form was taken back
    """
    held = _held(questionnaire)
    if held.sent_at is not None:
        return held
    if not held.questionnaire.open:
        raise Closed
    held.sent_at = clock.now()
    _save(held, "sent_at")
    held.questionnaire.open = False
    _save(held.questionnaire, "open")
    _note("form.sent", held, by=by)
    if left_empty(instrument(held.questionnaire), held.marked):
        _check_in(held.questionnaire, by=by)
    return held


@audit.recorded
def take_back(*, questionnaire: Questionnaire, by: str) -> None:
    """Take back a form that was not sent: nothing of what was answered is kept. Doing it twice changes nothing.

    Raises
    ------
    Closed : the form was sent already
    """
    held = _held(questionnaire)
    if held.sent_at is not None:
        raise Closed
    if not held.questionnaire.open:
        return
    _take_back(held, by=by)


@audit.recorded
def correct(*, response: Response, item: str, became: Answer, why: str, revision: int, by: User) -> Correction | None:
    """Put right an answer that was sent; the old one and the reason are kept. None if it says that already.

    Raises
    ------
    ChangedMeanwhile : somebody else corrected this answer after it was opened; `since` are their corrections
    """
    held = _held(response.questionnaire)
    now = held.answer(item)
    made = held.revision - revision
    since = [one for one in queries.corrections(held)[-made:] if one.item == item] if made > 0 else []
    if since:
        raise ChangedMeanwhile(now, since)
    if became.stamp == now.stamp:
        return None
    correction = Correction(
        response=held, item=item, was=now.to_keep(), became=became.to_keep(), was_words=now.text,
        became_words=became.text, why=why, by=by, at=clock.now(),
    )  # fmt: skip
    correction.full_clean()
    correction.save(force_insert=True)
    _put(held, item, became)
    _note("form.corrected", held, by=by.pk, item=item, correction=correction.pk)
    _ask_to_check_in(held.questionnaire, item, became, by=by.pk)
    return correction


def _held(questionnaire: Questionnaire) -> Response:
    """Lock the response until the transaction ends, so that two screens take turns."""
    whole = Response.objects.select_for_update(of=("self",)).select_related("questionnaire__client")
    return whole.select_related(*WITH_PEOPLE).get(questionnaire=questionnaire.pk)


def _take_back(held: Response, *, by: str, why: str = "") -> None:
    held.answers = {}
    held.written.all().delete()
    held.revision += 1
    _save(held, "answers", "revision")
    held.questionnaire.taken_back_at = clock.now()
    held.questionnaire.open = False
    _save(held.questionnaire, "taken_back_at", "open")
    _note("form.taken-back", held, by=by, why=why)


def _put(held: Response, item: str, given: Answer) -> None:
    kept = given.to_keep()
    others = {key: stored for key, stored in held.answers.items() if key != item}
    held.answers = others if kept is None else {**others, item: kept}
    held.revision += 1
    _save(held, "answers", "revision")
    held.written.filter(item=item).delete()
    if given.text:
        written = Words(response=held, item=item, words=given.text)
        written.full_clean()
        written.save(force_insert=True)


def _save(record: models.Model, *changed: str) -> None:
    others = {field.name for field in record._meta.concrete_fields} - set(changed)
    record.full_clean(exclude=others)
    record.save(update_fields=changed)


def _note(did: str, response: Response, *, by: str, why: str = "", **which: str) -> None:
    details: dict[str, object] = {"response": response.pk, **which}
    audit.record(by=by, did=did, subject=f"client:{response.questionnaire.client_id}", details=details, why=why)


def _ask_to_check_in(questionnaire: Questionnaire, item: str, given: Answer, *, by: str) -> None:
    """Ask for a check-in with the client, whatever the mark was, so long as it was above the lowest."""
    if says_so(instrument(questionnaire), item, given):
        _check_in(questionnaire, by=by)


def ask_to_check_in_about(questionnaire: Questionnaire, said: Mapping[str, Answer], *, by: str) -> None:
    """Ask for one check-in, if an answer of a whole form asks for it, or an empty place does."""
    form = instrument(questionnaire)
    marked = {key for key, one in said.items() if one.value is not None}
    if any(says_so(form, key, one) for key, one in said.items()) or left_empty(form, marked):
        _check_in(questionnaire, by=by)


def _check_in(questionnaire: Questionnaire, *, by: str) -> None:
    worker = queries.turned_to(questionnaire)
    # two screens may ask at the same moment; one request is enough
    with suppress(IntegrityError), transaction.atomic():
        todo.ask(
            kind=Task.Kind.CHECK_IN,
            title=f"Please check in with {questionnaire.client.first_name}",
            subject_key=questionnaire.client_id,
            link=reverse("care:client", args=[questionnaire.client_id]),
            worker=worker,
            cover=queries.cover_for(questionnaire, besides=worker),
            due_at=clock.next_working_afternoon(clock.now()),
            by=by,
        )
