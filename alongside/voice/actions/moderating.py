"""What a facilitator decides on a note: to hold it, set it aside or show it, and to offer support to whoever wrote it.

The audit names the board and neither note nor clause: beside the time of day they would tell in which order notes came.
"""

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.moderation import actions as guideline
from alongside.moderation import queries
from alongside.moderation.models import Clause, Decision
from alongside.voice import refusals
from alongside.voice.actions.notes import tell, tell_away
from alongside.voice.live import events
from alongside.voice.models import Board, Note, Workshop
from alongside.voice.refusals import Refused


@audit.recorded
def hold(*, note: Note, clause: Clause, by: User, reason: str = "") -> Note:
    """Take a note off the board until it has been read again."""
    return _put(note, Note.State.HELD, Decision.Did.HELD, by, clause=clause, reason=reason)


@audit.recorded
def set_aside(*, note: Note, clause: Clause, by: User, reason: str = "") -> Note:
    """Keep a note off the board. It is not deleted."""
    return _put(note, Note.State.SET_ASIDE, Decision.Did.SET_ASIDE, by, clause=clause, reason=reason)


@audit.recorded
def show(*, note: Note, by: User) -> Note:
    """Put a note on the board for everybody."""
    return _put(note, Note.State.SHOWN, Decision.Did.SHOWN, by)


@audit.recorded
def offer(*, note: Note, by: User) -> None:
    """Let whoever wrote a note read, on their own page alone, whom they can talk to.

    Whoever offers it learns nothing by it: neither whether the seat is still there nor whether it was read. What is
    kept for longer than the part names the board and no note.
    """
    held = _now(note)
    phase = held.board.phase
    if held.entered_for:
        raise Refused(refusals.FOR_SOMEBODY, status=409)
    if phase is not None and not phase.open:
        raise Refused(refusals.NOT_KNOWN, status=409)
    if held.offered:
        return
    held.offered = True
    held.save(update_fields=["offered"])
    board = f"board:{held.board_id}"
    guideline.decide(subject=board, did=Decision.Did.OFFERED, clause=queries.for_support(), by=by)
    audit.record(by=by.pk, did="support.offered", subject=board)


def forget(workshop: Workshop) -> None:
    """Forget what was decided in a rehearsal; call it inside a transaction."""
    notes = Note.objects.filter(board__workshop=workshop).values_list("pk", flat=True)
    boards = Board.objects.filter(workshop=workshop).values_list("pk", flat=True)
    guideline.forget([*(f"note:{key}" for key in notes), *(f"board:{key}" for key in boards)])


def _put(
    note: Note, state: Note.State, did: Decision.Did, by: User, *, clause: Clause | None = None, reason: str = ""
) -> Note:
    held = _now(note)
    if held.withdrawn or (held.state == state and (clause is None or _stands(held, clause, reason))):
        return held
    decision = guideline.decide(subject=f"note:{held.pk}", did=did, clause=clause, reason=reason, by=by)
    held.state, held.decision = state, None if state == Note.State.SHOWN else decision
    held.save(update_fields=["state", "decision"])
    audit.record(by=by.pk, did=f"note.{did.replace('_', '-')}", subject=f"board:{held.board_id}")
    if state == Note.State.SHOWN:
        tell(held, held.board, "note")
    else:
        tell_away(held, held)
    return held


def _stands(note: Note, clause: Clause, reason: str) -> bool:
    """Whether the same was decided already, as when a button is pressed twice."""
    last = note.decision
    return last is not None and (last.clause_id, last.reason) == (clause.pk, reason.strip())


def _now(note: Note) -> Note:
    """The note as it stands now that nobody else writes on its board."""
    events.hold(note.board)
    return Note.objects.select_related("board__phase", "decision").get(pk=note.pk)
