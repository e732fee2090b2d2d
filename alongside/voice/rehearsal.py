"""A rehearsal: invented people take seats and write, so that a facilitator can try every part alone."""

import random
from collections.abc import Iterator
from itertools import cycle

from alongside.access.models import User
from alongside.core.models import new_key
from alongside.voice.actions import issues, notes, seats, votes, workshops
from alongside.voice.models import Board, KeyIssue, Note, Phase, Seat
from alongside.voice.queries import votes as queries

PAIRS, IN_A_PAIR, NOTES_EACH = 3, 2, 2
SAID: dict[str, tuple[str, ...]] = {
    Phase.Kind.BREAKOUT: (
        "A door that opens to the street, not to a corridor.",
        "Somebody who knows my name when I ring.",
        "Tea, and nobody in a hurry.",
        "Letters that say what happens next.",
        "I would like to choose the time myself.",
        "The chairs are too close together.",
        "A text the day before helps a lot.",
        "Opening hours after work.",
        "It is hard to find the entrance in the dark.",
        "Say early how long it takes.",
        "More light on the stairs.",
        "Somebody to sit with while I wait.",
    ),
    Phase.Kind.DISCUSS: (
        "Two evenings a week would already change much.",
        "A map with a photograph of the door.",
        "One person who keeps in touch until it begins.",
        "Ask us before you order the chairs.",
    ),
    Phase.Kind.REFLECT: (
        "I had not thought of the stairs before.",
        "It was good to hear that others wait as well.",
        "I wonder who answers on the evenings.",
    ),
    Phase.Kind.WHOLE_GROUP: (
        "Begin with one evening and look again after three months.",
        "Nobody should have to tell it all twice.",
        "People who use it choose what it looks like.",
    ),
    Phase.Kind.CLOSING: (
        "Thank you for the calm.",
        "I take the map with me.",
        "Next time a longer break, please.",
    ),
}
PROPOSED = (
    (
        "Reaching somebody after work",
        "People want evenings; those who answer need theirs.",
        "How can that be paid for?",
    ),
    ("Finding the door", "It is easy to miss, and that keeps it quiet.", "What would make it easier the first time?"),
)


def fill(phase: Phase, *, by: User) -> None:
    """Let invented people take part in what is open now. What they already wrote is not written again."""
    group = phase.session.group
    pairs = Board.objects.filter(group=group, kind=Board.Kind.BREAKOUT, merged_into=None)
    if phase.kind == Phase.Kind.BREAKOUT and not pairs.filter(phase=phase).exists():
        workshops.add_pairs(group=group, phase=phase, count=PAIRS, by=by)
    for board in pairs.filter(phase=phase, seats=None):
        _sit_down(board)
    _choose(phase)
    _propose(phase)
    lines = cycle(SAID.get(phase.kind, ()))
    for board in Board.objects.filter(phase=phase).exclude(kind__in=notes.NOT_WRITTEN_ON):
        if not Note.objects.filter(board=board).exists():
            _write(board, lines)


def _choose(phase: Phase) -> None:
    """In a vote that has just opened, each seat of the group chooses something."""
    options = [option.pk for option in queries.options(phase)] if phase.votes else []
    board = Board.objects.filter(phase=phase, kind=Board.Kind.VOTE).first()
    if board is None or not options or queries.voters(phase):
        return
    for seat in Seat.objects.filter(board__group=board.group_id):
        votes.cast(board=board, seat=seat, choices=random.sample(options, min(phase.budget, len(options))))


def _propose(phase: Phase) -> None:
    """Propose key issues, where there are none yet."""
    board = Board.objects.filter(phase=phase, kind=Board.Kind.KEY_ISSUES).first()
    if board is None or KeyIssue.objects.filter(group=board.group_id).exists():
        return
    for title, tension, question in PROPOSED:
        issues.propose(board=board, title=title, tension=tension, questions=[question])


def _sit_down(board: Board) -> None:
    for _ in range(IN_A_PAIR):
        seats.sit(seat=seats.take(workshop=board.workshop, uses=Seat.Use.values), board=board)


def _write(board: Board, lines: Iterator[str]) -> None:
    """Each of the pair writes twice; on a board that all share, each seat of the group once."""
    own = board.kind == Board.Kind.BREAKOUT
    sitting = Seat.objects.filter(board=board) if own else Seat.objects.filter(board__group=board.group_id)
    for seat in sitting:
        for _, line in zip(range(NOTES_EACH if own else 1), lines, strict=False):
            notes.add(board=board, seat=seat, text=line, key=new_key())
