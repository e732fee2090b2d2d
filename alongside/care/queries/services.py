"""The services, and who may give one."""

from django.db.models import QuerySet

from alongside.access import queries as access
from alongside.access.models import Team
from alongside.care.models import Service


def services() -> QuerySet[Service]:
    """Every service, A to Z."""
    return Service.objects.select_related("team")


def called(name: str) -> QuerySet[Service]:
    """The service of this name, if there is one."""
    return Service.objects.filter(name__iexact=name)


def teams() -> QuerySet[Team]:
    """Those who may give one, A to Z."""
    return access.teams()
