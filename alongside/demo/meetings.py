"""Inventing contacts: once a week, with what became of them, and planned for the next two weeks."""

from datetime import date, timedelta

from alongside.care.models import Contact, Episode
from alongside.demo.history import History, at, days
from alongside.demo.invented import words
from alongside.demo.invented.caseload import Known
from alongside.demo.invented.organisation import CAFE, DROP_IN, GROUP

AHEAD = 14
WEEK = timedelta(days=7)
MINUTES = {GROUP: 90, CAFE: 120, DROP_IN: 60}
# service: weekdays, time and place; the others meet when the two of them agree
FIXED = {
    GROUP: ((3,), (17, 0), "Hall"),
    CAFE: ((4,), (19, 0), "Brook Lane Library"),
    DROP_IN: ((0, 2), (16, 0), "Hall"),
}
BECAME = {Contact.Outcome.CAME: 80, Contact.Outcome.CANCELLED: 12, Contact.Outcome.DID_NOT_COME: 8}
MODES = {Contact.Mode.IN_PERSON: 70, Contact.Mode.PHONE: 18, Contact.Mode.VIDEO: 12}
NOTED = 0.6


def of_known(history: History, episode: Episode, known: Known) -> None:
    """The past weeks and the next ones of somebody on Amara's caseload."""
    if known.next_in is None:
        for ago in (27, 20, 6):
            _meet(history, episode, history.today - days(ago), (16, 30), Contact.Mode.IN_PERSON, "Hall")
        return
    on = history.today + days(known.next_in)
    if known.service in FIXED:
        on += days((FIXED[known.service][0][0] - on.weekday()) % 7)
    elif known.next_in and on.weekday() > 4:
        on += days(7 - on.weekday())
    first = on
    while first - WEEK > episode.started_on:
        first -= WEEK
    while first <= max(on, history.today + days(AHEAD)):
        _meet(history, episode, first, known.at, known.mode, known.place)
        first += WEEK


def by_chance(history: History, episode: Episode) -> list[Contact]:
    """Every week from the start to the end, or for two weeks from now; gives those to which they came."""
    chance = history.chance
    weekdays, at_time, place = FIXED.get(
        episode.service.name, ((chance.randrange(5),), chance.choice(words.TIMES_OF_DAY), chance.choice(words.PLACES))
    )
    mode = Contact.Mode.IN_PERSON if episode.service.name in FIXED else history.pick(MODES)
    day = episode.started_on + days((chance.choice(weekdays) - episode.started_on.weekday()) % 7)
    last = episode.ended_on or history.today + days(AHEAD)
    came = []
    while day <= last:
        met = _meet(history, episode, day, at_time, mode, place if mode == Contact.Mode.IN_PERSON else "")
        if met.outcome == Contact.Outcome.CAME:
            came.append(met)
        day += WEEK
    return came


def _meet(
    history: History, episode: Episode, day: date, time: tuple[int, int], mode: Contact.Mode, place: str
) -> Contact:
    chance, note, outcome = history.chance, "", Contact.Outcome.PLANNED
    if day < history.today:
        outcome = history.pick(BECAME)
        if chance.random() < NOTED:
            came = words.TOGETHER if episode.service.name in FIXED else words.NOTES
            note = chance.choice(came if outcome == Contact.Outcome.CAME else words.NO_SHOWS)
    contact = Contact(
        episode=episode,
        starts_at=at(day, *time),
        minutes=MINUTES.get(episode.service.name, 50),
        mode=mode,
        outcome=outcome,
        place=place,
        note=note,
    )
    return history.add(contact, min(at(day, *time), at(history.today, 8)))
