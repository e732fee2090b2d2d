"""What the pages of this room begin and end with."""

from typing import cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from alongside.access import kept
from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core.sockets import Known
from alongside.rights.queries import keeping


def me(request: HttpRequest) -> User:
    """Who is asking. The door has let nobody in who has not signed in."""
    return cast(User, request.user)


def seen(request: HttpRequest, key: str) -> Known:
    """Somebody whose page this person may open."""
    return _there(keeping.seen(me(request), key))


def answered_for(request: HttpRequest, key: str) -> Known:
    """Somebody whom this person, or a team of theirs, supports or supported."""
    return _there(keeping.answered_for(me(request), key))


def _there(found: Known | None) -> Known:
    if found is None:
        raise Http404
    return found


def sent(request: HttpRequest) -> tuple[QueryDict | None, bool]:
    """What was sent to this page: now, or when the session had ended, and whether we kept it."""
    if request.method == "POST":
        return request.POST, False
    said = kept.take(request)
    return said, said is not None


def looked(request: HttpRequest, did: str, subject: str, **details: object) -> None:
    """Write a look in the audit."""
    audit.record(by=me(request).pk, did=did, subject=subject, details=details)


def form_page(
    request: HttpRequest, form: forms.BaseForm, *, heading: str, back: str, press: str = "Save", again: bool = False,
    lead: str = "", **more: object,
) -> HttpResponse:  # fmt: skip
    """A page with one form."""
    page = {"form": form, "heading": heading, "press": press, "back": back, "kept": again, "lead": lead, **more}
    return render(request, "rights/form.jinja", page)
