"""Keeping the address book."""

from alongside.addressbook.models import Organisation
from alongside.audit import actions as audit


@audit.recorded
def add_organisation(*, name: str, kind: Organisation.Kind, by: str) -> Organisation:
    """Add a funder or a referrer."""
    organisation = Organisation(name=name.strip(), kind=kind)
    organisation.full_clean()
    organisation.save(force_insert=True)
    audit.record(by=by, did="organisation.added", subject=f"organisation:{organisation.pk}")
    return organisation
