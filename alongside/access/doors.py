"""The door of every staff page: who is let in, and what happens to what they typed when they are not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from alongside.access.kept import keep
from alongside.access.permissions import Permission

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
                raise Http404
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the person asking has signed in and may do this."""
    user: Any = request.user
    return bool(user.is_authenticated and user.may(permission))
