"""Contacts: all of them, a new one, and what became of one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.care.actions import contacts as actions
from alongside.care.actions.changing import ChangedMeanwhile
from alongside.care.forms import ContactForm
from alongside.care.forms.seen import differing
from alongside.care.presenters.meanwhile import changes, labels_of
from alongside.care.presenters.panels import contact_links
from alongside.care.queries import record
from alongside.care.views.opening import answer, me, opened, sent

PAGE = 50


@needs(Permission.SEE_CLIENTS)
@require_safe
def contacts(request: HttpRequest, key: str) -> HttpResponse:
    """Every contact with its note, the latest first."""
    client = opened(request, key)
    page = Paginator(record.contacts(client), PAGE).get_page(request.GET.get("page"))
    services = {episode.pk: episode for episode in record.support(client)}
    return answer(
        request, "care/contacts.jinja", client, shows="contacts", here="care:contacts", page=page, services=services
    )


@needs(Permission.RECORD_SUPPORT)
def contact(request: HttpRequest, key: str) -> HttpResponse:
    """Record a contact, or plan one."""
    client = opened(request, key)
    support = record.support(client)
    said, kept = sent(request)
    form = ContactForm(said, episodes=[one for one in support if one.ended_on is None] or support)
    if request.method == "POST" and form.is_valid():
        actions.record(episode=form.support, **form.said, by=me(request), key=form.cleaned_data["key"])
        messages.success(request, "The contact is recorded.")
        return redirect("care:client", client.pk)
    return answer(request, "care/contact.jinja", client, shows="record a contact", form=form, kept=kept)


@needs(Permission.RECORD_SUPPORT)
def contact_change(request: HttpRequest, key: str, contact: str) -> HttpResponse:
    """Say what became of a contact, or put it right."""
    client = opened(request, key)
    found = get_object_or_404(record.contacts(client).select_related("episode"), pk=contact)
    said, kept = sent(request)
    form = ContactForm(said, episodes=[found.episode], contact=found)
    meanwhile = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(contact=found, seen=form.was, by=me(request), **form.written)
        except ChangedMeanwhile as changed:
            labels = labels_of(form, starts_at="Date and time")
            others = differing(form.cleaned_data["seen"], changed.record)
            who = record.contact_changed(found)
            meanwhile = changes(changed.record, others, labels=labels, who=who, written=form.written)
            form = form.after(changed.record)
        else:
            messages.success(request, "Saved.")
            return redirect("care:client", client.pk)
    return answer(
        request,
        "care/contact.jinja",
        client,
        shows="a contact",
        form=form,
        kept=kept,
        meanwhile=meanwhile,
        contact=found,
        links=contact_links(me(request), found),
    )
