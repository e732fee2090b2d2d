"""People who sign in, their teams, and whom they may see."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from alongside.access.permissions import Permission
from alongside.access.roles import MAY, Role
from alongside.core import clock
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed


class Users(BaseUserManager["User"]):
    """Finds people by the email they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Keyed, AbstractBaseUser):
    """A member of staff, a volunteer, or a funder's reader. The email is theirs at work, and not encrypted (ADR 8)."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]
    objects = Users()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(role__in=Role.values), name="access_user_role_is_known"),)

    class Privacy:
        identifying = ("email", "name")
        sensitive = ("password",)
        operational = ("key", "made_at", "role", "is_active", "last_login")

    def __str__(self) -> str:
        return self.name

    def may(self, permission: Permission | str) -> bool:
        """Whether their role allows it. What they may do it to is another question: `visible_to`."""
        return self.is_active and permission in MAY[self.role]


class Team(Keyed):
    """People who share the clients of one or more services."""

    name = models.CharField(max_length=100, unique=True)
    members = models.ManyToManyField(User, related_name="teams", through="Membership")

    class Privacy:
        operational = ("key", "made_at", "name", "members")

    def __str__(self) -> str:
        return self.name


class Membership(Keyed):
    """One person in one team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("team", "user"), name="access_once_in_a_team"),)

    class Privacy:
        operational = ("key", "made_at", "team", "user")


class Relationships(models.QuerySet["Relationship"]):
    """Query words."""

    def open(self) -> "Relationships":
        """Those that hold now."""
        return self.filter(until=None)

    def for_user(self, user: User) -> "Relationships":
        """Those of a person, or of a team they belong to."""
        return self.filter(Q(user=user) | Q(team__in=Team.objects.filter(membership__user=user)))


class Relationship(Keyed):
    """Why somebody may see a record: it is on their caseload, their team's, or a grant they fund.

    Written by the room that owns the record when work starts or ends. `subject_key` is the record's key.
    """

    class Kind(models.TextChoices):
        """What ties them."""

        CASELOAD = "caseload", "works with them"
        TEAM = "team", "in the team that supports them"
        FUNDS = "funds", "funds this work"

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="relationships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="relationships")
    subject_key = models.CharField(max_length=32)
    kind = models.CharField(max_length=20, choices=Kind)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = Relationships.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, team__isnull=True) | Q(user__isnull=True, team__isnull=False),
                name="access_a_person_or_a_team",
            ),
            models.UniqueConstraint(
                fields=("user", "subject_key", "kind"), condition=Q(until=None), name="access_one_open_for_a_person"
            ),
            models.UniqueConstraint(
                fields=("team", "subject_key", "kind"), condition=Q(until=None), name="access_one_open_for_a_team"
            ),
        )
        indexes = (models.Index(fields=("subject_key", "until"), name="access_by_subject"),)

    class Privacy:
        operational = ("key", "made_at", "user", "team", "subject_key", "kind", "since", "until")


class KeptForm(Keyed):
    """What somebody was sending to a page when their session had ended. Theirs alone, until they sign in again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    path = models.CharField(max_length=500)
    said = EncryptedText()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "path"), name="access_one_kept_for_a_page"),)

    class Privacy:
        sensitive = ("said",)
        operational = ("key", "made_at", "user", "path")
