from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import Team, User
from alongside.audit.models import Entry
from alongside.care.models import Service
from alongside.core.models import new_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], lead: User) -> Browser:
    return signed_in(lead)


def cafe(team: Team, **said: str) -> dict[str, str]:
    given = {"key": new_key(), "name": "Open café", "tier": "prevention", "team": team.pk, "uses_form": "no"}
    return given | said


@pytest.mark.parametrize("page", ["services", "add_service"])
@pytest.mark.parametrize(
    ("who", "status"), [("alice", 404), ("bob", 404), ("charlie", 404), ("reader", 404), ("lead", 200)]
)
def test_only_a_lead_looks_after_services(
    page: str, who: str, status: int, request: pytest.FixtureRequest, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get(reverse(f"care:{page}")).status_code == status
    assert Browser().get(reverse(f"care:{page}")).status_code == 302


def test_a_service_is_added_once_and_its_team_can_begin_it(
    browser: Browser, team: Team, lead: User, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    said = cafe(team)
    for _ in range(2):
        assert browser.post(reverse("care:add_service"), said).url == reverse("care:services")
    added = Service.objects.get()
    assert (added.name, added.tier, added.team, added.uses_form) == ("Open café", "prevention", team, False)
    row = Entry.objects.get(did="service.added")
    assert (row.by, row.subject, row.details) == (lead.pk, f"service:{added.pk}", {})
    assert "Open café" in signed_in(alice).get(reverse("care:add")).content.decode()


def test_services_stand_a_to_z_with_team_and_form(browser: Browser, service: Service, team: Team) -> None:
    browser.post(reverse("care:add_service"), cafe(team, name="Art table"))
    page = browser.get(reverse("care:services")).content.decode()
    assert page.index("Art table") < page.index("Counselling")
    assert page.count("Calder team") == 2
    assert page.count("Not taken") == 1


def test_what_is_missing_is_said_as_what_to_do(browser: Browser, team: Team) -> None:
    page = browser.post(reverse("care:add_service"), {"key": new_key()}).content.decode()
    for sentence in (
        "Enter the name of the service", "Choose when it comes", "Choose the team that gives it",
        "Choose whether the form is taken",
    ):  # fmt: skip
        assert page.count(sentence) == 2
    assert not Service.objects.exists()


def test_two_services_have_two_names(browser: Browser, service: Service, team: Team) -> None:
    page = browser.post(reverse("care:add_service"), cafe(team, name="counselling")).content.decode()
    assert "There is a service with this name" in page
    assert Service.objects.count() == 1


def test_without_a_team_the_page_says_to_add_one_first(browser: Browser) -> None:
    page = browser.get(reverse("care:add_service")).content.decode()
    assert "Add a team first" in page
    assert reverse("access:add_team") in page
