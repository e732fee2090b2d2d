"""The workshops that somebody leads: all of them, a new one, and one as it runs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.voice.actions import workshops as actions
from alongside.voice.doors import me
from alongside.voice.forms.planning import ListsForm, NewForm
from alongside.voice.models import Workshop
from alongside.voice.presenters.joining import pattern
from alongside.voice.presenters.running import running
from alongside.voice.queries import workshops
from alongside.voice.queries.loading import free_slug
from alongside.voice.templates import TEMPLATES


def mine(request: HttpRequest, slug: str) -> Workshop:
    """A workshop that they lead."""
    return get_object_or_404(workshops.visible_to(me(request)).select_related("assessment"), slug=slug)


def looked(request: HttpRequest, workshop: Workshop, page: str) -> None:
    """Keep that they looked."""
    audit.record(by=me(request).pk, did="workshop.viewed", subject=f"workshop:{workshop.pk}", details={"page": page})


@needs(Permission.LEAD_WORKSHOPS)
def every(request: HttpRequest) -> HttpResponse:
    """All that they lead."""
    return render(request, "voice/workshops/every.jinja", {"workshops": workshops.visible_to(me(request))})


@needs(Permission.LEAD_WORKSHOPS)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a workshop from a script."""
    again = kept.take(request) if request.method != "POST" else None
    form = NewForm(request.POST if request.method == "POST" else again)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        made = workshops.visible_to(me(request)).filter(pk=said["key"]).first()  # the same press, sent twice
        if made is None:
            sessions, names = TEMPLATES[said.pop("script")].sessions, said.pop("names")
            slug = free_slug(said["title"])
            made = actions.plan(slug=slug, groups=names, sessions=sessions, by=me(request), **said)
        return redirect("voice:plan", made.slug)
    return render(request, "voice/workshops/new.jinja", {"form": form, "kept": again is not None})


@needs(Permission.LEAD_WORKSHOPS)
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """A workshop as it runs: what is now, what is next, and its boards."""
    workshop = mine(request, slug)
    looked(request, workshop, "script")
    page = {"workshop": workshop, "groups": running(workshop)}
    return render(request, "voice/workshops/one.jinja", page | _way_in(request, workshop))


@needs(Permission.LEAD_WORKSHOPS)
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """How to join, in letters that a whole room can read."""
    workshop = mine(request, slug)
    looked(request, workshop, "join")
    page = {"workshop": workshop, "short": request.build_absolute_uri("/w/").partition("//")[2]}
    return render(request, "voice/workshops/join.jinja", page | _way_in(request, workshop))


def _way_in(request: HttpRequest, workshop: Workshop) -> dict[str, str]:
    if workshop.state != Workshop.State.OPEN:
        return {}
    link = request.build_absolute_uri(f"/w/{workshop.code}/")
    return {"link": link, "pattern": pattern(link)}


@needs(Permission.LEAD_WORKSHOPS)
@require_POST
def open_it(request: HttpRequest, slug: str) -> HttpResponse:
    """Let people join, or say what is missing."""
    workshop = mine(request, slug)
    try:
        actions.open_it(workshop=workshop, by=me(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("voice:plan", workshop.slug)
    messages.success(request, "The workshop is open. People can join with its code.")
    return redirect("voice:workshop", workshop.slug)


@needs(Permission.LEAD_WORKSHOPS)
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what closing does, and close it."""
    workshop = mine(request, slug)
    if request.method == "POST":
        actions.close(workshop=workshop, by=me(request))
        messages.success(request, "The workshop is closed.")
        return redirect("voice:workshop", workshop.slug)
    looked(request, workshop, "close")
    return render(request, "voice/workshops/close.jinja", {"workshop": workshop})


@needs(Permission.LEAD_WORKSHOPS)
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a rehearsal away."""
    workshop = mine(request, slug)
    if not workshop.rehearsal:
        raise Http404
    actions.remove_rehearsal(workshop=workshop, by=me(request))
    messages.success(request, "The rehearsal is gone, with everything in it.")
    return redirect("voice:workshops")


@needs(Permission.LEAD_WORKSHOPS)
def lists(request: HttpRequest, slug: str) -> HttpResponse:
    """Who wants to hear what became of it, and what people need; and when both are deleted."""
    actions.delete_lists_that_are_over()
    workshop = mine(request, slug)
    again = kept.take(request) if request.method != "POST" else None
    form = ListsForm(request.POST if request.method == "POST" else again)
    if request.method == "POST" and "delete" in request.POST:
        actions.delete_lists(workshop=workshop, by=me(request).pk)
        messages.success(request, "Both lists are deleted.")
        return redirect("voice:lists", workshop.slug)
    if request.method == "POST" and form.is_valid():
        actions.keep_lists_until(workshop=workshop, day=form.cleaned_data["until"], by=me(request))
        messages.success(request, "The day is set.")
        return redirect("voice:lists", workshop.slug)
    looked(request, workshop, "lists")
    page = {"workshop": workshop, "told": workshops.told(workshop), "form": form, "kept": again is not None}
    return render(request, "voice/workshops/lists.jinja", page)


@needs(Permission.LEAD_WORKSHOPS)
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The script to print, with room for notes."""
    workshop = mine(request, slug)
    looked(request, workshop, "paper")
    return render(request, "voice/workshops/paper.jinja", {"workshop": workshop, "groups": running(workshop)})
