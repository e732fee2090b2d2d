"""Where a session opens, how long it lasts, that a password alone opens nothing, and what became of a late press."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.access import browsers, kept
from alongside.audit import actions as audit
from alongside.core import clock

type Answer = Callable[[HttpRequest], HttpResponse]

TOUCH_EVERY = 60
SECOND_FACTOR = "second_factor"  # in a session: whoever it belongs to gave a code in it, or set up their authenticator
SIGN_IN = "/accounts/"
OPEN_TO_ALL = {"/accounts/login/", "/accounts/logout/", "/leave", "/help", "/stay"}
ELSEWHERE = "elsewhere"  # in a session: it ended because it was used in another browser
FOUND, ONLY_SENDING = 302, 405
USED_ELSEWHERE = (
    "We signed you out, because somebody used your session in another browser. Sign in and change your password. "
    "Then tell whoever looks after Alongside."
)
NOT_SAVED = "You had been signed out, so that was not saved. Press the button again."


def same_browser(answer: Answer) -> Answer:
    """Open a session only in the browser in which it began. Elsewhere it opens nothing, and ends; its owner is told."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.session.get(browsers.BOUND) is None:
            if request.user.is_authenticated:
                browsers.bind(request)  # it was begun by a command, and this is its first page
        elif not browsers.is_same(request, request.session):
            _end_elsewhere(request)
        elif request.session.pop(ELSEWHERE, False):
            messages.error(request, USED_ELSEWHERE)
        response = answer(request)
        browsers.remember(request, response)
        return response

    return middleware


def _end_elsewhere(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        audit.record(by="nobody", did="user.session-used-elsewhere", subject=f"user:{request.user.pk}")
        kept.end_session(request)
        request.session[ELSEWHERE] = True
        request.session.save()
    request.session = type(request.session)()
    request.user = AnonymousUser()


def session_limits(answer: Answer) -> Answer:
    """End a staff session after 15 minutes without a page, and after 12 hours whatever happens.

    A clock that was set back ends it too: nobody could say how long it has lasted.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            seen = request.session.get("seen", now)
            began = request.session.setdefault("began", now)
            over = now - seen > settings.STAFF_IDLE_SECONDS or now - began > settings.STAFF_LONGEST_SECONDS
            if over or max(seen, began) - now > TOUCH_EVERY:
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
