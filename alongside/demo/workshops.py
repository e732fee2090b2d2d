"""Two workshops of Wren Street, made through the same actions as everybody’s: one that is over, one that goes on."""

from collections.abc import Iterable, Mapping
from datetime import date

from alongside.access.models import User
from alongside.core import clock
from alongside.core.models import new_key
from alongside.demo.history import days
from alongside.demo.invented import workshops as said
from alongside.demo.organisation import House
from alongside.voice.actions import documents, issues, notes, phases, seats, themes, votes, workshops
from alongside.voice.models import Board, KeyIssue, Note, Phase, Seat, Theme, Workshop
from alongside.voice.templates import TEMPLATES, TWO_SESSIONS

Kind = Phase.Kind
USES = (Seat.Use.ANALYSIS, Seat.Use.VERBATIM)


def invent(house: House, today: date) -> None:
    """Both of them."""
    lead = house.lead()
    _over(_Room(said.OVER, said.OVER_FOR, TWO_SESSIONS, lead), lead, today)
    _going_on(_Room(said.OPEN, said.OPEN_FOR, "one-short", lead))


class _Room:
    """A workshop that is open, with six people in three pairs."""

    def __init__(self, title: str, purpose: str, script: str, by: User) -> None:
        self.by = by
        self.workshop = workshops.plan(
            title=title, slug=title.lower().replace(" ", "-"), purpose=purpose, named_supporter=said.SUPPORTER,
            groups=["Evening group"], sessions=TEMPLATES[script].sessions, by=by,
        )  # fmt: skip
        signed = {"signed_by": by.name, "signed_on": clock.today(), "review_on": clock.today() + said.A_YEAR}
        workshops.sign(workshop=self.workshop, what=said.ASSESSED, by=by, **signed)
        workshops.open_it(workshop=Workshop.objects.get(pk=self.workshop.pk), by=by)
        self.group = self.workshop.groups.get()
        self.parts = list(Phase.objects.filter(session__group=self.group).select_related("session__group"))
        self.pairs = workshops.add_pairs(group=self.group, phase=self.part(Kind.BREAKOUT), count=3, by=by)
        self.people = [self._sit(pair) for pair in self.pairs for _ in range(2)]

    def _sit(self, board: Board) -> Seat:
        seat = seats.take(workshop=self.workshop, uses=USES)
        seats.sit(seat=seat, board=board)
        return seat

    def part(self, kind: Phase.Kind, session: int = 1) -> Phase:
        """The part of this kind."""
        return next(one for one in self.parts if one.kind == kind and one.session.number == session)

    def begin(self, kind: Phase.Kind, session: int = 1) -> Phase:
        """Begin a part, and end what was open."""
        for one in Phase.objects.filter(session__group=self.group, state=Phase.State.OPEN):
            phases.end(phase=one, by=self.by)
        return phases.begin(phase=self.part(kind, session), by=self.by)

    def write(self, board: Board, words: Iterable[str]) -> None:
        """Write these on a board, one person after the other."""
        for place, text in enumerate(words):
            notes.add(board=board, seat=self.people[place], text=text, key=new_key())

    def write_in_pairs(self, pairs: Iterable[Iterable[str]]) -> None:
        """Each pair on its own board."""
        self.begin(Kind.BREAKOUT)
        for board, words in zip(self.pairs, pairs, strict=True):
            self.write(board, words)

    def gather(self, gathered: Mapping[str, Iterable[str]]) -> None:
        """Put notes into themes; those that are named in none stay loose."""
        self.begin(Kind.GATHER)
        there = {note.text: note for note in Note.objects.filter(board__in=self.pairs).select_related("board")}
        for title, words in gathered.items():
            theme = themes.add(group=self.group, title=title, by=self.by)
            for text in words:
                themes.move(note=there[text], theme=theme, by=self.by)

    def on_shared(self, kind: Phase.Kind, words: Iterable[str], session: int = 1) -> None:
        """Write on the board that a part shares."""
        self.write(Board.objects.get(phase=self.begin(kind, session)), words)

    def choose(self, kind: Phase.Kind, choices: Iterable[Iterable[str]], session: int = 1) -> None:
        """Everybody chooses."""
        board = Board.objects.get(phase=self.begin(kind, session))
        for seat, chosen in zip(self.people, choices, strict=True):
            votes.cast(board=board, seat=seat, choices=chosen)


def _over(room: _Room, lead: User, today: date) -> None:
    room.write_in_pairs(said.PAIRS)
    room.gather(said.GATHERED)
    known = {theme.title: theme.pk for theme in Theme.objects.filter(group=room.group)}
    room.choose(Kind.VOTE, [[known[title] for title in chosen] for chosen in said.CHOSEN])
    for board in Board.objects.filter(phase=room.begin(Kind.DISCUSS)).select_related("about"):
        room.write(board, said.TALKED[board.title])
    room.on_shared(Kind.CLOSING, said.CLOSED)
    room.on_shared(Kind.REFLECT, said.BACK, session=2)
    board = Board.objects.get(phase=room.begin(Kind.KEY_ISSUES, 2))
    proposed = [issues.propose(board=board, **one) for one in (said.ISSUE, said.OTHER_ISSUE)]
    room.choose(Kind.SELECT, [[proposed[0].pk]] * len(room.people), session=2)
    phases.end(phase=room.part(Kind.SELECT, 2), by=lead)
    chosen = issues.select(issue=proposed[0], by=lead)
    written = room.begin(Kind.WHOLE_GROUP, 2)
    room.write(Board.objects.get(phase=written), said.TOGETHER)
    room.on_shared(Kind.CLOSING, said.FAREWELL, session=2)
    workshops.close(workshop=room.workshop, by=lead)
    _act(chosen, lead, today)
    documents.issue(workshop=room.workshop, left_out=[], by=lead)


def _act(issue: KeyIssue, lead: User, today: date) -> None:
    recommended = issues.recommend(issue=issue, text=said.RECOMMENDED, by=lead)
    for what, ahead in said.DONE:
        issues.act(recommendation=recommended, what=what, owner=lead, due_on=today + days(ahead), by=lead)


def _going_on(room: _Room) -> None:
    room.write_in_pairs(said.RINGING)
    room.gather(said.RINGING_GATHERED)
