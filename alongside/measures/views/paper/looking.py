"""A person looks at what is doubtful, one mark after the other."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.measures.actions.forms import Closed
from alongside.measures.actions.paper import looking
from alongside.measures.doors import me
from alongside.measures.forms.paper import MarkForm
from alongside.measures.models import Mark
from alongside.measures.presenters.paper import Doubtful, doubtful, how_well_said
from alongside.measures.queries import paper as queries

LANDED = "What was on this form is in the record already. Put it right there."


@needs(Permission.TAKE_FORMS)
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Lead to the next mark to look at, or say that there is none."""
    waiting = queries.to_look_at(me(request)).first()
    return redirect("measures:paper-mark", waiting.pk) if waiting else redirect("measures:paper-looked")


@needs(Permission.TAKE_FORMS)
@require_safe
def looked(request: HttpRequest) -> HttpResponse:
    """Say that nothing is left to look at."""
    return render(request, "measures/paper/nothing.jinja", {})


@needs(Permission.TAKE_FORMS)
def mark(request: HttpRequest, key: str) -> HttpResponse:
    """One mark: its picture, where it was read and why a person should look, and what that person says."""
    found = _mark(request, key)
    shown = doubtful(found)
    said = request.POST if request.method == "POST" else kept.take(request)
    form = MarkForm(shown.question, said, proposed=shown.proposed)
    if request.method == "POST" and form.is_valid():
        following = _following(request, found)
        try:
            _settle(request, found, form)
        except Closed:
            messages.info(request, LANDED)
        return redirect(following)
    audit.record(by=me(request).pk, did="paper.viewed", subject=f"page:{found.page_id}")
    return render(request, "measures/paper/mark.jinja", _shown(request, found, shown, form))


@needs(Permission.TAKE_FORMS)
@require_safe
def strip(request: HttpRequest, key: str) -> HttpResponse:
    """The picture of one mark."""
    found = _mark(request, key)
    if not found.strip:
        raise Http404
    audit.record(by=me(request).pk, did="paper.viewed", subject=f"page:{found.page_id}")
    return HttpResponse(found.strip, content_type="image/jpeg")


@needs(Permission.TAKE_FORMS)
@require_safe
def how_well(request: HttpRequest) -> HttpResponse:
    """How often a reading without a doubt was wrong."""
    return render(request, "measures/paper/how_well.jinja", {"said": how_well_said(queries.how_well())})


def _shown(request: HttpRequest, found: Mark, shown: Doubtful, form: MarkForm) -> dict[str, object]:
    left = queries.to_look_at(me(request)).count()
    return {"found": found, "shown": shown, "form": form, "left": left, "following": _following(request, found)}


def _settle(request: HttpRequest, found: Mark, form: MarkForm) -> None:
    match form.cleaned_data["do"]:
        case "another":
            looking.ask_for_another_look(mark=found, by=me(request))
        case "missing":
            looking.settle(mark=found, value=None, settled=Mark.Settled.MISSING, by=me(request))
        case "unreadable":
            looking.settle(mark=found, value=None, settled=Mark.Settled.UNREADABLE, by=me(request))
        case _:
            said = form.cleaned_data
            looking.settle(mark=found, value=said["value"], settled=said["settled"], by=me(request))


def _following(request: HttpRequest, found: Mark) -> str:
    """The mark after this one, or from the first again; where none is left, the page that says so."""
    waiting = list(queries.to_look_at(me(request)).values_list("pk", flat=True))
    others = [one for one in waiting if one != found.pk]
    if not others:
        return reverse("measures:paper-looked")
    at = waiting.index(found.pk) if found.pk in waiting else -1
    return reverse("measures:paper-mark", args=[(waiting[at + 1 :] or others)[0]])


def _mark(request: HttpRequest, key: str) -> Mark:
    found = queries.mark(me(request), key)
    if found is None:
        raise Http404
    return found
