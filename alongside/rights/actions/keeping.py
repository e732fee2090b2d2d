"""Holding a record longer, and what else its time goes by."""

from datetime import date

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.rights.actions.once import made, named
from alongside.rights.models import Hold, KeepingTime, Kept


@audit.recorded
def hold(*, person: str, why: str, until_on: date | None, by: User, key: str = "") -> Hold:
    """Hold a record: it is not erased, whatever its time says. The same `key` sent twice holds it once."""
    if begun := made(Hold, key):
        return begun
    hold = Hold(**named(key), person_key=person, why=why, until_on=until_on, by=by)
    hold.full_clean()
    hold.save(force_insert=True)
    audit.record(by=by.pk, did="hold.begun", subject=f"client:{person}", details={"hold": hold.pk})
    return hold


@audit.recorded
def lift(*, hold: Hold, by: User) -> None:
    """Let go of a hold. Doing it twice changes nothing."""
    held = Hold.objects.select_for_update().get(pk=hold.pk)
    if held.lifted_on is None:
        held.lifted_on = clock.today()
        held.full_clean()
        held.save(update_fields=["lifted_on"])
        audit.record(by=by.pk, did="hold.lifted", subject=f"client:{held.person_key}", details={"hold": held.pk})


@audit.recorded
def keep_as(*, person: str, time: KeepingTime | None, died_on: date | None, by: User) -> Kept:
    """Say which class a record is in, and when the person died, where they have."""
    kept = Kept.objects.select_for_update().filter(person_key=person).first() or Kept(person_key=person)
    kept.time, kept.died_on = time, died_on
    kept.full_clean()
    kept.save()
    audit.record(by=by.pk, did="keeping.set", subject=f"client:{person}", details={"kept": kept.pk})
    return kept
