"""Coming to a workshop, sitting down, taking a break and leaving. Nobody is told of any of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from alongside.voice import cookies
from alongside.voice.actions import seats as actions
from alongside.voice.actions import workshops
from alongside.voice.doors import seated
from alongside.voice.forms.taking_part import NOT_A_CODE, CodeForm, JoinForm, StayInTouchForm
from alongside.voice.live import said
from alongside.voice.models import Board, Seat
from alongside.voice.queries import boards, seats
from alongside.voice.queries import workshops as queries


def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; whoever holds a seat goes on from there."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if queries.joinable().filter(code=form.cleaned_data["code"]).exists():
            return redirect("w:welcome", form.cleaned_data["code"])
        form.add_error("code", NOT_A_CODE)
    return render(request, "voice/code.jinja", {"form": form, "seat": seats.of(request)})


def welcome(request: HttpRequest, code: str) -> HttpResponse:
    """Say what this is and what it hides, and let somebody join."""
    workshop = get_object_or_404(queries.joinable(), code=code)
    held = seats.of(request)
    if held is not None and held.workshop_id == workshop.pk:
        return redirect("w:places")
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = redirect("w:places")
        cookies.give(answer, actions.take(workshop=workshop, uses=form.cleaned_data["uses"]).pk)
        return answer
    return render(request, "voice/welcome.jinja", {"workshop": workshop, "form": form})


@seated
def places(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Let somebody choose where to sit, and go on to where they sit."""
    free = list(boards.to_sit_at(seat))
    if request.method == "POST":
        chosen = get_object_or_404(boards.to_sit_at(seat), pk=request.POST.get("board", ""))
        actions.sit(seat=seat, board=chosen)
        return redirect("w:board", chosen.pk)
    here, moves = boards.open_now(seat), request.GET.get("move") == "1"
    if not moves and len(here) == 1:
        return redirect("w:board", here[0].pk)
    if seat.board_id and not (here or moves or any(board.kind == Board.Kind.DISCUSSION for board in free)):
        free = []  # they have a place; now they wait
    several = len({board.group_id for board in free}) > 1
    page = {"seat": seat, "free": free, "here": here, "several": several}
    return render(request, "voice/places.jinja", page | {"last": said.last_number(seat.board_id or "")})


@seated
def pause(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A quiet page for a break; the seat stays."""
    return render(request, "voice/pause.jinja", {"seat": seat})


@seated
def leave(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Give the seat up."""
    if request.method != "POST":
        return render(request, "voice/leave.jinja", {"seat": seat})
    actions.leave(seat=seat)
    answer = redirect("w:left")
    cookies.take_back(answer)
    return answer


def left(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "voice/left.jinja")


def stay_in_touch(request: HttpRequest, code: str) -> HttpResponse:
    """Take an email or a need, from anybody who has the code; the seat is not looked at."""
    workshop = get_object_or_404(queries.joinable(), code=code)
    form = StayInTouchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        workshops.note_for_later(workshop=workshop, **form.cleaned_data)
        return render(request, "voice/noted.jinja", {"workshop": workshop})
    return render(request, "voice/stay_in_touch.jinja", {"workshop": workshop, "form": form})
