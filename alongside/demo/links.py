"""Sign-in links of the demo: signed, good for a day, and good once. Only the demo on this computer knows them."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from alongside.access.models import User
from alongside.core.models import new_key

SALT = "alongside.demo.sign-in"
LASTS = timedelta(days=1)


class NotALink(Exception):
    """Nobody made this link."""


class Over(Exception):
    """This link was used already, or is older than a day."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """Whom a link signs in, and what makes it the only one of its kind."""

    user: str
    once: str


def make(user: User) -> str:
    """Write a new link for somebody."""
    return signing.dumps({"user": user.pk, "once": new_key()}, salt=SALT)


def read(text: str) -> Link:
    """Read a link back.

    Raises
    ------
    NotALink, Over
    """
    try:
        return Link(**signing.loads(text, salt=SALT, max_age=LASTS))
    except signing.SignatureExpired as error:
        raise Over from error
    except signing.BadSignature as error:
        raise NotALink from error
