"""Boards and what stands on them, for a seat and for those who lead."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.access.models import User
from alongside.voice.models import Board, Note, Phase, Seat, Theme


def for_seat(seat: Seat) -> QuerySet[Board]:
    """The boards that this seat may see."""
    return Board.objects.for_seat(seat).select_related("workshop", "group", "phase__session")


def to_write_on(seat: Seat) -> QuerySet[Board]:
    """The same boards, without what only a page shows: writing is what happens most."""
    return Board.objects.for_seat(seat)


def visible_to(user: User) -> QuerySet[Board]:
    """The boards of workshops that this person leads or helps to lead."""
    return Board.objects.filter(workshop__leads=user).select_related("workshop", "group", "phase__session")


def to_sit_at(seat: Seat) -> QuerySet[Board]:
    """The pairs’ boards to sit down at, with how many seats are taken.

    Whoever comes when the pairs of a group are done sits down with one of them, and is in the group from then on.
    """
    pairs = Board.objects.filter(workshop=seat.workshop_id, kind=Board.Kind.BREAKOUT, merged_into=None)
    going_on = Q(phase=None) | Q(phase__state__in=(Phase.State.TO_COME, Phase.State.OPEN))
    done = Q(phase__state=Phase.State.CLOSED) & ~Exists(pairs.filter(going_on, group=OuterRef("group")))
    found = pairs.filter(going_on | done).select_related("group").annotate(taken=Count("seats"))
    return found.order_by("group__place", "place", "title")


def beside(board: Board) -> QuerySet[Board]:
    """The boards of other pairs in the same part."""
    pairs = Board.objects.filter(phase=board.phase_id, kind=Board.Kind.BREAKOUT, merged_into=None)
    return pairs.exclude(pk=board.pk).exclude(phase=None)


def on(board: Board) -> QuerySet[Note]:
    """Every note of a board; a wall gathers those of the pairs of its group."""
    notes = Note.objects.filter(withdrawn=False).select_related("board")
    if board.kind == Board.Kind.WALL:
        return notes.filter(board__group=board.group_id, board__kind=Board.Kind.BREAKOUT)
    return notes.filter(board=board)


def shown_to(seat: Seat, board: Board) -> QuerySet[Note]:
    """The notes of a board that this seat may read: its own, and what is shown to everybody."""
    mine = Q(seat=seat.pk)
    if board.phase is not None and board.phase.hides:
        return on(board).filter(mine)
    return on(board).filter(mine | Q(state=Note.State.SHOWN))


def themes(board: Board) -> QuerySet[Theme]:
    """The themes of the group of a board; those without a vote stay."""
    return Theme.objects.filter(group=board.group_id, merged_into=None)


def at(found: QuerySet[Board], key: str) -> Board | None:
    """Of these boards the one with this key, or the one that it was merged into."""
    return found.filter(pk=key).first() or found.filter(merged=key).first()


def own_note(seat: Seat, key: str) -> Note | None:
    """A note that was written from this seat and may still be changed."""
    notes = Note.objects.filter(seat=seat.pk, withdrawn=False)
    return notes.select_related("board__phase").filter(pk=key).first()


def note_visible_to(user: User, key: str) -> Note | None:
    """A note on a board of somebody who leads the workshop."""
    notes = Note.objects.filter(board__workshop__leads=user, withdrawn=False)
    return notes.select_related("board__phase", "board__workshop").filter(pk=key).first()


def phases(board: Board) -> QuerySet[Phase]:
    """The steps of the session that a board belongs to."""
    session = board.phase.session_id if board.phase else None
    return Phase.objects.filter(session=session).exclude(state=Phase.State.SKIPPED)


def open_now(seat: Seat) -> list[Board]:
    """Where this seat writes or votes now; a wall is only looked at."""
    shown = for_seat(seat).filter(Q(phase__state=Phase.State.OPEN) | Q(phase=None, workshop__rehearsal=True))
    return list(shown)
