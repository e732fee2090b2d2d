"""Planning a meeting, and saying what became of it."""

from collections.abc import Mapping
from datetime import datetime

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.actions.changing import ChangedMeanwhile, differing
from alongside.care.actions.once import already
from alongside.care.models import Contact, Episode

FIELDS = ("starts_at", "minutes", "mode", "outcome", "place", "note")


@audit.recorded
def record(
    *,
    episode: Episode,
    starts_at: datetime,
    minutes: int,
    mode: Contact.Mode,
    outcome: Contact.Outcome,
    place: str,
    note: str,
    by: User,
    key: str = "",
) -> Contact:
    """Record a contact, planned or past. The same `key` sent twice records one."""
    if recorded := already(Contact, key, by=by):
        return recorded
    contact = Contact(
        **{"key": key} if key else {},
        episode=episode,
        starts_at=starts_at,
        minutes=minutes,
        mode=mode,
        outcome=outcome,
        place=place,
        note=note,
    )
    contact.full_clean()
    contact.save(force_insert=True)
    audit.record(
        by=by.pk, did="contact.recorded", subject=f"client:{episode.client_id}", details={"contact": contact.pk}
    )
    return contact


@audit.recorded
def change(*, contact: Contact, seen: Mapping[str, object], by: User, **said: datetime | int | str) -> Contact:
    """Say what became of a contact, or put it right. `seen` is what the person was looking at.

    Raises
    ------
    ChangedMeanwhile : somebody else changed this record first
    """
    held = Contact.objects.select_for_update(of=("self",)).select_related("episode").get(pk=contact.pk)
    changed = differing(held, said)
    if changed and (others := differing(held, seen)):
        raise ChangedMeanwhile(held, others)
    if not changed:
        return held
    for name, value in changed.items():
        setattr(held, name, value)
    held.full_clean()
    held.save()
    audit.record(
        by=by.pk,
        did="contact.changed",
        subject=f"client:{held.episode.client_id}",
        details={"contact": held.pk, "fields": sorted(changed)},
    )
    return held
