"""What the staff bar shows."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.core.sockets import sockets


def menu(request: HttpRequest) -> dict[str, object]:
    """The tabs that this person may open, and how long their session has."""
    return {"menu": SimpleLazyObject(lambda: _tabs(request))}


def _tabs(request: HttpRequest) -> list[dict[str, object]]:
    if not request.user.is_authenticated:
        return []
    items = [item for item in sorted(sockets.menu, key=lambda item: item.order) if request.user.may(item.permission)]
    here = request.path
    return [
        {"label": item.label, "url": (url := reverse(item.url_name)), "current": here.startswith(url)} for item in items
    ]
