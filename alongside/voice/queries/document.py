"""What a workshop’s document is made of, and the documents that were issued."""

from collections.abc import Collection
from dataclasses import dataclass
from textwrap import shorten

from django.db.models import F, QuerySet

from alongside.voice.document.taking_out import without
from alongside.voice.models import Board, Document, KeyIssue, Note, Seat, Theme, Workshop

LONGEST_ISSUE = 200


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All that may be printed of a workshop, in order. Themes that were merged stand under the one they went into.

    `voted` has for each theme its votes and the number of voters, where that was written down.
    """

    workshop: Workshop
    boards: list[Board]
    notes: dict[str, list[Note]]
    themes: list[Theme]
    issues: list[KeyIssue]
    voted: dict[str, tuple[int, int] | None]
    merged: dict[str, str]

    def theme_of(self, key: str | None) -> str:
        """The theme that one stands under now, after any merging; empty for none."""
        seen: set[str] = set()
        while key and key in self.merged and key not in seen:
            seen.add(key)
            key = self.merged[key]
        return key or ""


def gathered(workshop: Workshop, *, left_out: Collection[str] = (), taken_out: Collection[str] = ()) -> Gathered:
    """Read what may be printed: notes held, set aside, taken back or without leave to print are not among it.

    Nor are the themes and key issues that only such a note told of. Words that are taken out are replaced here, before
    anything is quoted or shortened.
    """
    boards = Board.objects.filter(workshop=workshop, merged_into=None).order_by("title")
    notes: dict[str, list[Note]] = {}
    gone: list[Note] = []
    for note in _in_order(workshop):
        if may_be_printed(note) and note.pk not in left_out:
            notes.setdefault(note.board_id, []).append(note)
        else:
            gone.append(note)
    untold = {note.theme_id for note in gone if note.board.kind == Board.Kind.VOTE}
    unsaid = {title for note in gone if note.board.kind == Board.Kind.KEY_ISSUES for title in titles_of(note)}
    themes = Theme.objects.filter(group__workshop=workshop).order_by("group__place", "place", "totals__phase__place")
    once: dict[str, Theme] = {}
    voted: dict[str, tuple[int, int] | None] = {}
    for theme in themes.annotate(votes=F("totals__votes"), voters=F("totals__phase__voters")):
        once[theme.pk] = theme  # one that was voted on twice comes twice, the later vote last
        voted[theme.pk] = None if theme.votes is None else (theme.votes, theme.voters or 0)
    issues = KeyIssue.objects.filter(group__workshop=workshop, held=False).order_by("group__place", "place")
    found = Gathered(
        workshop=workshop,
        boards=sorted(boards.select_related("phase__session", "group"), key=_order),
        notes=notes,
        themes=[theme for theme in once.values() if theme.merged_into_id is None and theme.pk not in untold],
        issues=[one for one in issues.prefetch_related("recommendations__actions") if one.title not in unsaid],
        voted=voted,
        merged={theme.pk: theme.merged_into_id for theme in once.values() if theme.merged_into_id},
    )
    if taken_out:
        _take_out(found, taken_out)
    return found


def _take_out(found: Gathered, words: Collection[str]) -> None:
    """Replace these words in what was read; nothing of it is saved."""
    for note in (note for notes in found.notes.values() for note in notes):
        note.text = without(note.text, words)
    for theme in found.themes:
        theme.title = without(theme.title, words)
    for board in found.boards:
        board.title = without(board.title, words)
    for issue in found.issues:
        issue.title, issue.tension = without(issue.title, words), without(issue.tension, words)
        issue.questions = [without(question, words) for question in issue.questions]
        issue.principles = without(issue.principles, words)
        for one in issue.recommendations.all():
            one.text = without(one.text, words)


def printable(workshop: Workshop) -> list[Note]:
    """Notes that everybody may read and whose writers agreed that their words are printed, in order."""
    return [note for note in _in_order(workshop) if may_be_printed(note)]


def may_be_printed(note: Note) -> bool:
    """Whether everybody may read it and its writer agreed that it is printed."""
    return note.state == Note.State.SHOWN and not note.withdrawn and Seat.Use.VERBATIM in note.uses


def titles_of(note: Note) -> tuple[str, str]:
    """What a key issue that was loaded from a note may be called: as its board, or by its own beginning."""
    return note.board.title, shorten(note.text, LONGEST_ISSUE, placeholder="…")


def _in_order(workshop: Workshop) -> list[Note]:
    notes = Note.objects.filter(board__workshop=workshop).select_related("board__phase__session", "board__group")
    return sorted(notes, key=lambda note: (*_order(note.board), note.place))


def _order(board: Board) -> tuple[int, ...]:
    group = board.group.place if board.group else 0
    phase = (board.phase.session.number, board.phase.place) if board.phase else (0, 0)
    return (group, *phase, board.place)


def documents(workshop: Workshop) -> QuerySet[Document]:
    """What was issued of a workshop, the newest first."""
    return Document.objects.filter(workshop=workshop).select_related("issued_by")


def stands(document: Document) -> bool:
    """Whether every note in it may still be read."""
    left = Note.objects.for_participants().filter(pk__in=document.notes).count()
    return bool(document.content) and left == len(document.notes)


def next_version(workshop: Workshop) -> int:
    """The number of the next document."""
    last = Document.objects.filter(workshop=workshop).order_by("-version").first()
    return last.version + 1 if last else 1
