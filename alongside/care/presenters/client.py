"""The words of a client's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.access.models import Relationship, User
from alongside.care.models import Client, Contact, Episode
from alongside.care.presenters.when import day_of, moment, moment_short, near, near_short
from alongside.care.queries.record import Wish
from alongside.core import clock
from alongside.core.words import counted, day


@dataclass(frozen=True, kw_only=True)
class Since:
    """One line of "since last time"; `words` are the person's own."""

    label: str
    text: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Sees:
    """Somebody who may open this record."""

    who: str
    why: str
    since: str


def about(client: Client) -> str:
    """Their pronouns and age, as far as we know them."""
    age = client.age_on(clock.today())
    return ", ".join(part for part in (client.pronouns, str(age) if age is not None else "") if part)


def standing(support: Sequence[Episode], *, user: User, ahead: Sequence[Contact]) -> str:
    """What they receive, from whom and since when; and when they meet next."""
    goes_on = [
        f"{one.service.name} with {'you' if one.practitioner_id == user.pk else one.practitioner.name} "
        f"since {day(one.started_on)}."
        for one in support
        if one.ended_on is None
    ]
    ended = [one.ended_on for one in support if one.ended_on]
    if not goes_on:
        return f"Support ended {near(max(ended))}." if ended else ""
    following = (
        [f"Next: {moment(ahead[0].starts_at)}{f', {ahead[0].place}' if ahead[0].place else ''}."] if ahead else []
    )
    return " ".join([*goes_on, *following])


def last_time(past: Sequence[Contact]) -> Contact | None:
    """The last contact to which they came; `past` has the latest first."""
    return next((one for one in past if one.outcome == Contact.Outcome.CAME), None)


def since_last_time(past: Sequence[Contact], wishes: Sequence[Wish]) -> list[Since]:
    """The last contact, and what became of what they want since then."""
    lines = [_last_contact(past[0])] if past else []
    came = last_time(past)
    if came is None:
        return lines
    if came is not past[0]:
        lines.append(Since(label="Last came", text=near_short(day_of(came.starts_at))))
    changes = [change for wish in wishes for change in _changes(wish, since=day_of(came.starts_at))]
    return lines + (changes or [Since(label="What they want", text="Nothing added or rated since")])


def _last_contact(contact: Contact) -> Since:
    became = {
        Contact.Outcome.PLANNED: "It was planned; nobody has said yet what became of it",
        Contact.Outcome.CAME: "They came",
        Contact.Outcome.CANCELLED: "Cancelled",
        Contact.Outcome.DID_NOT_COME: "They did not come",
    }[Contact.Outcome(contact.outcome)]
    how = contact.get_mode_display().lower()
    return Since(label="Last contact", text=f"{moment_short(contact.starts_at)}, {how}. {became}.")


def _changes(wish: Wish, *, since: date) -> list[Since]:
    changes = []
    if wish.added_on >= since:
        changes.append(Since(label="What they want", words=wish.words, text=f"added {near(wish.added_on)}"))
    recent = [(on, rating) for on, rating in wish.ratings if on >= since]
    if recent:
        before = [rating for on, rating in wish.ratings if on < since]
        on, rating = recent[-1]
        was = f", {before[-1]} before" if before else ""
        changes.append(Since(label="What they want", words=wish.words, text=f"{rating} out of 10 {near(on)}{was}"))
    if wish.set_aside_on and wish.set_aside_on >= since:
        changes.append(Since(label="What they want", words=wish.words, text=f"set aside {near(wish.set_aside_on)}"))
    return changes


def sees(relationship: Relationship) -> Sees:
    """A person by name; a team by name and size."""
    if relationship.user:
        who = relationship.user.name
    else:
        people: int = getattr(relationship, "people", 0)
        who = f"{relationship.team} ({counted(people, 'person', 'people')})"
    return Sees(who=who, why=relationship.get_kind_display().capitalize(), since=day(day_of(relationship.since)))
