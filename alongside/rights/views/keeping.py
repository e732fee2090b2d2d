"""Whose time is over, what holds a record longer, and erasing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.doors import freshly_signed_in, needs
from alongside.access.permissions import Permission
from alongside.core import clock
from alongside.rights.actions import erasing
from alongside.rights.actions import keeping as actions
from alongside.rights.forms import EraseForm, HoldForm, KeptForm
from alongside.rights.queries import keeping as queries
from alongside.rights.views.opening import answered_for, form_page, looked, me, sent


@needs(Permission.MANAGE_RIGHTS)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """This month's list, and proof of what was erased."""
    looked(request, "rights.listed", f"user:{me(request).pk}", page="keeping")
    page = {"review": queries.due(me(request), today=clock.today()), "certificates": queries.certificates()[:50]}
    return render(request, "rights/review.jinja", page)


@needs(Permission.MANAGE_RIGHTS)
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """How long one record is kept, and what holds it."""
    found = answered_for(request, key)
    stands = queries.standing(found.pk, today=clock.today())
    said, again = sent(request)
    form = KeptForm(said, kept=stands.kept, times=stands.times)
    if request.method == "POST" and form.is_valid():
        actions.keep_as(person=found.pk, **form.cleaned_data, by=me(request))
        messages.success(request, "Saved.")
        return redirect("rights:keep", found.pk)
    looked(request, "client.viewed", f"client:{found.pk}", page="keeping")
    page = {"person": found, "form": form, "kept": again, "standing": stands}
    return render(request, "rights/keep.jinja", page)


@needs(Permission.MANAGE_RIGHTS)
def hold(request: HttpRequest, key: str) -> HttpResponse:
    """Hold a record."""
    found = answered_for(request, key)
    said, again = sent(request)
    form = HoldForm(said)
    if request.method == "POST" and form.is_valid():
        actions.hold(person=found.pk, **form.cleaned_data, by=me(request))
        return redirect("rights:keep", found.pk)
    looked(request, "client.viewed", f"client:{found.pk}", page="hold")
    back = reverse("rights:keep", args=[found.pk])
    return form_page(request, form, heading="Hold this record", press="Hold it", back=back, again=again)


@needs(Permission.MANAGE_RIGHTS)
def lift(request: HttpRequest, key: str, hold: str) -> HttpResponse:
    """Let go of a hold."""
    found = answered_for(request, key)
    held = get_object_or_404(queries.holds(found.pk), pk=hold)
    if request.method == "POST":
        actions.lift(hold=held, by=me(request))
    return redirect("rights:keep", found.pk)


@needs(Permission.MANAGE_RIGHTS)
@freshly_signed_in
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Erase everything about one person."""
    found = answered_for(request, key)
    said, again = sent(request)
    form = EraseForm(None if again else said, person=found)
    if request.method == "POST" and form.is_valid():
        why = queries.standing(found.pk, today=clock.today()).ground
        try:
            certificate = erasing.erase(person=found.pk, why=why, by=me(request))
        except erasing.Forbidden as forbidden:
            for what in forbidden.what:
                messages.error(request, what)
            return redirect("rights:keep", found.pk)
        return redirect("rights:certificate", certificate.pk)
    looked(request, "client.viewed", f"client:{found.pk}", page="erase")
    return form_page(
        request, form, heading=f"Erase everything about {found.code}", press="Erase it for good", again=again,
        back=reverse("rights:keep", args=[found.pk]),
        lead="Everything in every room goes, and nobody can bring it back. Reports that were made keep their numbers, "
        "in which nobody can be seen.",
    )  # fmt: skip


@needs(Permission.MANAGE_RIGHTS)
@require_safe
def certificate(request: HttpRequest, key: str) -> HttpResponse:
    """Proof that a record is gone. It says nobody's name."""
    found = get_object_or_404(queries.certificates(), pk=key)
    looked(request, "certificate.viewed", f"certificate:{found.pk}")
    return render(request, "rights/certificate.jinja", {"certificate": found})
