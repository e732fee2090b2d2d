"""A client's page, and what we know of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.care.actions import clients
from alongside.care.actions.changing import ChangedMeanwhile
from alongside.care.forms import AboutForm
from alongside.care.forms.seen import differing
from alongside.care.presenters import client as words
from alongside.care.presenters import wishes
from alongside.care.presenters.meanwhile import changes, labels_of
from alongside.care.presenters.panels import OnPage, allowed
from alongside.care.queries import record
from alongside.care.views.opening import answer, me, opened, sent
from alongside.core import clock

SHOWN = 20


@needs(Permission.SEE_CLIENTS)
@require_safe
def client(request: HttpRequest, key: str) -> HttpResponse:
    """Everything on one page: what they want above every score."""
    found = opened(request, key)
    support = record.support(found)
    contacts = record.latest_contacts(found, most=SHOWN + 1)
    ahead = [one for one in reversed(contacts) if one.starts_at > clock.now()]
    past = [one for one in contacts if one.starts_at <= clock.now()]
    wanted = record.goals(found)
    happened = record.events(found)
    ties = record.who_can_see(found, me(request))
    person = OnPage(pk=found.pk, called=found.first_name, events=[(event.on, event.words) for event in happened])
    return answer(
        request,
        "care/client.jinja",
        found,
        shows="overview",
        here="care:client",
        standing=words.standing(support, user=me(request), ahead=ahead),
        since=words.since_last_time(past, wanted),
        came=words.last_time(past),
        wishes=[(one, wishes.line(one), wishes.sentence(one)) for one in wanted if one.set_aside_on is None],
        aside=[one for one in wanted if one.set_aside_on is not None],
        panels=[panel.show(request, person) for panel in allowed(me(request))],
        ahead=ahead,
        past=past[:SHOWN],
        more=len(past) > SHOWN,
        events=happened,
        support=support,
        services={episode.pk: episode for episode in support},
        sees=[words.sees(one) for one in ties],
        emergency=record.open_in_emergency(ties, user=me(request)),
    )


@needs(Permission.RECORD_SUPPORT)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what we know; whoever saves second is shown what the first one changed."""
    found = opened(request, key)
    said, kept = sent(request)
    form = AboutForm(said, client=found)
    meanwhile = []
    if request.method == "POST" and form.is_valid():
        try:
            clients.change(client=found, revision=form.cleaned_data["revision"], by=me(request), **form.written)
        except ChangedMeanwhile as changed:
            who = record.changed_since(changed.record, form.cleaned_data["revision"])
            others = [name for name in differing(form.cleaned_data["seen"], changed.record) if name in form.fields]
            meanwhile = changes(changed.record, others, labels=labels_of(form), who=who, written=form.written)
            form = form.after(changed.record)
        else:
            messages.success(request, "Saved.")
            return redirect("care:client", found.pk)
    return answer(
        request,
        "care/change.jinja",
        found,
        shows="what we know",
        here="care:change",
        form=form,
        kept=kept,
        meanwhile=meanwhile,
    )
