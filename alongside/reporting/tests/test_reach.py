"""Nobody and nothing is counted twice, and only what the grant paid for in its time is counted at all."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.models import Client, Contact, Episode, Referral, Service
from alongside.reporting import queries, reach
from alongside.reporting.actions import grants
from alongside.reporting.models import Grant
from alongside.reporting.tests.conftest import YEAR, Support

pytestmark = pytest.mark.django_db


def reached(grant: Grant, since: date = YEAR[0], until: date = YEAR[1]) -> reach.Reach:
    """The exact numbers, before they are treated."""
    support = queries.support_of(grant, until=until)
    within = queries.within(support, since)
    return reach.count(
        queries.rows(queries.within(support, grant.starts_on)),
        queries.rows(within),
        began=grant.starts_on,
        since=since,
        contacts=queries.times_they_came(within, since, until),
        nameless=queries.nameless(within),
    )


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


def test_records_without_a_name_are_counted_and_said_to_be_so(
    grant: Grant, rowan: Client, service: Service, receive
) -> None:
    for number in range(3):
        receive(Client.objects.create(code=f"WS-100{number}"), service, date(2025, 5, 1))
    for person in (rowan, Client.objects.create(code="WS-1010", known_as="Fern")):
        receive(person, service, date(2025, 5, 1))
    found = reached(grant)
    assert (found.clients, found.nameless) == (5, 3)


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
    first = reached(grant)
    assert (first.clients, first.began, first.continued) == (3, 3, 0), "nobody has a grant before it begins"
    left = Client.objects.create(code="WS-3003")
    receive(left, service, date(2024, 1, 1), ended_on=date(2025, 3, 31))
    receive(left, service, date(2026, 6, 1))
    second = reached(grant, date(2026, 4, 1), date(2027, 3, 31))
    assert (second.clients, second.began, second.continued) == (4, 1, 3)


def test_another_grant_of_the_same_funder_over_the_same_time_and_services(
    grant: Grant, service: Service, lead: User, funder: Organisation
) -> None:
    def other(**said: object) -> bool:
        whole = {"funder": funder, "services": [service], "starts_on": date(2026, 3, 31), "ends_on": date(2027, 1, 1)}
        added = grants.add(**whole | {"title": "Another", "by": lead} | said)
        found = queries.shares(grant, since=YEAR[0], until=YEAR[1])
        added.delete()
        return found

    elsewhere = Service.objects.create(name="Drop-in", tier="prevention", team=service.team)
    assert other()
    assert other(services=[])
    assert not other(services=[elsewhere])
    assert not other(starts_on=date(2026, 4, 1))
    assert not other(funder="Marrow Trust")
    assert not queries.shares(grant, since=YEAR[0], until=YEAR[1])


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
    young.born, later.born, unknown.born = date(2005, 4, 2), date(2005, 7, 31), None
    for client in (young, later, unknown):
        client.save()
    within = queries.within(queries.support_of(grant, until=YEAR[1]), YEAR[0])
    found = reach.people(queries.rows(within), queries.about(within), since=YEAR[0])
    assert {key: person.age for key, person in found.items()} == {young.pk: 19, later.pk: 20, unknown.pk: None}


def test_somebody_whose_support_is_changed_while_a_report_is_made_breaks_nothing() -> None:
    rows = [queries.Supported(key, "s", "r", YEAR[0], None) for key in ("here", "gone")]
    assert reach.people(rows, {"here": Client(born=date(2000, 1, 1))}, since=YEAR[0]).keys() == {"here"}


def test_who_could_not_yet_answer_is_counted_apart_from_who_stopped() -> None:
    until = date(2026, 3, 31)
    spans = [
        (date(2025, 4, 1), date(2025, 4, 15)),  # stopped long ago
        (date(2026, 3, 15), date(2026, 3, 29)),  # goes on: fortnights 2 and later are still to come
        (date(2026, 3, 31), date(2026, 3, 31)),  # began on the last day
        (date(2026, 3, 18), date(2026, 3, 30)),  # has answered in fortnight 1 already, before its middle
    ]
    found = reach.unreached(spans, range(4), until=until)
    assert [(one.fortnight, one.clients) for one in found] == [(0, 0), (1, 1), (2, 3), (3, 3)]


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
    assert [(one.level, one.clients) for one in shown["gender"]] == [("smaller groups together", 15)]


def test_groups_of_a_few_people_are_counted_together_where_they_are_many() -> None:
    sizes = {"Woman": 20, "Man": 6, "Non-binary": 6, "Another gender": 6}
    found = {"gender": tuple(reach.Group(level=level, clients=clients) for level, clients in sizes.items())}
    shown = reach.treated_groups(found)["gender"]
    assert [(one.level, one.clients) for one in shown] == [("Woman", 20), ("smaller groups together", 20)]
    one_small = {"gender": found["gender"][:2]}
    assert reach.treated_groups(one_small)["gender"] == (reach.Group(level="smaller groups together", clients=25),)


def test_nothing_is_told_of_a_handful_of_people() -> None:
    few = reach.Reach(clients=3, nameless=1, began=0, continued=3, referrals=4, services=8, contacts=60)
    shown = reach.treated(few)
    names = ("clients", "nameless", "began", "continued", "referrals", "services", "contacts")
    assert {getattr(shown, name) for name in names} == {None}
