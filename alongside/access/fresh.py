"""When somebody last showed who they are, in this session: what is grave asks for it again after a few minutes."""

from django.conf import settings
from django.http import HttpRequest

from alongside.core import clock

SHOWN_AT = "shown_at"  # in a session: when a password, a code or a passkey was last given in it


def note(request: HttpRequest) -> None:
    """They have shown it now."""
    request.session[SHOWN_AT] = int(clock.now().timestamp())


def is_fresh(request: HttpRequest) -> bool:
    """Whether that was a few minutes ago at most; a moment that is still to come does not count."""
    shown = request.session.get(SHOWN_AT)
    return shown is not None and 0 <= int(clock.now().timestamp()) - shown < settings.STAFF_FRESH_SECONDS
