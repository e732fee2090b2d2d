"""How many forms without a name came back on the measures that no report counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.core import clock
from alongside.measures.models import UnnamedResponse
from alongside.measures.models.used import Measure
from alongside.measures.queries import paper
from alongside.measures.queries.library import SERVICE_EVALUATION, newest
from alongside.outcomes.disclosure import STRICT, treated_count


@dataclass(frozen=True, kw_only=True)
class CameBack:
    """Of one measure in one service and month: to the nearest five; `many` is None where there were a few."""

    measure: str
    service: str
    month: date
    many: int | None


def came_back(user: User) -> list[CameBack]:
    """For a service lead, what came back in the services of their teams in the last twelve months, the latest first.

    The service evaluation form is not among them: reports count it.
    """
    if not user.may(Permission.MAKE_REPORTS):
        return []
    today = clock.today()
    found = UnnamedResponse.objects.filter(
        service__in=paper.services(user), month__gt=today.replace(year=today.year - 1, day=1)
    )
    counted = found.exclude(instrument=SERVICE_EVALUATION).values_list("instrument", "service__name", "month")
    rows = list(counted.annotate(many=Count("pk")).order_by("-month", "service__name", "instrument"))
    names = _names({instrument for instrument, *_ in rows})
    return [
        CameBack(measure=names[instrument], service=service, month=month, many=treated_count(many, STRICT))
        for instrument, service, month, many in rows
    ]


def _names(instruments: Iterable[str]) -> dict[str, str]:
    own = Measure.objects.filter(instrument__in=instruments).exclude(definition="").order_by("made_at")
    texts = dict(own.values_list("instrument", "definition"))
    return {one: newest(one, texts.get(one, "")).name for one in instruments}
