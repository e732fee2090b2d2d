"""Where a room plugs into one below it without being imported: the menu, panels on a client’s page and tabs of it.

Rooms register in their `apps.py`. What they hold of people they say once, and by that a copy of it is put together
and erased: a record that no room has named is found by a test.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
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
    """A tab in the staff bar; shown to those with the permission.

    One with a line `about` it is not needed every day: it stands on the page "Manage", with its line.
    """

    order: int
    label: str
    url_name: str
    permission: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordTab:
    """A page of a client's record, shown to those with the permission; its address takes the client's key."""

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

    `show` makes the panel for one client. `column`, where a panel has one, takes many clients' keys and gives each
    its cell's HTML, in one query however many there are.
    """

    order: int
    title: str
    permission: str
    show: Callable[[HttpRequest, Person], Shown]
    column_title: str = ""
    column: Callable[[Sequence[str]], dict[str, str]] | None = None


@dataclass(frozen=True, kw_only=True)
class HomeCard:
    """Something a worker's own page shows them of today: whole HTML, or nothing."""

    order: int
    permission: str
    show: Callable[[HttpRequest], str]


@dataclass(frozen=True, kw_only=True)
class ContactLink:
    """A way from a contact to a page of another room; `address` is given the keys of the client and the contact."""

    label: str
    permission: str
    address: Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One kind of record about people: how it leads to the person, why it is kept, and what may name somebody else.

    `path` leads from the record to the person's key, as a look-up of the database. Where none does, `find` is given
    every key of the person's records so far and answers with the keys of its own. A record that must stay, because
    it is about others too, has `take_out`, which takes this person out of it and says in how many it did. A copy
    shows the lowest `place` first, and what is erased goes the other way.
    """

    model: str
    title: str
    purpose: str
    path: str = ""
    find: Callable[[Collection[str]], Iterable[str]] | None = None
    take_out: Callable[[str], int] | None = None
    names_others: tuple[str, ...] = ()
    audited_as: str = ""
    place: int = 50


@dataclass(frozen=True, kw_only=True)
class Known:
    """A person as those see them who answer for rights: their key, code and what they are called."""

    pk: str
    code: str
    called: str


@dataclass(frozen=True, kw_only=True)
class Life:
    """What keeping times go by. `ended_on` is None while support goes on."""

    key: str
    code: str
    born: date | None
    ended_on: date | None
    last_seen_on: date
    goes_on: bool


@dataclass(frozen=True, kw_only=True)
class People:
    """Who the people are that records are about, and who may see them; the room of care says.

    `may_see` is the person's page, an hour's emergency included. Everything after it is for whoever answers for rights:
    only those whom they or their teams support or supported, since no emergency calls for a copy or for erasing.
    """

    model: str
    may_see: Callable[[object, str], Known | None]
    may_answer_for: Callable[[object, str], Known | None]
    by_code: Callable[[object, str], Known | None]
    answered_for_by: Callable[[object], Iterable[str]]
    lives: Callable[[str | None], list[Life]]
    codes: Callable[[Collection[str]], dict[str, str]]


@dataclass
class Sockets:
    """Everything plugged in."""

    menu: list[MenuItem] = field(default_factory=list)
    client_panels: list[ClientPanel] = field(default_factory=list)
    record_tabs: list[RecordTab] = field(default_factory=list)
    home_cards: list[HomeCard] = field(default_factory=list)
    contact_links: list[ContactLink] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    purposes: dict[str, str] = field(default_factory=dict)
    people: People | None = None
    after_restore: list[Callable[[Path], int]] = field(default_factory=list)
    before_serving: list[Callable[[], None]] = field(default_factory=list)


sockets = Sockets()
