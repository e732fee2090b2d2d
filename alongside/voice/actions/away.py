"""Taking a note away for good, when somebody tells a facilitator that it is theirs and its part is over."""

from django.db import transaction

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.voice import refusals
from alongside.voice.actions import documents, forgetting
from alongside.voice.live import events, said
from alongside.voice.models import Board, Note
from alongside.voice.refusals import Refused


@audit.recorded
def take(*, note: Note, by: User) -> int:
    """Blank the words of a note, and empty every issued document that holds them; gives how many there were.

    The audit names the board and no note: whoever was seen to ask would otherwise be joined to it.
    """
    events.hold(note.board)
    held = Note.objects.select_related("board").filter(pk=note.pk, withdrawn=False).first()
    if held is None:
        raise Refused(refusals.GONE, status=409)
    held.text, held.withdrawn, held.seat, held.uses = "", True, "", []
    held.save(update_fields=["text", "withdrawn", "seat", "uses"])
    audit.record(by=by.pk, did="note.taken-away", subject=f"board:{held.board_id}")
    for board in _where_it_shows(held.board):
        gone = said.of_note_away(None, held.pk, came_from="")
        events.append(board=board, kind="note.away", payload={"note": held.pk}, items=gone)
    emptied = documents.take_back(note=held.pk, by=by.pk)
    transaction.on_commit(forgetting.clear_away)
    return emptied


def _where_it_shows(board: Board) -> list[Board]:
    """Its own board, and where it is a pair’s the walls that gather it."""
    walls = Board.objects.filter(group=board.group_id, kind=Board.Kind.WALL).exclude(group=None).order_by("pk")
    return [board, *(walls if board.kind == Board.Kind.BREAKOUT else [])]
