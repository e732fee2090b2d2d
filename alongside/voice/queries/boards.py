"""Boards and what stands on them, for a seat and for those who lead."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.access.models import User
from alongside.voice.models import Board, Group, KeyIssue, Note, Phase, Seat, Theme


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
    talking = _to_talk_at(seat)
    if talking.exists():
        return talking.select_related("group").annotate(taken=Count("seats")).order_by("place", "title")
    pairs = Board.objects.filter(workshop=seat.workshop_id, kind=Board.Kind.BREAKOUT, merged_into=None)
    going_on = Q(phase=None) | Q(phase__state__in=(Phase.State.TO_COME, Phase.State.OPEN))
    done = Q(phase__state=Phase.State.CLOSED) & ~Exists(pairs.filter(going_on, group=OuterRef("group")))
    found = pairs.filter(going_on | done).select_related("group").annotate(taken=Count("seats"))
    return found.order_by("group__place", "place", "title")


def _to_talk_at(seat: Seat) -> QuerySet[Board]:
    """The boards at which a seat’s group talks now."""
    here = Group.objects.filter(boards=seat.board_id) if seat.board_id else Group.objects.none()
    return Board.objects.filter(group__in=here, kind=Board.Kind.DISCUSSION, phase__state=Phase.State.OPEN)


def beside(board: Board) -> QuerySet[Board]:
    """The boards of other pairs in the same part."""
    pairs = Board.objects.filter(phase=board.phase_id, kind=Board.Kind.BREAKOUT, merged_into=None)
    return pairs.exclude(pk=board.pk).exclude(phase=None)


def on(board: Board) -> QuerySet[Note]:
    """Every note of a board; a wall gathers those of the pairs of its group."""
    notes = Note.objects.filter(withdrawn=False).select_related("board", "decision__clause")
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


def key_issue(board: Board) -> KeyIssue | None:
    """The key issue under which people write on a board."""
    if board.kind != Board.Kind.WHOLE_GROUP:
        return None
    return KeyIssue.objects.filter(board=board).first()


def words_of(board: Board) -> list[str]:
    """The notes of the theme that a board is about, as everybody may read them."""
    if board.kind != Board.Kind.DISCUSSION or board.about_id is None:
        return []
    return [note.text for note in _shown_to_all().filter(theme=board.about_id)]


def is_vote(board: Board) -> bool:
    """Whether people choose on this board; one that was loaded may hold what was voted on as notes."""
    return board.kind == Board.Kind.VOTE and board.phase is not None and not Note.objects.filter(board=board).exists()


def at(found: QuerySet[Board], key: str) -> Board | None:
    """Of these boards the one with this key, or the one that it was merged into."""
    return found.filter(pk=key).first() or found.filter(merged=key).first()


def people(board: Board) -> int:
    """How many seats are taken at the workshop of a board."""
    return Seat.objects.filter(workshop=board.workshop_id).count()


def may_hear(seat: Seat, key: str) -> bool:
    """Whether this seat may hear what happens on a board; one that was merged still says so to whoever comes back."""
    found = to_write_on(seat).order_by()
    return found.filter(pk=key).exists() or found.filter(merged=key).exists()


def own_note(seat: Seat, key: str) -> Note | None:
    """A note that was written from this seat and may still be changed."""
    notes = Note.objects.filter(seat=seat.pk, withdrawn=False)
    return notes.select_related("board__phase", "decision__clause").filter(pk=key).first()


def note_visible_to(user: User, key: str) -> Note | None:
    """A note on a board of somebody who leads the workshop."""
    notes = Note.objects.filter(board__workshop__leads=user, withdrawn=False)
    return notes.select_related("board__phase", "board__workshop").filter(pk=key).first()


def of_part(phase: Phase) -> list[Board]:
    """The boards that were laid out for a part."""
    return list(Board.objects.filter(phase=phase, merged_into=None))


def parts(board: Board) -> QuerySet[Phase]:
    """The parts of all sessions of a board’s group, in their order."""
    return Phase.objects.filter(session__group=board.group_id).exclude(state=Phase.State.SKIPPED)


def open_now(seat: Seat) -> list[Board]:
    """Where this seat is now, and what its group shares; nowhere yet where it has to choose whom to talk with."""
    talking = _to_talk_at(seat)
    if talking.exists() and not talking.filter(pk=seat.board_id).exists():
        return []
    shown = for_seat(seat).filter(Q(phase__state=Phase.State.OPEN) | Q(phase=None, workshop__rehearsal=True))
    return list(shown)


def words_by_theme(board: Board) -> dict[str, list[str]]:
    """The words of each theme of a board’s group that everybody may read."""
    found: dict[str, list[str]] = {}
    for note in _shown_to_all().filter(theme__group=board.group_id):
        found.setdefault(note.theme_id or "", []).append(note.text)
    return found


def to_move(user: User, key: str) -> Note | None:
    """A note of a pair that somebody who leads may put into a theme."""
    notes = Note.objects.filter(board__workshop__leads=user, board__kind=Board.Kind.BREAKOUT, withdrawn=False)
    return notes.select_related("board__phase").filter(pk=key).first()


def to_move_from(seat: Seat, key: str) -> tuple[Board, Note] | None:
    """The wall of a seat’s group and a note on it, where everybody may read that note."""
    wall = for_seat(seat).filter(kind=Board.Kind.WALL).order_by("-phase__state").first()
    if wall is None:
        return None
    notes = _shown_to_all().filter(board__kind=Board.Kind.BREAKOUT, board__group=wall.group_id)
    note = notes.select_related("board__phase").filter(pk=key).first()
    return (wall, note) if note else None


def _shown_to_all() -> QuerySet[Note]:
    shown = Note.objects.for_participants().select_related("board")
    return shown.exclude(board__phase__hidden_until_reveal=True, board__phase__revealed=False)
