"""Names in order, and found by how they begin, whatever their accents and capitals."""

import re
import unicodedata

# letters that are a letter of their own, and so have no accent to take off
UNACCENTED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
BETWEEN_WORDS = re.compile(r"[\s\-‐‑–'’.,()]+")


def listed(*, name: str, known_as: str, code: str) -> str:
    """How somebody stands in a list: their whole name, unless they go by another; their code if they gave none.

    >>> listed(name="Samantha Field", known_as="Sam", code=""), listed(name="Rowan Ellery", known_as="Rowan", code="")
    ('Sam', 'Rowan Ellery')
    """
    goes_by_another = known_as and not f"{name} ".startswith(f"{known_as} ")
    return known_as if goes_by_another else name or code


def plain(text: str) -> str:
    """A text without accents and capitals.

    >>> plain("Łukasz Ó Súilleabháin")
    'lukasz o suilleabhain'
    """
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(UNACCENTED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words of a name, as they are compared.

    >>> words("Anne-Marie O’Dowd"), words(" ")
    (['anne', 'marie', 'o', 'dowd'], [])
    """
    return [word for word in BETWEEN_WORDS.split(plain(text)) if word]


def said(*, name: str, known_as: str, code: str) -> str:
    """The words of somebody's names and code, each after a space; a code's number also without the noughts before it.

    >>> said(name="Rowan Ellery", known_as="", code="WS-0412")
    ' rowan ellery ws 0412 412'
    """
    own = words(f"{name} {known_as} {code}")
    return f" {' '.join([*own, own[-1].lstrip('0')])}"


def answers_to(wanted: list[str], own: str) -> bool:
    """Whether each of these words begins a word of what `said` gave.

    >>> answers_to(["el", "row"], " rowan ellery ws 0412 412"), answers_to(["lery"], " rowan ellery ws 0412 412")
    (True, False)
    """
    return all(f" {start}" in own for start in wanted)
