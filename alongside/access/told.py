"""The words of the record of who did what, and of the page of roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from inspect import getdoc

from alongside.access.permissions import Permission
from alongside.access.roles import MAY, SHAPES, Role
from alongside.audit.models import Entry

NOBODY = {"nobody": "Somebody who had not signed in", "init": "The first set-up", "demo": "The demo"}
SHORT = 8  # letters of a record's key: enough to see that two rows are about the same one


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row, in words. Records are shown by the beginning of their key, never by a name."""

    number: int
    at: datetime
    who: str
    did: str
    subject: str
    where: str
    why: str


def shown(entries: Iterable[Entry], names: dict[str, str]) -> list[Row]:
    """Rows in words; `names` has the people who work here, by key."""
    return [
        Row(
            number=one.number,
            at=one.at,
            who=_who(one.by, names),
            did=did(one),
            subject=_subject(one, names),
            where=one.where,
            why=one.why,
        )
        for one in entries
    ]


def _who(by: str, names: dict[str, str]) -> str:
    if by.startswith("client"):
        return "The client"
    return names.get(by) or NOBODY.get(by) or f"Somebody else, {by[:SHORT]}"


def did(entry: Entry) -> str:
    """What was done.

    A verb such as "client.viewed" reads "Client viewed", with the page or the fields it was about.
    """
    words = entry.did.replace(".", " ").replace("-", " ").capitalize()
    about = entry.details.get("page") or ", ".join(entry.details.get("fields", []))
    return f"{words}: {about.replace('_', ' ')}" if about else words


def _subject(entry: Entry, names: dict[str, str]) -> str:
    kind, _colon, key = entry.subject.partition(":")
    if kind == "user":
        return names.get(key, "")
    if kind == "page":
        return key.replace(":", " ").replace("_", " ").replace("-", " ")
    if kind == "measure":
        return f"measure {key}"
    return f"{'record' if kind == 'key' else kind} {key[:SHORT]}"


def roles_in_words() -> list[tuple[Role, list[str], frozenset[Permission]]]:
    """Every role with what roles.py says of it, a paragraph each, and what it may do."""
    return [
        (role, [" ".join(part.split()) for part in (getdoc(shape) or "").split("\n\n")], MAY[role])
        for role, shape in SHAPES.items()
    ]
