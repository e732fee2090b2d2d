"""Who opened a record, in words that the client can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.access.models import User
from alongside.audit.models import Entry

DID = {
    "client.added": "Began this record",
    "client.viewed": "Looked at it",
    "client.changed": "Changed what we know",
    "client.link-given": "Made a link to this list",
    "client.link-used": "Opened the link to this list",
    "client.looks-read": "Read this list",
    "contact.recorded": "Wrote down a contact",
    "contact.changed": "Changed what was written about a contact",
    "referral.received": "Wrote down how you came to us",
    "episode.started": "Wrote down that support began",
    "episode.ended": "Wrote down that support ended",
    "goal.added": "Wrote down a goal",
    "goal.rated": "Wrote down how near a goal is",
    "event.added": "Wrote down something that happened",
    "form.viewed": "Looked at a form",
    "emergency.opened": "Opened it in an emergency",
}
SHAPES = {
    "form": "Worked on a form",
    "questionnaire": "Worked on a form",
    "response": "Worked on a form",
    "task": "Asked somebody to get in touch, or did so",
    "goal": "Changed a goal",
    "relationship": "Changed who can see it",
    "consent": "Wrote down what you agreed to",
}
ELSE = "Did something else with it"


@dataclass(frozen=True, kw_only=True)
class Look:
    """One line of the list."""

    at: datetime
    who: str
    role: str
    did: str
    page: str


def looks(entries: Iterable[Entry], people: dict[str, User]) -> list[Look]:
    """The rows in words."""
    return [_look(one, people.get(one.by)) for one in entries]


def _look(entry: Entry, worker: User | None) -> Look:
    by_client = entry.by.startswith("client:")
    return Look(
        at=entry.at,
        who=worker.name if worker else "You, or a screen handed to you" if by_client else "The site itself",
        role=worker.get_role_display() if worker else "",
        did=DID.get(entry.did) or SHAPES.get(entry.did.partition(".")[0], ELSE),
        page=str(entry.details.get("page", "")),
    )
