"""Single-use links by which somebody sets the password of their own account."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from alongside.core import clock


class _Links(PasswordResetTokenGenerator):
    """A link dies when the password changes in any way, or after three days. Nothing of it is stored."""

    key_salt = "alongside.access.links"

    def _now(self) -> datetime:
        return clock.now().astimezone(UTC).replace(tzinfo=None)


links = _Links()


def lasts_until() -> datetime:
    """When a link made now ends."""
    return clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
