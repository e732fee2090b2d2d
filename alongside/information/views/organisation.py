"""What the public sees of the organisation, for those who write it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.core import clock
from alongside.information import actions, presenters, queries
from alongside.information.forms import AboutForm
from alongside.information.views.opening import back, me, sent


@needs(Permission.MANAGE_PEOPLE)
def organisation(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    lines, today = list(queries.all_helplines()), clock.today()
    said = {
        "about": queries.about_us_now(),
        "offers": queries.offers(),
        "lines": [(line, presenters.checked(line), presenters.waits(line, today=today)) for line in lines],
        "not_checked": presenters.not_checked_lately(lines, today=today),
    }
    return render(request, "information/organisation.jinja", said)


@needs(Permission.MANAGE_PEOPLE)
def about(request: HttpRequest) -> HttpResponse:
    """Write who the organisation is."""
    said, kept = sent(request)
    form = AboutForm(said, record=queries.about_us_now())
    if request.method == "POST" and form.is_valid():
        actions.describe(by=me(request).pk, **form.cleaned_data)
        messages.success(request, "Saved. The public sees it now.")
        return back()
    page = {"form": form, "kept": kept, "heading": "About us", "press": "Save"}
    return render(request, "information/form.jinja", page)
