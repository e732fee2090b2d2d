"""Writing the guideline, version by version, and deciding by it."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock, shuffled
from alongside.moderation import queries
from alongside.moderation.models import Clause, Decision, Guideline

STANDS = "This version is published, so it stays as it is. Write a new version."
NOT_BACK = "Choose today or a later day: what was decided until now went by the version before."
NO_CLAUSE = "Add a clause first: words are kept back only by one."
NEEDS_CLAUSE = "Choose the clause by which it is kept back."
NOT_BY_THAT = "Choose a clause of the guideline that is in force."


@audit.recorded
def begin(*, by: User) -> Guideline:
    """Begin a new version from the newest; where one is being written already, that is it."""
    newest = Guideline.objects.select_for_update().first()
    if newest is not None and not newest.published:
        return newest
    made = Guideline(
        version=newest.version + 1 if newest else 1,
        title=newest.title if newest else "",
        introduction=newest.introduction if newest else "",
    )
    made.save(force_insert=True)
    for clause in newest.clauses.all() if newest else ():
        Clause.objects.create(
            guideline=made, number=clause.number, title=clause.title, words=clause.words, does=clause.does
        )
    _record(by, "guideline.begun", made)
    return made


@audit.recorded
def change(*, guideline: Guideline, by: User, **said: str) -> Guideline:
    """Say something else at its top."""
    held = _held(guideline)
    for name, value in said.items():
        setattr(held, name, value)
    held.full_clean()
    held.save(update_fields=list(said))
    _record(by, "guideline.changed", held)
    return held


@audit.recorded
def add_clause(*, guideline: Guideline, by: User, key: str = "", **said: str) -> Clause:
    """Add a clause at the end. The same `key` sent twice adds one."""
    held = _held(guideline)
    if key and (added := held.clauses.filter(pk=key).first()):
        return added
    last = held.clauses.aggregate(last=Max("number"))["last"] or 0
    clause = Clause(**{"key": key} if key else {}, guideline=held, number=last + 1, **said)
    clause.full_clean()
    clause.save(force_insert=True)
    _record(by, "clause.added", held, clause=clause.pk)
    return clause


@audit.recorded
def change_clause(*, clause: Clause, by: User, **said: str) -> Clause:
    """Write a clause anew."""
    held = _held(clause.guideline)
    found = held.clauses.get(pk=clause.pk)
    for name, value in said.items():
        setattr(found, name, value)
    found.full_clean()
    found.save(update_fields=list(said))
    _record(by, "clause.changed", held, clause=found.pk)
    return found


@audit.recorded
def take_out(*, clause: Clause, by: User) -> None:
    """Take a clause out; those after it move up."""
    held = _held(clause.guideline)
    if not held.clauses.filter(pk=clause.pk).delete()[0]:
        return
    for number, one in enumerate(held.clauses.order_by("number"), start=1):
        if one.number != number:
            one.number = number
            one.save(update_fields=["number"])
    _record(by, "clause.taken-out", held, clause=clause.pk)


@audit.recorded
def discard(*, guideline: Guideline, by: User) -> None:
    """Give up a version that was being written."""
    held = _held(guideline)
    _record(by, "guideline.discarded", held)
    held.delete()


@audit.recorded
def publish(*, guideline: Guideline, in_force_from: date, by: User) -> Guideline:
    """Let a version stand as it is, and hold from a day on."""
    held = _held(guideline)
    if in_force_from < clock.today():
        raise ValidationError({"in_force_from": NOT_BACK})
    if not held.clauses.exclude(does=Clause.Does.SHOW).exists():
        raise ValidationError(NO_CLAUSE)
    held.in_force_from, held.published_on, held.published_by = in_force_from, clock.today(), by
    held.full_clean()
    held.save(update_fields=["in_force_from", "published_on", "published_by"])
    _record(by, "guideline.published", held)
    return held


@audit.recorded
def decide(*, subject: str, did: Decision.Did, by: User, clause: Clause | None = None, reason: str = "") -> Decision:
    """Keep what was decided on something, and by which clause.

    The room that holds the thing writes the audit row: only it knows what may stand beside a time of day.
    """
    if clause is None and did in {Decision.Did.HELD, Decision.Did.SET_ASIDE}:
        raise ValidationError({"clause": NEEDS_CLAUSE})
    if clause is not None and clause.guideline_id != getattr(queries.in_force(), "pk", None):
        raise ValidationError({"clause": NOT_BY_THAT})
    decision = Decision(subject=subject, did=did, clause=clause, by=by, day=clock.today(), reason=reason.strip())
    decision.full_clean()
    decision.save(force_insert=True)
    return decision


def mix_up(subjects: Collection[str]) -> None:
    """Let nothing tell in which order things were decided; call it inside a transaction."""
    shuffled.write_anew(Decision, list(Decision.objects.filter(subject__in=subjects)))


def without_reasons(subjects: Collection[str]) -> None:
    """Leave out what was said about words that are gone; call it inside a transaction."""
    for decision in Decision.objects.filter(subject__in=subjects):
        if decision.reason:
            decision.reason = ""
            decision.save(update_fields=["reason"])


def forget(subjects: Collection[str]) -> None:
    """Forget what was decided on things that are gone; call it inside a transaction."""
    Decision.objects.filter(subject__in=subjects).delete()


def _held(guideline: Guideline) -> Guideline:
    """The version as it stands now, while it can be written."""
    held = Guideline.objects.select_for_update().filter(pk=guideline.pk).first()
    if held is None or held.published:
        raise ValidationError(STANDS)
    return held


def _record(by: User, did: str, guideline: Guideline, **details: object) -> None:
    audit.record(by=by.pk, did=did, subject=f"guideline:{guideline.pk}", details=details)
