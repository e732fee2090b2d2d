"""Themes and key issues, for whoever leads and for a seat’s group."""

from django.db.models import Prefetch, QuerySet

from alongside.access.models import User
from alongside.voice.models import Action, Board, Group, KeyIssue, Note, Phase, Recommendation, Seat, Theme, Workshop


def visible_to(user: User) -> QuerySet[Theme]:
    """The themes of workshops that this person leads; those that were merged are not changed any more."""
    found = Theme.objects.filter(group__workshop__leads=user, merged_into=None)
    return found.select_related("group__workshop")


def beside(theme: Theme) -> QuerySet[Theme]:
    """The other themes of its group."""
    return of(theme.group_id).exclude(pk=theme.pk)


def of(group: str | None) -> QuerySet[Theme]:
    """The themes of a group."""
    return Theme.objects.filter(group=group, merged_into=None)


def notes_of(theme: Theme) -> list[Note]:
    """The notes in a theme."""
    return list(Note.objects.filter(theme=theme, withdrawn=False).select_related("board"))


def wall_of(theme: Theme) -> Board | None:
    """The wall on which a theme stands."""
    return Board.objects.filter(group=theme.group_id, kind=Board.Kind.WALL).first()


def into(user: User, key: str, group: str | None) -> Theme | None:
    """The theme of this key in a group of somebody who leads."""
    return visible_to(user).filter(pk=key, group=group).first()


def of_group(group: str | None, key: str) -> Theme | None:
    """The theme of this key in a seat’s own group."""
    return of(group).filter(pk=key).first()


def issues(user: User) -> QuerySet[KeyIssue]:
    """The key issues of workshops that this person leads."""
    return KeyIssue.objects.filter(group__workshop__leads=user).select_related("group__workshop", "theme", "board")


def issues_of(group: Group) -> QuerySet[KeyIssue]:
    """The key issues of a group, each with what is recommended and done."""
    return KeyIssue.objects.filter(group=group).select_related("theme", "board").prefetch_related(_recommended())


def proposed(board: Board) -> list[KeyIssue]:
    """The key issues that everybody in a board’s group may read."""
    return list(KeyIssue.objects.filter(group=board.group_id, held=False))


def seats_board(seat: Seat, key: str) -> Board | None:
    """The board on which a seat’s group proposes key issues."""
    found = Board.objects.for_seat(seat).filter(kind=Board.Kind.KEY_ISSUES, pk=key)
    return found.select_related("workshop", "group", "phase__session").first()


def where_written(group: Group) -> Phase | None:
    """The part in which a group writes under its key issues: the one that is open, else the next."""
    parts = Phase.objects.filter(session__group=group, kind=Phase.Kind.WHOLE_GROUP)
    usable = parts.filter(state__in=(Phase.State.OPEN, Phase.State.TO_COME)).select_related("session__group")
    return usable.order_by("session__number", "place").first()


def recommendations(user: User) -> QuerySet[Recommendation]:
    """What is recommended in workshops that this person leads."""
    found = Recommendation.objects.filter(key_issue__group__workshop__leads=user)
    return found.select_related("key_issue__group__workshop")


def actions(user: User) -> QuerySet[Action]:
    """What is done in workshops that this person leads."""
    found = Action.objects.filter(recommendation__key_issue__group__workshop__leads=user)
    return found.select_related("recommendation__key_issue__group__workshop")


def came_of(workshop: Workshop) -> list[KeyIssue]:
    """Key issues on which something was recommended, with that and with what is done about it."""
    found = KeyIssue.objects.filter(group__workshop=workshop, held=False, recommendations__isnull=False)
    return list(found.distinct().order_by("group__place", "place").prefetch_related(_recommended()))


def public(slug: str) -> QuerySet[Workshop]:
    """The workshop of this name, if what came of it is shown to everybody."""
    return Workshop.objects.filter(slug=slug, said_is_public=True)


def _recommended() -> "Prefetch[str]":
    return Prefetch("recommendations__actions", queryset=Action.objects.select_related("owner"))
