"""What other rooms show of a client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from alongside.access.models import User
from alongside.care.models import Contact
from alongside.core.sockets import ClientPanel, sockets


@dataclass(kw_only=True)
class OnPage:
    """What a panel is told of the client whose page it stands on."""

    pk: str
    called: str
    events: Sequence[tuple[date, str]]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A panel's column in a list: a cell of HTML for each client's key."""

    title: str
    cells: dict[str, str]


def allowed(user: User) -> list[ClientPanel]:
    """The panels that this person may see, in order."""
    return [
        panel for panel in sorted(sockets.client_panels, key=lambda panel: panel.order) if user.may(panel.permission)
    ]


def columns(user: User, keys: Sequence[str]) -> list[Column]:
    """Their columns for these clients."""
    return [
        Column(title=panel.column_title, cells=panel.column(keys) if keys else {})
        for panel in allowed(user)
        if panel.column is not None
    ]


def cards(request: HttpRequest, user: User) -> list[str]:
    """What other rooms show this person of today, in order."""
    shown = [card for card in sorted(sockets.home_cards, key=lambda card: card.order) if user.may(card.permission)]
    return [html for card in shown if (html := card.show(request))]


def contact_links(user: User, contact: Contact) -> list[tuple[str, str]]:
    """The ways that other rooms offer from a contact: their words and addresses."""
    client = contact.episode.client_id
    return [(one.label, one.address(client, contact.pk)) for one in sockets.contact_links if user.may(one.permission)]
