"""The running script of a workshop: what is now, what is next, and when each part begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.voice.models import Board, Group, Phase, Session, Workshop
from alongside.voice.presenters.course import planned_end
from alongside.voice.queries import workshops as queries


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the script. `begins` is None where the session has no time or a part before it has no length."""

    phase: Phase
    number: int
    begins: datetime | None
    boards: list[Board]
    first: bool
    last: bool

    @property
    def planned_end(self) -> datetime | None:
        """When it is planned to end, while it is open."""
        return planned_end(self.phase)

    @property
    def pairs(self) -> list[Board]:
        """The boards of pairs in it."""
        return [board for board in self.boards if board.kind == Board.Kind.BREAKOUT]


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A session with its parts."""

    session: Session
    parts: list[Part]

    @property
    def minutes(self) -> int:
        """How long it is, as far as that is said."""
        return sum(part.phase.minutes or 0 for part in self.parts if part.phase.state != Phase.State.SKIPPED)

    @property
    def begun(self) -> bool:
        """Whether any of it has begun or is over."""
        return any(part.phase.state != Phase.State.TO_COME for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Running:
    """A group: its sessions, what is open in it, and what comes next."""

    group: Group
    sittings: list[Sitting]
    now: list[Part]
    next: Part | None


def running(workshop: Workshop) -> list[Running]:
    """Every group of a workshop, side by side."""
    boards: dict[str | None, list[Board]] = {}
    for board in queries.boards(workshop):
        boards.setdefault(board.phase_id, []).append(board)
    return [_group(group, boards) for group in queries.script(workshop)]


def _group(group: Group, boards: dict[str | None, list[Board]]) -> Running:
    sittings = [
        Sitting(session=session, parts=list(_parts(session, list(session.phases.all()), boards)))
        for session in group.sessions.all()
    ]
    parts = [part for sitting in sittings for part in sitting.parts]
    reached = max((place for place, part in enumerate(parts) if part.phase.state in _BEGUN), default=-1)
    to_come = [part for part in parts[reached + 1 :] if part.phase.state == Phase.State.TO_COME]
    return Running(
        group=group,
        sittings=sittings,
        now=[part for part in parts if part.phase.open],
        next=to_come[0] if to_come else None,
    )


_BEGUN = {Phase.State.OPEN, Phase.State.CLOSED}


def _parts(session: Session, phases: Sequence[Phase], boards: dict[str | None, list[Board]]) -> Iterable[Part]:
    begins = session.starts_at
    to_come = [phase.pk for phase in phases if phase.state == Phase.State.TO_COME]
    for number, phase in enumerate(phases, start=1):
        skipped = phase.state == Phase.State.SKIPPED
        yield Part(
            phase=phase,
            number=number,
            begins=None if skipped else begins,
            boards=boards.get(phase.pk, []),
            first=bool(to_come) and phase.pk == to_come[0],
            last=bool(to_come) and phase.pk == to_come[-1],
        )
        if begins is not None and not skipped:
            begins = begins + timedelta(minutes=phase.minutes) if phase.minutes else None
