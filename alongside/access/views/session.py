"""Where to go after signing in; staying signed in."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from alongside.core.sockets import sockets


def home(request: HttpRequest) -> HttpResponse:
    """The first page this person may open."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    for item in sorted(sockets.menu, key=lambda item: item.order):
        if request.user.may(item.permission):
            return redirect(item.url_name)
    return redirect("access:roles")


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: any page does this, and the warning asks for the smallest one."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return HttpResponse(status=204)
