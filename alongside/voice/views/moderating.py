"""Deciding on a note, by a clause; and what whoever wrote it reads of that, on their own page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.voice.actions import moderating as actions
from alongside.voice.doors import me, seated, wants_json
from alongside.voice.forms.moderating import DecideForm
from alongside.voice.models import Note, Seat
from alongside.voice.presenters.moderating import why
from alongside.voice.queries import boards
from alongside.voice.queries import moderating as queries
from alongside.voice.refusals import Refused

KEEPS_BACK: dict[str, Callable[..., Note]] = {"hold": actions.hold, "set-aside": actions.set_aside}
AT_ONCE: dict[str, Callable[..., Any]] = {"show": actions.show, "offer": actions.offer}
OFFERED = "It is offered. Only whoever wrote the note can see it, and nobody is told whether they do."


@require_POST
@needs(Permission.LEAD_WORKSHOPS)
def put(request: HttpRequest, key: str, how: str) -> HttpResponse:
    """Show a note, offer support, or keep the note back by a clause."""
    note = boards.note_visible_to(me(request), key)
    if note is None or how not in KEEPS_BACK | AT_ONCE:
        raise Http404
    if how in AT_ONCE:
        return _at_once(request, note, how)
    form = DecideForm(request.POST, clauses=queries.clauses())
    if form.is_valid():
        KEEPS_BACK[how](note=note, by=me(request), **form.chosen)
        return _done(request, note)
    if wants_json(request):
        said = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"error": " ".join(said)}, status=400)
    return render(request, "voice/decide.jinja", {"note": note, "form": form, "how": how}, status=400)


@require_safe
@seated
def quiet(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is for this seat alone: whether support was offered, and why its notes wait."""
    waits = {note.pk: said.as_data() for note in queries.waiting(seat) if (said := why(note))}
    return JsonResponse({"offered": queries.offered(seat), "waits": waits})


def _at_once(request: HttpRequest, note: Note, how: str) -> HttpResponse:
    try:
        AT_ONCE[how](note=note, by=me(request))
    except Refused as error:
        if wants_json(request):
            return JsonResponse({"error": error.sentence}, status=error.status)
        messages.error(request, error.sentence)
        return redirect("voice:board", note.board_id)
    return _done(request, note, OFFERED if how == "offer" else "")


def _done(request: HttpRequest, note: Note, said: str = "") -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"note": note.pk, "said": said})
    if said:
        messages.success(request, said)
    return redirect("voice:board", note.board_id)
