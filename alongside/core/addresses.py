"""What the address of a record looks like."""

import re

from django.urls.converters import StringConverter

KEY = "[0-9a-f]{32}"


class Key(StringConverter):
    """A record's random key; whatever is not one is no page, and never reaches the database."""

    regex = KEY


def is_key(value: object) -> bool:
    """Whether a part of an address is a record's key."""
    return isinstance(value, str) and re.fullmatch(KEY, value) is not None
