"""Who did what, and the emergencies that wait for a review."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from alongside.access import emergencies, kept, queries
from alongside.access.doors import needs
from alongside.access.forms import RecordForm, ReviewForm
from alongside.access.models import Relationship, User
from alongside.access.permissions import Permission
from alongside.access.told import roles_in_words, shown
from alongside.audit import actions as audit
from alongside.audit.queries import rows

PAGE = 100


@needs(Permission.READ_AUDIT)
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The newest first; of one person or one day, where that is asked for."""
    me = cast(User, request.user)
    names = queries.names()
    form = RecordForm(request.GET or None, names=names)
    page = Paginator(rows(**form.wanted()), PAGE).get_page(request.GET.get("page"))
    lines = shown(page, names)
    audit.record(by=me.pk, did="record.read", subject=f"user:{me.pk}")
    waiting = list(emergencies.waiting())
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "narrowed": form.in_address(),
        "to_review": [one for one in waiting if emergencies.may_review(me, one)],
        "overdue": [one for one in waiting if one.overdue],
        "own": [one for one in waiting if one.user_id == me.pk],
    }
    return render(request, "access/record.jinja", context)


@needs(Permission.REVIEW_EMERGENCIES)
def emergency(request: HttpRequest, key: str) -> HttpResponse:
    """Why a record was opened and what was looked at; whether that was needed."""
    me = cast(User, request.user)
    found = get_object_or_404(emergencies.shown_to(me), pk=key)
    said = request.POST if request.method == "POST" else kept.take(request)
    form = ReviewForm(said)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            emergencies.review(emergency=found, **form.cleaned_data, by=me)
        except emergencies.NotTheirs:
            refused = "Somebody else has reviewed this meanwhile. Open the page again to read what they said."
        else:
            messages.success(request, "Thank you. The review is kept.")
            return redirect("access:record")
    if request.method != "POST":
        audit.record(by=me.pk, did="emergency.viewed", subject=f"emergency:{found.pk}")
    looked = shown(emergencies.looked_at(found), {found.user.pk: found.user.name})
    context = {"emergency": found, "looked": looked, "form": form, "refused": refused, "kept": bool(said)}
    return render(request, "access/emergency.jinja", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role, what it may do, and what ties somebody to a record: the page that answers for it all."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    context = {"roles": roles_in_words(), "permissions": list(Permission), "ties": list(Relationship.Kind)}
    return render(request, "access/roles.jinja", context)
