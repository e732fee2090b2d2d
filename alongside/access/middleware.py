"""How long a session lasts, and that nobody works here on a password alone."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import clock

type Answer = Callable[[HttpRequest], HttpResponse]

TOUCH_EVERY = 60
SECOND_FACTOR = "second_factor"
WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/", "/leave", "/help", "/stay")


def session_limits(answer: Answer) -> Answer:
    """End a staff session after 15 minutes without a page, and after 12 hours whatever happens."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            seen = request.session.get("seen", now)
            began = request.session.setdefault("began", now)
            if now - seen > settings.STAFF_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                was = request.user.pk
                logout(request)
                request.session["was"] = was
            elif now - seen >= TOUCH_EVERY or "seen" not in request.session:
                request.session["seen"] = now
        return answer(request)

    return middleware


def second_factor(answer: Answer) -> Answer:
    """Send everybody without an authenticator to set one up, before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            request.user.is_authenticated
            and not request.session.get(SECOND_FACTOR)
            and not request.path.startswith(WITHOUT_SECOND_FACTOR)
        ):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
            request.session[SECOND_FACTOR] = True
        return answer(request)

    return middleware
