"""Planning a meeting, and saying what became of it."""

from datetime import datetime

from django.db import transaction

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.models import Contact, Episode


@transaction.atomic
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
    if key and (already := Contact.objects.filter(pk=key).first()):
        return already
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
