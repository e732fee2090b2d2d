"""Single-use links by which somebody sets the password of their own account."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int

from alongside.access.models import User
from alongside.core import clock

SLACK = 60  # seconds by which one server's clock may be ahead of another's


class _Links(PasswordResetTokenGenerator):
    """A link dies when the password changes in any way, or after three days. Nothing of it is stored.

    One that was made later than now is none: the clock was set back, and it would live too long.
    """

    key_salt = "alongside.access.links"

    def check_token(self, user: User | None, token: str | None) -> bool:
        if not token or not super().check_token(user, token):
            return False
        made = base36_to_int(token.partition("-")[0])
        return made <= self._num_seconds(self._now()) + SLACK

    def _now(self) -> datetime:
        return clock.now().astimezone(UTC).replace(tzinfo=None)


links = _Links()


def lasts_until() -> datetime:
    """When a link made now ends."""
    return clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
