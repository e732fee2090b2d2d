"""Boards for pairs: laying them out, one more for whoever comes late, and making one of two."""

from django.db.models import Max

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.voice import refusals
from alongside.voice.live import events
from alongside.voice.models import Board, Note, Phase, Seat
from alongside.voice.refusals import Refused

BY_PHONE = "By phone or email"
LONGEST_TITLE = 120


@audit.recorded
def add_board_for_others(*, phase: Phase, by: User) -> Board:
    """Lay out a board for what people say by phone or email, or write on paper."""
    group = phase.session.group
    board = Board(
        workshop_id=group.workshop_id, group=group, phase=phase, kind=Board.Kind.BREAKOUT, title=BY_PHONE,
        place=last_place(phase) + 1,
    )  # fmt: skip
    board.full_clean()
    board.save(force_insert=True)
    audit.record(by=by.pk, did="workshop.board-added", subject=f"board:{board.pk}")
    return board


@audit.recorded
def merge(*, board: Board, into: Board, by: User) -> Board:
    """Make one board of two: its people sit at the other from now on, and all that they wrote is there."""
    gone, stays = _both(board, into)
    for one in sorted((gone, stays), key=lambda one: one.pk):
        events.hold(one)
    titles = [one.title for one in sorted((gone, stays), key=lambda one: one.place)]
    stays.title = " and ".join(titles)[:LONGEST_TITLE]
    stays.save(update_fields=["title"])
    moved = list(Note.objects.filter(board=gone).order_by("place"))
    place = events.next_number(stays)
    for number, note in enumerate(moved):
        note.board, note.place = stays, place + number
        note.save(update_fields=["board", "place"])
    Seat.objects.filter(board=gone).update(board=stays)
    Board.objects.filter(merged_into=gone).update(merged_into=stays)
    gone.merged_into = stays
    gone.save(update_fields=["merged_into"])
    _tell(gone, stays, [note.pk for note in moved if not note.withdrawn])
    audit.record(by=by.pk, did="board.merged", subject=f"board:{gone.pk}", details={"into": stays.pk})
    return stays


def last_place(phase: Phase) -> int:
    """The place of the last pair of a part; one that was merged keeps its own."""
    return Board.objects.filter(phase=phase, kind=Board.Kind.BREAKOUT).aggregate(last=Max("place"))["last"] or 0


def _both(board: Board, into: Board) -> tuple[Board, Board]:
    """The two as they stand now, where they can be made one."""
    pairs = Board.objects.filter(kind=Board.Kind.BREAKOUT, merged_into=None).select_for_update(of=("self",))
    found = pairs.select_related("phase").in_bulk([board.pk, into.pk])
    if len(found) != 2 or found[board.pk].phase_id != found[into.pk].phase_id:
        raise Refused(refusals.NOT_TOGETHER, status=409)
    phase = found[into.pk].phase
    if phase is not None and phase.state not in {Phase.State.TO_COME, Phase.State.OPEN}:
        raise Refused(refusals.NOT_TOGETHER, status=409)
    return found[board.pk], found[into.pk]


def _tell(gone: Board, stays: Board, moved: list[str]) -> None:
    """Whoever has either board open, or the wall, sees it as it is now."""
    notes = [{"note": note} for note in moved]
    events.append(board=gone, kind="merged", payload={"into": stays.pk})
    events.append_each(board=stays, kind="note", payloads=notes)
    for wall in Board.objects.filter(group=stays.group_id, kind=Board.Kind.WALL).order_by("pk"):
        events.append_each(board=wall, kind="note", payloads=notes)
