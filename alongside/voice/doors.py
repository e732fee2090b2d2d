"""The doors of a participant’s pages: whoever holds a seat comes in; everybody else is asked for the code."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.access.models import User
from alongside.voice.models import Seat
from alongside.voice.queries import seats

type View[**P] = Callable[Concatenate[HttpRequest, Seat, P], HttpResponse]


def seated[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in whoever holds a seat at a workshop that is open. Nobody’s look is written down here."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        seat = seats.of(request)
        return redirect("w:code") if seat is None else view(request, seat, *args, **kwargs)

    return guarded


def me(request: HttpRequest) -> User:
    """Whoever has signed in here."""
    return cast("User", request.user)


def wants_json(request: HttpRequest) -> bool:
    """Whether the page’s own script asks, which shows the answer in its place."""
    return request.headers.get("Accept", "") == "application/json"
