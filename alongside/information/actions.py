"""What the organisation says of itself, and helplines."""

from datetime import date

from django.core.cache import caches
from django.db import transaction

from alongside.audit import actions as audit
from alongside.information.helplines import DEFAULTS
from alongside.information.models import AboutUs, Helpline, Offer
from alongside.information.queries import ABOUT, LINES


@transaction.atomic
def describe(*, by: str, **said: str) -> AboutUs:
    """Say who the organisation is; what is not said stays as it is."""
    about = AboutUs.objects.first() or AboutUs()
    for name, value in said.items():
        setattr(about, name, value)
    about.full_clean(validate_unique=False)
    about.save()
    audit.record(by=by, did="organisation.described", subject="organisation:ours", details={"fields": sorted(said)})
    transaction.on_commit(lambda: caches["here"].delete(ABOUT))
    return about


@transaction.atomic
def add_default_helplines(*, by: str, checked_on: date) -> None:
    """Start with the United Kingdom's own. Those whose number we could not confirm stay out of sight until checked."""
    for place, known in enumerate(DEFAULTS, start=1):
        line = Helpline(place=place, checked_on=checked_on if known.confirmed else None, live=known.confirmed)
        for name, value in known.said.items():
            setattr(line, name, value)
        line.full_clean()
        line.save(force_insert=True)
    audit.record(by=by, did="helplines.added", subject="organisation:ours", details={"lines": len(DEFAULTS)})
    transaction.on_commit(lambda: caches["here"].delete(LINES))


@transaction.atomic
def add_offer(*, by: str, title: str, about: str, note: str, picture: Offer.Picture, place: int) -> Offer:
    """Add a way to get support to the front page."""
    offer = Offer(title=title, about=about, note=note, picture=picture, place=place)
    offer.full_clean()
    offer.save(force_insert=True)
    audit.record(by=by, did="offer.added", subject=f"offer:{offer.pk}")
    return offer
