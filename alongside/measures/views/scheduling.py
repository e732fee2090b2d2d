"""What is asked of a client, and when: asking for a form, and stopping."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.measures.actions import NotOffered, schedules
from alongside.measures.doors import me
from alongside.measures.forms.scheduling import AskForm
from alongside.measures.models import Schedule
from alongside.measures.models.schedule import REVIEW_WEEKS
from alongside.measures.presenters.due import asked_for
from alongside.measures.queries import due, library
from alongside.measures.queries import forms as queries


@needs(Permission.TAKE_FORMS)
def ask_for(request: HttpRequest, client: str) -> HttpResponse:
    """Everything that is asked of this client, and one thing more."""
    person = queries.client(me(request), client)
    if person is None:
        raise Http404
    episodes = queries.supported_by(person)
    offered = [one for one in library.in_use() if any(one.offered_in(episode.service) for episode in episodes)]
    said = request.POST if request.method == "POST" else kept.take(request)
    form = AskForm(said, episodes=episodes, offered=offered)
    if request.method == "POST" and episodes and form.is_valid():
        try:
            schedules.ask_for(
                episode=form.chosen(),
                measure=form.cleaned_data["measure"],
                rhythm=Schedule.Rhythm(form.cleaned_data["rhythm"]),
                first_on=form.cleaned_data["first_on"],
                every_days=7 * (form.cleaned_data["weeks"] or REVIEW_WEEKS),
                by=me(request),
            )
        except NotOffered:
            form.add_error("measure", "This form was switched off meanwhile. Choose another.")
        else:
            messages.success(request, "It is asked for.")
            return redirect("measures:ask-for", person.pk)
    audit.record(by=me(request).pk, did="client.viewed", subject=f"client:{person.pk}", details={"page": "asked for"})
    page = {
        "client": person,
        "episodes": episodes,
        "asked": [asked_for(one) for one in due.of_client(me(request), person.pk)],
        "form": form,
        "given_back": said is not None and request.method == "GET",
    }
    return render(request, "measures/ask_for.jinja", page)


@needs(Permission.TAKE_FORMS)
@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for it no more."""
    found = due.schedule(me(request), key)
    if found is None:
        raise Http404
    schedules.stop(schedule=found, by=me(request))
    messages.success(request, "It is not asked for any more.")
    return redirect("measures:ask-for", found.client_id)
