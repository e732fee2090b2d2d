"""A worker reads a client's measures over time."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.care.queries.record import events
from alongside.care.views.opening import answer, opened
from alongside.core import clock
from alongside.measures.doors import me
from alongside.measures.presenters import trends
from alongside.measures.presenters.due import asked_for
from alongside.measures.queries import due, measured


@needs(Permission.SEE_CLIENTS)
@require_safe
def over_time(request: HttpRequest, client: str) -> HttpResponse:
    """Every measure that came back, besides the service evaluation form, which stands on the first page."""
    found = opened(request, client)
    taken = measured.taken(me(request), found.pk)
    happened = [(event.on, event.words) for event in events(found)] if taken else []
    return answer(
        request,
        "measures/trends/page.jinja",
        found,
        shows="measures",
        here="measures:over-time",
        page=trends.page(taken, happened, clock.today()),
        table=request.GET.get("view") == "table",
        asked=[asked_for(one) for one in due.of_client(me(request), found.pk)],
        person=found,
    )
