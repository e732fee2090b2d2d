"""Notes: what a participant writes, changes and takes back, and what a facilitator enters for somebody."""

from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models import Q

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.moderation import actions as decisions
from alongside.voice import refusals
from alongside.voice.live import events, said
from alongside.voice.models import LONGEST_NOTE, Board, Note, Phase, Seat
from alongside.voice.refusals import Refused

A_MINUTE, A_SEAT = 60, 300
NOT_WRITTEN_ON = (Board.Kind.WALL, Board.Kind.VOTE, Board.Kind.KEY_ISSUES)


@transaction.atomic
def add(*, board: Board, seat: Seat, text: str, key: str) -> Note:
    """Write a note from a seat. The same `key` sent twice is one note."""
    text = _worded(text)
    _not_too_fast(seat)
    number = events.next_number(board)
    _open_for_notes(board)
    written = dict(Note.objects.filter(Q(seat=seat.pk) | Q(pk=key)).values_list("pk", "seat"))
    if key in written:
        if written[key] != seat.pk:
            raise Refused(refusals.GONE, status=409)
        return Note.objects.get(pk=key)
    if len(written) >= A_SEAT:
        raise Refused(refusals.TOO_MANY, status=429)
    held = board.phase is not None and board.phase.held_first
    note = Note(
        key=key,
        board=board,
        seat=seat.pk,
        text=text,
        uses=[use for use, agreed in seat.consents.items() if agreed],
        state=Note.State.HELD if held else Note.State.SHOWN,
        place=number,
    )
    note.save(force_insert=True)
    audit.note_for_the_day(board=board.pk, kind="note.added")
    tell(note, board, "note", number)
    return note


@transaction.atomic
def change(*, note: Note, seat: Seat, text: str) -> Note:
    """Write one’s own note anew, until its part is over."""
    text = _worded(text)
    events.hold(note.board)
    mine = _mine(note, seat)
    mine.text = text
    mine.save(update_fields=["text"])
    audit.note_for_the_day(board=mine.board_id, kind="note.changed")
    tell(mine, mine.board, "note")
    return mine


@transaction.atomic
def take_back(*, note: Note, seat: Seat) -> None:
    """Take one’s own note off the board; its words are gone."""
    events.hold(note.board)
    mine = _mine(note, seat)
    mine.text, mine.withdrawn = "", True
    mine.save(update_fields=["text", "withdrawn"])
    decisions.without_reasons([f"note:{mine.pk}"])
    audit.note_for_the_day(board=mine.board_id, kind="note.taken-back")
    tell_away(mine, None)


@audit.recorded
def enter(*, board: Board, text: str, by: User) -> Note:
    """Enter a note for somebody who takes part by phone, email or on paper; it is marked so.

    The audit does not name it: whoever knows when somebody rang would know what they said.
    """
    if board.kind in NOT_WRITTEN_ON:
        raise Refused(refusals.NOT_HERE, status=409)
    if board.merged_into_id is not None:
        raise Refused(refusals.MERGED_MEANWHILE, status=409)
    note = Note(board=board, text=_worded(text), entered_for=True, place=events.next_number(board))
    note.save(force_insert=True)
    audit.record(by=by.pk, did="note.entered", subject=f"board:{board.pk}")
    tell(note, board, "note")
    return note


def _worded(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(refusals.EMPTY)
    if len(text) > LONGEST_NOTE:
        raise Refused(refusals.TOO_LONG)
    return text


def _not_too_fast(seat: Seat) -> None:
    """Count in this process’s memory: nowhere is it kept when a seat wrote."""
    key = f"notes:{seat.pk}:{int(clock.now().timestamp()) // 60}"
    caches["here"].add(key, 0, timeout=60)
    try:
        written = caches["here"].incr(key)
    except ValueError:
        return  # it ran out between the two
    if written > A_MINUTE:
        raise Refused(refusals.TOO_FAST, status=429)


def _open_for_notes(board: Board) -> None:
    """Refuse where the part is over or has not begun, as it stands now that nobody else writes."""
    if board.kind in NOT_WRITTEN_ON:
        raise Refused(refusals.OVER, status=409)
    if board.phase_id is None:
        return  # a board of a workshop that was brought in from a file, or of a rehearsal without a script
    board.phase = phase = Phase.objects.filter(boards=board.pk, boards__merged_into=None).first()
    if phase is None:
        raise Refused(refusals.MERGED_MEANWHILE, status=409)
    if not phase.open:
        raise Refused(refusals.NOT_YET if phase.state == Phase.State.TO_COME else refusals.OVER, status=409)


def _mine(note: Note, seat: Seat) -> Note:
    """The note as it stands now, for whoever wrote it."""
    held = Note.objects.select_related("board__phase").filter(pk=note.pk, withdrawn=False).first()
    if held is None:
        raise Refused(refusals.GONE, status=409)
    if held.seat != seat.pk:
        raise Refused(refusals.NOT_YOURS, status=409)
    _open_for_notes(held.board)
    return held


def tell(note: Note, board: Board, kind: str, number: int = 0) -> None:
    """Tell those at its board, and at the wall, what a note says now."""
    payload: dict[str, Any] = {"note": note.pk}
    items = said.of_note(note, hides=said.hides(board.phase), came_from=board.title)
    events.append(board=board, kind=kind, payload=payload, items=items, number=number)
    if wall := _wall(board):
        events.append(board=wall, kind=kind, payload=payload, items=items)


def tell_away(note: Note, seen: Note | None) -> None:
    """Tell them that a note went off the board; `seen` is what facilitators still see of it."""
    board, payload = note.board, {"note": note.pk}
    items = said.of_note_away(seen, note.pk, came_from=board.title)
    events.append(board=board, kind="note.away", payload=payload, items=items)
    if wall := _wall(board):
        events.append(board=wall, kind="note.away", payload=payload, items=items)


def _wall(board: Board) -> Board | None:
    """The wall of the group, once there is one, for a pair’s board."""
    if board.kind != Board.Kind.BREAKOUT or board.group_id is None:
        return None
    return Board.objects.filter(group=board.group_id, kind=Board.Kind.WALL).select_related("phase").first()
