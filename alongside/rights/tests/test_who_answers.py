"""Who answers for whom: a lead of the person's team; another lead sees only that something waits, and by when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import actions as access
from alongside.access import emergencies
from alongside.access.models import Team, User
from alongside.access.roles import Role
from alongside.core import clock
from alongside.rights.actions import requests
from alongside.rights.models import Request

pytestmark = pytest.mark.django_db
ABOUT_THEM = ("rights:keep", "rights:hold", "rights:erase")
OF_THE_REQUEST = ("rights:request", "rights:items", "rights:refuse", "rights:release", "rights:copy")


@pytest.fixture
def other_lead(db: None) -> User:
    """Leads another team."""
    ruth = access.add_user(
        email="ruth@wrenstreet.example", name="Ruth Abiola", role=Role.LEAD, password=None, by="test"
    )
    access.add_team(name="Brook team", members=[ruth], by="test")
    return ruth


@pytest.fixture
def asked(client_of_alice: Any, lead: User) -> Request:
    return requests.take_in(person=client_of_alice.pk, kind=Request.Kind.COPY, received_on=clock.today(), by=lead)


def closed(browser: Browser, asked: Request) -> bool:
    pages = [(page, asked.person_key) for page in ABOUT_THEM] + [(page, asked.pk) for page in OF_THE_REQUEST]
    return {browser.get(reverse(page, args=[key])).status_code for page, key in pages} == {404}


def test_a_lead_of_another_team_sees_that_it_waits_and_nothing_else(
    asked: Request, other_lead: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(other_lead)
    page = browser.get(reverse("rights:home")).content.decode()
    assert "1 more request from people of teams that you are not in; their leads answer." in page
    assert "no lead in their team" not in page
    assert "WS-0412" not in page
    assert asked.pk not in page
    assert closed(browser, asked)


def test_it_says_so_when_nobody_could_answer(
    asked: Request, other_lead: User, lead: User, team: Team, signed_in: Callable[[User], Browser]
) -> None:
    team.members.remove(lead)
    page = signed_in(other_lead).get(reverse("rights:home")).content.decode()
    assert "1 person has no lead in their team who could" in page
    team.members.add(other_lead)
    assert "WS-0412" in signed_in(other_lead).get(reverse("rights:home")).content.decode()


def test_an_emergency_opens_no_copy_and_erases_nothing(
    asked: Request, other_lead: User, client_of_alice: Any, signed_in: Callable[[User], Browser]
) -> None:
    emergencies.open_record(subject_key=client_of_alice.pk, why="They rang and nobody else was there", by=other_lead)
    browser = signed_in(other_lead)
    assert browser.get(reverse("care:client", args=[client_of_alice.pk])).status_code == 200
    assert browser.get(reverse("rights:consents", args=[client_of_alice.pk])).status_code == 200
    assert closed(browser, asked)
    said = {"key": "a" * 32, "kind": "copy", "code": "WS-0412"}
    assert "ask a lead of theirs" in browser.post(reverse("rights:new"), said).content.decode()


def test_what_is_over_is_listed_for_those_who_answered(
    asked: Request, other_lead: User, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    requests.decide(request=asked, decision=Request.Decision.REFUSED, why="They asked twice in a week", by=lead)
    over = reverse("rights:closed")
    page = signed_in(lead).get(over).content.decode()
    assert "A copy of what we hold: refused, WS-0412" in page
    assert "They asked twice" not in page
    assert "Nothing yet." in signed_in(other_lead).get(over).content.decode()


def test_the_list_of_what_is_over_has_pages(
    client_of_alice: Any, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    for day in range(51):
        one = requests.take_in(
            person=client_of_alice.pk, kind=Request.Kind.COPY, received_on=clock.today() - timedelta(days=day), by=lead
        )
        requests.decide(request=one, decision=Request.Decision.REFUSED, why="Asked before", by=lead)
    page = signed_in(lead).get(reverse("rights:closed"), {"page": 2}).content.decode()
    assert "Page 2 of 2" in page
    assert page.count("A copy of what we hold: refused") == 1
