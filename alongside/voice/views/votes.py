"""Choosing: the page for a seat, the page for whoever leads, and what is sent from it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.voice.actions import votes
from alongside.voice.doors import seated, wants_json
from alongside.voice.models import Board, Seat
from alongside.voice.presenters.vote import page
from alongside.voice.queries import boards
from alongside.voice.refusals import Refused

KEPT = "Your choices are kept. You can change them until the vote is over."
TAKEN_BACK = "You have chosen nothing now. You can still choose until the vote is over."


@require_POST
@seated
def vote(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Take a seat’s choices; what cannot be kept is shown again."""
    here = get_object_or_404(boards.for_seat(seat).filter(kind=Board.Kind.VOTE), pk=key)
    sent = set(request.POST.getlist("choice"))
    try:
        kept = votes.cast(board=here, seat=seat, choices=sent)
    except Refused as error:
        if wants_json(request):
            return JsonResponse({"error": error.sentence}, status=error.status)
        shown = page(here, seat=seat, chosen=sent)
        return render(request, "voice/vote.jinja", {"page": shown, "error": error.sentence}, status=error.status)
    said = KEPT if kept else TAKEN_BACK
    if wants_json(request):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect("w:board", here.pk)


def for_seat(request: HttpRequest, seat: Seat, board: Board) -> HttpResponse:
    """Show a vote to somebody who takes part."""
    return render(request, "voice/vote.jinja", {"page": page(_of_a_part(board), seat=seat), "error": ""})


def for_lead(request: HttpRequest, board: Board) -> HttpResponse:
    """Show a vote to whoever leads: how many have chosen, and what came of it once it is over."""
    return render(request, "voice/vote.jinja", {"page": page(_of_a_part(board)), "error": ""})


def _of_a_part(board: Board) -> Board:
    if board.phase is None:
        raise Http404
    return board
