"""Where a board’s part is in the script: its steps, what is open now, what comes next, and how long is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.core import clock
from alongside.voice.models import Board, Phase
from alongside.voice.queries import boards

A_MINUTE = 60
LEAST, EACH = 2000, 40  # milliseconds over which pages load anew: at least, and for each person at the workshop


@dataclass(frozen=True, kw_only=True)
class Course:
    """What somebody at a board has to know: what to do now, and what comes after it."""

    phase: Phase | None
    parts: Sequence[Phase]
    people: int

    @property
    def spread(self) -> int:
        """Over how many milliseconds people’s pages load anew, so that not all do at the same moment."""
        return max(LEAST, self.people * EACH)

    @property
    def steps(self) -> list[Phase]:
        """The parts of the same session."""
        return [part for part in self.parts if self.phase and part.session_id == self.phase.session_id]

    @property
    def step(self) -> int:
        """Which of them this is."""
        return next((place for place, one in enumerate(self.steps, start=1) if one == self.phase), 0)

    @property
    def elsewhere(self) -> Phase | None:
        """What the group does now, where that is not this part; the latest of several."""
        now = [part for part in self.parts if part.open]
        return now[-1] if now and self.phase not in now else None

    @property
    def next(self) -> Phase | None:
        """The first part to come after this one."""
        if self.phase not in self.parts:
            return None
        after = self.parts[self.parts.index(self.phase) + 1 :]
        return next((part for part in after if part.state == Phase.State.TO_COME), None)

    @property
    def another_day(self) -> bool:
        """Whether what comes next is in another session."""
        return bool(self.next and self.phase and self.next.session_id != self.phase.session_id)

    @property
    def seconds(self) -> int | None:
        """How many seconds of this part are left as planned, fewer than none when they are over."""
        ends = planned_end(self.phase) if self.phase else None
        return None if ends is None else int((ends - clock.now()).total_seconds())

    @property
    def left(self) -> str:
        """The same in a sentence, as the page’s script says it too."""
        if self.seconds is None:
            return ""
        minutes = -(-self.seconds // A_MINUTE)
        if minutes <= 0:
            return "The planned time is over."
        return f"About {minutes} {'minute' if minutes == 1 else 'minutes'} left for this."


def course(board: Board) -> Course:
    """The course of a board’s group."""
    parts = list(boards.parts(board)) if board.phase else []
    return Course(phase=board.phase, parts=parts, people=boards.people(board))


def planned_end(phase: Phase) -> datetime | None:
    """When a part that is open was planned to end, counted from when somebody who leads pressed."""
    if not phase.open or phase.opened_at is None or not phase.minutes:
        return None
    return phase.opened_at + timedelta(minutes=phase.minutes)
