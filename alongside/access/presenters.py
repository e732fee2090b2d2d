"""What people read of their own sign-in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.crypto import salted_hmac

from alongside.access.adapters import SealedSecrets
from alongside.access.browsers import KIND
from alongside.access.models import Session
from alongside.core import clock


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody is signed in."""

    handle: str
    kind: str
    began: datetime
    seen: datetime
    here: bool


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """One of somebody's passkeys."""

    pk: int
    name: str
    added: datetime
    used: datetime | None


def handle(session: Session) -> str:
    """What a page calls a session: its key would open it."""
    return salted_hmac("alongside.access.presenters", session.session_key, algorithm="sha256").hexdigest()[:32]


def sessions(found: Iterable[Session], *, here: str | None) -> list[Place]:
    """Where somebody is signed in, this browser first, then the last used; those whose time is over are left out."""
    now = clock.now().timestamp()
    places = [_place(one, here=here, now=now) for one in found]
    still = [one for one in places if one.here or now - one.seen.timestamp() <= settings.STAFF_IDLE_SECONDS]
    return sorted(still, key=lambda one: (not one.here, -one.seen.timestamp()))


def _place(session: Session, *, here: str | None, now: float) -> Place:
    said = session.get_decoded()
    began, seen = (datetime.fromtimestamp(said.get(moment, now), UTC) for moment in ("began", "seen"))
    mine = session.session_key == here
    return Place(handle=handle(session), kind=said.get(KIND, "A browser"), began=began, seen=seen, here=mine)


def factors(found: Iterable[Authenticator]) -> dict[str, object]:
    """What somebody has besides a password."""
    by_type: dict[str, list[Authenticator]] = {kind: [] for kind in Authenticator.Type.values}
    for one in found:
        by_type[one.type].append(one)
    codes = by_type[Authenticator.Type.RECOVERY_CODES]
    return {
        "has_app": bool(by_type[Authenticator.Type.TOTP]),
        "passkeys": [_passkey(one) for one in by_type[Authenticator.Type.WEBAUTHN]],
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
    }


def _passkey(one: Authenticator) -> Passkey:
    name = SealedSecrets().decrypt(one.wrap().name)
    return Passkey(pk=one.pk, name=name, added=one.created_at, used=one.last_used_at)
