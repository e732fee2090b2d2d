"""Opening a record in an emergency, and the review that has to follow."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet

from alongside.access.models import Emergency, Relationship, User
from alongside.access.permissions import Permission
from alongside.access.roles import MAY
from alongside.audit import actions as audit
from alongside.audit.models import Entry
from alongside.audit.queries import about_while
from alongside.core import clock

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no two that look alike, and no vowels to make words of
REVIEWERS = [role for role, may in MAY.items() if Permission.REVIEW_EMERGENCIES in may]


class NotTheirs(Exception):
    """Nobody reviews their own emergency, or one that has been reviewed."""


@audit.recorded
def open_record(*, subject_key: str, why: str, by: User) -> Emergency:
    """Let somebody see a record for an hour. Sent twice while it holds, it is one emergency."""
    User.objects.select_for_update().get(pk=by.pk)
    now = clock.now()
    holds = Emergency.objects.filter(user=by, subject_key=subject_key, until__gt=now).first()
    if holds is not None:
        return holds
    until = now + timedelta(minutes=settings.EMERGENCY_MINUTES)
    emergency = Emergency(reference=_reference(), user=by, subject_key=subject_key, why=why, until=until)
    emergency.full_clean()
    emergency.save(force_insert=True)
    tie = Relationship(user=by, subject_key=subject_key, kind=Relationship.Kind.EMERGENCY, since=now, until=until)
    tie.full_clean()
    tie.save(force_insert=True)
    audit.record(
        by=by.pk, did="emergency.opened", subject=f"key:{subject_key}", details={"emergency": emergency.pk},
        why=f"emergency {emergency.reference}",
    )  # fmt: skip
    return emergency


@audit.recorded
def review(*, emergency: Emergency, verdict: str, note: str, by: User) -> Emergency:
    """Say whether it was needed.

    Raises
    ------
    NotTheirs : it is their own, or somebody has reviewed it meanwhile
    """
    held = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if held.user_id == by.pk or held.verdict:
        raise NotTheirs
    held.verdict, held.note, held.reviewed_by, held.reviewed_at = verdict, note, by, clock.now()
    held.full_clean()
    held.save()
    audit.record(by=by.pk, did="emergency.reviewed", subject=f"emergency:{held.pk}", details={"verdict": verdict})
    return held


def may_review(user: User, emergency: Emergency) -> bool:
    """Whether this person is asked to review it: never their own."""
    return user.may(Permission.REVIEW_EMERGENCIES) and emergency.user_id != user.pk


def to_review(user: User) -> list[Emergency]:
    """What this person is asked to review, the oldest first."""
    return [one for one in waiting() if may_review(user, one)] if user.may(Permission.REVIEW_EMERGENCIES) else []


def waiting() -> QuerySet[Emergency]:
    """What nobody has reviewed yet, the oldest first."""
    return Emergency.objects.filter(verdict="").select_related("user").order_by("made_at")


def shown_to(user: User) -> QuerySet[Emergency]:
    """What this person may open: never their own."""
    every = Emergency.objects.select_related("user", "reviewed_by").exclude(user=user)
    return every if user.may(Permission.REVIEW_EMERGENCIES) else every.none()


def looked_at(emergency: Emergency) -> QuerySet[Entry]:
    """What the audit says of the record while it was open to them, in order."""
    return about_while(emergency.subject_key, by=emergency.user_id, since=emergency.made_at, until=emergency.until)


def _reference() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
