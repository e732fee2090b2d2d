"""Words that are taken out of a document before it is issued; on the board they stay."""

import re
from collections.abc import Collection
from typing import Final

REMOVED: Final = "[name removed]"


def without(text: str, words: Collection[str]) -> str:
    """Say in each place where one of these stood that a name was removed, however it was written there.

    >>> without("Ask Wren Hill, or WREN, at the wrens’ nest", ["Wren", "Wren Hill"])
    'Ask [name removed], or [name removed], at the wrens’ nest'
    >>> without("Listen to us", [])
    'Listen to us'
    """
    found = sorted(filter(None, words), key=len, reverse=True)
    return re.sub("|".join(map(_whole, found)), REMOVED, text, flags=re.IGNORECASE) if found else text


def stands_in(text: str, word: str) -> bool:
    """Whether a word stands in a text, as `without` would find it.

    >>> stands_in("Ask Wren Hill", "wren"), stands_in("Ask Wren Hill", "Wre")
    (True, False)
    """
    return re.search(_whole(word), text, flags=re.IGNORECASE) is not None


def _whole(word: str) -> str:
    """It stands alone, and any space in it may be any space."""
    said = r"\s+".join(map(re.escape, word.split()))
    return rf"(?<!\w){said}(?!\w)"
