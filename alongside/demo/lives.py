"""Inventing clients: who they are, how they came, which support they receive and how it ended."""

from datetime import date, datetime

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.models import Client, Episode, Event, Goal, GoalRating, Referral, Service
from alongside.demo import forms, meetings
from alongside.demo.history import History, at, days
from alongside.demo.invented import people, words
from alongside.demo.invented.caseload import BETTER, CASELOAD, HARDER, SAME, Known
from alongside.demo.invented.organisation import AMARA, CAFE, COUNSELLING, DROP_IN, FAMILY, GROUP, PROJECT

HOW_MANY, OVER = 300, 730
KINDS = {COUNSELLING: 45, PROJECT: 17, GROUP: 12, CAFE: 8, FAMILY: 8, DROP_IN: 10}
WEEKS = {COUNSELLING: (10, 30), PROJECT: (6, 26), GROUP: (10, 20), CAFE: (1, 5), FAMILY: (5, 16), DROP_IN: (4, 30)}
AGES = {DROP_IN: (13, 17), FAMILY: (15, 62)}
WITHOUT_A_NAME = {DROP_IN: 0.35, CAFE: 0.4}
COURSES = {BETTER: 58, SAME: 24, HARDER: 18}
ENDINGS = {Episode.Ending.PLANNED: 62, Episode.Ending.UNPLANNED: 25, Episode.Ending.MOVED_ON: 13}
ANOTHER_SERVICE, BACK_AGAIN = 0.16, 0.09


def invent(history: History) -> None:
    """Everybody: those written out one by one, and the rest by chance."""
    for known in CASELOAD:
        _known(history, known)
    for _ in range(HOW_MANY - len(CASELOAD)):
        _somebody(history)


def _known(history: History, known: Known) -> None:
    worker = history.house.staff[AMARA]
    began = history.today - days(known.weeks * 7)
    client = Client(name=known.name, known_as=known.known_as, gender=known.gender, pronouns=known.pronouns)
    client.born = _born(history, known.age) if known.age else None
    client.needs = list(known.needs)
    client.needs_checked_on = history.today - days(19) if known.needs else None
    if known.name:
        _how_to_reach(history, client)
    history.add(client, began - days(12))
    service = history.house.services[known.service]
    referral = _came(history, client, began - days(12))
    funder = next(iter(history.house.payers(service, began)), None)
    row = Episode(
        client=client, service=service, practitioner=worker, referral=referral, funder=funder, started_on=began
    )  # fmt: skip
    episode = history.add(row, began)
    for wish in known.wishes:
        goal = history.add(Goal(client=client, words=wish.words, added_on=history.today - days(wish.days_ago)))
        for ago, rating in wish.ratings:
            history.add(GoalRating(goal=goal, rating=rating, rated_on=history.today - days(ago)))
    for ago, said in known.events:
        history.add(Event(client=client, on=history.today - days(ago), words=said))
    meetings.of_known(history, episode, known)
    forms.of_known(history, episode, known)


def _somebody(history: History) -> None:
    chance = history.chance
    # a little busier every month
    arrived = history.today - days(OVER * (1 - chance.random() ** 0.85))
    kind = history.pick(KINDS)
    client = history.add(_client(history, kind, arrived), at(arrived, 9, chance.randrange(60)))
    referral = _came(history, client, arrived)
    course = history.pick(COURSES)
    waited = min(arrived + days(chance.uniform(2, 40)), history.today - days(1))
    episode = _episode(history, referral, kind, waited, course)
    _wishes(history, client, episode.started_on)
    if chance.random() < ANOTHER_SERVICE:
        other = chance.choice([name for name in KINDS if name != kind])
        begins = episode.started_on + days(chance.uniform(10, 90))
        if begins < history.today:
            _episode(history, referral, other, begins, course)
    if episode.ended_on and chance.random() < BACK_AGAIN:
        again = episode.ended_on + days(chance.uniform(50, 260))
        if again + days(20) < history.today:
            back = _came(history, client, again, previous=referral)
            _episode(history, back, kind, again + days(chance.uniform(2, 20)), course)


def _client(history: History, kind: str, arrived: date) -> Client:
    chance = history.chance
    gender = history.pick(people.GENDERS)
    first = chance.choice(people.FIRST_NAMES.get(gender, people.OTHERS))
    client = Client(gender=gender)
    if chance.random() < WITHOUT_A_NAME.get(kind, 0.02):
        client.known_as = first if chance.random() < 0.5 else ""
        return client
    youngest, oldest = AGES.get(kind, (16, 58))
    age = youngest + round((oldest - youngest) * chance.random() ** 1.7)
    client.name = f"{first} {chance.choice(people.SURNAMES)}"
    client.known_as = chance.choice(people.OTHERS) if chance.random() < 0.08 else ""
    client.pronouns = people.PRONOUNS.get(gender, "") if chance.random() < 0.4 else ""
    client.born = _born(history, age + (history.today - arrived).days // 365) if chance.random() < 0.93 else None
    _how_to_reach(history, client)
    if chance.random() < 0.3:
        client.needs = chance.sample(people.NEEDS, chance.choice((1, 1, 2)))
        client.needs_checked_on = min(arrived + days(chance.uniform(20, 200)), history.today)
    return client


def _born(history: History, age: int) -> date:
    return history.today - days(age * 365.25 + history.chance.uniform(5, 350))


def _how_to_reach(history: History, client: Client) -> None:
    chance = history.chance
    client.address = f"{chance.randrange(1, 120)} {chance.choice(people.ROADS)}, {people.TOWN}"
    client.postcode_area = chance.choice(people.AREAS)
    client.phone = f"01632 960 {chance.randrange(100, 1000)}"
    if chance.random() < 0.6:
        client.email = f"{client.name.split(' ')[0].lower()}.{chance.randrange(1000)}@post.example"
    if chance.random() < 0.25:
        client.someone_close = f"{chance.choice(people.OTHERS)}, 01632 960 {chance.randrange(100, 1000)}"


def _came(history: History, client: Client, on: date, previous: Referral | None = None) -> Referral:
    way = history.pick(people.WAYS)
    organisation = history.house.way_in(way)
    row = Referral(client=client, way=way, organisation=organisation, received_on=on, previous=previous)
    return history.add(row, on)


def _episode(history: History, referral: Referral, kind: str, start: date, course: str) -> Episode:
    """Support of one kind, over by now or not."""
    chance, service = history.chance, history.house.services[kind]
    shortest, longest = WEEKS[kind]
    ended_on: date | None = start + days(7 * chance.uniform(shortest, longest))
    if ended_on is not None and ended_on >= history.today:
        ended_on = None
    row = Episode(
        client=referral.client,
        service=service,
        practitioner=_worker(history, service, ended=ended_on is not None),
        funder=_payer(history, service, start),
        referral=referral,
        started_on=start,
        ended_on=ended_on,
        ending=history.pick(ENDINGS) if ended_on else "",
    )
    episode = history.add(row, start)
    met = meetings.by_chance(history, episode)
    forms.by_chance(history, episode, met, course)
    return episode


def _worker(history: History, service: Service, *, ended: bool) -> User:
    """Amara's present caseload is written out; in the past she worked with others too."""
    team = history.house.practitioners(service)
    return history.chance.choice([one for one in team if ended or one.name != AMARA])


def _payer(history: History, service: Service, start: date) -> Organisation | None:
    payers = history.house.payers(service, start)
    return history.chance.choice(payers) if payers and history.chance.random() < 0.88 else None


def _wishes(history: History, client: Client, began: date) -> None:
    chance = history.chance
    for said in chance.sample(words.GOALS, chance.choice((0, 0, 1, 1, 1, 2, 3))):
        added = min(began + days(chance.uniform(0, 40)), history.today)
        goal = history.add(Goal(client=client, words=said, added_on=added), _evening(added))
        rating, on = chance.randrange(5), added
        for _ in range(chance.choice((0, 1, 2, 3))):
            if on > history.today:
                break
            history.add(GoalRating(goal=goal, rating=rating, rated_on=on), _evening(on))
            rating = min(10, max(0, rating + chance.choice((-1, 0, 1, 1, 2))))
            on += days(chance.uniform(14, 60))
    if chance.random() < 0.3:
        on = min(began + days(chance.uniform(10, 120)), history.today)
        history.add(Event(client=client, on=on, words=chance.choice(words.EVENTS)), _evening(on))


def _evening(day: date) -> datetime:
    return at(day, 17)
