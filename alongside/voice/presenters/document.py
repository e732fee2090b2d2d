"""Words a workshop’s document: every voice in order, and the way from a note to what was decided, both ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten

from alongside.core.words import day
from alongside.outcomes.disclosure import STRICT, treated_count
from alongside.outcomes.words import count
from alongside.press.prose import Heading, Link, Paragraph, Part, Prose, Said, Words
from alongside.voice.models import Board, KeyIssue, Note, Phase, Theme
from alongside.voice.queries.document import Gathered

GENTLE = "These are people’s own words. Some may be hard to read; stop whenever you like."
NOBODY = "No name was kept with what people wrote."
FOR_SOMEBODY = "written down for somebody by a facilitator"
NO_COUNT = "How many votes it had was not written down."
FEW_VOTED = f"{STRICT.hidden.capitalize()} people voted, so how many votes it had is not shown."
NO_NOTES = "Nothing on this board is printed."
VOTES = (
    f"Votes from 1 to {STRICT.small} are written as “{STRICT.hidden}”, and others are rounded to the nearest 5, "
    "so that they tell of nobody."
)
QUOTE = 60


def prose(found: Gathered, *, organisation: str, made: str) -> Prose:
    """The whole document."""
    workshop = found.workshop
    return Prose(
        title=workshop.title,
        masthead=organisation,
        subject=f"{workshop.title}: what people said",
        lede=(*filter(None, workshop.purpose.split("\n")), NOBODY, GENTLE),
        parts=tuple(_Writing(found).parts()),
        made=(*filter(None, [made]), *([VOTES] if any(found.voted.values()) else [])),
    )


@dataclass
class _Writing:
    """One document while it is put together; each place has its anchor beforehand, so that links lead both ways."""

    found: Gathered

    def __post_init__(self) -> None:
        self.printed = [board for board in self.found.boards if not self._told_elsewhere(board)]
        notes = [note for board in self.printed for note in self.found.notes.get(board.pk, ())]
        self.anchors = {
            record.pk: f"{kind}-{number}"
            for kind, records in (
                ("board", self.printed), ("note", notes), ("theme", self.found.themes), ("issue", self.found.issues),
            )
            for number, record in enumerate(records, 1)
        }  # fmt: skip
        self.boards = {board.pk: board for board in self.printed}
        self.notes = notes

    def _told_elsewhere(self, board: Board) -> bool:
        """A wall shows the notes of its pairs, a vote its themes and a page of key issues the issues."""
        if board.kind == Board.Kind.WALL or board.merged_into_id:
            return not self.found.notes.get(board.pk)
        if board.kind == Board.Kind.VOTE:
            return any(theme.group_id == board.group_id for theme in self.found.themes)
        issues = any(issue.group_id == board.group_id for issue in self.found.issues)
        return board.kind == Board.Kind.KEY_ISSUES and issues

    def parts(self) -> Iterator[Part]:
        """Group by group and phase by phase."""
        for group, of_group in groupby(self.found.boards, key=lambda board: board.group_id):
            boards = list(of_group)
            several = len({board.phase.session.number for board in boards if board.phase}) > 1
            left = {Board.Kind.VOTE: self._themes(group), Board.Kind.KEY_ISSUES: self._issues(group)}
            for _, of_phase in groupby(boards, key=lambda board: board.phase_id):
                yield from self._phase(list(of_phase), left, several=several)
            for kind, rest in left.items():
                if rest:
                    yield Heading(text=str(kind.label if kind == Board.Kind.KEY_ISSUES else "Themes"))
                    yield from rest

    def _phase(self, boards: list[Board], left: dict[Board.Kind, list[Part]], *, several: bool) -> Iterator[Part]:
        printed = [board for board in boards if board.pk in self.boards]
        told = [left.pop(kind) for kind in list(left) if any(board.kind == kind for board in boards)]
        if not printed and not any(told):
            return
        phase = boards[0].phase
        if phase:
            yield Heading(text=_phase_title(phase, several=several))
            yield from (Paragraph(text=line) for line in phase.question.split("\n") if line)
        for some in told:
            yield from some
        for board in printed:
            yield from self._board(board)

    def _board(self, board: Board) -> Iterator[Part]:
        yield Heading(text=board.title, level=3, anchor=self.anchors[board.pk])
        theme = self.found.theme_of(board.about_id)
        about = self._links("Theme", [one for one in self.found.themes if one.pk == theme])
        issues = [issue for issue in self.found.issues if issue.board_id == board.pk]
        if about or issues:
            yield Paragraph(text="About", links=(*about, *self._links("Key issue", issues)))
        notes = self.found.notes.get(board.pk, [])
        yield Said(words=tuple(map(self._words, notes))) if notes else Paragraph(text=NO_NOTES)

    def _words(self, note: Note) -> Words:
        theme = self.found.theme_of(note.theme_id)
        themes = [one for one in self.found.themes if one.pk == theme]
        return Words(
            text=note.text,
            anchor=self.anchors[note.pk],
            links=self._links("Theme", themes),
            note=FOR_SOMEBODY if note.entered_for else "",
        )

    def _themes(self, group: str | None) -> list[Part]:
        return [part for theme in self.found.themes if theme.group_id == group for part in self._theme(theme)]

    def _theme(self, theme: Theme) -> Iterator[Part]:
        yield Heading(text=theme.title, level=3, anchor=self.anchors[theme.pk])
        yield from self._as_it_was_put(theme)
        yield Paragraph(text=_voted(self.found.voted[theme.pk]))
        notes = [note for note in self.notes if self.found.theme_of(note.theme_id) == theme.pk]
        if notes:
            yield Paragraph(text="From these notes:", links=tuple(map(self._quoted, notes)))
        boards = [board for board in self.printed if self.found.theme_of(board.about_id) == theme.pk]
        issues = [issue for issue in self.found.issues if self.found.theme_of(issue.theme_id) == theme.pk]
        if boards or issues:
            yield Paragraph(
                text="What came of it:", links=(*self._links("Discussion", boards), *self._links("Key issue", issues))
            )

    def _as_it_was_put(self, theme: Theme) -> Iterator[Part]:
        """The whole of what people voted on, where the title holds only its beginning."""
        put = [
            note
            for board in self.found.boards
            if board.kind == Board.Kind.VOTE
            for note in self.found.notes.get(board.pk, ())
            if note.theme_id == theme.pk and note.text != theme.title
        ]
        if put:
            yield Said(words=tuple(Words(text=note.text) for note in put))

    def _quoted(self, note: Note) -> Link:
        board = self.boards[note.board_id].title
        return Link(text=f"{board}: {shorten(note.text, QUOTE, placeholder='…')}", to=self.anchors[note.pk])

    def _issues(self, group: str | None) -> list[Part]:
        return [part for issue in self.found.issues if issue.group_id == group for part in self._issue(issue)]

    def _issue(self, issue: KeyIssue) -> Iterator[Part]:
        yield Heading(text=issue.title, level=3, anchor=self.anchors[issue.pk])
        yield from (Paragraph(text=text) for text in (issue.tension, *issue.questions, issue.principles) if text)
        themes = [theme for theme in self.found.themes if theme.pk == self.found.theme_of(issue.theme_id)]
        boards = [board for board in self.printed if board.pk == issue.board_id]
        if themes or boards:
            links = (*self._links("Theme", themes), *self._links("Discussed", boards))
            yield Paragraph(text="", links=links)
        if not issue.selected:
            yield Paragraph(text="It was not chosen to be discussed.")
        for one in issue.recommendations.all():
            yield Paragraph(text=f"What we recommend: {one.text}")
            for action in one.actions.all():
                by = f" by {day(action.due_on)}" if action.due_on else ""
                how_far = f"{action.what} ({action.get_status_display()}) {action.why}"
                yield Paragraph(text=f"What we do{by}: {how_far}".strip())

    def _links(self, what: str, records: "list[Theme] | list[Board] | list[KeyIssue]") -> tuple[Link, ...]:
        """Links to those records that stand in the document."""
        return tuple(
            Link(text=f"{what}: {record.title}", to=self.anchors[record.pk])
            for record in records
            if record.pk in self.anchors
        )


def _phase_title(phase: Phase, *, several: bool) -> str:
    title = phase.get_kind_display()
    return f"Session {phase.session.number}: {title[:1].lower()}{title[1:]}" if several else title


def _voted(total: tuple[int, int] | None) -> str:
    """How many votes a theme had, by the rule for numbers that leave the house; never one that all or few gave."""
    if total is None:
        return NO_COUNT
    votes, voters = total
    if treated_count(voters, STRICT) in {None, 0}:
        return FEW_VOTED
    of = f"{count(treated_count(voters, STRICT), STRICT.hidden)} voters"
    if treated_count(max(voters - votes, 0), STRICT) in {None, 0}:
        return f"Nearly everybody of {of}, or everybody, chose it."
    return f"Votes: {count(treated_count(votes, STRICT), STRICT.hidden)}, of {of}."
