"""The kinds of support the organisation gives."""

from alongside.access.models import Team
from alongside.audit import actions as audit
from alongside.care.models import Service


@audit.recorded
def add(*, name: str, tier: Service.Tier, team: Team, uses_form: bool, by: str, key: str = "") -> Service:
    """Add a service; the same `key` sent twice adds one. `by` is a key, since `init` and the demo add some too."""
    Team.objects.select_for_update().get(pk=team.pk)  # two presses at once wait for each other
    if key and (added := Service.objects.filter(pk=key).first()):
        return added
    service = Service(**{"key": key} if key else {}, name=name, tier=tier, team=team, uses_form=uses_form)
    service.full_clean()
    service.save(force_insert=True)
    audit.record(by=by, did="service.added", subject=f"service:{service.pk}")
    return service
