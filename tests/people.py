"""The people of every test: Alice works with the client, Bob is on her team, Charlie must never get in."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.test import Client as Browser

from alongside.access import actions as access
from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import Team, User
from alongside.access.roles import Role
from alongside.addressbook.actions import add_organisation
from alongside.addressbook.models import Organisation
from alongside.care.actions import clients, episodes, services
from alongside.care.models import Client, Episode, Referral, Service
from alongside.core import clock

PASSWORD = "correct horse battery"


@pytest.fixture
def password() -> str:
    """What every one of them signs in with."""
    return PASSWORD


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget what this process remembered of the organisation in an earlier test."""
    caches["here"].clear()


@pytest.fixture(autouse=True)
def paper_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no paper beside the test: what was brought in waits until the test has it read."""
    monkeypatch.setattr("alongside.measures.paper.reader.wake", lambda: None)


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the clock: what is counted by the minute or the hour is counted in one, however slow the machine is."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


def _user(name: str, role: Role) -> User:
    email = f"{name.split(' ', maxsplit=1)[0].lower()}@wrenstreet.example"
    return access.add_user(email=email, name=name, role=role, password=PASSWORD, by="test")


@pytest.fixture
def alice(db: None) -> User:
    return _user("Alice Adeyemi", Role.PRACTITIONER)


@pytest.fixture
def bob(db: None) -> User:
    return _user("Bob Brandt", Role.PRACTITIONER)


@pytest.fixture
def charlie(db: None) -> User:
    return _user("Charlie Cole", Role.PRACTITIONER)


@pytest.fixture
def lead(db: None) -> User:
    return _user("Jo Marsh", Role.LEAD)


@pytest.fixture
def reader(db: None) -> User:
    return _user("Fern Reader", Role.FUNDER_READER)


@pytest.fixture
def evaluator(db: None) -> User:
    return _user("Eli Sums", Role.EVALUATOR)


@pytest.fixture
def administrator(db: None) -> User:
    return _user("Ada Keys", Role.ADMINISTRATOR)


@pytest.fixture
def trainer(db: None) -> User:
    """Trains other organisations; stands for every role that may do nothing here yet."""
    return _user("Tam Course", Role.TRAINER)


@pytest.fixture
def team(alice: User, bob: User, lead: User) -> Team:
    return access.add_team(name="Calder team", members=[alice, bob, lead], by="test")


@pytest.fixture
def service(team: Team) -> Service:
    return services.add(name="Counselling", tier=Service.Tier.INTERVENTION, team=team, uses_form=True, by="test")


@pytest.fixture
def funder(db: None) -> Organisation:
    return add_organisation(name="Calder Community Fund", kind=Organisation.Kind.FUNDER, by="test")


@pytest.fixture
def client_of_alice(alice: User, service: Service, funder: Organisation) -> Client:
    """Rowan, whom Alice has worked with for ten weeks."""
    rowan = clients.add(
        code="WS-0412",
        name="Rowan Ellery",
        known_as="Rowan",
        pronouns="they/them",
        born=date(1999, 3, 2),
        gender=Client.Gender.NON_BINARY,
        address="3 Brook Lane, Calderford",
        phone="01632 960 412",
        needs=["Text, don’t ring"],
        needs_checked_on=clock.today(),
        by=alice,
    )
    began = clock.today() - timedelta(days=70)
    referral = episodes.refer(client=rowan, way=Referral.Way.SELF, received_on=began, by=alice)
    episodes.start(referral=referral, service=service, practitioner=alice, funder=funder, started_on=began, by=alice)
    return rowan


@pytest.fixture
def episode(client_of_alice: Client) -> Episode:
    return client_of_alice.episodes.get()


@pytest.fixture
def signed_in() -> Callable[[User], Browser]:
    """Return a browser in which this person has signed in with password and code."""

    def browser_of(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        session = browser.session
        session[SECOND_FACTOR] = True
        session.save()
        return browser

    return browser_of
