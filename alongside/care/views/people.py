"""Lists of clients: those we support, those who have left us, and finding one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.care.actions import arrivals
from alongside.care.forms import AddForm
from alongside.care.presenters import day
from alongside.care.queries import people
from alongside.care.views.opening import me, sent

PAGE = 50


@needs(Permission.SEE_CLIENTS)
@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """Those whose support goes on, or with ?left those who have left us."""
    left = "left" in request.GET
    page = Paginator(people.a_to_z(me(request), left=left), PAGE).get_page(request.GET.get("page"))
    audit.record(by=me(request).pk, did="clients.listed", subject=f"user:{me(request).pk}")
    context = {"page": page, "left": left, "clients": people.shown(me(request), list(page))}
    return render(request, "care/clients.jinja", context)


@needs(Permission.SEE_CLIENTS)
def find(request: HttpRequest) -> HttpResponse:
    """By how a name or a code begins. What is looked for is sent, never in the address, and kept nowhere."""
    said, _ = sent(request)
    words = said.get("q", "").strip() if said else ""
    found = people.found(me(request), words)
    if words:
        audit.record(by=me(request).pk, did="clients.searched", subject=f"user:{me(request).pk}")
    context = {"words": words, "number": len(found), "clients": people.shown(me(request), found[:PAGE])}
    return render(request, "care/find.jinja", context)


@needs(Permission.RECORD_SUPPORT)
@require_safe
def contact_pick(request: HttpRequest) -> HttpResponse:
    """With whom the contact was."""
    audit.record(by=me(request).pk, did="clients.listed", subject=f"user:{me(request).pk}")
    return render(request, "care/contact_pick.jinja", {"people": day.people(people.working_with(me(request)), {})})


@needs(Permission.RECORD_SUPPORT)
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new comes to us."""
    said, kept = sent(request)
    form = AddForm(said, user=me(request))
    if request.method == "POST" and form.is_valid():
        client = arrivals.welcome(**form.arrival, **form.about, by=me(request))
        messages.success(request, "Added. Support has begun.")
        return redirect("care:client", client.pk)
    return render(request, "care/add.jinja", {"form": form, "kept": kept})
