"""The services that the organisation gives, and adding one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.care.actions import services as adding
from alongside.care.forms.services import TAKEN, ServiceForm
from alongside.care.queries import services as queries
from alongside.care.views.opening import me, sent


@needs(Permission.MANAGE_PEOPLE)
def services(request: HttpRequest) -> HttpResponse:
    """Every service, A to Z."""
    return render(request, "care/services.jinja", {"services": queries.services()})


@needs(Permission.MANAGE_PEOPLE)
def add_service(request: HttpRequest) -> HttpResponse:
    """A new service."""
    said, kept = sent(request)
    form = ServiceForm(said)
    if request.method == "POST" and form.is_valid():
        try:
            adding.add(**form.cleaned_data, by=me(request).pk)
        except ValidationError:
            form.add_error("name", TAKEN)
        else:
            messages.success(request, "The service is added.")
            return redirect("care:services")
    return render(request, "care/service.jinja", {"form": form, "kept": kept, "teams": queries.teams()})
