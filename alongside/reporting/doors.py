"""The door of a report: open to those who make reports, and to those who read their own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from alongside.access.doors import may, needs
from alongside.access.permissions import Permission

type View = Callable[..., HttpResponse]


def reads(view: View) -> View:
    """Let in leads and funders' readers; which grants they see is for the queries to say."""
    makes, own = needs(Permission.MAKE_REPORTS)(view), needs(Permission.READ_OWN_REPORTS)(view)

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        return makes(request, **named) if may(request, Permission.MAKE_REPORTS) else own(request, **named)

    return guarded
