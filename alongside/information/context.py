"""What every page knows of the organisation, and where help is now."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alongside.information import queries


def organisation(request: HttpRequest) -> dict[str, object]:
    """The organisation, and the helplines of its nation; neither is read until a page shows it."""
    return {
        "organisation": SimpleLazyObject(queries.about_us),
        "help_lines": SimpleLazyObject(queries.help_lines),
        "idle_seconds": settings.STAFF_IDLE_SECONDS,
    }
