"""What the staff bar shows."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.access.models import User
from alongside.core.sockets import MenuItem, sockets


def menu(request: HttpRequest) -> dict[str, object]:
    """The tabs that this person may open, and how long their session has."""
    return {"menu": SimpleLazyObject(lambda: _tabs(request))}


def _tabs(request: HttpRequest) -> list[dict[str, object]]:
    if not request.user.is_authenticated:
        return []
    tabs = [_tab(request, item) for item in allowed(request) if not item.about]
    managed = [_tab(request, item) for item in allowed(request) if item.about]
    if managed:
        url = reverse("access:manage")
        current = request.path == url or any(tab["current"] for tab in managed)
        tabs.append({"label": "Manage", "url": url, "current": current})
    return tabs


def allowed(request: HttpRequest) -> list[MenuItem]:
    """What this person may open, in order."""
    user = cast("User", request.user)
    return [item for item in sorted(sockets.menu, key=lambda item: item.order) if user.may(item.permission)]


def _tab(request: HttpRequest, item: MenuItem) -> dict[str, object]:
    url = reverse(item.url_name)
    return {"label": item.label, "url": url, "current": request.path.startswith(url)}
