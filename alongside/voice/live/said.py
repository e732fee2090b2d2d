"""What each audience is sent of an event: read from the records as they are now."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max

from alongside.voice.live.channel import KEPT
from alongside.voice.live.frames import FACILITATORS, PARTICIPANTS, Happened, Item, Items, Log
from alongside.voice.models import Board, BoardEvent, Note, Phase, Theme

ONCE = frozenset({"voters", "tally", "phase", "next"})  # of these only the newest says anything


def of_note(note: Note, *, hides: bool, came_from: str) -> Items:
    """A note: to facilitators always, to everybody else once it is shown and revealed."""
    said: Item = {
        "kind": "note", "note": note.pk, "text": note.text, "from": came_from, "theme": note.theme_id,
        "place": note.place, "for": note.entered_for,
    }  # fmt: skip
    seen = note.state == Note.State.SHOWN and not hides
    return {PARTICIPANTS: said if seen else None, FACILITATORS: said | {"state": note.state}}


def of_note_away(note: Note | None, key: str, *, came_from: str) -> Items:
    """A note that people do not see any more. Facilitators still do, unless its writer took it back."""
    gone: Item = {"kind": "gone", "note": key}
    if note is None:
        return {PARTICIPANTS: gone, FACILITATORS: gone}
    return {PARTICIPANTS: gone, FACILITATORS: of_note(note, hides=True, came_from=came_from)[FACILITATORS]}


def hides(phase: Phase | None) -> bool:
    """Whether people see only their own notes now."""
    return phase is not None and phase.hides


def since(board: str, number: int) -> Log:
    """What happened on a board after this number, at most the last of it; of each record only the newest."""
    found = Board.objects.select_related("phase").get(pk=board)
    last = last_number(board)
    floor = max(number, last - KEPT)
    events = list(BoardEvent.objects.filter(board=found, number__gt=floor, number__lte=last).order_by("number"))
    newest = {about(event.kind, event.payload) or event.pk: event for event in events}
    events = sorted(newest.values(), key=lambda event: event.number)
    return Log(floor=floor, last=last, happened=_with_items(found, events))


def last_number(board: str) -> int:
    """The number of a board’s last event; 0 where nothing has happened."""
    return BoardEvent.objects.filter(board=board).aggregate(last=Max("number"))["last"] or 0


def about(kind: str, payload: dict[str, Any]) -> str:
    """The record that an event is about; of each only the newest event is sent. Empty: none."""
    return str(payload.get("note") or payload.get("theme") or (kind if kind in ONCE else ""))


def _with_items(board: Board, events: Sequence[BoardEvent]) -> list[Happened]:
    notes = _notes(event.payload["note"] for event in events if "note" in event.payload)
    themes = Theme.objects.in_bulk([event.payload["theme"] for event in events if event.kind.startswith("theme")])
    hidden = hides(board.phase)
    happened = []
    for event in events:
        items = _items(event, notes=notes, themes=themes, hidden=hidden)
        if event.audience == BoardEvent.Audience.FACILITATOR:
            items = items | {PARTICIPANTS: None}
        happened.append(Happened(event.number, about(event.kind, event.payload), items))
    return happened


def _notes(keys: Iterable[str]) -> dict[str, Note]:
    return Note.objects.filter(withdrawn=False).select_related("board").in_bulk(list(keys))


def _items(event: BoardEvent, *, notes: dict[str, Note], themes: dict[str, Theme], hidden: bool) -> Items:
    if event.kind.startswith("note"):
        key = event.payload["note"]
        note = notes.get(key)
        title = note.board.title if note else ""
        if note is None or event.kind == "note.away":
            return of_note_away(note, key, came_from=title)
        return of_note(note, hides=hidden, came_from=title)
    if event.kind.startswith("theme"):
        return _of_theme(themes.get(event.payload["theme"]), event.payload["theme"])
    said = {"kind": event.kind, **event.payload}
    return {PARTICIPANTS: said, FACILITATORS: said}


def _of_theme(theme: Theme | None, key: str) -> Items:
    said: Item = {"kind": "theme.gone", "theme": key}
    if theme is not None and theme.merged_into_id is None:
        said = {"kind": "theme", "theme": key, "title": theme.title, "place": theme.place}
    elif theme is not None:
        said["into"] = theme.merged_into_id
    return {PARTICIPANTS: said, FACILITATORS: said}
