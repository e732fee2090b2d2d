"""What the page for proposing key issues shows."""

from dataclasses import dataclass

from alongside.voice.live import said
from alongside.voice.models import Board, KeyIssue, Phase
from alongside.voice.presenters.course import Course, course
from alongside.voice.queries import themes


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """The key issues that everybody may read, and whether another can be proposed."""

    board: Board
    phase: Phase | None
    course: Course
    issues: list[KeyIssue]
    last: int
    leads: bool = False


def page_for_seat(board: Board) -> Proposals:
    """The page for somebody who takes part."""
    last = said.last_number(board.pk)
    return Proposals(board=board, phase=board.phase, course=course(board), issues=themes.proposed(board), last=last)
