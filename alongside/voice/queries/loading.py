"""A workshop read as plain boards, as a loaded one was written down."""

from collections.abc import Collection, Iterator

from django.db.models import Count, Prefetch
from django.utils.text import slugify

from alongside.voice.loading.boards import KINDS
from alongside.voice.loading.boards import Board as Written
from alongside.voice.models import Board, KeyIssue, Note, Theme, Workshop

SHORT = 50


def by_slug(slug: str) -> Workshop | None:
    """A workshop by its name in addresses, for the person at the keyboard of the machine itself."""
    return Workshop.objects.filter(slug=slug).first()


def loaded(key: str) -> Workshop | None:
    """What an earlier arrival of the same press loaded."""
    return Workshop.objects.filter(pk=key).first() if key else None


def free_slug(title: str) -> str:
    """A name in addresses that no other workshop has: of two alike the later gets a 2."""
    base = slugify(title)[:SHORT].strip("-") or "workshop"
    taken = set(Workshop.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def as_written(workshop: Workshop, *, only: Collection[str] | None = None) -> tuple[Written, ...]:
    """All boards of a workshop in order, each with what stands before it and the notes that may be read.

    With `only`, of those notes the ones that have these keys.
    """
    notes = Note.objects.for_participants().order_by("place")
    shown = Prefetch("notes", queryset=notes if only is None else notes.filter(pk__in=only))
    found = Board.objects.filter(workshop=workshop, merged_into=None).prefetch_related(shown)
    found = found.annotate(written=Count("notes"))
    in_order = sorted(found.select_related("phase__session", "group"), key=_order)
    boards = [one for board in in_order for one in _of(board)]
    if opening := tuple(filter(None, workshop.purpose.split("\n"))):
        first = boards[0] if boards else Written(kind="breakout", title=workshop.title, notes=())
        boards[:1] = [Written(kind=first.kind, title=first.title, notes=first.notes, before=opening + first.before)]
    return tuple(boards)


def _order(board: Board) -> tuple[int, ...]:
    group = board.group.place if board.group else 0
    phase = (board.phase.session.number, board.phase.place) if board.phase else (0, 0)
    return (group, *phase, board.place)


def _of(board: Board) -> Iterator[Written]:
    """A board, or for a page of key issues each of them; a wall shows the pairs’ notes and has none of its own."""
    notes = tuple(note.text for note in board.notes.all())
    before = tuple(filter(None, board.phase.question.split("\n"))) if board.phase and board.place == 1 else ()
    empty = not board.written  # type: ignore[attr-defined]  # where notes are only not shown, nothing stands for them
    if board.kind == Board.Kind.KEY_ISSUES and empty:
        for issue in KeyIssue.objects.filter(group=board.group_id, held=False):
            said = " ".join(filter(None, [issue.tension, *issue.questions, issue.principles]))
            yield Written(kind=board.kind, title=issue.title, notes=(said,) if said else (), before=before)
            before = ()
        return
    if board.kind == Board.Kind.VOTE and empty:
        themes = Theme.objects.filter(group=board.group_id, merged_into=None)
        notes = tuple(theme.title for theme in themes)
    if board.kind in KINDS or notes:
        kind = board.kind if board.kind in KINDS else Board.Kind.BREAKOUT
        yield Written(kind=str(kind), title=board.title, notes=notes, before=before)
