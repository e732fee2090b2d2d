"""Loading a past workshop: all of it or nothing."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import shorten

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.voice.loading import cues
from alongside.voice.loading.boards import Board as Written
from alongside.voice.loading.issues import told_apart
from alongside.voice.models import Board, Group, KeyIssue, Note, Phase, Seat, Session, Theme, Workshop
from alongside.voice.queries.document import LONGEST_ISSUE
from alongside.voice.queries.loading import as_written, free_slug, loaded

PHASES = {
    Board.Kind.BREAKOUT: Phase.Kind.BREAKOUT,
    Board.Kind.VOTE: Phase.Kind.VOTE,
    Board.Kind.DISCUSSION: Phase.Kind.DISCUSS,
    Board.Kind.REFLECTION: Phase.Kind.REFLECT,
    Board.Kind.KEY_ISSUES: Phase.Kind.KEY_ISSUES,
    Board.Kind.WHOLE_GROUP: Phase.Kind.WHOLE_GROUP,
    Board.Kind.CLOSING: Phase.Kind.CLOSING,
}
LONGEST_GROUP, LONGEST_THEME = 80, 120


@audit.recorded
def load(
    *, boards: Sequence[Written], title: str, leads: Sequence[User], agreed: bool, by: str, key: str = ""
) -> Workshop:
    """Load a past workshop as one group, closed. `agreed` says that its people let their words be printed.

    What stands before the first board becomes its purpose, but for the last line, which asks the first question.
    The same `key` sent twice makes one workshop.
    """
    if before := loaded(key):
        return before
    workshop = Workshop(
        **{"key": key} if key else {},
        slug=free_slug(title),
        title=title,
        purpose="\n".join(_opening(boards)),
        state=Workshop.State.CLOSED,
    )
    workshop.full_clean()
    workshop.save(force_insert=True)
    workshop.leads.set(leads)
    group = _saved(Group(workshop=workshop, name=shorten(title, LONGEST_GROUP, placeholder="…")))
    uses = [str(use) for use in Seat.Use if agreed or use not in {Seat.Use.VERBATIM, Seat.Use.PARAPHRASE}]
    kept = [pair for phase, some in _phases(group, boards) for pair in _boards(phase, some)]
    notes = [note for written, board in kept for note in _notes(written, board, uses)]
    _join(group, kept, notes)
    for note in notes:
        note.full_clean(exclude=["board", "theme"], validate_unique=False)
    Note.objects.bulk_create(notes)
    audit.record(by=by, did="workshop.loaded", subject=f"workshop:{workshop.pk}")
    return workshop


def _opening(boards: Sequence[Written]) -> tuple[str, ...]:
    return boards[0].before[:-1] if boards else ()


def _phases(group: Group, boards: Sequence[Written]) -> Iterator[tuple[Phase, list[Written]]]:
    """A phase for each run of boards of one kind that nothing stands between, in the session that they speak of."""
    session, place, number = None, 0, 1
    for _, run in groupby(enumerate(_numbered(boards)), key=lambda one: one[1][0]):
        some = [board for _, (_number, board) in run]
        number = cues.session_said(" ".join([*some[0].before, some[0].title]), number)
        if session is None or session.number != number:
            session, place = _saved(Session(group=group, number=number)), 0
        place += 1
        asked = some[0].before[-1:] if some[0] is boards[0] else some[0].before
        kind = PHASES[Board.Kind(some[0].kind)]
        state = Phase.State.CLOSED
        yield _saved(Phase(session=session, place=place, kind=kind, question="\n".join(asked), state=state)), some


def _numbered(boards: Sequence[Written]) -> Iterator[tuple[int, Written]]:
    """Each board with the number of its run."""
    run, last = 0, None
    for board in boards:
        new = last is None or board.kind != last.kind or bool(board.before)
        run += new
        last = board
        yield run, board


def _boards(phase: Phase, some: Sequence[Written]) -> Iterator[tuple[Written, Board]]:
    group = phase.session.group
    for place, written in enumerate(some, 1):
        board = Board(
            workshop=group.workshop, group=group, phase=phase, kind=written.kind, title=written.title, place=place
        )
        yield written, _saved(board)


def _notes(written: Written, board: Board, uses: list[str]) -> list[Note]:
    return [Note(board=board, text=text, uses=uses, place=place) for place, text in enumerate(written.notes, 1)]


def _join(group: Group, kept: Sequence[tuple[Written, Board]], notes: Sequence[Note]) -> None:
    """Tie together what the titles tie: what was voted on, the discussions of it, the issues and their boards."""
    themes: dict[str, Theme] = {}
    for note in notes:
        if note.board.kind == Board.Kind.VOTE:
            title = shorten(note.text, LONGEST_THEME, placeholder="…")
            note.theme = _saved(Theme(group=group, title=title, place=len(themes) + 1))
            themes.setdefault(cues.same(note.text), note.theme)
    together: dict[str, Board] = {}
    for written, board in kept:
        theme = themes.get(cues.same(written.title))
        if theme and board.kind == Board.Kind.DISCUSSION:
            board.about = theme
            board.save(update_fields=["about"])
        if board.kind == Board.Kind.WHOLE_GROUP:
            together.setdefault(cues.same(written.title), board)
    issues = [issue for written, board in kept if board.kind == Board.Kind.KEY_ISSUES for issue in _issues(written)]
    for place, (title, text) in enumerate(issues, 1):
        tension, questions, principles = told_apart(text)
        discussed = together.get(cues.same(title))
        _saved(
            KeyIssue(
                group=group, title=title, tension=tension, questions=list(questions), principles=principles,
                place=place, selected=discussed is not None, board=discussed, theme=themes.get(cues.same(title)),
            )
        )  # fmt: skip


def _issues(written: Written) -> list[tuple[str, str]]:
    """The key issues on a board, with their titles: its own where there is one, else the beginning of each."""
    if len(written.notes) <= 1:
        return [(written.title, "".join(written.notes))]
    return [(shorten(note, LONGEST_ISSUE, placeholder="…"), note) for note in written.notes]


def _saved[M: (Group, Session, Phase, Board, Theme, KeyIssue)](record: M) -> M:
    record.full_clean()
    record.save(force_insert=True)
    return record


@audit.recorded
def export(*, workshop: Workshop, by: str) -> tuple[Written, ...]:
    """Write a workshop out as plain boards, and keep that it was."""
    boards = as_written(workshop)
    audit.record(by=by, did="workshop.exported", subject=f"workshop:{workshop.pk}")
    return boards
