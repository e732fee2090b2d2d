"""Taking a note away for good: said plainly first, then done."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.voice.actions import away
from alongside.voice.doors import me
from alongside.voice.queries import boards
from alongside.voice.refusals import Refused

GONE = "The note is taken away for good."
AGAIN = " A document that was issued held its words, so it is shown no more. Issue a new version when you are ready."


@needs(Permission.LEAD_WORKSHOPS)
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether it is the right note, and take it away."""
    note = boards.note_visible_to(me(request), key)
    if note is None:
        raise Http404
    if request.method != "POST":
        audit.record(by=me(request).pk, did="board.viewed", subject=f"board:{note.board_id}", details={"page": "away"})
        return render(request, "voice/away.jinja", {"note": note})
    try:
        emptied = away.take(note=note, by=me(request))
        messages.success(request, GONE + (AGAIN if emptied else ""))
    except Refused as error:
        messages.error(request, error.sentence)
    return redirect("voice:board", note.board_id)
