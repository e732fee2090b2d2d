"""The id of a printed form: which measure, which edition of its form, which copy. It says nothing of anybody.

Twelve letters and a check letter, as in `7KC-4MP-XRT-96HT`: three for the measure, three for the edition, six for the
copy. Letters that are easily mistaken are not used, nor vowels, so that no id is a word.
"""

import hashlib
import secrets

LETTERS = "34679CDFHJKMNPRTWXY"  # 19: a prime, so that the check letter finds every single slip and every swap
MEASURE, EDITION, COPY = 3, 3, 6


class BadId(ValueError):
    """An id cannot be right; the message says what to do."""


def derived(text: str, letters: int) -> str:
    """Give letters that always come of the same text.

    Parameters
    ----------
    text
        Any text.
    letters
        How many, up to 40.

    Returns
    -------
    str
        From the letters that ids are made of.

    Examples
    --------
    >>> derived("service-evaluation", 3) == derived("service-evaluation", 3)
    True
    """
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    found = ""
    for _ in range(letters):
        number, place = divmod(number, len(LETTERS))
        found += LETTERS[place]
    return found


def at_random(letters: int) -> str:
    """Give letters that nobody can guess.

    Parameters
    ----------
    letters
        How many.

    Returns
    -------
    str
        From the letters that ids are made of.

    Examples
    --------
    >>> len(at_random(6))
    6
    """
    return "".join(secrets.choice(LETTERS) for _ in range(letters))


def whole(letters: str) -> str:
    """Write an id: its twelve letters in groups, with the check letter at the end.

    Parameters
    ----------
    letters
        The letters of measure, edition and copy.

    Returns
    -------
    str
        Sixteen characters, as they are printed.

    Examples
    --------
    >>> whole("7KC4MPXRT96H")
    '7KC-4MP-XRT-96HT'
    """
    said = letters + _check(letters)
    return f"{said[:3]}-{said[3:6]}-{said[6:9]}-{said[9:]}"


def tidy(given: str) -> str:
    """Read an id that somebody typed, with or without its dashes, in small letters or large.

    Parameters
    ----------
    given
        What was typed.

    Returns
    -------
    str
        The id as it is printed.

    Raises
    ------
    BadId
        If it has not thirteen letters, one that no id has, or a check letter that does not fit.

    Examples
    --------
    >>> tidy(" 7kc 4mp xrt 96ht")
    '7KC-4MP-XRT-96HT'
    >>> tidy("7KC-4MP-XRT-69HT")
    Traceback (most recent call last):
    ...
    alongside.paper.form.ids.BadId: These letters do not fit together; look at the form again.
    """
    letters = "".join(given.upper().replace("-", " ").split())
    if len(letters) != MEASURE + EDITION + COPY + 1:
        raise BadId("A form’s id has thirteen letters and digits; type all that stand under its code.")
    strange = next((letter for letter in letters if letter not in LETTERS), None)
    if strange is not None:
        raise BadId(f"No form’s id has “{strange}” in it; look at the form again.")
    if _check(letters[:-1]) != letters[-1]:
        raise BadId("These letters do not fit together; look at the form again.")
    return whole(letters[:-1])


def same_measure(one: str, other: str) -> bool:
    """Say whether two ids are of forms of one measure, in whatever edition.

    Parameters
    ----------
    one, other
        Ids as they are printed.

    Returns
    -------
    bool
        True if they are.

    Examples
    --------
    >>> same_measure("7KC-4MP-XRT-96HT", "7KC-9XX-XRT-96HT")
    True
    """
    return one[:3] == other[:3]


def same_edition(one: str, other: str) -> bool:
    """Say whether two ids are of one form, with everything in the same place; the copies may differ.

    Parameters
    ----------
    one, other
        Ids as they are printed.

    Returns
    -------
    bool
        True if they are.

    Examples
    --------
    >>> same_edition("7KC-4MP-XRT-96HT", "7KC-4MP-CCC-CCCC"), same_edition("7KC-4MP-XRT-96HT", "7KC-9XX-XRT-96HT")
    (True, False)
    """
    return one[:7] == other[:7]


def _check(letters: str) -> str:
    total = sum(weight * LETTERS.index(letter) for weight, letter in enumerate(letters, start=1))
    return LETTERS[total % len(LETTERS)]
