"""A request for a copy: its steps, what holds it back, and the file."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core import clock
from alongside.rights.actions import requests
from alongside.rights.models import LeftOut, Opinion, Request

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(lead)


@pytest.fixture
def asked(client_of_alice: Any, lead: User) -> Request:
    return requests.take_in(
        person=client_of_alice.pk, kind=Request.Kind.COPY, received_on=clock.today() - timedelta(days=3), by=lead
    )


def hear(asked: Request, lead: User, *, days_ago: int, finding: str = Opinion.Finding.NO_HARM) -> None:
    requests.hear(
        request=asked, finding=finding, who="Dr Ashdown", role="Their GP", by=lead,
        given_on=clock.today() - timedelta(days=days_ago),
    )  # fmt: skip


def release(browser: Browser, asked: Request) -> str:
    answer = browser.post(reverse("rights:release", args=[asked.pk]), follow=True)
    asked.refresh_from_db()
    return answer.content.decode()


@pytest.mark.usefixtures("service")
def test_a_request_is_taken_in_by_the_code(browser: Browser, client_of_alice: Any) -> None:
    new = reverse("rights:new")
    day = {f"received_on_{part}": getattr(clock.today(), part) for part in ("day", "month", "year")}
    said = {"key": "a" * 32, "kind": "copy", "code": "ws-0412", **day}
    assert "Enter the code of somebody" in browser.post(new, {**said, "code": "WS-9999"}).content.decode()
    page = browser.post(new, said, follow=True).content.decode()
    assert "A copy of what we hold, WS-0412" in page
    assert "days left" in page
    browser.post(new, said)
    assert Request.objects.get().person_key == client_of_alice.pk


def test_a_copy_is_not_given_before_anybody_knows_who_asks_and_that_it_does_no_harm(
    browser: Browser, asked: Request, lead: User
) -> None:
    said = release(browser, asked)
    assert "Note how you made sure who is asking." in said
    assert "Record what a health professional says about serious harm" in said
    assert browser.get(reverse("rights:copy", args=[asked.pk])).status_code == 404
    requests.know(request=asked, on=clock.today(), how="I know them", by=lead)
    hear(asked, lead, days_ago=184)
    assert "is older than six months" in release(browser, asked)
    assert asked.decision == ""


@pytest.mark.parametrize("finding", Opinion.Finding.values)
def test_a_copy_is_given_with_an_opinion_of_the_last_six_months(
    finding: str, browser: Browser, asked: Request, lead: User, client_of_alice: Any
) -> None:
    requests.know(request=asked, on=clock.today(), how="I know them", by=lead)
    hear(asked, lead, days_ago=183, finding=finding)
    release(browser, asked)
    assert asked.decision == Request.Decision.GIVEN
    before = Entry.objects.count()
    answer = browser.get(reverse("rights:copy", args=[asked.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="copy-WS-0412-{clock.today()}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert "3 Brook Lane" in file.read("read-me-first.html").decode()
    row = Entry.objects.order_by("number")[before:].get()
    assert (row.did, row.subject) == ("client.exported", f"client:{client_of_alice.pk}")
    assert "sha256" in row.details


def test_the_clock_stops_while_we_wait_and_goes_on(browser: Browser, asked: Request, lead: User) -> None:
    page = reverse("rights:request", args=[asked.pk])
    requests.pause(request=asked, why="identity", from_on=clock.today() - timedelta(days=2), by=lead)
    assert "The clock is stopped." in browser.get(page).content.decode()
    requests.go_on(request=asked, on=clock.today(), by=lead)
    assert "The clock is stopped." not in browser.get(page).content.decode()


def test_the_clock_stops_on_no_day_before_the_request_and_goes_on_on_none_before_it_stopped(
    browser: Browser, asked: Request
) -> None:
    def on(field: str, days_ago: int) -> dict[str, object]:
        day = clock.today() - timedelta(days=days_ago)
        return {"why": "identity", **{f"{field}_{part}": getattr(day, part) for part in ("day", "month", "year")}}

    pause, go_on = (reverse("rights:step", args=[asked.pk, step]) for step in ("pause", "go-on"))
    assert "on which the request had reached us" in browser.post(pause, on("from_on", 4)).content.decode()
    assert browser.post(pause, on("from_on", 2)).status_code == 302
    assert "on which you had asked them" in browser.post(go_on, on("on", 3)).content.decode()
    assert browser.post(go_on, on("on", 0)).status_code == 302
    pauses = [(one.from_on, one.until_on) for one in asked.pauses.all()]
    assert pauses == [(clock.today() - timedelta(days=2), clock.today())]


def test_more_time_is_taken_in_the_first_month_or_not_at_all(
    browser: Browser, client_of_alice: Any, lead: User
) -> None:
    late = requests.take_in(
        person=client_of_alice.pk, kind=Request.Kind.COPY, received_on=clock.today() - timedelta(days=40), by=lead
    )
    place = reverse("rights:step", args=[late.pk, "longer"])
    page = browser.post(place, {"why": "Two rooms of paper"}).content.decode()
    assert "can only be taken in the first month" in page
    assert "Two rooms of paper" in page
    late.refresh_from_db()
    assert late.longer_on is None
    assert "Answer it now, and say why it is late" in browser.get(reverse("rights:home")).content.decode()


def test_a_copy_can_be_taken_for_30_days_and_while_the_opinion_counts(
    browser: Browser, asked: Request, lead: User
) -> None:
    requests.know(request=asked, on=clock.today(), how="I know them", by=lead)
    hear(asked, lead, days_ago=150)
    release(browser, asked)
    place = reverse("rights:copy", args=[asked.pk])
    for days, status in ((30, 200), (31, 404)):
        Request.objects.filter(pk=asked.pk).update(decided_on=clock.today() - timedelta(days=days))
        assert browser.get(place).status_code == status
    Request.objects.filter(pk=asked.pk).update(decided_on=clock.today())
    Opinion.objects.update(given_on=clock.today() - timedelta(days=184))
    assert browser.get(place).status_code == 404
    assert "open a new request" in browser.get(reverse("rights:request", args=[asked.pk])).content.decode()


def test_an_opinion_pressed_twice_is_kept_once(browser: Browser, asked: Request) -> None:
    day = {f"given_on_{part}": getattr(clock.today(), part) for part in ("day", "month", "year")}
    said = {"key": "e" * 32, "finding": Opinion.Finding.KNOWN, "who": "Dr Ashdown", "role": "Their GP", **day}
    for _ in range(2):
        browser.post(reverse("rights:step", args=[asked.pk, "opinion"]), said)
    assert Opinion.objects.count() == 1


def test_what_is_about_somebody_else_is_left_out_and_can_be_put_in_again(browser: Browser, asked: Request) -> None:
    parts = ["care-client", asked.person_key, "someone_close"]
    place = reverse("rights:leave_out", args=[asked.pk, *parts])
    browser.post(place, {"why": "another person", "reason": "It is a friend’s number"})
    assert LeftOut.objects.get().field == "someone_close"
    assert (
        "Left out: it is about somebody else." in browser.get(reverse("rights:items", args=[asked.pk])).content.decode()
    )
    browser.post(place, {"in": "1"})
    assert not LeftOut.objects.exists()
    nobodys = reverse("rights:leave_out", args=[asked.pk, "care-client", "f" * 32, "someone_close"])
    assert browser.get(nobodys).status_code == 404


def test_a_decided_request_stays_as_it_is(browser: Browser, asked: Request, lead: User) -> None:
    requests.decide(request=asked, decision=Request.Decision.REFUSED, why="They asked twice in a week", by=lead)
    with pytest.raises(requests.Decided):
        requests.know(request=asked, on=clock.today(), how="I know them", by=lead)
    page = browser.get(reverse("rights:request", args=[asked.pk])).content.decode()
    assert "They asked twice in a week" in page
    assert browser.get(reverse("rights:step", args=[asked.pk, "identity"])).status_code == 404
