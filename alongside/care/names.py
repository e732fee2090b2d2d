"""Names in order, and found by how they begin, whatever their accents and capitals."""

import re
import unicodedata
from collections.abc import Iterable

from alongside.care.models import Client

# letters that are a letter of their own, and so have no accent to take off
UNACCENTED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
BETWEEN_WORDS = re.compile(r"[\s\-‐‑–'’.,()]+")


def plain(text: str) -> str:
    """A text without accents and capitals.

    >>> plain("Łukasz Ó Súilleabháin")
    'lukasz o suilleabhain'
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(UNACCENTED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words of a name, as they are compared.

    >>> words("Anne-Marie O’Dowd"), words(" ")
    (['anne', 'marie', 'o', 'dowd'], [])
    """
    return [word for word in BETWEEN_WORDS.split(plain(text)) if word]


def answers_to(client: Client, text: str) -> bool:
    """Whether every word of this text begins a word of their names or their code; 412 finds WS-0412."""
    own = words(f"{client.name} {client.known_as} {client.code}")
    own.append(own[-1].lstrip("0"))
    return all(any(word.startswith(wanted) for word in own) for wanted in words(text))


def in_order(clients: Iterable[Client]) -> list[Client]:
    """A to Z, and those with the same name by their code."""
    return sorted(clients, key=lambda client: (plain(client.listed_as), client.code))
