"""Nobody and nothing is counted twice, and only what the grant paid for in its time is counted at all."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.models import Client, Contact, Episode, Referral, Service
from alongside.reporting import queries, reach
from alongside.reporting.models import Grant
from alongside.reporting.tests.conftest import YEAR, Support

pytestmark = pytest.mark.django_db


def reached(grant: Grant, since: date = YEAR[0], until: date = YEAR[1]) -> reach.Reach:
    """The exact numbers, before they are treated."""
    support = queries.support_of(grant, until=until)
    within = queries.within(support, since)
    contacts = queries.times_they_came(within, since, until)
    return reach.count(queries.rows(support), queries.rows(within), contacts, since=since)


@pytest.fixture
def services(service: Service, grant: Grant) -> list[Service]:
    names = ("Project worker support", "Drop-in")
    added = [service, *(Service.objects.create(name=name, tier="prevention", team=service.team) for name in names)]
    grant.services.set(added)
    return added


@pytest.fixture
def rowan() -> Client:
    return Client.objects.create(code="WS-0001", name="Rowan Ellery")


@pytest.fixture
def receive(alice: User, funder: Organisation):
    def begin(client: Client, service: Service, on: date, *, ended_on: date | None = None, **other: object) -> Episode:
        referral = other.pop("referral", None) or Referral.objects.create(client=client, way="self", received_on=on)
        ending = {"ended_on": ended_on, "ending": "planned" if ended_on else ""}
        whole = {"practitioner": alice, "funder": funder, **other}
        return Episode.objects.create(
            client=client, service=service, referral=referral, started_on=on, **ending, **whole
        )

    return begin


def meet(episode: Episode, *days: date, outcome: str = "came") -> None:
    for day in days:
        at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
        Contact.objects.create(episode=episode, starts_at=at, mode="in person", outcome=outcome)


def test_one_person_with_two_referrals_three_services_and_nine_contacts(
    grant: Grant, rowan: Client, services: list[Service], receive
) -> None:
    first = receive(rowan, services[0], date(2025, 5, 1))
    second = receive(rowan, services[1], date(2025, 6, 1), referral=first.referral)
    third = receive(rowan, services[2], date(2025, 9, 1))
    for episode in (first, second, third):
        meet(episode, date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1))
    found = reached(grant)
    assert (found.clients, found.referrals, found.services, found.contacts) == (1, 2, 3, 9)


def test_a_service_left_and_taken_up_again_is_one_service(
    grant: Grant, rowan: Client, service: Service, receive
) -> None:
    receive(rowan, service, date(2025, 5, 1), ended_on=date(2025, 6, 1))
    receive(rowan, service, date(2025, 5, 20), ended_on=date(2025, 7, 1))
    receive(rowan, service, date(2026, 1, 1))
    found = reached(grant)
    assert (found.clients, found.referrals, found.services) == (1, 3, 1)


def test_somebody_who_gave_no_name_is_a_person(grant: Grant, service: Service, receive) -> None:
    for number in range(3):
        receive(Client.objects.create(code=f"WS-100{number}"), service, date(2025, 5, 1))
    assert reached(grant).clients == 3


def test_a_year_is_not_the_sum_of_its_quarters(grant: Grant, rowan: Client, service: Service, receive) -> None:
    receive(rowan, service, date(2025, 4, 2))
    starts = [date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]
    quarters = [reached(grant, since, date.fromordinal(after.toordinal() - 1)) for since, after in pairwise(starts)]
    assert [quarter.clients for quarter in quarters] == [1, 1, 1, 1]
    assert reached(grant).clients == 1


def test_only_what_the_grant_pays_for_counts(grant: Grant, service: Service, receive, funder: Organisation) -> None:
    def somebody(number: int) -> Client:
        return Client.objects.create(code=f"WS-200{number}")

    another = Service.objects.create(name="Crisis café", tier="prevention", team=service.team)
    other = Organisation.objects.create(name="Marrow Trust", kind="funder")
    receive(somebody(1), another, date(2025, 5, 1))
    receive(somebody(2), service, date(2025, 5, 1), funder=other)
    receive(somebody(3), service, date(2025, 5, 1), funder=None)
    receive(somebody(4), service, date(2024, 5, 1), ended_on=date(2025, 3, 31))
    receive(somebody(5), service, date(2026, 4, 1))
    assert reached(grant).clients == 0
    receive(somebody(6), service, date(2024, 5, 1), ended_on=date(2025, 4, 1))
    receive(somebody(7), service, date(2026, 3, 31))
    assert reached(grant).clients == 2
    grant.services.clear()
    assert reached(grant).clients == 3


def test_who_is_new_and_who_goes_on(grant: Grant, service: Service, receive) -> None:
    new, goes_on, came_back = (Client.objects.create(code=f"WS-300{number}") for number in range(3))
    receive(new, service, date(2025, 4, 1))
    receive(goes_on, service, date(2025, 3, 31))
    receive(came_back, service, date(2023, 1, 1), ended_on=date(2023, 2, 1))
    receive(came_back, service, date(2025, 8, 1))
    found = reached(grant)
    assert (found.clients, found.began, found.continued) == (3, 1, 2)


def test_a_meeting_counts_on_its_day_and_only_if_somebody_came(
    grant: Grant, rowan: Client, service: Service, receive
) -> None:
    episode = receive(rowan, service, date(2025, 3, 1))
    meet(episode, date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1))
    meet(episode, date(2025, 5, 1), outcome="did not come")
    meet(episode, date(2025, 5, 8), outcome="cancelled")
    assert reached(grant).contacts == 2


def test_age_is_that_of_the_first_day_supported_in_the_period(grant: Grant, support: Support, receive) -> None:
    (young,) = support(1, began=date(2025, 1, 10))
    (later,) = support(1, began=date(2025, 8, 1))
    (unknown,) = support(1)
    Client.objects.filter(pk=young.pk).update(born=date(2005, 4, 2))
    Client.objects.filter(pk=later.pk).update(born=date(2005, 7, 31))
    Client.objects.filter(pk=unknown.pk).update(born=None)
    within = queries.within(queries.support_of(grant, until=YEAR[1]), YEAR[0])
    found = reach.people(queries.rows(within), queries.about(within), since=YEAR[0])
    assert {key: person.age for key, person in found.items()} == {young.pk: 19, later.pk: 20, unknown.pk: None}


def test_people_by_gender_and_age_add_up_before_they_are_treated(grant: Grant, support: Support) -> None:
    support(4, gender="woman", age=19)
    support(9, gender="man", age=41)
    support(2, gender="", age=25)
    within = queries.within(queries.support_of(grant, until=YEAR[1]), YEAR[0])
    people = reach.people(queries.rows(within), queries.about(within), since=YEAR[0])
    found = reach.groups(people.values())
    assert [(one.level, one.clients) for one in found["gender"]] == [("Woman", 4), ("Man", 9), ("not recorded", 2)]
    assert [(one.level, one.clients) for one in found["age"]] == [("under 20", 4), ("20 to 40", 2), ("over 40", 9)]
    shown = reach.treated_groups(found)
    assert [(one.level, one.clients) for one in shown["gender"]] == [("Man", 10), ("a group of fewer than 8", None)]


def test_nothing_is_told_of_a_handful_of_people() -> None:
    few = reach.Reach(clients=3, began=0, continued=3, referrals=4, services=8, contacts=60)
    shown = reach.treated(few)
    assert {
        getattr(shown, name) for name in ("clients", "began", "continued", "referrals", "services", "contacts")
    } == {None}
