"""People who sign in, their teams, and whom they may see."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
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
        """Those that hold now: with no end, or one that is still to come."""
        return self.filter(Q(until=None) | Q(until__gt=clock.now()))

    def for_user(self, user: User) -> "Relationships":
        """Those of a person, or of a team they belong to."""
        return self.filter(Q(user=user) | Q(team__in=Team.objects.filter(membership__user=user)))


class Relationship(Keyed):
    """Why somebody may see a record: it is on their caseload, their team's, a grant they fund, or an emergency.

    Written by the room that owns the record when work starts or ends. `subject_key` is the record's key.
    """

    class Kind(models.TextChoices):
        """What ties them."""

        CASELOAD = "caseload", "works with them"
        TEAM = "team", "in the team that supports them"
        FUNDS = "funds", "funds this work"
        EMERGENCY = "emergency", "opened it in an emergency, for an hour"

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


class Emergency(Keyed):
    """One opening of a record that was nobody's to open, with its reason, until somebody else has reviewed it.

    `reference` is all that the alert says of it.
    """

    class Verdict(models.TextChoices):
        """What the review found."""

        NEEDED = "needed", "It was needed"
        NOT_NEEDED = "not needed", "It was not needed"

    reference = models.CharField(max_length=9, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergencies")
    subject_key = models.CharField(max_length=32)
    why = EncryptedText()
    until = models.DateTimeField()
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    note = EncryptedText(blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_at=None) | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="access_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=models.F("user")),
                name="access_nobody_reviews_themselves",
            ),
        )

    class Privacy:
        sensitive = ("why", "note")
        operational = (
            "key", "made_at", "reference", "user", "subject_key", "until", "verdict", "reviewed_by", "reviewed_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def overdue(self) -> bool:
        """Whether it has waited for a review for a week; then everybody who reads who did what is told."""
        return not self.verdict and self.made_at <= clock.now() - timedelta(days=7)


class OwnLink(Keyed):
    """A link with which a client sees, once, who opened their record. Only a digest of it is kept."""

    subject_key = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        operational = ("key", "made_at", "subject_key", "digest", "ends_at", "used_at")


class Session(AbstractBaseSession):
    """Somebody signed in, in one browser; or a form that is being answered, which is nobody's."""

    session_data = EncryptedText()
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    class Privacy:
        sensitive = ("session_data",)
        operational = ("session_key", "expire_date", "user")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from alongside.access.sessions import SessionStore

        return SessionStore


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
