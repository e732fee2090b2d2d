"""A worker opens a form, starts it with the client or hands the screen over, and gets the screen back."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.measures import actions
from alongside.measures.doors import ANSWERING, Answering, answering, hand_over_screen, me
from alongside.measures.forms import OpenForm
from alongside.measures.models import Questionnaire
from alongside.measures.queries import library
from alongside.measures.queries import forms as queries


@needs(Permission.TAKE_FORMS)
def open_form(request: HttpRequest, client: str) -> HttpResponse:
    """Choose which form to open; one that is open already is gone on with."""
    person = queries.client(me(request), client)
    if person is None:
        raise Http404
    episodes = queries.supported_by(person)
    said = request.POST if request.method == "POST" else kept.take(request)
    form = OpenForm(said, episodes=episodes, measure=library.SERVICE_EVALUATION)
    if request.method == "POST" and episodes and form.is_valid():
        occasion = Questionnaire.Occasion(form.cleaned_data["occasion"])
        opened = actions.open_form(episode=form.chosen(), occasion=occasion, by=me(request))
        return redirect("measures:start", opened.pk)
    audit.record(by=me(request).pk, did="client.viewed", subject=f"client:{person.pk}")
    page = {
        "client": person,
        "episodes": episodes,
        "reads": queries.would_read(episodes[0], by=me(request)) if len(episodes) == 1 else None,
        "begun": queries.begun(person),
        "form": form,
        "given_back": said,
    }
    return render(request, "measures/open.jinja", page)


@answering
def start(request: HttpRequest, asked: Answering) -> HttpResponse:
    """What the form is, who reads it, and the way in."""
    if asked.sent:
        return redirect("measures:thanks", asked.questionnaire.pk)
    asked.looked()
    first = next((item.number for item in asked.items if item.key not in asked.response.answers), None)
    return render(request, "measures/start.jinja", {"asked": asked, "first": first})


@needs(Permission.TAKE_FORMS)
def hand_over(request: HttpRequest, key: str) -> HttpResponse:
    """Sign the worker out here, and leave the client a screen that can do nothing but this form; or take it back."""
    if request.method != "POST":
        return redirect("measures:start", key)
    found = queries.visible_to(me(request)).filter(pk=key).first()
    if found is None:
        raise Http404
    if request.POST.get("here"):
        actions.take_over(questionnaire=found, by=me(request))
        return redirect("measures:start", key)
    try:
        actions.hand_over(questionnaire=found, by=me(request))
    except actions.Closed:
        return redirect("measures:start", key)
    hand_over_screen(request, key)
    return redirect("measures:start", key)


def give_back(request: HttpRequest, key: str) -> HttpResponse:
    """The way out of a screen handed over: the worker signs in and comes to the client's page."""
    if request.user.is_authenticated:
        found = queries.visible_to(me(request)).filter(pk=key).first()
        if found is None:
            messages.info(request, "That form belongs to another team. You are signed in, and this is your own page.")
            return redirect("home")
        return redirect("care:client", found.client_id)
    if ANSWERING in request.session:
        request.session.flush()
    return redirect_to_login(request.get_full_path())
