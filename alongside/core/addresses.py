"""What the address of a record looks like."""

from django.urls.converters import StringConverter


class Key(StringConverter):
    """A record's random key; whatever is not one is no page, and never reaches the database."""

    regex = "[0-9a-f]{32}"
