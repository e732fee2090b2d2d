"""What a client wants, and things that happened."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.care.actions import goals as actions
from alongside.care.forms import EventForm, GoalForm, RatingForm
from alongside.care.queries import record
from alongside.care.views.opening import answer, me, opened, sent
from alongside.core import clock


@needs(Permission.RECORD_SUPPORT)
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """Add what they want."""
    client = opened(request, key)
    said, kept = sent(request)
    form = GoalForm(said)
    if request.method == "POST" and form.is_valid():
        actions.add(client=client, added_on=clock.today(), by=me(request), **form.cleaned_data)
        messages.success(request, "Added, in their words.")
        return redirect("care:client", client.pk)
    return answer(request, "care/goal.jinja", client, shows="add a goal", form=form, kept=kept)


@needs(Permission.RECORD_SUPPORT)
def rate(request: HttpRequest, key: str, goal: str) -> HttpResponse:
    """Keep how near they say they are."""
    client = opened(request, key)
    found = get_object_or_404(record.goals_of(client), pk=goal)
    said, kept = sent(request)
    form = RatingForm(said)
    if request.method == "POST" and form.is_valid():
        actions.rate(goal=found, by=me(request), **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("care:client", client.pk)
    return answer(request, "care/rate.jinja", client, shows="rate a goal", form=form, kept=kept, goal=found)


@needs(Permission.RECORD_SUPPORT)
def aside(request: HttpRequest, key: str, goal: str) -> HttpResponse:
    """Set a goal aside, or take it up again."""
    client = opened(request, key)
    found = get_object_or_404(record.goals_of(client), pk=goal)
    if request.method == "POST" and "again" in request.POST:
        actions.take_up(goal=found, by=me(request))
    elif request.method == "POST":
        actions.set_aside(goal=found, on=clock.today(), by=me(request))
    return redirect("care:client", client.pk)


@needs(Permission.RECORD_SUPPORT)
def event(request: HttpRequest, key: str) -> HttpResponse:
    """Mark something that happened."""
    client = opened(request, key)
    said, kept = sent(request)
    form = EventForm(said)
    if request.method == "POST" and form.is_valid():
        actions.add_event(client=client, by=me(request), **form.cleaned_data)
        messages.success(request, "Marked.")
        return redirect("care:client", client.pk)
    return answer(request, "care/event.jinja", client, shows="mark an event", form=form, kept=kept)
