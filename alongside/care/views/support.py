"""Support that begins again, and support that ends."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.care.actions import arrivals, episodes
from alongside.care.forms import EndForm, SupportForm
from alongside.care.queries import record
from alongside.care.views.opening import answer, me, opened, sent


@needs(Permission.RECORD_SUPPORT)
def episode(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody we know comes back, or begins other support."""
    client = opened(request, key)
    said, kept = sent(request)
    form = SupportForm(said, user=me(request), received=record.support(client))
    if request.method == "POST" and form.is_valid():
        try:
            arrivals.begin(client=client, **form.arrival, by=me(request))
        except ValidationError:
            form.add_error("service", "Somebody has just begun this support with them. Open their page to see it")
        else:
            messages.success(request, "Support has begun.")
            return redirect("care:client", client.pk)
    return answer(request, "care/episode.jinja", client, shows="begin support", form=form, kept=kept)


@needs(Permission.RECORD_SUPPORT)
def end(request: HttpRequest, key: str, episode: str) -> HttpResponse:
    """Support ends."""
    client = opened(request, key)
    found = get_object_or_404(record.support_of(client), pk=episode)
    if found.ended_on is not None:
        return redirect("care:client", client.pk)
    said, kept = sent(request)
    form = EndForm(said, began=found)
    if request.method == "POST" and form.is_valid():
        episodes.end(episode=found, **form.cleaned_data, by=me(request))
        messages.success(request, "Support has ended. Your team can still open this page.")
        return redirect("care:client", client.pk)
    return answer(request, "care/end.jinja", client, shows="end support", form=form, kept=kept, episode=found)
