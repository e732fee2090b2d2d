"""What is looked after now and then, on one page, so that the bar holds what is needed every day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access.context import allowed
from alongside.access.doors import needs
from alongside.access.permissions import Permission


@needs(Permission.MANAGE_PEOPLE)
@require_safe
def manage(request: HttpRequest) -> HttpResponse:
    """Each with a line about it, A to Z."""
    items = sorted((item for item in allowed(request) if item.about), key=lambda item: item.label)
    return render(request, "access/manage.jinja", {"items": items})
