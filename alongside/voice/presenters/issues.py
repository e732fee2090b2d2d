"""What the page for proposing key issues shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.voice.live import said
from alongside.voice.models import Board, KeyIssue, Phase
from alongside.voice.queries import boards, themes


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """The key issues that everybody may read, and whether another can be proposed."""

    board: Board
    phase: Phase | None
    steps: Sequence[Phase]
    issues: list[KeyIssue]
    last: int
    leads: bool = False

    @property
    def step(self) -> int:
        """Which step of the session this is."""
        return next((place for place, one in enumerate(self.steps, start=1) if one == self.phase), 0)


def page_for_seat(board: Board) -> Proposals:
    """The page for somebody who takes part."""
    last = said.last_number(board.pk)
    return Proposals(
        board=board, phase=board.phase, steps=list(boards.phases(board)), issues=themes.proposed(board), last=last
    )
