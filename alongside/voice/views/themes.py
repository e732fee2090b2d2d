"""Gathering: notes that go into themes, and themes that are made, named, merged and split."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.voice import refusals
from alongside.voice.actions import talks
from alongside.voice.actions import themes as actions
from alongside.voice.doors import me, seated, wants_json
from alongside.voice.forms.choosing import NEW, MergeForm, MoveForm, SplitForm, ThemeForm
from alongside.voice.models import Board, Note, Phase, Seat, Theme
from alongside.voice.queries import boards, themes
from alongside.voice.queries import workshops as scripts
from alongside.voice.refusals import Refused

type Find = Callable[[str], Theme | None]


@require_POST
@needs(Permission.LEAD_WORKSHOPS)
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Make a theme on a wall."""
    wall = get_object_or_404(boards.visible_to(me(request)).filter(kind=Board.Kind.WALL), pk=key)
    form = ThemeForm(request.POST)
    if wall.group is None:
        raise Http404
    if form.is_valid():
        actions.add(group=wall.group, title=form.cleaned_data["title"], by=me(request))
    else:
        messages.error(request, " ".join(str(one) for one in form.errors["title"]))
    return redirect("voice:board", wall.pk)


@require_POST
@needs(Permission.LEAD_WORKSHOPS)
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Put a note into a theme."""
    note = boards.to_move(me(request), key)
    if note is None:
        raise Http404
    wall = get_object_or_404(boards.visible_to(me(request)), group=note.board.group_id, kind=Board.Kind.WALL)

    def put(theme: Theme | None, title: str) -> Note:
        return actions.move(note=note, theme=theme, title=title, by=me(request))

    return _moved(request, wall, lambda theme: themes.into(me(request), theme, wall.group_id), put)


@require_POST
@seated
def move_from_seat(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """The same by somebody who takes part."""
    found = boards.to_move_from(seat, key)
    if found is None:
        raise Http404
    wall, note = found

    def put(theme: Theme | None, title: str) -> Note:
        return actions.move_from_seat(wall=wall, note=note, theme=theme, title=title)

    return _moved(request, wall, lambda theme: themes.of_group(wall.group_id, theme), put, room="w")


@require_POST
@seated
def add_from_seat(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    """Make a theme, where the part lets everybody gather."""
    wall = get_object_or_404(boards.for_seat(seat).filter(kind=Board.Kind.WALL), pk=key)
    form = ThemeForm(request.POST)
    try:
        if form.is_valid():
            actions.add_from_seat(wall=wall, title=form.cleaned_data["title"])
        else:
            messages.error(request, " ".join(str(one) for one in form.errors["title"]))
    except Refused as error:
        messages.error(request, error.sentence)
    return redirect("w:board", wall.pk)


@needs(Permission.LEAD_WORKSHOPS)
def theme(request: HttpRequest, key: str) -> HttpResponse:
    """Call a theme something else, merge it into another, or split it."""
    shown = get_object_or_404(themes.visible_to(me(request)), pk=key)
    again = kept.take(request) if request.method != "POST" else None
    said = request.POST if request.method == "POST" else again
    do = said.get("do", "") if said is not None else ""
    notes = themes.notes_of(shown)
    forms = {
        "rename": ThemeForm(said if do == "rename" else None, initial={"title": shown.title}),
        "merge": MergeForm(said if do == "merge" else None, others=themes.beside(shown)),
        "split": SplitForm(said if do == "split" else None, notes=notes),
    }
    wall = themes.wall_of(shown)
    if request.method == "POST" and do in forms and forms[do].is_valid():
        try:
            _changed(request, shown, do, forms[do].cleaned_data)
            return redirect("voice:board", wall.pk) if wall else redirect("voice:workshop", shown.group.workshop.slug)
        except Refused as error:
            forms[do].add_error(None, error.sentence)
    audit.record(by=me(request).pk, did="theme.viewed", subject=f"theme:{shown.pk}")
    page = {"theme": shown, "wall": wall, "forms": forms, "notes": notes, "kept": again is not None}
    wrong = request.method == "POST"
    return render(request, "voice/theme.jinja", page, status=400 if wrong else 200)


@require_POST
@needs(Permission.LEAD_WORKSHOPS)
def talk(request: HttpRequest, key: str) -> HttpResponse:
    """Lay out a board to talk about a theme."""
    part = get_object_or_404(scripts.phases(me(request)).filter(kind=Phase.Kind.DISCUSS), pk=key)
    chosen = themes.into(me(request), request.POST.get("theme", ""), part.session.group_id)
    if chosen is None:
        messages.error(request, refusals.NO_THEME)
    else:
        talks.add(phase=part, theme=chosen, by=me(request))
    return redirect("voice:workshop", part.session.group.workshop.slug)


def _changed(request: HttpRequest, theme: Theme, do: str, said: dict[str, str]) -> None:
    match do:
        case "rename":
            actions.rename(theme=theme, title=said["title"], by=me(request))
        case "merge":
            into = get_object_or_404(themes.beside(theme), pk=said["into"])
            actions.merge(theme=theme, into=into, by=me(request))
        case _:
            actions.split(theme=theme, title=said["title"], notes=said["notes"], by=me(request))


def _where_to(form: MoveForm, find: Find) -> tuple[Theme | None, str]:
    """The theme that is there, or the name of a new one, or neither."""
    if not form.is_valid():
        raise Refused(refusals.NO_TITLE)
    theme, title = form.cleaned_data["theme"], form.cleaned_data["title"].strip()
    if theme == NEW:
        if not title:
            raise Refused(refusals.NO_TITLE)
        return None, title
    into = find(theme) if theme else None
    if theme and into is None:
        raise Refused(refusals.NO_THEME, status=409)
    return into, ""


def _moved(
    request: HttpRequest, wall: Board, find: Find, put: Callable[[Theme | None, str], Note], room: str = "voice"
) -> HttpResponse:
    form = MoveForm(request.POST)
    try:
        note = put(*_where_to(form, find))
    except Refused as error:
        if wants_json(request):
            return JsonResponse({"error": error.sentence}, status=error.status)
        messages.error(request, error.sentence)
        return redirect(f"{room}:board", wall.pk)
    if wants_json(request):
        return JsonResponse({"theme": note.theme_id, "title": note.theme.title if note.theme else ""})
    return redirect(f"{room}:board", wall.pk)
