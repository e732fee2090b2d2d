"""Complaints, from the public, and breaches."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.limits import from_one_place
from alongside.access.permissions import Permission
from alongside.audit.middleware import where
from alongside.core import clock
from alongside.rights.actions import logs as actions
from alongside.rights.dates import ACKNOWLEDGE
from alongside.rights.forms import AnswerForm, BreachForm, BreachStepsForm, ComplaintForm
from alongside.rights.presenters import clocks
from alongside.rights.queries import logs as queries
from alongside.rights.views.opening import form_page, looked, me, sent

AN_HOUR = 10
TOO_OFTEN = (
    "Wait an hour, then send it again. Many complaints came from your network just now, so we have stopped taking them "
    "for a moment. What you wrote is still below."
)


def complain(request: HttpRequest) -> HttpResponse:
    """Anybody says that we handled their data wrongly. Nobody notes from where."""
    form, status = ComplaintForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        if from_one_place(request, "complain", times=AN_HOUR):
            where.set("")
            actions.complain(**form.cleaned_data)
            return redirect("rights:complained")
        form.add_error(None, TOO_OFTEN)
        status = 429
    return render(request, "rights/complain.jinja", {"form": form}, status=status)


@require_safe
def complained(request: HttpRequest) -> HttpResponse:
    """We have it, and what happens next by when."""
    by = clock.today() + timedelta(days=ACKNOWLEDGE)
    return render(request, "rights/complained.jinja", {"by": by})


@needs(Permission.MANAGE_RIGHTS)
def complaint(request: HttpRequest, key: str) -> HttpResponse:
    """One complaint: what they wrote, and what we answered."""
    found = get_object_or_404(queries.complaints(), pk=key)
    if request.method == "POST" and "acknowledge" in request.POST:
        actions.acknowledge(complaint=found, by=me(request))
        messages.success(request, "Noted.")
        return redirect("rights:complaint", found.pk)
    said, again = sent(request)
    again = again and "outcome" in (said or {})
    form = AnswerForm(said if request.method == "POST" or again else None, initial={"outcome": found.outcome})
    if request.method == "POST" and form.is_valid():
        actions.answer(complaint=found, **form.cleaned_data, by=me(request))
        messages.success(request, "Saved.")
        return redirect("rights:home")
    looked(request, "complaint.viewed", f"complaint:{found.pk}")
    page = {
        "complaint": found, "form": form, "kept": again,
        "clock": clocks.complaint_clock(found, today=clock.today()),
    }  # fmt: skip
    return render(request, "rights/complaint.jinja", page)


@needs(Permission.MANAGE_RIGHTS)
def note_breach(request: HttpRequest) -> HttpResponse:
    """Note a breach as soon as it is noticed."""
    said, again = sent(request)
    form = BreachForm(said)
    if request.method == "POST" and form.is_valid():
        made = actions.note_breach(**form.cleaned_data, by=me(request))
        return redirect("rights:breach", made.pk)
    return form_page(
        request, form, heading="Note a breach", back=reverse("rights:home"), press="Note it", again=again,
        lead="From when you noticed it there are 72 hours to tell the ICO, unless it is unlikely to harm anybody.",
    )  # fmt: skip


@needs(Permission.MANAGE_RIGHTS)
def breach(request: HttpRequest, key: str) -> HttpResponse:
    """What was done about it, and who was told."""
    found = get_object_or_404(queries.breaches(), pk=key)
    said, again = sent(request)
    form = BreachStepsForm(said, instance=get_object_or_404(queries.breaches(), pk=key))
    if request.method == "POST" and form.is_valid():
        actions.go_on_with_breach(breach=found, **form.cleaned_data, by=me(request))
        messages.success(request, "Saved.")
        return redirect("rights:home")
    looked(request, "breach.viewed", f"breach:{found.pk}")
    heading, back = "A breach", reverse("rights:home")
    lead = clocks.breach_clock(found, now=clock.now())
    return form_page(request, form, heading=heading, back=back, again=again, lead=lead, words=found.what)
