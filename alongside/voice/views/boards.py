"""A participant’s board: reading it, writing on it, and the door of its stream."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.voice.actions import notes
from alongside.voice.doors import seated, wants_json
from alongside.voice.forms.taking_part import NoteForm
from alongside.voice.live.frames import PARTICIPANTS
from alongside.voice.models import Board, Note, Seat
from alongside.voice.presenters.board import page_for_seat
from alongside.voice.presenters.moderating import why
from alongside.voice.queries import boards
from alongside.voice.refusals import GONE, MERGED, Refused
from alongside.voice.views import issues, votes


@seated
def board(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Show a board."""
    here = _at(boards.for_seat(seat), key)
    if here.pk != key:
        messages.success(request, MERGED)
        return redirect("w:board", here.pk)
    if here.kind == Board.Kind.VOTE:
        return votes.for_seat(request, seat, here)
    if here.kind == Board.Kind.KEY_ISSUES:
        return issues.for_seat(request, seat, here)
    return _page(request, seat, here, NoteForm())


@require_POST
@seated
def write(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Take a note."""
    here = _at(boards.to_write_on(seat), key)
    form = NoteForm(request.POST)
    try:
        _read(form)
        note = notes.add(board=here, seat=seat, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
    except Refused as error:
        return _refused(request, seat, here, form, error)
    return _done(request, here, note)


@seated
def change(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Write one’s own note anew."""
    note = boards.own_note(seat, key)
    if note is None:
        return render(request, "voice/note_gone.jinja", {"sentence": GONE, "seat": seat}, status=404)
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial={"text": note.text})
    if request.method == "POST":
        try:
            _read(form)
            return _done(request, note.board, notes.change(note=note, seat=seat, text=form.cleaned_data["text"]))
        except Refused as error:
            form.add_error("text", error.sentence)
    status = 400 if form.errors else 200
    page = {"note": note, "form": form, "seat": seat, "said": why(note)}
    return render(request, "voice/change.jinja", page, status=status)


@require_POST
@seated
def take_back(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Take one’s own note off the board."""
    note = boards.own_note(seat, key)
    if note is None:
        return render(request, "voice/note_gone.jinja", {"sentence": GONE, "seat": seat}, status=404)
    try:
        notes.take_back(note=note, seat=seat)
    except Refused as error:
        return _refused(request, seat, note.board, NoteForm(), error)
    return JsonResponse({"note": note.pk}) if wants_json(request) else redirect("w:board", note.board_id)


@seated
def door(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Say whether this browser may hear what happens on a board."""
    if not boards.may_hear(seat, key):
        raise Http404
    return JsonResponse({"board": key, "audience": PARTICIPANTS})


def _at(found: QuerySet[Board], key: str) -> Board:
    here = boards.at(found, key)
    if here is None:
        raise Http404
    return here


def _read(form: NoteForm) -> None:
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))


def _done(request: HttpRequest, board: Board, note: Note) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"note": note.pk, "state": note.state})
    return redirect("w:board", board.pk)


def _refused(request: HttpRequest, seat: Seat, board: Board, form: NoteForm, error: Refused) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": error.sentence}, status=error.status)
    form.add_error("text", error.sentence)
    return _page(request, seat, board, form, status=error.status)


def _page(request: HttpRequest, seat: Seat, board: Board, form: NoteForm, status: int = 200) -> HttpResponse:
    shown = page_for_seat(seat, board)
    return render(request, "voice/board.jinja", {"page": shown, "seat": seat, "form": form}, status=status)
