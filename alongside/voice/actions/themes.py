"""Themes on the wall: making, naming, merging and splitting them, and moving notes into them."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.voice import refusals
from alongside.voice.live import events, said
from alongside.voice.models import Board, Group, Note, Phase, Theme
from alongside.voice.refusals import Refused


@audit.recorded
def add(*, group: Group, title: str, by: User) -> Theme:
    """Make a theme, without notes to begin with."""
    theme = _added(group.pk, title)
    audit.record(by=by.pk, did="theme.added", subject=f"theme:{theme.pk}")
    return theme


@audit.recorded
def rename(*, theme: Theme, title: str, by: User) -> Theme:
    """Call a theme something else."""
    held = _held(theme)
    held.title = _titled(title)
    held.full_clean()
    held.save(update_fields=["title"])
    audit.record(by=by.pk, did="theme.renamed", subject=f"theme:{held.pk}")
    _tell(held)
    return held


@audit.recorded
def merge(*, theme: Theme, into: Theme, by: User) -> Theme:
    """Put a theme with all its notes into another; it keeps its title, and says where it went."""
    gone, stays = _held(theme), _held(into)
    if gone == stays or gone.group_id != stays.group_id:
        raise Refused(refusals.SAME_THEME)
    moved = list(Note.objects.filter(theme=gone).select_related("board__phase"))
    Note.objects.filter(theme=gone).update(theme=stays)
    gone.merged_into = stays
    gone.save(update_fields=["merged_into"])
    audit.record(by=by.pk, did="theme.merged", subject=f"theme:{gone.pk}", details={"into": stays.pk})
    _tell(stays)
    _tell(gone)
    for note in moved:
        note.theme = stays
        _tell_note(note)
    return stays


@audit.recorded
def split(*, theme: Theme, title: str, notes: Collection[str], by: User) -> Theme:
    """Take some notes of a theme out into a new one."""
    held = _held(theme)
    of_it = Note.objects.filter(theme=held, withdrawn=False).select_related("board__phase")
    taken = [note for note in of_it if note.pk in notes]
    if not taken or len(taken) == len(of_it):
        raise Refused(refusals.NOTHING_TO_SPLIT)
    new = _added(held.group_id, title)
    audit.record(by=by.pk, did="theme.split", subject=f"theme:{held.pk}", details={"into": new.pk})
    for note in taken:
        _put(note, new)
    return new


@audit.recorded
def move(*, note: Note, theme: Theme | None, by: User, title: str = "") -> Note:
    """Put a note into a theme, into a new one, or into none."""
    target = _added(note.board.group_id or "", title) if title else theme
    moved = _put(note, target)
    subject = f"theme:{target.pk}" if target else f"board:{note.board_id}"
    audit.record(by=by.pk, did="note.moved", subject=subject)
    return moved


@transaction.atomic
def move_from_seat(*, wall: Board, note: Note, theme: Theme | None, title: str = "") -> Note:
    """The same by somebody who takes part, where the part lets everybody gather."""
    events.hold(wall)
    _all_gather(wall)
    target = _added(wall.group_id or "", title) if title else theme
    audit.note_for_the_day(board=wall.pk, kind="note.moved")
    return _put(note, target)


@transaction.atomic
def add_from_seat(*, wall: Board, title: str) -> Theme:
    """Make a theme, by somebody who takes part."""
    events.hold(wall)
    _all_gather(wall)
    audit.note_for_the_day(board=wall.pk, kind="theme.added")
    return _added(wall.group_id or "", title)


def _put(note: Note, theme: Theme | None) -> Note:
    held = Note.objects.select_related("board__phase").filter(pk=note.pk, withdrawn=False).first()
    if held is None:
        raise Refused(refusals.GONE, status=409)
    if theme is not None and _held(theme).group_id != held.board.group_id:
        raise Refused(refusals.NO_THEME, status=409)
    if held.theme_id != (theme.pk if theme else None):
        held.theme = theme
        held.save(update_fields=["theme"])
        _tell_note(held)
    return held


def _all_gather(wall: Board) -> None:
    phase = Phase.objects.filter(boards=wall.pk).first()
    if phase is None or not phase.open or not phase.gathered_by_all:
        raise Refused(refusals.NOT_MOVED, status=409)


def _added(group: str, title: str) -> Theme:
    last = Theme.objects.filter(group=group).aggregate(last=Max("place"))["last"] or 0
    theme = Theme(group_id=group, title=_titled(title), place=last + 1)
    theme.full_clean()
    theme.save(force_insert=True)
    _tell(theme)
    return theme


def _titled(title: str) -> str:
    if not title.strip():
        raise Refused(refusals.NO_TITLE)
    return title.strip()


def _held(theme: Theme) -> Theme:
    """A theme as it stands now, if it was not merged meanwhile."""
    held = Theme.objects.filter(pk=theme.pk, merged_into=None).first()
    if held is None:
        raise Refused(refusals.NO_THEME, status=409)
    return held


def _tell(theme: Theme) -> None:
    for wall in _walls(theme.group_id):
        events.append(board=wall, kind="theme", payload={"theme": theme.pk})


def _tell_note(note: Note) -> None:
    items = said.of_note(note, hides=said.hides(note.board.phase), came_from=note.board.title)
    for wall in _walls(note.board.group_id or ""):
        events.append(board=wall, kind="note", payload={"note": note.pk}, items=items)


def _walls(group: str) -> list[Board]:
    return list(Board.objects.filter(group=group, kind=Board.Kind.WALL).order_by("pk"))
