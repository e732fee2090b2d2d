"""Adding a client, and changing what we know of them."""

from datetime import date

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.actions.changing import ChangedMeanwhile, differing
from alongside.care.actions.once import already
from alongside.care.models import Client

FIELDS = (
    "name", "known_as", "pronouns", "born", "gender", "phone", "email", "address", "postcode_area", "someone_close",
    "needs", "needs_checked_on",
)  # fmt: skip


@audit.recorded
def add(*, code: str, by: User, key: str = "", **said: str | date | list[str] | None) -> Client:
    """Add a client. The same `key` sent twice adds one."""
    if added := already(Client, key, by=by):
        return added
    client = Client(code=code, **{"key": key} if key else {}, **said)
    client.full_clean()
    client.save(force_insert=True)
    audit.record(by=by.pk, did="client.added", subject=f"client:{client.pk}")
    return client


@audit.recorded
def change(*, client: Client, revision: int, by: User, **said: str | date | list[str] | None) -> Client:
    """Change what we know. `revision` is the one the person was looking at.

    Raises
    ------
    ChangedMeanwhile : somebody else changed this record first
    """
    held = Client.objects.select_for_update().get(pk=client.pk)
    changed = differing(held, said)
    if held.revision != revision and changed:
        raise ChangedMeanwhile(held, changed)
    if not changed:
        return held
    for name, value in changed.items():
        setattr(held, name, value)
    held.revision += 1
    held.full_clean()
    held.save()
    audit.record(by=by.pk, did="client.changed", subject=f"client:{held.pk}", details={"fields": sorted(changed)})
    return held
