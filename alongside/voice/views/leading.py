"""A facilitator’s board: reading it, entering notes for others, and revealing."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.voice.actions import notes, phases
from alongside.voice.doors import me
from alongside.voice.forms.taking_part import NoteForm
from alongside.voice.live.frames import FACILITATORS
from alongside.voice.presenters.board import page_for_lead
from alongside.voice.queries import boards
from alongside.voice.refusals import Refused
from alongside.voice.views import votes


@needs(Permission.LEAD_WORKSHOPS)
def board(request: HttpRequest, key: str) -> HttpResponse:
    """Show a board with everything on it; a note sent here is entered for somebody else."""
    here = get_object_or_404(boards.visible_to(me(request)), pk=key)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            notes.enter(board=here, text=form.cleaned_data["text"], by=me(request))
            return redirect("voice:board", here.pk)
        except Refused as error:
            form.add_error("text", error.sentence)
    audit.record(by=me(request).pk, did="board.viewed", subject=f"board:{here.pk}")
    if boards.is_vote(here):
        return votes.for_lead(request, here)
    page = page_for_lead(here)
    return render(request, "voice/board.jinja", {"page": page, "form": form}, status=400 if form.errors else 200)


@needs(Permission.LEAD_WORKSHOPS)
def door(request: HttpRequest, key: str) -> HttpResponse:
    """Say whether this person may hear what happens on a board."""
    here = get_object_or_404(boards.visible_to(me(request)), pk=key)
    audit.record(by=me(request).pk, did="board.followed", subject=f"board:{here.pk}")
    return JsonResponse({"board": here.pk, "audience": FACILITATORS})


@require_POST
@needs(Permission.LEAD_WORKSHOPS)
def reveal(request: HttpRequest, key: str) -> HttpResponse:
    """Show everybody what was hidden on a board’s part until now."""
    here = get_object_or_404(boards.visible_to(me(request)), pk=key)
    if here.phase is None:
        raise Http404
    phases.reveal(phase=here.phase, by=me(request))
    return redirect("voice:board", here.pk)
