"""What the pages of the organisation begin and end with."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from alongside.access import kept
from alongside.access.models import User

SIGNED_OUT = "You had been signed out, so nothing was changed. Press the button again."


def me(request: HttpRequest) -> User:
    """Who is asking. The door has let nobody in who has not signed in."""
    return cast(User, request.user)


def sent(request: HttpRequest) -> tuple[QueryDict | None, bool]:
    """What was sent to this page: now, or when the session had ended, and whether we kept it."""
    if request.method == "POST":
        return request.POST, False
    said = kept.take(request)
    return said, said is not None


def pressed(request: HttpRequest) -> bool:
    """Whether a button was pressed just now; if it was before the session ended, say that nothing was changed."""
    said, late = sent(request)
    if late:
        messages.info(request, SIGNED_OUT)
    return said is not None and not late


def back(part: str = "") -> HttpResponse:
    """To the organisation's page, at one of its parts."""
    return HttpResponseRedirect(reverse("information:organisation") + (f"#{part}" if part else ""))
