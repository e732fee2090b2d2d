"""The guideline as it holds, its versions, and what was decided by it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.moderation import presenters, queries
from alongside.moderation.views.opening import looked, me


@needs(Permission.MANAGE_GUIDELINE)
@require_safe
def guideline(request: HttpRequest) -> HttpResponse:
    """The one in force, and all versions."""
    page = {"guideline": queries.in_force(), "draft": queries.draft(), "versions": queries.versions()}
    return render(request, "moderation/guideline.jinja", page)


@needs(Permission.MANAGE_GUIDELINE)
@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version: as it stands, or as it is being written."""
    found = get_object_or_404(queries.versions(), version=number)
    looked(request, found, "version")
    return render(request, "moderation/version.jinja", {"guideline": found})


@needs(Permission.MANAGE_GUIDELINE)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was decided, by day and clause."""
    return render(request, "moderation/log.jinja", {"lines": queries.log()})


@needs(Permission.MANAGE_GUIDELINE)
@require_safe
def log_file(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    audit.record(by=me(request).pk, did="decisions.taken", subject="guideline:all")
    answer = HttpResponse(presenters.table(queries.log()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return answer
