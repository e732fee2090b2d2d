"""The kinds of support the organisation gives."""

from django.db import transaction

from alongside.access.models import Team
from alongside.audit import actions as audit
from alongside.care.models import Service


@transaction.atomic
def add(*, name: str, tier: Service.Tier, team: Team, uses_form: bool, by: str) -> Service:
    """Add a service; `by` is a key, since the first ones come before anybody can sign in."""
    service = Service(name=name, tier=tier, team=team, uses_form=uses_form)
    service.full_clean()
    service.save(force_insert=True)
    audit.record(by=by, did="service.added", subject=f"service:{service.pk}")
    return service
