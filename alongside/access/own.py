"""Links with which a client, who has no account, sees once who opened their record."""

import hashlib
import secrets
from datetime import timedelta

from django.http import HttpRequest

from alongside.access.models import OwnLink, User
from alongside.audit import actions as audit
from alongside.core import clock

LASTS = timedelta(days=7)
OPEN_FOR = timedelta(minutes=30)
SUBJECT = "own_record"  # in a session that belongs to nobody: whose list it may show


@audit.recorded
def make(*, subject_key: str, by: User) -> str:
    """Make a link; gives the part that only the client has. Earlier ones that were not used end."""
    OwnLink.objects.filter(subject_key=subject_key, used_at=None).delete()
    token = secrets.token_urlsafe(24)
    link = OwnLink(subject_key=subject_key, digest=_digest(token), ends_at=clock.now() + LASTS)
    link.full_clean()
    link.save(force_insert=True)
    audit.record(by=by.pk, did="client.link-given", subject=f"client:{subject_key}")
    return token


def holds(token: str) -> bool:
    """Whether the link would open something now."""
    return OwnLink.objects.filter(digest=_digest(token), used_at=None, ends_at__gt=clock.now()).exists()


@audit.recorded
def take(*, token: str) -> str | None:
    """Use a link up; gives whose it was, or None when it opens nothing any more."""
    link = OwnLink.objects.select_for_update().filter(digest=_digest(token)).first()
    if link is None or link.used_at is not None or link.ends_at <= clock.now():
        return None
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    audit.record(by=f"client:{link.subject_key}", did="client.link-used", subject=f"client:{link.subject_key}")
    return link.subject_key


def begin_session(request: HttpRequest, subject_key: str) -> None:
    """Begin a session that may show this one list and nothing else."""
    request.session.flush()
    request.session[SUBJECT] = subject_key
    request.session.set_expiry(OPEN_FOR)


def whose(request: HttpRequest) -> str | None:
    """Whose list this session may show."""
    subject: str | None = request.session.get(SUBJECT)
    return subject


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
