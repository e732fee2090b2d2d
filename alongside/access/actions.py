"""Starting and ending who may see what; people who sign in, and their teams."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from alongside.access import queries
from alongside.access.models import Membership, Relationship, Session, Team, User
from alongside.access.permissions import Permission
from alongside.access.roles import MAY
from alongside.audit import actions as audit
from alongside.core import clock

LEADS = [role for role, may in MAY.items() if Permission.MANAGE_PEOPLE in may]


class Refused(Exception):
    """It would leave nobody to look after the people here, or is somebody else's to do."""


@audit.recorded
def add_user(*, email: str, name: str, role: str, password: str | None, by: str, key: str = "") -> User:
    """Add somebody who can sign in. Without a password they cannot until one is set."""
    user = User(**{"key": key} if key else {}, email=email.strip().lower(), name=name.strip(), role=role)
    user.set_password(password)
    user.full_clean()
    user.save(force_insert=True)
    audit.record(by=by, did="user.added", subject=f"user:{user.pk}", details={"role": role})
    return user


@audit.recorded
def add_person(*, key: str, email: str, name: str, role: str, teams: Iterable[Team], by: User) -> User:
    """Add somebody who sets their password themselves, with a link. The same `key` sent twice adds one."""
    _one_lead_at_a_time(by=by)
    if added := User.objects.filter(pk=key).first():
        return added
    user = add_user(key=key, email=email, name=name, role=role, password=None, by=by.pk)
    for team in teams:
        join(team=team, user=user, by=by.pk)
    return user


@audit.recorded
def change_person(*, user: User, role: str, teams: Iterable[Team], by: User) -> None:
    """Change what somebody does here, and which teams they are in."""
    _one_lead_at_a_time(by=by)
    held = User.objects.select_for_update().get(pk=user.pk)
    if role != held.role:
        _not_oneself(held, by=by)
        held.role = role
        held.full_clean()
        held.save(update_fields=["role"])
        audit.record(by=by.pk, did="user.role-changed", subject=f"user:{held.pk}", details={"role": role})
        if Permission.READ_OWN_REPORTS not in MAY[role]:
            _end_reading(held, by=by.pk)
    before, after = set(held.teams.all()), set(teams)
    for team in after - before:
        join(team=team, user=held, by=by.pk)
    for team in before - after:
        leave(team=team, user=held, by=by.pk)


def _end_reading(user: User, *, by: str) -> None:
    """What a funder's reader was let read ends with the role: if that comes back, they are let in again."""
    funds = Relationship.Kind.FUNDS
    for found in user.relationships.open().filter(kind=funds):
        end(kind=funds, subject_key=found.subject_key, user=user, by=by)


@audit.recorded
def end_account(*, user: User, by: User) -> None:
    """Sign somebody out everywhere, at once, and let them in no more. What they wrote stays."""
    _one_lead_at_a_time(by=by)
    held = User.objects.select_for_update().get(pk=user.pk)
    if not held.is_active:
        return
    _not_oneself(held, by=by)
    held.is_active = False
    _forget_sign_in(held)
    held.save(update_fields=["is_active", "password"])
    audit.record(by=by.pk, did="user.ended", subject=f"user:{held.pk}")


@audit.recorded
def bring_back(*, user: User, by: User) -> None:
    """Open an account again. They sign in once they have set a new password, with a link."""
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.is_active:
        return
    held.is_active = True
    held.save(update_fields=["is_active"])
    audit.record(by=by.pk, did="user.brought-back", subject=f"user:{held.pk}")


@audit.recorded
def forget_sign_in(*, user: User, by: User) -> None:
    """Forget somebody's password, authenticator and earlier links, which ends their sessions."""
    if user.pk == by.pk:
        raise Refused("Change your own password in your own sign-in.")
    held = User.objects.select_for_update().get(pk=user.pk)
    _forget_sign_in(held)
    held.save(update_fields=["password"])
    audit.record(by=by.pk, did="user.sign-in-forgotten", subject=f"user:{held.pk}")


@audit.recorded
def set_password(*, key: str, token: str, password: str) -> bool:
    """Set the password of whoever holds this link; False if it is no longer one."""
    User.objects.select_for_update().filter(pk=key).first()
    user = queries.holder(key, token)
    if user is None:
        return False
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(by=user.pk, did="user.password-set", subject=f"user:{user.pk}")
    return True


def _forget_sign_in(user: User) -> None:
    """A password of another kind makes sessions and links of the old one worthless."""
    user.set_unusable_password()
    Authenticator.objects.filter(user=user).delete()
    Session.objects.filter(user=user).delete()


def _one_lead_at_a_time(*, by: User | None = None) -> None:
    """Two who change people at once wait for each other; the second may have lost the right to it meanwhile."""
    found = User.objects.select_for_update().filter(is_active=True, role__in=LEADS).order_by("pk")
    leads = {lead.pk for lead in found}
    if by is not None and by.pk not in leads:
        raise Refused("Your own role was changed a moment ago. Ask whoever changed it.")


def _not_oneself(user: User, *, by: User) -> None:
    """So whoever does it stays, and there is always somebody who looks after people here."""
    if user.pk == by.pk:
        raise Refused("Ask another lead or administrator. Nobody ends or changes what they may do themselves.")


@audit.recorded
def add_team(*, name: str, members: Iterable[User], by: str, key: str = "") -> Team:
    """Make a team. The same `key` sent twice makes one."""
    _one_lead_at_a_time()
    if key and (added := Team.objects.filter(pk=key).first()):
        return added
    team = Team(**{"key": key} if key else {}, name=name)
    team.full_clean()
    team.save(force_insert=True)
    for user in members:
        join(team=team, user=user, by=by)
    audit.record(by=by, did="team.added", subject=f"team:{team.pk}")
    return team


@audit.recorded
def join(*, team: Team, user: User, by: str) -> Membership:
    """Put somebody in a team, so that they see the people it supports."""
    membership, made = Membership.objects.get_or_create(team=team, user=user)
    if made:
        audit.record(by=by, did="team.joined", subject=f"team:{team.pk}", details={"user": user.pk})
    return membership


@audit.recorded
def leave(*, team: Team, user: User, by: str) -> None:
    """Take somebody out of a team; they no longer see people whom only the team let them see."""
    gone, _ = Membership.objects.filter(team=team, user=user).delete()
    if gone:
        audit.record(by=by, did="team.left", subject=f"team:{team.pk}", details={"user": user.pk})


@audit.recorded
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


@audit.recorded
def end(*, kind: Relationship.Kind, subject_key: str, by: str, user: User) -> None:
    """Stop a person seeing a record."""
    for found in Relationship.objects.open().filter(kind=kind, subject_key=subject_key, user=user):
        found.until = clock.now()
        found.full_clean()
        found.save(update_fields=["until"])
        audit.record(by=by, did=f"relationship.{kind}.ended", subject=f"key:{subject_key}", details={"user": user.pk})


@audit.recorded
def end_sessions(*, sessions: Iterable[Session], by: User) -> None:
    """Sign somebody out where they are signed in elsewhere."""
    for session in sessions:
        session.delete()
        audit.record(by=by.pk, did="user.session-ended", subject=f"user:{by.pk}")
