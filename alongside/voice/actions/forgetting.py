"""What is forgotten when a part ends: which seat wrote a note or was offered support, and in which order notes came.

Rows are taken out and written anew in an order by chance, in one transaction, so that neither their place in the file
nor the number of a transaction says which came first. Then what the database keeps of its past is cleared away.
"""

import logging
import secrets

from django.db import OperationalError, connection, models, transaction

from alongside.core import shuffled
from alongside.moderation import actions as decisions
from alongside.moderation.models import Decision
from alongside.voice.live import events
from alongside.voice.models import Board, BoardEvent, KeyIssue, Note, Phase, Seat, Workshop

logger = logging.getLogger("django.request")
_chance = secrets.SystemRandom()


def who_wrote(phase: Phase) -> None:
    """Forget it for every note of a part that has just ended, and mix up the seats of the workshop."""
    workshop = phase.session.group.workshop_id
    boards = list(Board.objects.filter(phase=phase).order_by("pk"))
    for board in boards:
        events.hold(board)
        _notes(board)
    for wall in Board.objects.filter(group=phase.session.group_id, kind=Board.Kind.WALL).exclude(phase=phase):
        if boards and _log_of_notes(wall).exists():
            events.append(board=wall, kind="anew")
            boards.append(wall)
    for board in boards:
        last = events.next_number(board)
        _log_of_notes(board).filter(number__lt=last - 1).delete()
    if phase.kind == Phase.Kind.KEY_ISSUES:
        _issues(phase)
    hold(workshop)
    shuffled.write_anew(Seat, list(Seat.objects.filter(workshop=workshop)))
    transaction.on_commit(clear_away)


def hold(workshop: str) -> None:
    """Let nobody take or change a seat until this transaction is over; SQLite has but one writer anyway."""
    if connection.vendor == "postgresql":
        Workshop.objects.select_for_update(no_key=True).values_list("pk").get(pk=workshop)


def clear_away() -> None:
    """Clear away what the database still holds of rows as they were; what is in use just now is tried again later."""
    try:
        cleared = _dead_rows() if connection.vendor == "postgresql" else _log()
    except OperationalError:
        cleared = False
    if not cleared:
        logger.warning("Traces of a workshop’s part could not be cleared away; it is tried again when the next ends.")


def _dead_rows() -> bool:
    cleared = (Note, Seat, BoardEvent, KeyIssue, Decision)
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in cleared)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {tables}")
    return True


def _log() -> bool:
    """Empty the log of SQLite; those who read something long are waited for a moment only."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA busy_timeout = 2000")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = bool(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy


def _notes(board: Board) -> None:
    """Empty the seats, and give the notes new places."""
    notes = list(Note.objects.filter(board=board))
    places = [note.place for note in notes]
    _chance.shuffle(places)
    for note, place in zip(notes, places, strict=True):
        note.seat, note.place, note.offered = "", place, False
    shuffled.write_anew(Note, notes)
    decisions.mix_up([f"board:{board.pk}", *(f"note:{note.pk}" for note in notes)])


def _issues(phase: Phase) -> None:
    """Give key issues new places; they are changed by chance, since recommendations may hang on them."""
    issues = list(KeyIssue.objects.filter(group=phase.session.group_id))
    places = [issue.place for issue in issues]
    _chance.shuffle(places)
    pairs = list(zip(issues, places, strict=True))
    _chance.shuffle(pairs)
    for issue, place in pairs:
        issue.place = place
        issue.save(update_fields=["place"])


def _log_of_notes(board: Board) -> models.QuerySet[BoardEvent]:
    return BoardEvent.objects.filter(board=board, kind__in=("note", "note.away", "issue", "voters"))
