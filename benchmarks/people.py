"""Fills an empty home with many invented clients, quickly: for measuring, not for looking at."""

import random
from datetime import date, datetime, timedelta
from itertools import batched

from alongside.access.models import Membership, Relationship, Team, User
from alongside.access.roles import Role
from alongside.addressbook.models import Organisation
from alongside.care.models import Client, Contact, Episode, Event, Goal, GoalRating, Referral, Service
from alongside.core import clock
from alongside.instruments import loader
from alongside.measures.models import Questionnaire, Response
from alongside.reporting.models import Grant
from benchmarks.names import FIRST, LAST

TEAM, CASELOAD, FORMS, CONTACTS = 20, 15, 10, 12
ITEMS = [item.key for item in loader.load("service-evaluation").items]


def fill(clients: int, *, seed: int = 1) -> None:
    """Make this many clients, 75 to a practitioner: 15 whose support goes on and 60 whose support has ended."""
    chance, today = random.Random(seed), clock.today()
    practitioners = [
        User(email=f"p{n}@wrenstreet.example", name=f"Practitioner {n}", role=Role.PRACTITIONER, password="!")
        for n in range(max(TEAM, clients // 75))
    ]
    leads = [User(email=f"l{n}@wrenstreet.example", name=f"Lead {n}", role=Role.LEAD, password="!") for n in range(4)]
    User.objects.bulk_create([*practitioners, *leads])
    teams = [Team(name=f"Team {n}") for n in range(len(practitioners) // TEAM)]
    Team.objects.bulk_create(teams)
    for place, team in enumerate(teams):
        mine = practitioners[place * TEAM : (place + 1) * TEAM]
        Membership.objects.bulk_create([Membership(team=team, user=user) for user in [*mine, leads[place % 4]]])
    funder = Organisation.objects.create(name="Calder Community Fund", kind=Organisation.Kind.FUNDER)
    services = [Service(name=f"Counselling {n}", tier="intervention", team=team) for n, team in enumerate(teams)]
    Service.objects.bulk_create(services)
    grant = Grant(funder=funder, title="Counselling", starts_on=today - timedelta(730), ends_on=today)
    grant.save()
    grant.services.set(services)
    people = (
        (number, practitioners[number % (len(teams) * TEAM)], number // len(practitioners) < CASELOAD)
        for number in range(clients)
    )
    for some in batched(people, 2_000, strict=False):
        _add(chance, today, funder, [(n, who, services[practitioners.index(who) // TEAM], on) for n, who, on in some])


def _add(
    chance: random.Random, today: date, funder: Organisation, people: list[tuple[int, User, Service, bool]]
) -> None:
    rows: dict[type, list[object]] = {
        kind: []
        for kind in (
            Client, Referral, Episode, Relationship, Contact, Goal, GoalRating, Event, Questionnaire, Response,
        )
    }  # fmt: skip
    for number, practitioner, service, going_on in people:
        began = today - timedelta(days=chance.randint(140, 160) + (0 if going_on else chance.randint(200, 500)))
        client = Client(
            code=f"WS-{number + 10_000}",
            name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            known_as=f"{chance.choice(FIRST)} {number}" if number % 5 == 0 else "",
            born=date(1960, 1, 1) + timedelta(days=chance.randrange(17_000)),
            gender=chance.choice(["woman", "man", "non-binary", ""]),
            address=f"{number} Long Road",
            needs=["Text, don’t ring"],
            needs_checked_on=began,
        )
        referral = Referral(client=client, way="self", received_on=began)
        episode = Episode(
            client=client, service=service, practitioner=practitioner, funder=funder, referral=referral,
            started_on=began, ended_on=None if going_on else began + timedelta(days=150),
            ending="" if going_on else "planned",
        )  # fmt: skip
        goal = Goal(client=client, words="Sleep through the night", added_on=began)
        rows[Client].append(client)
        rows[Referral].append(referral)
        rows[Episode].append(episode)
        rows[Goal].append(goal)
        rows[Event].append(Event(client=client, on=began + timedelta(days=50), words="Moved house"))
        rows[Relationship].append(Relationship(team=service.team, subject_key=client.pk, kind="team"))
        if going_on:
            rows[Relationship].append(Relationship(user=practitioner, subject_key=client.pk, kind="caseload"))
        for place in range(CONTACTS):
            at = datetime.combine(began + timedelta(days=13 * place), datetime.min.time(), tzinfo=clock.now().tzinfo)
            rows[Contact].append(
                Contact(
                    episode=episode, starts_at=at + timedelta(hours=10 + number % 7), mode="in person", outcome="came",
                    place="Room 2", note="We talked about the week.",
                )
            )  # fmt: skip
        for place in range(FORMS):
            asked = Questionnaire(
                client=client, episode=episode, instrument="service-evaluation", version="1", occasion="fortnight",
                reader=practitioner, opened_by=practitioner,
            )  # fmt: skip
            sent = datetime.combine(began + timedelta(days=14 * place), datetime.min.time(), tzinfo=clock.now().tzinfo)
            answers = {item: {"value": round(chance.uniform(0, 10), 1), "how": "line"} for item in ITEMS}
            rows[Questionnaire].append(asked)
            rows[Response].append(Response(questionnaire=asked, answers=answers, given="together", sent_at=sent))
            rows[GoalRating].append(
                GoalRating(goal=goal, rating=chance.randint(0, 10), rated_on=began + timedelta(days=14 * place))
            )
    for kind, made in rows.items():
        kind.objects.bulk_create(made, batch_size=2_000)  # type: ignore[attr-defined]
