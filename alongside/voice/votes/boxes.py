"""A box of ballots: opened for one vote, read once when it closes, and gone."""

from collections.abc import Collection
from typing import Protocol

from django.db import connection
from django.utils.crypto import salted_hmac

from alongside.core.models import new_key
from alongside.voice.votes.file import File
from alongside.voice.votes.table import Table

type Ballots = dict[str, list[str]]


class Box(Protocol):
    """What a box can do."""

    def read(self) -> Ballots:
        """Every ballot with its choices; none where there is no box any more."""
        ...

    def count(self) -> int:
        """How many ballots there are."""
        ...

    def put(self, ballot: str, choices: Collection[str]) -> tuple[int, int]:
        """Lay a ballot in, or take it out where nothing is chosen; gives how many there were and are."""
        ...

    def burn(self) -> None:
        """Destroy the box as soon as this transaction is committed."""
        ...


def new() -> str:
    """A name for a box that says nothing."""
    return new_key()


def box(name: str) -> Box:
    """The box of this name."""
    return Table(name) if connection.vendor == "postgresql" else File(name)


def ballot(name: str, seat: str) -> str:
    """The key under which a seat’s choices lie in a box: nobody can make it without the site’s own secret."""
    return salted_hmac("alongside.voice.ballot", f"{name}:{seat}", algorithm="sha256").hexdigest()[:32]


def sweep(known: Collection[str]) -> None:
    """Destroy every box that is not one of these."""
    (Table if connection.vendor == "postgresql" else File).sweep(known)
