"""Who may see what."""

from django.db.models import QuerySet

from alongside.access.models import Relationship, User


def subject_keys(user: User, *kinds: Relationship.Kind) -> QuerySet[Relationship, str]:
    """The keys of the records that a person may see now, as a subquery."""
    return Relationship.objects.open().for_user(user).filter(kind__in=kinds).values_list("subject_key", flat=True)


def who_sees(subject_key: str) -> QuerySet[Relationship]:
    """The people and teams who may see a record now."""
    return Relationship.objects.open().filter(subject_key=subject_key).select_related("user", "team")


def colleagues(user: User) -> QuerySet[User]:
    """The active people in any team of this person, the person included, A to Z."""
    return User.objects.filter(is_active=True, teams__members=user).distinct().order_by("name")
