"""Seats: whoever holds one sees its workshop, and nothing else tells who they are."""

from django.http import HttpRequest

from alongside.voice import cookies
from alongside.voice.models import Seat, Workshop


def of(request: HttpRequest) -> Seat | None:
    """The seat that this browser holds, while its workshop is open."""
    key = cookies.held(request)
    if not key:
        return None
    return Seat.objects.filter(pk=key, workshop__state=Workshop.State.OPEN).first()
