"""Who may see what; who works here."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from alongside.access.links import links
from alongside.access.models import Relationship, Session, Team, User
from alongside.access.permissions import Permission
from alongside.access.roles import MAY
from alongside.core import clock

SEE_CLIENTS = [role for role, may in MAY.items() if Permission.SEE_CLIENTS in may]


def subject_keys(user: User, *kinds: Relationship.Kind) -> QuerySet[Relationship, str]:
    """The keys of the records that a person may see now, as a subquery."""
    return Relationship.objects.open().for_user(user).filter(kind__in=kinds).values_list("subject_key", flat=True)


def who_sees(subject_key: str) -> QuerySet[Relationship]:
    """The people and teams who may see a record now."""
    found = Relationship.objects.open().filter(subject_key=subject_key).exclude(user__is_active=False)
    return found.select_related("user", "team")


def colleagues(user: User) -> QuerySet[User]:
    """The active people in any team of this person, the person included, A to Z."""
    return User.objects.filter(is_active=True, teams__members=user).distinct().order_by("name")


def people() -> QuerySet[User]:
    """Everybody, A to Z, each with their teams; `has_authenticator` says whether they have set one up."""
    set_up = Authenticator.objects.filter(user=OuterRef("pk"))
    return (
        User.objects.annotate(has_authenticator=Exists(set_up))
        .prefetch_related(Prefetch("teams", Team.objects.order_by(Lower("name"))))
        .order_by(Lower("name"), "email")
    )


def names() -> dict[str, str]:
    """What everybody is called who works here or did, by key, A to Z."""
    return dict(User.objects.order_by(Lower("name"), "email").values_list("pk", "name"))


def teams() -> QuerySet[Team]:
    """Every team, A to Z, each with those of its members whose account goes on."""
    members = User.objects.filter(is_active=True).order_by(Lower("name"))
    return Team.objects.prefetch_related(Prefetch("members", members)).order_by(Lower("name"))


def team_called(name: str) -> QuerySet[Team]:
    """The team of this name, if there is one."""
    return Team.objects.filter(name__iexact=name)


def may_join() -> QuerySet[User]:
    """Those who may be in a team, A to Z."""
    return people().filter(is_active=True, role__in=SEE_CLIENTS)


def with_email(email: str) -> User | None:
    """Whose address this is."""
    return User.objects.filter(email__iexact=email).first()


def works_with(user: User) -> int:
    """How many clients are on this person's caseload."""
    return user.relationships.open().filter(kind=Relationship.Kind.CASELOAD).count()


def holder(key: str, token: str) -> User | None:
    """Who may set their password with this link; None once it is used, has ended, or never was one."""
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None or user.has_usable_password() or not links.check_token(user, token):
        return None
    return user


def authenticators(user: User) -> list[Authenticator]:
    """What somebody has besides a password, in the order in which they set it up."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


def sessions(user: User) -> QuerySet[Session]:
    """Where somebody is signed in."""
    return Session.objects.filter(user=user, expire_date__gt=clock.now())


def unused_since(when: datetime) -> QuerySet[User]:
    """The accounts that are open, and that nobody has signed in to since then; a new one counts from its making."""
    return User.objects.filter(is_active=True).filter(Q(last_login__lt=when) | Q(last_login=None, made_at__lt=when))


def leavers() -> QuerySet[User]:
    """Those whose account has ended, A to Z."""
    return User.objects.filter(is_active=False).order_by(Lower("name"))


def sessions_of_leavers() -> QuerySet[Session]:
    """The sessions that go on though their person's account has ended."""
    return Session.objects.filter(user__is_active=False, expire_date__gt=clock.now())
