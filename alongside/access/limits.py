"""How often one session, or one place, may ask: enough for people, too little for a program that takes everything."""

from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.core import clock

type View = Callable[..., HttpResponse]

MINUTE, HOUR = 60, 3600


def at_most(times: int) -> Callable[[View], View]:
    """Mark a page that takes much out at once: so many times an hour from one session, in each process."""

    def mark(view: View) -> View:
        view.at_most = times  # type: ignore[attr-defined]
        return view

    return mark


def from_one_place(request: HttpRequest, what: str, *, times: int) -> bool:
    """Whether somebody who has not signed in may do this once more: so many times an hour from one network address."""
    return _count(f"{what}:{ratelimit.get_ip(request)}", HOUR) <= times


class PerSession:
    """Refuses a session that asks more often than a person would; whoever has none is counted at the sign-in."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> HttpResponse | None:
        """Count this one, and answer in the page's place when it was one too many."""
        if not request.user.is_authenticated:
            return None
        who = str(request.session.session_key)
        allowed = getattr(view, "at_most", None)
        if allowed is not None and _count(f"{view.__name__}:{who}", HOUR) > allowed:
            return _wait(request, HOUR)
        if _count(who, MINUTE) > settings.PAGES_A_MINUTE:
            return _wait(request, MINUTE)
        return None


def _count(what: str, seconds: int) -> int:
    """Count one more in this stretch of time, and say how many it makes."""
    held: BaseCache = caches["here"]
    key = f"asked:{what}:{int(clock.now().timestamp()) // seconds}"
    held.add(key, 0, timeout=seconds)
    try:
        return held.incr(key)
    except ValueError:
        return 1  # it ran out between the two


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "429.html", {"an_hour": seconds == HOUR}, status=429)
    response["Retry-After"] = str(seconds)
    return response
