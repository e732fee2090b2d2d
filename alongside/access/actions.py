"""Starting and ending who may see what; adding people and teams."""

from django.db import transaction

from alongside.access.models import Membership, Relationship, Team, User
from alongside.audit import actions as audit
from alongside.core import clock


@transaction.atomic
def add_user(*, email: str, name: str, role: str, password: str | None, by: str) -> User:
    """Add somebody who can sign in. Without a password they cannot until one is set."""
    user = User(email=email.strip().lower(), name=name.strip(), role=role)
    user.set_password(password)
    user.full_clean()
    user.save(force_insert=True)
    audit.record(by=by, did="user.added", subject=f"user:{user.pk}", details={"role": role})
    return user


@transaction.atomic
def add_team(*, name: str, members: list[User], by: str) -> Team:
    """Make a team."""
    team = Team(name=name)
    team.full_clean()
    team.save(force_insert=True)
    for user in members:
        join(team=team, user=user, by=by)
    audit.record(by=by, did="team.added", subject=f"team:{team.pk}")
    return team


@transaction.atomic
def join(*, team: Team, user: User, by: str) -> Membership:
    """Put somebody in a team, so that they see the people it supports."""
    membership, made = Membership.objects.get_or_create(team=team, user=user)
    if made:
        audit.record(by=by, did="team.joined", subject=f"team:{team.pk}", details={"user": user.pk})
    return membership


@transaction.atomic
def begin(
    *, kind: Relationship.Kind, subject_key: str, by: str, user: User | None = None, team: Team | None = None
) -> Relationship:
    """Let a person or a team see a record from now on."""
    found, made = Relationship.objects.get_or_create(
        kind=kind, subject_key=subject_key, user=user, team=team, until=None
    )
    if made:
        who = {"user": user.pk} if user else {"team": team.pk if team else None}
        audit.record(by=by, did=f"relationship.{kind}.began", subject=f"key:{subject_key}", details=dict(who))
    return found


@transaction.atomic
def end(*, kind: Relationship.Kind, subject_key: str, by: str, user: User) -> None:
    """Stop a person seeing a record."""
    for found in Relationship.objects.open().filter(kind=kind, subject_key=subject_key, user=user):
        found.until = clock.now()
        found.full_clean()
        found.save(update_fields=["until"])
        audit.record(by=by, did=f"relationship.{kind}.ended", subject=f"key:{subject_key}", details={"user": user.pk})
