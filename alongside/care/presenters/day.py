"""The words of Today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alongside.care import names
from alongside.care.models import Client, Contact, Episode
from alongside.core import clock
from alongside.core.encryption import if_it_opens

COUNTED = ("Nobody", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
NOT_MEETING = {Contact.Outcome.CANCELLED}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One line of the day."""

    contact: Contact
    client: Client
    sub: str
    where: str

    @property
    def over(self) -> bool:
        """Whether its time has passed and nobody has said what became of it."""
        return self.contact.outcome == Contact.Outcome.PLANNED and self.contact.starts_at <= clock.now()


@dataclass(frozen=True, kw_only=True)
class Worked:
    """One line of the people somebody works with."""

    client: Client
    goal: str
    support: str
    next_at: datetime | None


def heading() -> str:
    """Monday 23 November."""
    today = clock.today()
    return f"{today:%A} {today.day} {today:%B}"


def summary(contacts: Iterable[Contact]) -> str:
    """How many people the day holds."""
    number = len({one.episode.client_id for one in contacts if one.outcome not in NOT_MEETING})
    said = COUNTED[number] if number < len(COUNTED) else f"{number}"
    if number == 0:
        return "Nobody is planned for today."
    return f"{said} {'person' if number == 1 else 'people'} today."


def meeting(contact: Contact) -> Meeting:
    """A contact of today; `before` is how often the person came already."""
    before: int | None = getattr(contact, "before", None)
    times = f"meeting {before + 1}" if before else "first meeting"
    return Meeting(
        contact=contact,
        client=contact.episode.client,
        sub=f"{contact.episode.service.name}, {times}",
        where=if_it_opens(contact, "place") or contact.get_mode_display(),
    )


def people(episodes: Iterable[Episode], goals: Mapping[str, str]) -> list[Worked]:
    """One line for each person, A to Z, whatever number of services they receive."""
    by_client: dict[str, list[Episode]] = {}
    for episode in episodes:
        by_client.setdefault(episode.client_id, []).append(episode)
    clients = sorted(
        (one[0].client for one in by_client.values()), key=lambda one: (names.plain(one.listed_as), one.code)
    )
    return [
        Worked(
            client=client,
            goal=goals.get(client.pk, ""),
            support=", ".join(one.service.name for one in by_client[client.pk]),
            next_at=min((at for one in by_client[client.pk] if (at := getattr(one, "next_at", None))), default=None),
        )
        for client in clients
    ]
