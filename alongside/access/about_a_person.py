"""What this room holds of people: for copies and erasure; and why it holds anything of those who work here."""

from collections.abc import Collection, Iterable

from alongside.access.models import KeptForm
from alongside.core.sockets import Holding


def _kept_forms(keys: Collection[str]) -> Iterable[str]:
    """What somebody was writing about this person when their session ended."""
    waiting = KeptForm.objects.values_list("pk", "path")
    return [pk for pk, path in waiting if any(part in keys for part in path.split("/"))]


HOLDINGS = (
    Holding(
        model="access.Relationship",
        title="Who may see your record, or could",
        purpose="support",
        place=60,
        path="subject_key",
        audited_as="key",
    ),
    Holding(
        model="access.Emergency",
        title="When your record was opened in an emergency",
        purpose="safeguarding",
        place=60,
        path="subject_key",
        audited_as="emergency",
    ),
    Holding(
        model="access.OwnLink", title="Links for you to see who looked", purpose="support", place=60, path="subject_key"
    ),
    Holding(
        model="access.KeptForm",
        title="What a worker was writing",
        purpose="support",
        place=60,
        find=_kept_forms,
        names_others=("said",),
    ),
)
PURPOSES = {"access.User": "team", "access.Session": "team"}
