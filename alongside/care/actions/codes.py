"""The code by which a client is known where no name should stand: WS-0412."""

import unicodedata

from django.db.models.functions import Length

from alongside.care.models import Client
from alongside.information.queries import about_us


def next_free() -> str:
    """The code after the highest there is; the first one takes the initials of the organisation."""
    longest_first = Client.objects.order_by(Length("code").desc(), "-code")
    highest = longest_first.values_list("code", flat=True).first() or f"{_initials(about_us().name)}-0000"
    letters, _dash, number = highest.partition("-")
    return f"{letters}-{int(number) + 1:04}"


def _initials(name: str) -> str:
    """Up to four capital letters.

    >>> _initials("Wren Street"), _initials("Émilie’s house")
    ('WS', 'EH')
    """
    plain = unicodedata.normalize("NFKD", name).upper()
    first = (next((letter for letter in word if "A" <= letter <= "Z"), "") for word in plain.split())
    return "".join(first)[:4] or "A"
