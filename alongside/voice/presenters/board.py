"""What a board’s page shows, to a participant and to a facilitator."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from alongside.moderation.models import Clause
from alongside.voice.live import said
from alongside.voice.models import Board, KeyIssue, Note, Phase, Seat, Theme, Workshop
from alongside.voice.presenters.course import Course, course
from alongside.voice.presenters.moderating import Why, why
from alongside.voice.queries import boards, moderating

NOT_WRITTEN_ON = (Board.Kind.WALL, Board.Kind.VOTE, Board.Kind.KEY_ISSUES)
SHAPES = 5  # pictures that themes take in turns


@dataclass(frozen=True, kw_only=True)
class Card:
    """A note as it stands on the page."""

    note: Note
    mine: bool

    @property
    def state(self) -> str:
        """What to say of it where it is not simply shown."""
        return "" if self.note.state == Note.State.SHOWN else self.note.get_state_display()

    @property
    def why(self) -> Why | None:
        """Why it is not on the board for everybody."""
        return why(self.note)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A theme with its notes."""

    theme: Theme
    shape: int
    cards: list[Card]


@dataclass(frozen=True, kw_only=True)
class Page:
    """A board: where it is in the session, its notes, and up to which event this is."""

    board: Board
    phase: Phase | None
    course: Course
    loose: list[Card]
    columns: list[Column]
    last: int
    leads: bool
    about: KeyIssue | None = None
    of_theme: list[str] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    offered: bool = False

    @property
    def workshop(self) -> Workshop:
        """The workshop it belongs to."""
        return self.board.workshop

    @property
    def writable(self) -> bool:
        """Whether notes can be added now."""
        return self.board.kind not in NOT_WRITTEN_ON and (self.phase is None or self.phase.open)

    @property
    def wall(self) -> bool:
        """Whether the notes of all pairs are gathered here."""
        return self.board.kind == Board.Kind.WALL

    @property
    def moves(self) -> bool:
        """Whether whoever looks may put notes into themes."""
        phase = self.phase
        return self.wall and (self.leads or (phase is not None and phase.open and phase.gathered_by_all))

    @property
    def themes(self) -> list[Theme]:
        """Those that a note can go into."""
        return [column.theme for column in self.columns]


def page_for_seat(seat: Seat, board: Board) -> Page:
    """A board as this seat sees it."""
    last = said.last_number(board.pk)  # before the notes: what comes between is sent once more, and shown once
    cards = [Card(note=note, mine=note.seat == seat.pk) for note in boards.shown_to(seat, board)]
    return replace(_page(board, cards, last, leads=False), offered=moderating.offered(seat))


def page_for_lead(board: Board) -> Page:
    """A board as a facilitator sees it: with what is held and what was set aside."""
    last = said.last_number(board.pk)
    page = _page(board, [Card(note=note, mine=False) for note in boards.on(board)], last, leads=True)
    return replace(page, clauses=moderating.clauses())


def _page(board: Board, cards: Iterable[Card], last: int, *, leads: bool) -> Page:
    cards = list(cards)
    wall = board.kind == Board.Kind.WALL
    themes = list(boards.themes(board)) if wall else []
    columns = [
        Column(theme=theme, shape=place % SHAPES, cards=[one for one in cards if one.note.theme_id == theme.pk])
        for place, theme in enumerate(themes)
    ]
    known = {theme.pk for theme in themes}
    return Page(
        board=board,
        phase=board.phase,
        course=course(board),
        loose=[one for one in cards if one.note.theme_id not in known],
        columns=columns,
        last=last,
        leads=leads,
        about=boards.key_issue(board),
        of_theme=boards.words_of(board),
    )
