"""One press of a button makes one record, however often it arrives."""

from alongside.access.models import User
from alongside.core.models import Keyed


def already[Record: Keyed](model: type[Record], key: str, *, by: User) -> Record | None:
    """What an earlier arrival of the same press made. Two at once wait for each other; call inside a transaction.

    Whoever else writes of this person, which names them by their key, does not wait.
    """
    if not key:
        return None
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return model._default_manager.filter(pk=key).first()
