"""Reads a past workshop, however it was written down."""

from alongside.voice.loading import exchange, layout
from alongside.voice.loading.boards import Past, Unreadable
from alongside.voice.loading.proposing import propose

LONGEST = 1_000_000
TOO_LONG = "This text is longer than a million letters. Load one workshop at a time."


def read(text: str) -> Past:
    """Read a text in the layout or exported JSON, or propose the boards of any other text.

    >>> read("== closing: Last words\\n\\nthank you").guessed
    ()

    Raises
    ------
    Unreadable : it is too long or has no word in it, or a heading names no kind
    """
    if len(text) > LONGEST:
        raise Unreadable(TOO_LONG)
    plain = _plain(text)
    if plain.lstrip().startswith("{"):
        return exchange.read(plain)
    return layout.read(plain) if layout.is_layout(plain) else propose(plain)


def decoded(content: bytes) -> str:
    """A file's text.

    Raises
    ------
    Unreadable : it is not UTF-8
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("This file is not UTF-8 text. Save it again as UTF-8, or paste its words.") from error


def _plain(text: str) -> str:
    """The same words with one kind of line end, and without what no page shows."""
    ends = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    return "".join(letter for letter in ends if letter.isprintable() or letter.isspace() or letter in "\u200d\u200c")
