"""Which clients somebody may see. Every read of a client starts here."""

from alongside.access.models import Relationship, User
from alongside.access.queries import subject_keys
from alongside.care.models import Client
from django.db.models import QuerySet


def visible_to(user: User) -> QuerySet[Client]:
    """Those on this person's caseload, and those of their teams."""
    kinds = (Relationship.Kind.CASELOAD, Relationship.Kind.TEAM)
    return Client.objects.filter(pk__in=subject_keys(user, *kinds))
