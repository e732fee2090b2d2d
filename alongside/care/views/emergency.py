"""Opening a record that is not yours to open, because somebody needs you to now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import emergencies
from alongside.access.doors import freshly_signed_in, needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.care.forms.emergency import NOBODY, EmergencyForm
from alongside.care.queries import record, visible_to
from alongside.care.views.opening import me, sent


@needs(Permission.OPEN_IN_EMERGENCY)
@freshly_signed_in
def emergency(request: HttpRequest) -> HttpResponse:
    """Ask whose and why; the record is open for an hour, and somebody else reviews it."""
    said, kept = sent(request)
    form = EmergencyForm(said)
    if request.method == "POST" and form.is_valid():
        found = record.with_code(form.cleaned_data["code"])
        if found is None:
            audit.record(by=me(request).pk, did="emergency.refused", subject=f"user:{me(request).pk}")
            form.add_error("code", NOBODY)
        elif visible_to(me(request)).filter(pk=found.pk).exists():
            messages.info(request, "This record is open to you already. Nothing was noted as an emergency.")
            return redirect("care:client", found.pk)
        else:
            emergencies.open_record(subject_key=found.pk, why=form.cleaned_data["why"], by=me(request))
            return redirect("care:client", found.pk)
    return render(request, "care/emergency.jinja", {"form": form, "kept": kept})
