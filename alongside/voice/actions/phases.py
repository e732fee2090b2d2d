"""The parts of a session: opening, revealing and ending them. What was revealed stays so."""

from collections import defaultdict

from django.db import transaction

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.voice import refusals
from alongside.voice.actions import forgetting, talks, votes
from alongside.voice.live import events
from alongside.voice.models import Board, Note, Phase, Workshop
from alongside.voice.refusals import Refused

State = Phase.State
SHARED = {
    Phase.Kind.GATHER: Board.Kind.WALL,
    Phase.Kind.VOTE: Board.Kind.VOTE,
    Phase.Kind.REFLECT: Board.Kind.REFLECTION,
    Phase.Kind.KEY_ISSUES: Board.Kind.KEY_ISSUES,
    Phase.Kind.SELECT: Board.Kind.VOTE,
    Phase.Kind.CLOSING: Board.Kind.CLOSING,
}


@audit.recorded
def begin(*, phase: Phase, by: User, seen: str = "") -> Phase:
    """Open a part, or open it again. `seen` is the state that whoever asks had before them."""
    _not_changed_meanwhile(phase, seen)
    if not Workshop.objects.open().filter(groups__sessions__phases=phase).exists():
        raise Refused(refusals.NOT_OPEN, status=409)
    begun = _to(phase, State.OPEN, "phase.opened", by)
    votes.begin(begun)
    _lay_out(begun)
    talks.lay_out(begun)
    transaction.on_commit(lambda: _lead_on(begun), robust=True)
    return begun


@audit.recorded
def end(*, phase: Phase, by: User, seen: str = "") -> Phase:
    """End a part: nobody changes a note in it any more, no note is joined to a seat, and of votes totals are left."""
    _not_changed_meanwhile(phase, seen)
    votes.close(phase)
    ended = _to(phase, State.CLOSED, "phase.ended", by)
    forgetting.who_wrote(ended)
    return ended


@audit.recorded
def go_on(*, phase: Phase, to: Phase, by: User, seen: str = "") -> Phase:
    """End a part and begin the one after it, in one step."""
    end(phase=phase, by=by, seen=seen)
    return begin(phase=to, by=by, seen=State.TO_COME)


@audit.recorded
def skip(*, phase: Phase, by: User, seen: str = "") -> Phase:
    """Leave a part out; if it had begun, who wrote its notes is forgotten as when it ends."""
    _not_changed_meanwhile(phase, seen)
    votes.close(phase, count=False)
    left_out = _to(phase, State.SKIPPED, "phase.skipped", by)
    forgetting.who_wrote(left_out)
    return left_out


@audit.recorded
def bring_back(*, phase: Phase, by: User, seen: str = "") -> Phase:
    """Let a part that was left out be to come again."""
    _not_changed_meanwhile(phase, seen)
    return _to(phase, State.TO_COME, "phase.brought-back", by)


@audit.recorded
def reveal(*, phase: Phase, by: User) -> Phase:
    """Show everybody what was hidden until now. It cannot be hidden again."""
    held = Phase.objects.select_for_update().get(pk=phase.pk)
    if held.revealed or not held.hidden_until_reveal:
        return held
    held.revealed = True
    held.save(update_fields=["revealed"])
    audit.record(by=by.pk, did="phase.revealed", subject=f"phase:{held.pk}")
    boards = list(held.boards.order_by("pk"))
    for board in boards:
        events.hold(board)  # what is written from here on is written to a part that is revealed
    on_board = defaultdict[str, list[str]](list)
    shown = Note.objects.for_participants().filter(board__phase=held).order_by("place")
    for where, note in shown.values_list("board", "pk"):
        on_board[where].append(note)
    for board in boards:
        events.append_each(board=board, kind="note", payloads=[{"note": note} for note in on_board[board.pk]])
        events.append(board=board, kind="phase", payload=_payload(held))
    return held


def _not_changed_meanwhile(phase: Phase, seen: str) -> None:
    """Two may lead one part: whoever comes second is told, and changes nothing."""
    if not seen:
        return
    state = Phase.objects.select_for_update().values_list("state", flat=True).get(pk=phase.pk)
    if state != seen:
        raise Refused(refusals.SOMEBODY_ELSE, status=409)


def _lay_out(phase: Phase) -> None:
    """Make the board that a part shares, if it shares one and has none yet."""
    kind = SHARED.get(Phase.Kind(phase.kind))
    if kind is None or Board.objects.filter(phase=phase).exists():
        return
    group = phase.session.group
    made = Board(workshop_id=group.workshop_id, group=group, phase=phase, kind=kind, title=Board.Kind(kind).label)
    made.full_clean()
    made.save(force_insert=True)


def _to(phase: Phase, state: Phase.State, did: str, by: User) -> Phase:
    held = Phase.objects.select_for_update().get(pk=phase.pk)
    if held.state == state:
        return held
    held.state, held.opened_at = state, clock.now() if state == State.OPEN else None
    held.save(update_fields=["state", "opened_at"])
    audit.record(by=by.pk, did=did, subject=f"phase:{held.pk}")
    for board in Board.objects.filter(phase=held).order_by("pk"):
        events.append(board=board, kind="phase", payload=_payload(held))
    return held


def _lead_on(phase: Phase) -> None:
    """Let whoever has another board of the group open know that something has begun elsewhere.

    Each board has a transaction of its own, so that nobody who writes has to wait for all of them.
    """
    others = Board.objects.filter(group=phase.session.group_id, merged_into=None).exclude(phase=phase)
    for board in others.exclude(phase__state=State.TO_COME):
        with transaction.atomic():
            events.append(board=board, kind="next", payload={"part": phase.get_kind_display()})


def _payload(phase: Phase) -> dict[str, object]:
    return {"phase": phase.pk, "state": phase.state, "hidden": phase.hides}
