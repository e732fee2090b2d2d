"""How long a session lasts, that nobody works here on a password alone, and what became of a late press."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.access import kept
from alongside.core import clock

type Answer = Callable[[HttpRequest], HttpResponse]

TOUCH_EVERY = 60
SECOND_FACTOR = "second_factor"  # in a session: whoever it belongs to gave a code in it, or set up their authenticator
SIGN_IN = "/accounts/"
OPEN_TO_ALL = {"/accounts/login/", "/accounts/logout/", "/leave", "/help", "/stay"}
FOUND, ONLY_SENDING = 302, 405
NOT_SAVED = "You had been signed out, so that was not saved. Press the button again."


def session_limits(answer: Answer) -> Answer:
    """End a staff session after 15 minutes without a page, and after 12 hours whatever happens."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            seen = request.session.get("seen", now)
            began = request.session.setdefault("began", now)
            if now - seen > settings.STAFF_IDLE_SECONDS or now - began > settings.STAFF_LONGEST_SECONDS:
                kept.end_session(request)
            elif now - seen >= TOUCH_EVERY or "seen" not in request.session:
                request.session["seen"] = now
        return answer(request)

    return middleware


def second_factor(answer: Answer) -> Answer:
    """Open nothing to a session in which no code was given.

    Somebody without an authenticator is sent to set one up. Somebody who has one signs in anew, with its code: this
    session began on a password alone, before they had it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            request.user.is_authenticated
            and not request.session.get(SECOND_FACTOR)
            and request.path not in OPEN_TO_ALL
            and not request.path.startswith(settings.STATIC_URL)
        ):
            if is_mfa_enabled(request.user):
                logout(request)
                return redirect_to_login(request.get_full_path())
            if not request.path.startswith(SIGN_IN):
                return redirect("mfa_activate_totp")
        return answer(request)

    return middleware


def pressed_too_late(answer: Answer) -> Answer:
    """Say that a button pressed after the session had ended did nothing, where there is no page to show it again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        late = request.method == "GET" and request.user.is_authenticated
        if late and response.status_code in {FOUND, ONLY_SENDING} and kept.take(request) is not None:
            messages.info(request, NOT_SAVED)
            return response if response.status_code == FOUND else redirect("home")
        return response

    return middleware
