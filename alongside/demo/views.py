"""Signing in to the demo: a page with one button, so that a browser that looks ahead uses nothing up."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.access.middleware import SECOND_FACTOR
from alongside.demo import actions, links, queries

HERE = {"localhost", "127.0.0.1", "[::1]"}
PASSED_ON = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")  # what proxies add
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

type View = Callable[[HttpRequest, str], HttpResponse]


def only_here(view: View) -> View:
    """Let in nobody but the person at this computer, and only in the demo; a visit by a proxy may be anybody's."""

    @wraps(view)
    def guarded(request: HttpRequest, link: str) -> HttpResponse:
        host = request.get_host().rpartition(":")[0] or request.get_host()
        here = host in HERE and not any(name.startswith(PASSED_ON) for name in request.META)
        if not (settings.DEMO and here and _is_this_computer(request.META.get("REMOTE_ADDR", ""))):
            raise Http404
        return view(request, link)

    return guarded


def _is_this_computer(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


@only_here
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, link: str) -> HttpResponse:
    """Ask before signing somebody in, and then do it, past password and authenticator."""
    try:
        if request.method != "POST":
            return render(request, "demo/sign_in.jinja", {"person": queries.whose(links.read(link))})
        user = actions.use(link=links.read(link))
    except links.NotALink as error:
        raise Http404 from error
    except links.Over:
        return render(request, "demo/over.jinja", status=410)
    login(request, user, backend=BACKEND)
    request.session[SECOND_FACTOR] = True
    return redirect("home")
