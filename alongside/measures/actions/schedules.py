"""Asking a measure of a client again and again, or once, and stopping."""

from datetime import date

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.models import Episode
from alongside.core import clock
from alongside.measures.actions.forms import NotOffered
from alongside.measures.models import Schedule
from alongside.measures.models.schedule import REVIEW_DAYS
from alongside.measures.queries import library


@audit.recorded
def ask_for(
    *,
    episode: Episode,
    measure: str,
    rhythm: Schedule.Rhythm,
    first_on: date,
    every_days: int = REVIEW_DAYS,
    by: User,
) -> Schedule:
    """Ask a measure of a client; what was asked of it before in this support stops.

    Raises
    ------
    NotOffered : the measure is switched off, or not offered in the service of this support
    """
    known = library.one_measure(measure)
    if known is None or not known.offered_in(episode.service):
        raise NotOffered
    held = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    before = Schedule.objects.filter(episode=held, instrument=known.form.key, stopped_at=None).first()
    if before:
        stop(schedule=before, by=by)
    schedule = Schedule(
        client_id=held.client_id, episode=held, instrument=known.form.key, rhythm=rhythm, first_on=first_on,
        every_days=every_days, set_by=by,
    )  # fmt: skip
    schedule.full_clean()
    schedule.save(force_insert=True)
    audit.record(by=by.pk, did="measure.asked-for", subject=f"client:{held.client_id}", details=_which(schedule))
    return schedule


@audit.recorded
def stop(*, schedule: Schedule, by: User) -> None:
    """Ask for it no more. Stopping twice stops once."""
    held = Schedule.objects.select_for_update().get(pk=schedule.pk)
    if held.stopped_at is not None:
        return
    held.stopped_at = clock.now()
    held.full_clean()
    held.save(update_fields=["stopped_at"])
    audit.record(by=by.pk, did="measure.asked-no-more", subject=f"client:{held.client_id}", details=_which(held))


def _which(schedule: Schedule) -> dict[str, object]:
    return {"schedule": schedule.pk, "measure": schedule.instrument}
