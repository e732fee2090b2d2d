"""Votes: opening one, choosing from a seat, and closing it, after which only totals are left."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction

from alongside.audit import actions as audit
from alongside.voice import refusals
from alongside.voice.live import events
from alongside.voice.live.frames import FACILITATORS, PARTICIPANTS
from alongside.voice.models import Board, KeyIssue, Phase, Seat, Theme, Total
from alongside.voice.queries import votes
from alongside.voice.refusals import Refused
from alongside.voice.votes import boxes


@transaction.atomic
def cast(*, board: Board, seat: Seat, choices: Iterable[str]) -> set[str]:
    """Put a seat’s choices in place of those it had; over the budget, nothing is changed."""
    chosen = set(choices)
    events.hold(board)
    phase = _open(board)
    if len(chosen) > phase.budget:
        one = phase.budget == 1
        raise Refused(refusals.ONE_CHOICE if one else refusals.TOO_MANY_CHOICES.format(n=phase.budget))
    if not chosen <= {option.pk for option in votes.options(phase)}:
        raise Refused(refusals.NOT_A_CHOICE, status=409)
    before, voters = boxes.box(phase.box).put(boxes.ballot(phase.box, seat.pk), chosen)
    audit.note_for_the_day(board=board.pk, kind="vote.given")
    if voters != before:
        _tell(board, "voters", {"voters": voters})
    return chosen


def begin(phase: Phase) -> None:
    """Make a vote ready whose part has just opened. Opened again it begins anew: what it came to before is gone."""
    if not phase.votes or phase.box:
        return
    Total.objects.filter(phase=phase).delete()
    phase.box, phase.rounds, phase.voters = boxes.new(), phase.rounds + 1, None
    phase.save(update_fields=["box", "rounds", "voters"])


def close(phase: Phase, *, count: bool = True) -> None:
    """Count a vote whose part ends, in one step with the end, and destroy every choice."""
    held = Phase.objects.select_for_update().get(pk=phase.pk)
    if not held.box:
        return
    boards = list(Board.objects.filter(phase=held, kind=Board.Kind.VOTE).order_by("pk"))
    for board in boards:
        events.hold(board)
    box = boxes.box(held.box)
    if count:
        ballots = [set(choices) for choices in box.read().values()]
        totals = _totals(held, ballots)
        Total.objects.bulk_create(totals)
        held.voters = len(ballots)
        said = {"voters": held.voters, "votes": {total.theme_id or total.key_issue_id: total.votes for total in totals}}
        for board in boards:
            _tell(board, "tally", said)
    held.box = ""
    held.save(update_fields=["box", "voters"])
    box.burn()


def sweep() -> None:
    """Destroy what a vote left behind that was closed just when the machine failed."""
    boxes.sweep(set(Phase.objects.filter(state=Phase.State.OPEN).exclude(box="").values_list("box", flat=True)))


def _open(board: Board) -> Phase:
    phase = Phase.objects.filter(boards=board.pk).first()
    if phase is None or not phase.open or not phase.box:
        to_come = phase is not None and phase.state == Phase.State.TO_COME
        raise Refused(refusals.VOTE_NOT_YET if to_come else refusals.VOTE_OVER, status=409)
    return phase


def _totals(phase: Phase, ballots: Collection[set[str]]) -> list[Total]:
    """One for everything that could be chosen, in the order of their random keys; none has its own order of making."""
    became = votes.became(phase)
    counted = Counter(choice for ballot in ballots for choice in {became.get(one, one) for one in ballot})
    return [_total(phase, option, counted[option.pk]) for option in votes.options(phase)]


def _total(phase: Phase, option: Theme | KeyIssue, count: int) -> Total:
    if isinstance(option, Theme):
        return Total(phase=phase, theme=option, votes=count)
    return Total(phase=phase, key_issue=option, votes=count)


def _tell(board: Board, kind: str, payload: dict[str, object]) -> None:
    said = {"kind": kind, **payload}
    events.append(board=board, kind=kind, payload=payload, items={PARTICIPANTS: said, FACILITATORS: said})
