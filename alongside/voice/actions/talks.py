"""Boards to talk on: for the themes that were chosen, and for the key issues that were selected."""

from django.db.models import Max

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.voice.models import Board, KeyIssue, Phase, Theme
from alongside.voice.queries import votes

LONGEST_TITLE = 120


@audit.recorded
def add(*, phase: Phase, theme: Theme, by: User) -> Board:
    """Lay out a board to talk about a theme; a theme may have several, each with people of its own."""
    board = _board(phase, Board.Kind.DISCUSSION, theme.title, about=theme)
    audit.record(by=by.pk, did="workshop.board-added", subject=f"board:{board.pk}")
    return board


def lay_out(phase: Phase) -> None:
    """When people are to talk, lay out a board for each theme or key issue that was chosen and has none."""
    if phase.kind == Phase.Kind.DISCUSS and not Board.objects.filter(phase=phase).exists():
        for theme in votes.winners(phase):
            _board(phase, Board.Kind.DISCUSSION, theme.title, about=theme)
    if phase.kind == Phase.Kind.WHOLE_GROUP:
        selected = KeyIssue.objects.filter(group=phase.session.group_id, selected=True, board=None)
        for issue in selected:
            of_issue(phase, issue)


def of_issue(phase: Phase, issue: KeyIssue) -> Board:
    """Lay out the board on which the whole group writes under a key issue."""
    issue.board = _board(phase, Board.Kind.WHOLE_GROUP, issue.title, about=issue.theme)
    issue.save(update_fields=["board"])
    return issue.board


def _board(phase: Phase, kind: Board.Kind, title: str, *, about: Theme | None) -> Board:
    last = Board.objects.filter(phase=phase).aggregate(last=Max("place"))["last"] or 0
    group = phase.session.group
    same = Board.objects.filter(phase=phase, about=about).count() if about else 0
    named = f"{title[: LONGEST_TITLE - 4]}, {same + 1}" if same and kind == Board.Kind.DISCUSSION else title
    board = Board(
        workshop_id=group.workshop_id, group=group, phase=phase, kind=kind, title=named[:LONGEST_TITLE],
        place=last + 1, about=about,
    )  # fmt: skip
    board.full_clean()
    board.save(force_insert=True)
    return board
