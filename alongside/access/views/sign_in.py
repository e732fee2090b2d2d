"""One's own sign-in, all on one page: password, authenticator, passkeys, recovery codes, and where one is signed in."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.access import actions, presenters, queries
from alongside.access.models import User
from alongside.access.views.passkeys import where


@login_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Everything with which this person signs in."""
    me = cast(User, request.user)
    context = {
        **presenters.factors(queries.authenticators(me)),
        "sessions": presenters.sessions(queries.sessions(me), here=request.session.session_key),
        **where(request),
    }
    return render(request, "mfa/index.html", context)


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign oneself out elsewhere: in one browser, or in all but this one."""
    me, here = cast(User, request.user), request.session.session_key
    which = request.POST.get("which", "")
    ended = [one for one in queries.sessions(me).exclude(pk=here) if which in {"others", presenters.handle(one)}]
    actions.end_sessions(sessions=ended, by=me)
    messages.success(request, "You are signed out there." if ended else "That one had ended already.")
    return redirect("mfa_index")
