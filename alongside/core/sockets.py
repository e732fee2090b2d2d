"""Where a room plugs into one below it without being imported: the menu, and panels on a client's page.

Rooms register in their `apps.py`. Exports and retention get their sockets when a room first needs them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.http import HttpRequest


class Person(Protocol):
    """What a panel needs to know of the client whose page it stands on."""

    pk: str

    @property
    def called(self) -> str:
        """The name they go by."""
        ...


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A tab in the staff bar; shown to those with the permission."""

    order: int
    label: str
    url_name: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a panel shows: whole HTML for the page, one line for "since last time", links for the page's head."""

    body: str
    since: tuple[tuple[str, str], ...] = ()
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClientPanel:
    """A panel on a client's page, and a column in lists of clients.

    `show` makes the panel for one client. `column` takes many clients' keys and gives each its cell's HTML,
    in one query however many there are.
    """

    order: int
    title: str
    permission: str
    show: Callable[[HttpRequest, Person], Shown]
    column_title: str
    column: Callable[[Sequence[str]], dict[str, str]]


@dataclass
class Sockets:
    """Everything plugged in."""

    menu: list[MenuItem] = field(default_factory=list)
    client_panels: list[ClientPanel] = field(default_factory=list)


sockets = Sockets()
