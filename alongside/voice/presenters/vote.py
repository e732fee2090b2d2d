"""What a page for choosing shows: what can be chosen, and once the vote is closed what came of it."""

from collections.abc import Collection
from dataclasses import dataclass

from alongside.voice.live import said
from alongside.voice.models import Board, KeyIssue, Phase, Seat, Theme
from alongside.voice.presenters.course import Course, course
from alongside.voice.queries import boards, votes


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something that can be chosen. `votes` is None until the vote is closed."""

    record: Theme | KeyIssue
    notes: list[str]
    chosen: bool
    votes: int | None

    @property
    def lines(self) -> list[str]:
        """What is said of it, besides its title."""
        if isinstance(self.record, KeyIssue):
            return [one for one in (self.record.tension, *self.record.questions, self.record.principles) if one]
        return []


@dataclass(frozen=True, kw_only=True)
class Voting:
    """The page, for a participant or for a facilitator."""

    board: Board
    phase: Phase
    course: Course
    options: list[Option]
    voters: int
    last: int
    leads: bool

    @property
    def closed(self) -> bool:
        """Whether there is a result."""
        return self.phase.state == Phase.State.CLOSED and self.phase.voters is not None


def page(board: Board, *, seat: Seat | None = None, chosen: Collection[str] | None = None) -> Voting:
    """The page for a seat, or without one for whoever leads; `chosen` shows what was just sent."""
    if board.phase is None:
        raise ValueError(board.pk)
    last = said.last_number(board.pk)
    phase = board.phase
    if chosen is None:
        chosen = votes.chosen(phase, seat) if seat else ()
    totals, notes = votes.totals(phase), boards.words_by_theme(board)
    options = [
        Option(record=one, notes=notes.get(one.pk, []), chosen=one.pk in chosen, votes=totals.get(one.pk))
        for one in votes.options(phase)
    ]
    if totals:
        options.sort(key=lambda one: -(one.votes or 0))
    return Voting(
        board=board, phase=phase, course=course(board), options=options, voters=votes.voters(phase),
        last=last, leads=seat is None,
    )  # fmt: skip
