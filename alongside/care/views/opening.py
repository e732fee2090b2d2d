"""What every page of a record begins and ends with."""

from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from alongside.access import kept
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.care.models import Client
from alongside.care.presenters import when
from alongside.care.presenters.client import about
from alongside.care.queries import visible_to
from alongside.core.sockets import RecordTab, sockets

TABS = [
    RecordTab(order=10, label="Overview", url_name="care:client", permission=Permission.SEE_CLIENTS),
    RecordTab(order=20, label="Contacts", url_name="care:contacts", permission=Permission.SEE_CLIENTS),
    RecordTab(order=40, label="What we know", url_name="care:change", permission=Permission.SEE_CLIENTS),
    RecordTab(order=50, label="Who opened it", url_name="care:looks", permission=Permission.SEE_CLIENTS),
]


def me(request: HttpRequest) -> User:
    """Who is asking. The door has let nobody in who has not signed in."""
    return cast(User, request.user)


def opened(request: HttpRequest, key: str) -> Client:
    """The client, if this person may see them."""
    client: Client = get_object_or_404(visible_to(me(request)), pk=key)
    return client


def sent(request: HttpRequest) -> tuple[QueryDict | None, bool]:
    """What was sent to this page: now, or when the session had ended, and whether we kept it."""
    if request.method == "POST":
        return request.POST, False
    said = kept.take(request)
    return said, said is not None


def answer(
    request: HttpRequest, template: str, client: Client, *, shows: str, here: str = "", **context: object
) -> HttpResponse:
    """A page of a client's record. Whatever asked for it, the look is written in the audit."""
    audit.record(by=me(request).pk, did="client.viewed", subject=f"client:{client.pk}", details={"page": shows})
    tabs = _tabs(me(request), client, here)
    return render(request, template, {"client": client, "about": about(client), "tabs": tabs, "when": when, **context})


def _tabs(user: User, client: Client, here: str) -> list[dict[str, object]]:
    """The pages of the record that this person may open, those of other rooms among them."""
    pages = sorted([*TABS, *sockets.record_tabs], key=lambda tab: tab.order)
    return [
        {"label": tab.label, "url": reverse(tab.url_name, args=[client.pk]), "current": tab.url_name == here}
        for tab in pages
        if user.may(tab.permission)
    ]
