"""The guideline, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.moderation import queries


def looking_after(request: HttpRequest) -> HttpResponse:
    """How what is written here is looked after."""
    return render(request, "moderation/looking_after.jinja", {"guideline": queries.in_force()})
