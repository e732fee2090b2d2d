"""What the organisation says of itself, and helplines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.information import queries
from alongside.information.helplines import DEFAULTS
from alongside.information.models import AboutUs, Helpline, Nation, Offer, dialled
from alongside.information.queries import ABOUT, LINES


@audit.recorded
def describe(*, by: str, **said: str) -> AboutUs:
    """Say who the organisation is; what is not said stays as it is."""
    about = _one_at_a_time() or AboutUs()
    for name, value in said.items():
        setattr(about, name, value)
    about.full_clean(validate_unique=False)
    about.save()
    audit.record(by=by, did="organisation.described", subject="organisation:ours", details={"fields": sorted(said)})
    _forget(ABOUT)
    return about


@audit.recorded
def add_offer(
    *, by: str, title: str, about: str, note: str, picture: str, place: int | None = None, key: str = ""
) -> Offer:
    """Add a way to get support to the front page, at the end if no place is named.

    The same `key` sent twice adds one.
    """
    _one_at_a_time()
    if key and (added := Offer.objects.filter(pk=key).first()):
        return added
    offer = Offer(**{"key": key} if key else {}, place=place or _end(Offer))
    offer.title, offer.about, offer.note, offer.picture = title, about, note, picture
    offer.full_clean()
    offer.save(force_insert=True)
    audit.record(by=by, did="offer.added", subject=f"offer:{offer.pk}")
    return offer


@audit.recorded
def change_offer(*, offer: Offer, by: User, **said: str) -> Offer:
    """Write it anew."""
    held = Offer.objects.select_for_update().get(pk=offer.pk)
    for name, value in said.items():
        setattr(held, name, value)
    held.full_clean()
    held.save()
    audit.record(by=by.pk, did="offer.changed", subject=f"offer:{held.pk}")
    return held


@audit.recorded
def take_away(*, offer: Offer, by: User) -> None:
    """Take a way to get support off the front page."""
    gone, _ = Offer.objects.filter(pk=offer.pk).delete()
    if gone:
        audit.record(by=by.pk, did="offer.taken-away", subject=f"offer:{offer.pk}")


@audit.recorded
def move(*, record: Offer | Helpline, up: bool, by: User) -> None:
    """Change places with the one above or below; at the end of the list nothing changes."""
    _one_at_a_time()
    listed = queries.offers() if isinstance(record, Offer) else queries.all_helplines()
    order: list[Offer | Helpline] = list(listed)
    here = order.index(record)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order.insert(there, order.pop(here))
    for place, one in enumerate(order, start=1):
        if one.place != place:
            one.place = place
            one.save(update_fields=["place"])
    audit.record(by=by.pk, did=f"{record._meta.model_name}.moved", subject=f"{record._meta.model_name}:{record.pk}")
    _forget(LINES)


@audit.recorded
def add_default_helplines(*, by: str, checked_on: date) -> None:
    """Start with the United Kingdom's own. Those whose number we could not confirm stay out of sight until checked."""
    for place, known in enumerate(DEFAULTS, start=1):
        line = Helpline(place=place, checked_on=checked_on if known.confirmed else None, live=known.confirmed)
        for name, value in known.said.items():
            setattr(line, name, value)
        line.full_clean()
        line.save(force_insert=True)
    audit.record(by=by, did="helplines.added", subject="organisation:ours", details={"lines": len(DEFAULTS)})
    _forget(LINES)


@audit.recorded
def add_helpline(*, by: User, checked: bool, key: str = "", **said: str) -> Helpline:
    """Add one at the end; nobody sees it until its number is checked. The same `key` sent twice adds one."""
    _one_at_a_time()
    if key and (added := Helpline.objects.filter(pk=key).first()):
        return added
    line = Helpline(**{"key": key} if key else {}, place=_end(Helpline))
    _say(line, said)
    if checked:
        _checked(line, by=by)
    return _keep(line, did="helpline.added", by=by)


@audit.recorded
def change_helpline(*, line: Helpline, by: User, checked: bool, **said: str) -> Helpline:
    """Write it anew. A new number that nobody has checked yet waits out of sight."""
    held = _held(line)
    before = held.link
    _say(held, said)
    if checked:
        _checked(held, by=by)
    elif held.link != before:
        held.live, held.checked_on, held.checked_by = False, None, ""
    with _nobody_is_left_without_a_call():
        return _keep(held, did="helpline.changed", by=by)


@audit.recorded
def check_helpline(*, line: Helpline, by: User) -> Helpline:
    """Say that the number was checked today; everybody sees it from now on."""
    held = _held(line)
    if held.live and (held.checked_on, held.checked_by) == (clock.today(), by.name):
        return held
    _checked(held, by=by)
    return _keep(held, did="helpline.checked", by=by)


@audit.recorded
def hide_helpline(*, line: Helpline, by: User) -> Helpline:
    """Take it out of sight, unless it is the last that people of a nation can call."""
    held = _held(line)
    if not held.live:
        return held
    held.live = False
    with _nobody_is_left_without_a_call():
        return _keep(held, did="helpline.hidden", by=by)


def _one_at_a_time() -> AboutUs | None:
    """Those who write at once wait for each other at the organisation's own record."""
    return AboutUs.objects.select_for_update().first()


def _held(line: Helpline) -> Helpline:
    _one_at_a_time()
    return Helpline.objects.get(pk=line.pk)


def _end(model: type[Offer | Helpline]) -> int:
    return (model._default_manager.aggregate(last=Max("place"))["last"] or 0) + 1


def _say(line: Helpline, said: dict[str, str]) -> None:
    for name, value in said.items():
        setattr(line, name, value)
    line.link = dialled(line.number, line.how)


def _checked(line: Helpline, *, by: User) -> None:
    line.live, line.checked_on, line.checked_by = True, clock.today(), by.name


def _keep(line: Helpline, *, did: str, by: User) -> Helpline:
    line.full_clean()
    line.save()
    audit.record(by=by.pk, did=did, subject=f"helpline:{line.pk}", details={"live": line.live})
    _forget(LINES)
    return line


@contextmanager
def _nobody_is_left_without_a_call() -> Iterator[None]:
    """Refuse what would leave a nation without a number to call, where it has one now."""
    before = _nations_that_can_call()
    yield
    if lost := before - _nations_that_can_call():
        where = " or ".join(nation.label for nation in Nation if nation in lost)
        who = "People" if len(lost) == len(Nation) else f"People in {where}"
        raise ValidationError(f"{who} would have no number to call. Add or check another one first.")


def _nations_that_can_call() -> set[str]:
    found = set(Helpline.objects.filter(live=True, how=Helpline.How.CALL).values_list("nation", flat=True))
    return set(Nation.values) if "" in found else found


def _forget(what: str) -> None:
    transaction.on_commit(lambda: caches["here"].delete(what))
