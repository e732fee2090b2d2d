"""Complaints with their 30 days, breaches with their 72 hours, and the register."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core import clock
from alongside.rights.actions import logs
from alongside.rights.models import Breach, Complaint, Purpose
from alongside.rights.presenters import clocks

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(lead)


def test_anybody_can_complain_and_the_words_are_unreadable() -> None:
    page = Browser().get(reverse("rights:complain")).content.decode()
    assert "Help now" in page
    assert "Leave this page" in page
    words = {"key": "b" * 32, "words": "You sent my letter to my neighbour", "reach": "01632 960 111"}
    answer = Browser().post(reverse("rights:complain"), words)
    assert answer.url == reverse("rights:complained")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_complaint")
        assert "neighbour" not in str(cursor.fetchall())
    assert Complaint.objects.get().words == "You sent my letter to my neighbour"


def test_a_lead_is_asked_to_read_it_without_a_word_of_it(browser: Browser) -> None:
    complaint = logs.complain(words="You sent my letter to my neighbour")
    page = browser.get(reverse("today")).content.decode()
    assert "Please read a complaint about data" in page
    assert reverse("rights:complaint", args=[complaint.pk]) in page
    assert "neighbour" not in page


def test_nobody_notes_from_where_a_complaint_came() -> None:
    words = {"key": "b" * 32, "words": "You sent my letter to my neighbour"}
    Browser(REMOTE_ADDR="203.0.113.7").post(reverse("rights:complain"), words)
    row = Entry.objects.get(did="complaint.received")
    assert (row.by, row.where) == ("public", "")


@pytest.mark.usefixtures("one_moment")
def test_too_many_complaints_from_one_place_wait_an_hour_and_lose_no_word() -> None:
    place, here, there = reverse("rights:complain"), Browser(REMOTE_ADDR="203.0.113.7"), Browser()
    say = lambda browser, n: browser.post(place, {"key": f"{n:032x}", "words": "You sent my letter away"})  # noqa: E731
    assert [say(here, number).status_code for number in range(10)] == [302] * 10
    answer = say(here, 10)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Wait an hour, then send it again" in page
    assert "You sent my letter away" in page
    assert "Help now" in page
    assert Complaint.objects.count() == 10
    assert say(there, 11).status_code == 302


def test_they_are_told_what_happens_next_and_by_when() -> None:
    page = Browser().get(reverse("rights:complained")).content.decode()
    by = clock.today() + timedelta(days=30)
    assert f"By {by.day} {by:%B %Y} at the latest" in page
    assert "Information Commissioner" in page


def test_every_public_page_leads_to_it() -> None:
    assert f'href="{reverse("rights:complain")}"' in Browser().get("/help").content.decode()


def test_whoever_answers_a_complaint_has_it_off_their_list(browser: Browser) -> None:
    complaint = logs.complain(words="You sent my letter to my neighbour")
    today = reverse("today")
    assert "Open the complaint" in browser.get(today).content.decode()
    browser.post(reverse("rights:complaint", args=[complaint.pk]), {"acknowledge": "1"})
    assert "Open the complaint" not in browser.get(today).content.decode()


def test_an_empty_complaint_says_what_to_do() -> None:
    assert "Write what happened" in Browser().post(reverse("rights:complain"), {"key": "b" * 32}).content.decode()


@pytest.mark.parametrize(
    ("age", "says"),
    [(0, "Tell them that we have it by"), (24, "Tell them that we have it by"), (25, "5 days left"), (29, "1 day left"),
     (30, "The 30 days to tell them that we have it are over")],
)  # fmt: skip
def test_the_30_days_of_a_complaint(age: int, says: str) -> None:
    complaint = Complaint(received_on=clock.today() - timedelta(days=age))
    assert says in clocks.complaint_clock(complaint, today=clock.today())


def test_a_complaint_is_acknowledged_and_answered(browser: Browser) -> None:
    complaint = logs.complain(words="You sent my letter to my neighbour")
    place = reverse("rights:complaint", args=[complaint.pk])
    browser.post(place, {"acknowledge": "1"})
    assert "Not answered yet." in browser.get(place).content.decode()
    browser.post(place, {"outcome": "We were wrong, and have said so"})
    complaint.refresh_from_db()
    assert complaint.answered_on == clock.today()
    assert "None is open." in browser.get(reverse("rights:home")).content.decode()


@pytest.mark.parametrize(("hours", "says"), [(1, "71 hours left"), (71, "1 hour left"), (73, "The 72 hours were over")])
def test_the_72_hours_of_a_breach(hours: int, says: str) -> None:
    now = clock.now()
    assert says in clocks.breach_clock(Breach(noticed_at=now - timedelta(hours=hours)), now=now)


def test_a_breach_is_noted_and_the_regulator_told(browser: Browser) -> None:
    browser.post(
        reverse("rights:note_breach"),
        {"key": "c" * 32, "noticed_at": "2026-11-02T09:30", "what": "A letter went astray"},
    )
    breach = Breach.objects.get()
    browser.post(reverse("rights:breach", args=[breach.pk]), {"ico_told_at": "2026-11-03T10:00", "done": "Got it back"})
    breach.refresh_from_db()
    assert clocks.breach_clock(breach, now=clock.now()) == "The ICO was told on 3 November 2026 at 10:00."
    assert breach.done == "Got it back"


def test_the_organisation_confirms_a_purpose(browser: Browser, lead: User) -> None:
    purpose = Purpose.objects.get(code="evaluation")
    said = {
        "name": purpose.name, "basis": "consent", "condition": "research", "source": "Forms", "recipients": "Funders",
        "keeping": purpose.keeping_id,
    }  # fmt: skip
    browser.post(reverse("rights:purpose", args=[purpose.pk]), said)
    purpose.refresh_from_db()
    assert (purpose.basis, purpose.confirmed_on, purpose.confirmed_by) == ("consent", clock.today(), lead)


def test_a_complaint_without_its_token_is_refused() -> None:
    visitor = Browser(enforce_csrf_checks=True)
    visitor.get(reverse("rights:complain"))
    said = {"key": "a" * 32, "words": "You sent my letter to my neighbour", "csrfmiddlewaretoken": "x" * 64}
    assert visitor.post(reverse("rights:complain"), said).status_code == 403
    assert not Complaint.objects.exists()
