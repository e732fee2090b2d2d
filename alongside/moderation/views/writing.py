"""Writing the next version of the guideline."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.moderation import actions, queries
from alongside.moderation.forms import AddClauseForm, ClauseForm, PublishForm, TopForm
from alongside.moderation.models import Guideline
from alongside.moderation.views.opening import looked, me, sent

TAKE_OUT = "remove"


@needs(Permission.MANAGE_GUIDELINE)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a new version, or go on with the one that is being written."""
    return _to(actions.begin(by=me(request)))


@needs(Permission.MANAGE_GUIDELINE)
def top(request: HttpRequest, key: str) -> HttpResponse:
    """Write what stands at its top."""
    found = get_object_or_404(queries.drafts(), pk=key)
    said, kept = sent(request)
    form = TopForm(said, record=found)
    if request.method == "POST" and form.is_valid():
        actions.change(guideline=found, by=me(request), **form.cleaned_data)
        return _to(found)
    return _form(request, found, form, kept=kept, heading="Title and first words")


@needs(Permission.MANAGE_GUIDELINE)
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add a clause at the end."""
    found = get_object_or_404(queries.drafts(), pk=key)
    said, kept = sent(request)
    form = AddClauseForm(said)
    if request.method == "POST" and form.is_valid():
        actions.add_clause(guideline=found, by=me(request), **form.cleaned_data)
        return _to(found)
    return _form(request, found, form, kept=kept, heading="Add a clause")


@needs(Permission.MANAGE_GUIDELINE)
def clause(request: HttpRequest, key: str) -> HttpResponse:
    """Write a clause anew, or take it out."""
    one = get_object_or_404(queries.clauses_in_drafts(), pk=key)
    if request.method == "POST" and TAKE_OUT in request.POST:
        actions.take_out(clause=one, by=me(request))
        messages.success(request, "The clause is taken out.")
        return _to(one.guideline)
    said, kept = sent(request)
    form = ClauseForm(said, record=one)
    if request.method == "POST" and form.is_valid():
        actions.change_clause(clause=one, by=me(request), **form.cleaned_data)
        return _to(one.guideline)
    return _form(request, one.guideline, form, kept=kept, heading=f"Clause {one.number}", take_out=True)


@needs(Permission.MANAGE_GUIDELINE)
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Say from when it holds, and let it stand as it is."""
    found = get_object_or_404(queries.drafts(), pk=key)
    said, kept = sent(request)
    form = PublishForm(said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(guideline=found, by=me(request), **form.cleaned_data)
            messages.success(request, "It is published. Everybody can read it.")
            return redirect("moderation:guideline")
        except ValidationError as error:
            form.add_error(None, error)
    page = {"heading": "Publish this version", "press": "Publish", "about": "From then on this version stays as it is."}
    return _form(request, found, form, kept=kept, **page)


@needs(Permission.MANAGE_GUIDELINE)
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Give up the version that was being written."""
    found = get_object_or_404(queries.drafts(), pk=key)
    actions.discard(guideline=found, by=me(request))
    messages.success(request, "What was being written is gone. The guideline in force stays.")
    return redirect("moderation:guideline")


def _to(guideline: Guideline) -> HttpResponse:
    return redirect("moderation:version", guideline.version)


def _form(request: HttpRequest, guideline: Guideline, form: Form, **page: object) -> HttpResponse:
    if request.method != "POST":
        looked(request, guideline, "write")
    said = {"guideline": guideline, "form": form, "press": "Save", "take_out": False, "about": "", **page}
    return render(request, "moderation/form.jinja", said)
