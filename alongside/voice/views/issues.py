"""Key issues: proposed by those who take part, worded and selected by whoever leads, and what came of them."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.voice.actions import issues as actions
from alongside.voice.doors import me, seated
from alongside.voice.forms.choosing import ActionForm, IssueForm, RecommendationForm
from alongside.voice.models import Board, KeyIssue, Seat, Workshop
from alongside.voice.presenters.issues import page_for_seat
from alongside.voice.queries import themes as queries
from alongside.voice.queries import workshops
from alongside.voice.refusals import Refused
from alongside.voice.views.workshops import looked, mine

PROPOSED = "Your key issue is there. Nothing says who proposed it."
WAITS = "Thank you. A facilitator reads it before the others see it."
SWITCHES: dict[str, Callable[..., KeyIssue]] = {
    "select": actions.select, "leave": actions.leave, "show": actions.show, "hold": actions.hold,
}  # fmt: skip


def for_seat(request: HttpRequest, seat: Seat, board: Board, form: IssueForm | None = None) -> HttpResponse:
    """Show what is proposed, and let somebody propose another."""
    if board.phase is None:
        raise Http404
    wrong = form is not None
    page = {"page": page_for_seat(board), "seat": seat, "form": form or IssueForm(themes=queries.of(board.group_id))}
    return render(request, "voice/issues/propose.jinja", page, status=400 if wrong else 200)


@require_POST
@seated
def propose(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Take a proposal."""
    board = queries.seats_board(seat, key)
    if board is None:
        raise Http404
    form = IssueForm(request.POST, themes=queries.of(board.group_id))
    if form.is_valid():
        try:
            made = actions.propose(board=board, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, WAITS if made.held else PROPOSED)
            return redirect("w:board", board.pk)
    return for_seat(request, seat, board, form)


@needs(Permission.LEAD_WORKSHOPS)
def issues(request: HttpRequest, key: str) -> HttpResponse:
    """The key issues of a group, and writing down another."""
    group = get_object_or_404(workshops.groups(me(request)), pk=key)
    again = kept.take(request) if request.method != "POST" else None
    form = IssueForm(request.POST if request.method == "POST" else again, themes=queries.of(group.pk))
    if request.method == "POST" and form.is_valid():
        actions.add(group=group, by=me(request), **form.cleaned_data)
        messages.success(request, "The key issue is written down.")
        return redirect("voice:issues", group.pk)
    looked(request, group.workshop, "issues")
    page = {"group": group, "issues": queries.issues_of(group), "form": form, "kept": again is not None}
    return render(request, "voice/issues/group.jinja", page, status=400 if form.errors and again is None else 200)


@needs(Permission.LEAD_WORKSHOPS)
def key_issue(request: HttpRequest, key: str) -> HttpResponse:
    """Word a key issue differently."""
    issue = _issue(request, key)
    return _form(
        request, issue.group.workshop, "Change a key issue", f"/workshops/groups/{issue.group_id}/issues",
        lambda said: IssueForm(said, themes=queries.of(issue.group_id), issue=issue),
        lambda form: actions.change(issue=issue, by=me(request), **form.cleaned_data),
    )  # fmt: skip


@require_POST
@needs(Permission.LEAD_WORKSHOPS)
def switch(request: HttpRequest, key: str, how: str) -> HttpResponse:
    """Select a key issue or not, show it or hold it."""
    issue = _issue(request, key)
    if how not in SWITCHES:
        raise Http404
    SWITCHES[how](issue=issue, by=me(request))
    return redirect("voice:issues", issue.group_id)


@needs(Permission.LEAD_WORKSHOPS)
def recommend(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what follows from a key issue."""
    issue = _issue(request, key)
    workshop = issue.group.workshop
    return _form(
        request, workshop, f"Recommend something on “{issue.title}”", f"/workshops/{workshop.slug}/said",
        RecommendationForm, lambda form: actions.recommend(issue=issue, by=me(request), **form.cleaned_data),
    )  # fmt: skip


@needs(Permission.LEAD_WORKSHOPS)
def act(request: HttpRequest, key: str) -> HttpResponse:
    """Say what somebody does about a recommendation."""
    said = get_object_or_404(queries.recommendations(me(request)), pk=key)
    workshop = said.key_issue.group.workshop
    people = list(workshops.may_lead())
    return _form(
        request, workshop, "What will be done", f"/workshops/{workshop.slug}/said",
        lambda sent: ActionForm(sent, people=people),
        lambda form: actions.act(recommendation=said, by=me(request), **form.cleaned_data),
    )  # fmt: skip


@needs(Permission.LEAD_WORKSHOPS)
def action(request: HttpRequest, key: str) -> HttpResponse:
    """Say how far something is."""
    shown = get_object_or_404(queries.actions(me(request)), pk=key)
    workshop = shown.recommendation.key_issue.group.workshop
    people = list(workshops.may_lead())
    return _form(
        request, workshop, "How far it is", f"/workshops/{workshop.slug}/said",
        lambda sent: ActionForm(sent, people=people, action=shown),
        lambda form: actions.change_action(action=shown, by=me(request), **form.cleaned_data),
    )  # fmt: skip


@needs(Permission.LEAD_WORKSHOPS)
def said(request: HttpRequest, slug: str) -> HttpResponse:
    """You said, we did: for whoever leads, who can show it to everybody."""
    workshop = mine(request, slug)
    if request.method == "POST":
        actions.make_public(workshop=workshop, public="publish" in request.POST, by=me(request))
        return redirect("voice:said", workshop.slug)
    looked(request, workshop, "said")
    return render(request, "voice/issues/said.jinja", {"workshop": workshop, "issues": queries.came_of(workshop)})


def did(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody, once it is published; no name stands in it."""
    workshop = get_object_or_404(queries.public(slug))
    return render(request, "voice/issues/did.jinja", {"workshop": workshop, "issues": queries.came_of(workshop)})


def _issue(request: HttpRequest, key: str) -> KeyIssue:
    return get_object_or_404(queries.issues(me(request)), pk=key)


def _form[F: Form](
    request: HttpRequest,
    workshop: Workshop,
    heading: str,
    back: str,
    made: Callable[[QueryDict | None], F],
    done: Callable[[F], object],
) -> HttpResponse:
    """Show a form, keep what was sent, and go back to where it was asked for."""
    again = kept.take(request) if request.method != "POST" else None
    form = made(request.POST if request.method == "POST" else again)
    if request.method == "POST" and form.is_valid():
        done(form)
        messages.success(request, "It is saved.")
        return redirect(back)
    audit.record(
        by=me(request).pk, did="workshop.viewed", subject=f"workshop:{workshop.pk}", details={"page": "issues"}
    )
    page = {"workshop": workshop, "form": form, "heading": heading, "back": back, "kept": again is not None}
    return render(request, "voice/issues/form.jinja", page, status=400 if form.errors and again is None else 200)
