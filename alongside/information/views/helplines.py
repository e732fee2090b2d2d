"""Helplines, and whether their numbers are still true."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.information import actions, queries
from alongside.information.forms import AddHelplineForm, HelplineForm
from alongside.information.models import Helpline
from alongside.information.views.opening import back, me, pressed, sent


@needs(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """Add one, at the end."""
    said, kept = sent(request)
    form = AddHelplineForm(said)
    if request.method == "POST" and form.is_valid():
        line = actions.add_helpline(by=me(request), **form.cleaned_data)
        messages.success(request, _seen(line, "Added."))
        return back("helplines")
    page = {"form": form, "kept": kept, "heading": "Add a helpline", "press": "Add"}
    return render(request, "information/form.jinja", page)


@needs(Permission.MANAGE_PEOPLE)
def change(request: HttpRequest, line: str) -> HttpResponse:
    """Write one anew."""
    found = get_object_or_404(queries.all_helplines(), pk=line)
    said, kept = sent(request)
    form = HelplineForm(said, record=found)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_helpline(line=found, by=me(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _seen(changed, "Saved."))
            return back("helplines")
    page = {"form": form, "kept": kept, "heading": "Change a helpline", "press": "Save"}
    return render(request, "information/form.jinja", page)


@needs(Permission.MANAGE_PEOPLE)
def check(request: HttpRequest, line: str) -> HttpResponse:
    """The number was checked today."""
    found = get_object_or_404(queries.all_helplines(), pk=line)
    if pressed(request):
        actions.check_helpline(line=found, by=me(request))
        messages.success(request, "Checked today. The public sees it now.")
    return back("helplines")


@needs(Permission.MANAGE_PEOPLE)
def hide(request: HttpRequest, line: str) -> HttpResponse:
    """Take one out of sight."""
    found = get_object_or_404(queries.all_helplines(), pk=line)
    if pressed(request):
        try:
            actions.hide_helpline(line=found, by=me(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return back()
        messages.success(request, "Hidden. Nobody outside sees it now.")
    return back("helplines")


@needs(Permission.MANAGE_PEOPLE)
def move(request: HttpRequest, line: str) -> HttpResponse:
    """One place up or down."""
    found = get_object_or_404(queries.all_helplines(), pk=line)
    if pressed(request):
        actions.move(record=found, up=request.POST.get("to") == "up", by=me(request))
    return back("helplines")


def _seen(line: Helpline, done: str) -> str:
    return f"{done} " + (
        "The public sees it now." if line.live else "The public sees it once somebody has checked the number."
    )
