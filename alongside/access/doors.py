"""The door of every staff page: who is let in, and what happens to what they typed when they are not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from alongside.access.fresh import is_fresh
from alongside.access.kept import keep
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.core.addresses import is_key

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def needs[**P](permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let in those whose role has the permission.

    Others who have signed in are told there is no such page; those who have not are sent to sign in, and
    what they were sending is kept for them.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                keep(request)
                return redirect_to_login(request.get_full_path())
            if not request.user.may(permission):
                note_denied(request)
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except Http404:
                note_denied(request)
                raise

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def note_denied(request: HttpRequest) -> None:
    """Somebody who has signed in was told that there is no such page; the row says which page, and of which record."""
    match = request.resolver_match
    keys = {name: value for name, value in match.kwargs.items() if is_key(value)}  # type: ignore[union-attr]
    page = match.view_name  # type: ignore[union-attr]
    audit.record(by=str(request.user.pk), did="page.denied", subject=f"page:{page}", details={"keys": keys})


def freshly_signed_in[**P](view: View[P]) -> View[P]:
    """Ask who it is once more, unless they have shown it in the last minutes. Stands below `needs`.

    What they were sending is kept, and the page that they come back to takes it up with `kept.take`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_fresh(request) or _has_only_a_link(request):
            return view(request, *args, **kwargs)
        keep(request)
        return redirect_to_login(request.get_full_path(), reverse("account_reauthenticate"))

    guarded.fresh = True  # type: ignore[attr-defined]
    return guarded


def _has_only_a_link(request: HttpRequest) -> bool:
    """Whether this is one of the demo's people, who sign in with its link and have nothing to show again."""
    return bool(settings.DEMO) and not get_adapter().get_reauthentication_methods(request.user)


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the person asking has signed in and may do this."""
    user: Any = request.user
    return bool(user.is_authenticated and user.may(permission))
