"""Running a workshop: beginning and ending its parts, and the boards of its pairs."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.voice import rehearsal
from alongside.voice.actions import pairs as boards_of_pairs
from alongside.voice.actions import phases, workshops
from alongside.voice.doors import me
from alongside.voice.forms.planning import PairsForm
from alongside.voice.models import Phase
from alongside.voice.queries import boards
from alongside.voice.queries import workshops as queries
from alongside.voice.refusals import Refused

STEPS: dict[str, Callable[..., Phase]] = {
    "begin": phases.begin,
    "end": phases.end,
    "skip": phases.skip,
    "bring-back": phases.bring_back,
}
PHONE = "phone"
BREAKOUT = Phase.Kind.BREAKOUT


@needs(Permission.LEAD_WORKSHOPS)
@require_POST
def step(request: HttpRequest, key: str, how: str) -> HttpResponse:
    """Begin a part, end it, leave it out or bring it back; the second of two who do so is told."""
    part = get_object_or_404(queries.phases(me(request)), pk=key)
    if how not in STEPS:
        raise Http404
    try:
        done = STEPS[how](phase=part, by=me(request), seen=request.POST.get("seen", ""))
        _rehearse(request, done)
    except Refused as error:
        messages.error(request, error.sentence)
    return redirect("voice:workshop", part.session.group.workshop.slug)


@needs(Permission.LEAD_WORKSHOPS)
@require_POST
def go_on(request: HttpRequest, key: str, to: str) -> HttpResponse:
    """End a part and begin the next one of its group."""
    part = get_object_or_404(queries.phases(me(request)), pk=key)
    after = get_object_or_404(queries.phases(me(request)), pk=to, session__group=part.session.group_id)
    try:
        done = phases.go_on(phase=part, to=after, by=me(request), seen=request.POST.get("seen", ""))
        _rehearse(request, done)
        there = boards.of_part(done) if "from" in request.POST else []
        if len(there) == 1:
            return redirect("voice:board", there[0].pk)
    except Refused as error:
        messages.error(request, error.sentence)
    return redirect("voice:workshop", part.session.group.workshop.slug)


@needs(Permission.LEAD_WORKSHOPS)
@require_POST
def pairs(request: HttpRequest, key: str) -> HttpResponse:
    """Lay out boards for pairs, or one for what people say by phone or email."""
    part = get_object_or_404(queries.phases(me(request)).filter(kind=BREAKOUT), pk=key)
    group = part.session.group
    form = PairsForm(request.POST)
    if PHONE in request.POST:
        boards_of_pairs.add_board_for_others(phase=part, by=me(request))
    elif form.is_valid():
        workshops.add_pairs(group=group, phase=part, count=form.cleaned_data["count"], by=me(request))
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["count"]))
    return redirect("voice:workshop", group.workshop.slug)


@needs(Permission.LEAD_WORKSHOPS)
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Make one board of two pairs."""
    board = get_object_or_404(boards.visible_to(me(request)).filter(kind="breakout", merged_into=None), pk=key)
    others = boards.beside(board)
    if request.method == "POST":
        into = get_object_or_404(others, pk=request.POST.get("into", ""))
        try:
            boards_of_pairs.merge(board=board, into=into, by=me(request))
            messages.success(request, "They are one board now. Whoever had the other open is led there.")
        except Refused as error:
            messages.error(request, error.sentence)
        return redirect("voice:workshop", board.workshop.slug)
    audit.record(by=me(request).pk, did="board.viewed", subject=f"board:{board.pk}", details={"page": "merge"})
    return render(request, "voice/workshops/merge.jinja", {"board": board, "others": others})


def _rehearse(request: HttpRequest, part: Phase) -> None:
    """In a rehearsal, let invented people take part in what has just begun."""
    if part.open and part.session.group.workshop.rehearsal:
        rehearsal.fill(part, by=me(request))
