"""Workshops, for those who lead them and for those who join."""

from django.db.models import Count, Prefetch, Q, QuerySet

from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.access.roles import MAY
from alongside.voice.models import Board, Group, Phase, Session, Told, Workshop


def visible_to(user: User) -> QuerySet[Workshop]:
    """The workshops that this person leads or helps to lead."""
    return Workshop.objects.visible_to(user)


def joinable() -> QuerySet[Workshop]:
    """The workshops that anybody with their code may join now."""
    return Workshop.objects.open()


def boards(workshop: Workshop) -> QuerySet[Board]:
    """Its boards, by group and place, with how many notes and seats each has."""
    found = Board.objects.filter(workshop=workshop, merged_into=None).select_related("group", "phase")
    written = Count("notes", filter=Q(notes__withdrawn=False), distinct=True)
    counted = found.annotate(written=written, taken=Count("seats", distinct=True))
    return counted.order_by("group__place", "place", "title")


def script(workshop: Workshop) -> QuerySet[Group]:
    """Its groups, each with its sessions and their parts."""
    phases = Prefetch("sessions__phases", queryset=Phase.objects.order_by("place"))
    return Group.objects.filter(workshop=workshop).prefetch_related("themes", "sessions", phases)


def groups(user: User) -> QuerySet[Group]:
    """The groups of their workshops."""
    return Group.objects.filter(workshop__leads=user).select_related("workshop")


def sessions(user: User) -> QuerySet[Session]:
    """The sessions of their workshops."""
    return Session.objects.filter(group__workshop__leads=user).select_related("group__workshop")


def phases(user: User) -> QuerySet[Phase]:
    """The parts of their workshops."""
    return Phase.objects.filter(session__group__workshop__leads=user).select_related("session__group__workshop")


def told(workshop: Workshop) -> Told | None:
    """The lists of those who want to hear and of what people need."""
    return Told.objects.filter(workshop=workshop).first()


def may_lead() -> QuerySet[User]:
    """Everybody who may lead workshops."""
    roles = [role for role, may in MAY.items() if Permission.LEAD_WORKSHOPS in may]
    return User.objects.filter(is_active=True, role__in=roles).order_by("name")


def may_answer_for_safeguarding() -> QuerySet[User]:
    """Everybody who may be named as who answers for safeguarding."""
    roles = [role for role, may in MAY.items() if may & {Permission.LEAD_WORKSHOPS, Permission.SEE_CLIENTS}]
    return User.objects.filter(is_active=True, role__in=roles).order_by("name")
