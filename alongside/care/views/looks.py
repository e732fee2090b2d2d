"""Who opened a record: for workers, and for the client themselves by a link that works once."""

from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access import own
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.audit.queries import about
from alongside.care.presenters.looks import looks
from alongside.care.queries import record
from alongside.care.views.opening import answer, me, opened

PAGE = 100


@needs(Permission.SEE_CLIENTS)
@require_safe
def looked(request: HttpRequest, key: str) -> HttpResponse:
    """Everybody who opened this record or wrote in it, the latest first."""
    found = opened(request, key)
    page = Paginator(about(found.pk), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": looks(page, record.names_of(page))}
    return answer(request, "care/looks.jinja", found, shows="who opened it", here="care:looks", **context)


@needs(Permission.SEE_CLIENTS)
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Make a link for the client, and show it once."""
    found = opened(request, key)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    token = own.make(subject_key=found.pk, by=me(request))
    address = request.build_absolute_uri(reverse("care:own", args=[token]))
    return answer(request, "care/own_link.jinja", found, shows="link for them", address=address, days=own.LASTS.days)


def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Where a client's link leads: only a press uses it up, since programs that read mail open links too."""
    if request.method == "POST" and (subject := own.take(token=token)):
        logout(request)
        own.begin_session(request, subject)
        return redirect("care:yours")
    if not own.holds(token):
        return render(request, "care/own_used_up.jinja", status=404)
    return render(request, "care/own_begin.jinja")


@require_safe
def yours(request: HttpRequest) -> HttpResponse:
    """Who opened my record. The page holds no name of the client's and nothing that was written."""
    subject = own.whose(request)
    if subject is None:
        return render(request, "care/own_used_up.jinja", status=404)
    rows = about(subject)[:1000]
    audit.record(by=f"client:{subject}", did="client.looks-read", subject=f"client:{subject}")
    return render(request, "care/yours.jinja", {"looks": looks(rows, record.names_of(rows))})
