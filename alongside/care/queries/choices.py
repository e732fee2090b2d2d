"""What somebody may choose from when support begins."""

from django.db.models import QuerySet

from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.access.queries import colleagues
from alongside.access.roles import MAY
from alongside.addressbook.models import Organisation
from alongside.care.models import Service


def services(user: User) -> QuerySet[Service]:
    """What their teams give."""
    return Service.objects.filter(team__membership__user=user)


def practitioners(user: User) -> QuerySet[User]:
    """Those of their teams who support people."""
    supports = [role for role, may in MAY.items() if Permission.RECORD_SUPPORT in may]
    return colleagues(user).filter(role__in=supports)


def gives(practitioner: User, service: Service) -> bool:
    """Whether this person is in the team that gives the service."""
    return service.team.members.filter(pk=practitioner.pk).exists()


def funders() -> QuerySet[Organisation]:
    """Who may pay."""
    return Organisation.objects.filter(kind=Organisation.Kind.FUNDER)


def referrers() -> QuerySet[Organisation]:
    """Who may send people to us."""
    return Organisation.objects.filter(kind=Organisation.Kind.REFERRER)
