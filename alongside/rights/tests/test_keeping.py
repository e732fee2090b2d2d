"""Whose time is over, and erasing from the site."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.core import clock
from alongside.rights import tombstones
from alongside.rights.actions import keeping as actions
from alongside.rights.actions import requests
from alongside.rights.models import Certificate, KeepingTime, Request
from alongside.rights.queries import keeping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tombstones, "file_of", lambda *_: tmp_path / "home.erased")


@pytest.fixture
def browser(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(lead)


@pytest.fixture
def long_ago(episode: Any) -> Any:
    """Rowan's support ended nine years ago."""
    episode.started_on = clock.today() - timedelta(days=10 * 366)
    episode.ended_on, episode.ending = clock.today() - timedelta(days=9 * 366), "planned"
    episode.save()
    return episode


def codes(user: User) -> list[str]:
    return [one.code for one in keeping.due(user, today=clock.today()).due]


def test_nobody_whose_support_goes_on_is_due(episode: Any, lead: User) -> None:
    assert codes(lead) == []


def test_the_monthly_list_has_whoever_is_over_and_only_those_one_may_see(
    long_ago: Any, lead: User, charlie: User
) -> None:
    assert codes(lead) == ["WS-0412"]
    assert keeping.due(charlie, today=clock.today()) == keeping.Review(due=[], others=1)


def test_whoever_came_back_is_not_due(long_ago: Any, lead: User) -> None:
    again = type(long_ago)(
        client=long_ago.client, service=long_ago.service, practitioner=long_ago.practitioner,
        referral=long_ago.referral, started_on=clock.today() - timedelta(days=400),
    )  # fmt: skip
    again.save()
    assert codes(lead) == []
    again.ended_on, again.ending = clock.today(), "planned"
    again.save()
    assert codes(lead) == []


def test_another_class_and_a_death_change_the_time(long_ago: Any, lead: User) -> None:
    longer = KeepingTime.objects.get(years=20)
    actions.keep_as(person=long_ago.client_id, time=longer, died_on=None, by=lead)
    assert codes(lead) == []
    actions.keep_as(person=long_ago.client_id, time=longer, died_on=date(2010, 1, 1), by=lead)
    assert codes(lead) == ["WS-0412"]


def test_a_lead_erases_a_record_with_its_code(long_ago: Any, browser: Browser) -> None:
    place = reverse("rights:erase", args=[long_ago.client_id])
    assert "That is not the code on this page" in browser.post(place, {"code": "WS-0413"}).content.decode()
    page = browser.post(place, {"code": "ws-0412"}, follow=True).content.decode()
    assert "A record was erased" in page
    assert Certificate.objects.get().reference in page
    assert "WS-0412" not in page
    assert not apps.get_model("care.Client").objects.exists()
    assert browser.get(place).status_code == 404


def test_a_held_record_cannot_be_erased_from_the_site(long_ago: Any, browser: Browser, lead: User) -> None:
    hold = actions.hold(person=long_ago.client_id, why="A claim", until_on=None, by=lead)
    place = reverse("rights:erase", args=[long_ago.client_id])
    assert "This record is held" in browser.post(place, {"code": "WS-0412"}, follow=True).content.decode()
    browser.post(reverse("rights:lift", args=[long_ago.client_id, hold.pk]))
    assert browser.post(place, {"code": "WS-0412"}).status_code == 302
    assert not apps.get_model("care.Client").objects.exists()


def test_nothing_is_erased_without_a_ground(episode: Any, browser: Browser, lead: User) -> None:
    place, keep = (reverse(page, args=[episode.client_id]) for page in ("rights:erase", "rights:keep"))
    said = browser.post(place, {"code": "WS-0412"}, follow=True).content.decode()
    assert "they have not asked to be erased" in said
    assert place not in said
    requests.take_in(person=episode.client_id, kind=Request.Kind.ERASURE, received_on=clock.today(), by=lead)
    assert "They have asked to be erased." in browser.get(keep).content.decode()
    assert "A record was erased" in browser.post(place, {"code": "WS-0412"}, follow=True).content.decode()
    assert Certificate.objects.get().why == Certificate.Why.ASKED


def test_whoever_waits_for_a_copy_is_not_erased(long_ago: Any, browser: Browser, lead: User) -> None:
    asked = requests.take_in(person=long_ago.client_id, kind=Request.Kind.COPY, received_on=clock.today(), by=lead)
    place = reverse("rights:erase", args=[long_ago.client_id])
    assert "They have asked for a copy" in browser.post(place, {"code": "WS-0412"}, follow=True).content.decode()
    requests.decide(request=asked, decision=Request.Decision.REFUSED, why="They took it back", by=lead)
    assert browser.post(place, {"code": "WS-0412"}).status_code == 302
    assert not apps.get_model("care.Client").objects.exists()


def test_a_hold_that_is_over_holds_nothing(long_ago: Any, lead: User) -> None:
    actions.hold(person=long_ago.client_id, why="A claim", until_on=clock.today() - timedelta(days=1), by=lead)
    assert keeping.standing(long_ago.client_id, today=clock.today()).against == []


def test_a_name_that_another_class_was_given_meanwhile_is_refused_in_a_sentence(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = KeepingTime.objects.all()
    said = {
        name: getattr(first, name) or ""
        for name in ("trigger", "years", "child_until", "at_17_until", "years_after_death", "action", "why")
    }
    asked = keeping.times
    looks = iter([lambda: None, lambda: KeepingTime.objects.filter(pk=second.pk).update(name="Five years")])

    def times() -> Any:
        next(looks)()
        return asked()

    monkeypatch.setattr(keeping, "times", times)
    address = reverse("rights:time", args=[first.pk])
    page = browser.post(address, {**said, "name": "Five years"}).content.decode()
    assert "Another class was given this name a moment ago" in page
    first.refresh_from_db()
    assert first.name != "Five years"


def test_a_keeping_time_is_changed(browser: Browser) -> None:
    time = KeepingTime.objects.all()[0]
    said = {"name": "Six years", "trigger": time.trigger, "years": 6, "action": time.action, "why": "Our own review"}
    answer = browser.post(reverse("rights:time", args=[time.pk]), said, follow=True)
    assert "Saved." in answer.content.decode()
    time.refresh_from_db()
    assert (time.name, time.years) == ("Six years", 6)
