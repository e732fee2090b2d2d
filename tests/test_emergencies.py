"""Opening a record in an emergency: a reason, an hour, an alert without a name, and a review by somebody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import emergencies
from alongside.access.actions import add_user
from alongside.access.fresh import SHOWN_AT
from alongside.access.models import Emergency, Relationship, User
from alongside.access.roles import Role
from alongside.audit.models import Entry
from alongside.care.models import Client
from alongside.core import clock

pytestmark = pytest.mark.django_db
WHY = "They rang from a station and nobody in their team answers"


@pytest.fixture
def charlies(charlie: User, signed_in: Callable[[User], Browser]) -> Browser:
    """Charlie’s browser, in which they have just shown who they are."""
    return shown(signed_in(charlie), minutes_ago=0)


def shown(browser: Browser, *, minutes_ago: int) -> Browser:
    session = browser.session
    session[SHOWN_AT] = int(clock.now().timestamp()) - 60 * minutes_ago
    session.save()
    return browser


def asks(browser: Browser, **said: str) -> str:
    answer = browser.post(reverse("care:emergency"), {"code": "ws-0412", "why": WHY, **said}, follow=True)
    return answer.content.decode()


def at(moment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_record_opens_for_an_hour_and_no_longer(
    charlies: Browser, client_of_alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reverse("care:client", args=[client_of_alice.pk])
    assert charlies.get(page).status_code == 404
    opened = asks(charlies)
    assert "You opened this record in an emergency" in opened
    assert "Rowan" in opened
    now = clock.now()
    at(now + timedelta(minutes=59), monkeypatch)
    session = charlies.session
    session["seen"] = int(clock.now().timestamp())
    session.save()
    assert charlies.get(page).status_code == 200
    at(now + timedelta(minutes=61), monkeypatch)
    assert charlies.get(page).status_code == 404
    assert "Rowan" not in charlies.get(reverse("care:clients")).content.decode()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"why": ""}, "Enter why you need it now"),
        ({"why": "help"}, "Say a little more"),
        ({"code": ""}, "Enter the client’s code"),
        ({"code": "WS-9999"}, "Nobody here has this code"),
    ],
)
def test_without_a_reason_or_a_client_nothing_opens(
    charlies: Browser, client_of_alice: Client, said: dict[str, str], says: str
) -> None:
    assert says in asks(charlies, **said)
    assert not Emergency.objects.exists()
    assert charlies.get(reverse("care:client", args=[client_of_alice.pk])).status_code == 404


def test_one_has_to_show_who_one_is_first(
    charlie: User, client_of_alice: Client, signed_in: Callable[[User], Browser]
) -> None:
    browser = shown(signed_in(charlie), minutes_ago=6)
    answer = browser.post(reverse("care:emergency"), {"code": "WS-0412", "why": WHY})
    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer["Location"]
    assert not Emergency.objects.exists()
    assert WHY in shown(browser, minutes_ago=0).get(reverse("care:emergency")).content.decode()


def test_the_alert_and_the_audit_hold_no_name(
    charlies: Browser, client_of_alice: Client, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    asks(charlies)
    emergency = Emergency.objects.get()
    for page in ("access:record", "today"):
        alert = signed_in(lead).get(reverse(page)).content.decode()
        assert emergency.reference in alert
        assert "in an emergency" in alert
        assert WHY not in alert
        assert "WS-0412" not in alert
    rows = [f"{row.did} {row.subject} {row.details} {row.why}" for row in Entry.objects.all()]
    assert f"emergency {emergency.reference}" in " ".join(rows)
    assert not any(word in " ".join(rows) for word in ("Rowan", "WS-0412", WHY))


def test_a_lead_reviews_it_and_reads_what_was_opened(
    charlies: Browser, client_of_alice: Client, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    asks(charlies)
    emergency = Emergency.objects.get()
    address = reverse("access:emergency", args=[emergency.pk])
    browser = signed_in(lead)
    page = browser.get(address).content.decode()
    assert WHY in page
    assert "Client viewed: overview" in page
    assert "Choose whether it was needed" in browser.post(address, {"note": "Rang them"}).content.decode()
    done = browser.post(address, {"verdict": "needed", "note": "Charlie did the right thing"}, follow=True)
    assert "The review is kept" in done.content.decode()
    assert emergency.reference not in browser.get(reverse("today")).content.decode()
    again = browser.post(address, {"verdict": "not needed", "note": "Mine now"}).content.decode()
    assert "Somebody else has reviewed this meanwhile" in again
    emergency.refresh_from_db()
    assert (emergency.verdict, emergency.note) == ("needed", "Charlie did the right thing")


def test_nobody_reviews_their_own(client_of_alice: Client, signed_in: Callable[[User], Browser]) -> None:
    other = add_user(email="kit@wrenstreet.example", name="Kit Lead", role=Role.LEAD, password="x" * 20, by="test")
    emergency = emergencies.open_record(subject_key=client_of_alice.pk, why=WHY, by=other)
    assert signed_in(other).get(reverse("access:emergency", args=[emergency.pk])).status_code == 404
    with pytest.raises(emergencies.NotTheirs):
        emergencies.review(emergency=emergency, verdict="needed", note="Mine", by=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.update(reviewed_by=other, reviewed_at=clock.now(), verdict="needed")


def test_after_a_week_administrators_are_told_too(
    charlie: User,
    client_of_alice: Client,
    signed_in: Callable[[User], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    emergency = emergencies.open_record(subject_key=client_of_alice.pk, why=WHY, by=charlie)
    somebody = add_user(
        email="sol@wrenstreet.example", name="Sol Admin", role=Role.ADMINISTRATOR, password="x" * 20, by="test"
    )  # fmt: skip
    record = reverse("access:record")
    assert emergency.reference not in signed_in(somebody).get(record).content.decode().split("<table")[0]
    at(clock.now() + timedelta(days=7, minutes=1), monkeypatch)
    page = signed_in(somebody).get(record).content.decode()
    assert f"{emergency.reference} has waited for a review for more than a week" in page
    assert signed_in(somebody).get(reverse("access:emergency", args=[emergency.pk])).status_code == 404


def test_pressed_twice_it_is_one_emergency(charlie: User, client_of_alice: Client) -> None:
    first, second = (emergencies.open_record(subject_key=client_of_alice.pk, why=WHY, by=charlie) for _ in range(2))
    assert first == second
    assert Relationship.objects.filter(kind=Relationship.Kind.EMERGENCY).count() == 1


def test_somebody_who_sees_the_record_anyway_makes_no_emergency(
    alice: User, client_of_alice: Client, signed_in: Callable[[User], Browser]
) -> None:
    assert "open to you already" in asks(shown(signed_in(alice), minutes_ago=0))
    assert not Emergency.objects.exists()


def test_the_client_sees_who_it_was(
    charlies: Browser, client_of_alice: Client, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    asks(charlies)
    page = signed_in(alice).get(reverse("care:looks", args=[client_of_alice.pk])).content.decode()
    assert "Opened it in an emergency" in page
    assert "Charlie Cole" in page
