"""The pages anybody can see."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from alongside.information import queries
from alongside.information.models import Nation


def front(request: HttpRequest) -> HttpResponse:
    """The organisation's front page."""
    return render(request, "information/front.jinja", {"offers": queries.offers()})


def help_now(request: HttpRequest) -> HttpResponse:
    """Where to turn now, by nation."""
    asked = request.GET.get("nation", "")
    here = asked if asked in Nation.values else queries.about_us().nation
    nations = [{"key": key, "name": name, "current": key == here} for key, name in Nation.choices]
    return render(request, "information/help.jinja", {"nations": nations, "lines": queries.help_lines(here)})


def leave(request: HttpRequest) -> HttpResponse:
    """Forget this visit and go to a page that says nothing about us. A link, so that it works without JavaScript."""
    logout(request)
    answer = HttpResponseRedirect(settings.LEAVE_TO)
    answer["Clear-Site-Data"] = '"cache"'
    answer.delete_cookie(settings.SEAT_COOKIE_NAME, path=settings.SEAT_COOKIE_PATH, samesite="Lax")
    return answer
