"""Somebody comes to us, for the first time or again, and support begins: all of it or nothing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.audit import actions as audit
from alongside.care.actions import clients, codes, episodes
from alongside.care.actions.once import already
from alongside.care.models import Client, Episode, Referral, Service

TRIES = 5  # at finding a code that nobody else takes at the same moment


@audit.recorded
def welcome(
    *,
    way: Referral.Way,
    sent_by: Organisation | None,
    received_on: date,
    service: Service,
    practitioner: User,
    funder: Organisation | None,
    started_on: date,
    by: User,
    key: str,
    **said: str | date | list[str] | None,
) -> Client:
    """Add somebody, how they came, and the support that begins. The same `key` sent twice adds one."""
    if added := already(Client, key, by=by):
        return added
    client = _added(by=by, key=key, **said)
    begin(
        client=client,
        way=way,
        sent_by=sent_by,
        received_on=received_on,
        service=service,
        practitioner=practitioner,
        funder=funder,
        started_on=started_on,
        by=by,
    )
    return client


@audit.recorded
def begin(
    *,
    client: Client,
    way: Referral.Way,
    sent_by: Organisation | None,
    received_on: date,
    service: Service,
    practitioner: User,
    funder: Organisation | None,
    started_on: date,
    by: User,
    key: str = "",
) -> Episode:
    """Record how somebody came and begin support. The same `key` sent twice begins it once."""
    if before := already(Referral, key, by=by):
        return before.episodes.get()
    Client.objects.select_for_update().get(pk=client.pk)  # two workers cannot begin the same service at once
    referral = episodes.refer(client=client, way=way, organisation=sent_by, received_on=received_on, by=by, key=key)
    return episodes.start(
        referral=referral, service=service, practitioner=practitioner, funder=funder, started_on=started_on, by=by
    )


def _added(*, by: User, key: str, **said: str | date | list[str] | None) -> Client:
    for _ in range(TRIES):
        code = codes.next_free()
        try:
            with transaction.atomic():
                return clients.add(code=code, by=by, key=key, **said)
        except (IntegrityError, ValidationError):
            if codes.next_free() == code:  # the code was free, so something else was wrong
                raise
    raise RuntimeError("No free code was found for a new client.")
