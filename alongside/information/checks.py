"""What `alongside doctor` says about helplines."""

from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's own name
from django.db.models import Q

from alongside.core import clock
from alongside.information.models import Helpline

CHECKED_WITHIN = timedelta(days=90)


def helplines(**_: Any) -> list[CheckMessage]:
    """Say so when people in need would find an old number, or none of the organisation's own."""
    live = Helpline.objects.filter(live=True)
    if not live.exists():
        hint = "Check each number and switch it on; until then pages show the numbers that work everywhere."
        return [Warning("No helpline is live.", hint=hint, id="information.W001")]
    old = live.filter(Q(checked_on__lt=clock.today() - CHECKED_WITHIN)).count()
    if old:
        said = f"{old} of the helplines were last checked more than {CHECKED_WITHIN.days} days ago."
        return [Warning(said, hint="Ring or look up each one, and write down when.", id="information.W002")]
    return []
