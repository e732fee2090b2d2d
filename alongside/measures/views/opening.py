"""A worker opens a form, starts it with the client or hands the screen over, and gets the screen back."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.care.models import Client, Episode
from alongside.measures import actions
from alongside.measures.doors import ANSWERING, Answering, answering, hand_over_screen, me
from alongside.measures.forms import OpenForm
from alongside.measures.models import Questionnaire
from alongside.measures.presenters.opening import begun, made_for
from alongside.measures.queries import forms as queries
from alongside.measures.queries import library
from alongside.measures.queries.library import Known


@needs(Permission.TAKE_FORMS)
def open_form(request: HttpRequest, client: str, measure: str = "") -> HttpResponse:
    """Choose which form to open; one that is open already is gone on with.

    Where several measures are in use, the first page asks which; the second, when and for which support.
    """
    person = queries.client(me(request), client)
    if person is None:
        raise Http404
    episodes = queries.supported_by(person)
    offered = [one for one in library.in_use() if any(one.offered_in(episode.service) for episode in episodes)]
    if not measure and len(offered) > 1:
        return _pick(request, person, offered)
    known = next((one for one in offered if measure in {"", one.form.key}), None)
    if known is None and measure:
        raise Http404
    return _open(request, person, known, [one for one in episodes if known and known.offered_in(one.service)])


def _pick(request: HttpRequest, person: Client, offered: list[Known]) -> HttpResponse:
    audit.record(by=me(request).pk, did="client.viewed", subject=f"client:{person.pk}")
    page = {"client": person, "offered": offered, "begun": begun(queries.begun(person)), "ages": made_for}
    return render(request, "measures/pick.jinja", page)


def _open(request: HttpRequest, person: Client, known: Known | None, episodes: list[Episode]) -> HttpResponse:
    measure = known.form.key if known else library.SERVICE_EVALUATION
    said = request.POST if request.method == "POST" else kept.take(request)
    form = OpenForm(said, episodes=episodes, measure=measure)
    if request.method == "POST" and episodes and form.is_valid():
        occasion = Questionnaire.Occasion(form.cleaned_data["occasion"])
        opened = actions.open_form(episode=form.chosen(), occasion=occasion, measure=measure, by=me(request))
        return redirect("measures:start", opened.pk)
    audit.record(by=me(request).pk, did="client.viewed", subject=f"client:{person.pk}")
    page = {
        "client": person,
        "known": known,
        "episodes": episodes,
        "reads": queries.would_read(episodes[0], by=me(request)) if len(episodes) == 1 else None,
        "begun": begun(queries.begun(person)),
        "form": form,
        "given_back": said,
        "ages": made_for,
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
