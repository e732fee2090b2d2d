"""Adding a grant, and saying which of the funder's readers see its reports."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from alongside.access import actions as access
from alongside.access.models import Relationship, User
from alongside.access.permissions import Permission
from alongside.addressbook.actions import add_organisation
from alongside.addressbook.models import Organisation
from alongside.audit import actions as audit
from alongside.care.actions.once import already
from alongside.care.models import Service
from alongside.reporting.models import Grant


@audit.recorded
def add(
    *,
    funder: Organisation | str,
    title: str,
    starts_on: date,
    ends_on: date,
    services: Iterable[Service],
    by: User,
    readers: Iterable[User] = (),
    key: str = "",
) -> Grant:
    """Add a grant; without services it pays for every one. A funder's name alone adds the funder.

    The same `key` sent twice adds one.
    """
    if added := already(Grant, key, by=by):
        return added
    if isinstance(funder, str):
        funder = add_organisation(name=funder, kind=Organisation.Kind.FUNDER, by=by.pk)
    named = {"key": key} if key else {}
    grant = Grant(**named, funder=funder, title=title, starts_on=starts_on, ends_on=ends_on)
    grant.full_clean()
    grant.save(force_insert=True)
    grant.services.set(services)
    audit.record(by=by.pk, did="grant.added", subject=f"grant:{grant.pk}")
    for reader in readers:
        let_read(grant=grant, user=reader, by=by)
    return grant


@audit.recorded
def let_read(*, grant: Grant, user: User, by: User) -> Relationship:
    """Let a funder's reader see the reports of a grant from now on.

    Raises
    ------
    ValidationError : this person is no funder's reader
    """
    if not user.may(Permission.READ_OWN_REPORTS):
        raise ValidationError("Choose somebody who reads reports for a funder.")
    return access.begin(kind=Relationship.Kind.FUNDS, user=user, subject_key=grant.pk, by=by.pk)


@audit.recorded
def let_out(*, grant: Grant, user: User, by: User) -> None:
    """Stop somebody seeing the reports of a grant."""
    access.end(kind=Relationship.Kind.FUNDS, user=user, subject_key=grant.pk, by=by.pk)
