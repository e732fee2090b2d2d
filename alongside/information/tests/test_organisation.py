"""A lead writes what the public sees, and keeps helplines true."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core import clock
from alongside.core.models import new_key
from alongside.information import actions, presenters, queries
from alongside.information.models import AboutUs, Helpline, Offer, dialled

pytestmark = pytest.mark.django_db

PAGE = "/organisation/"
OFFER = {"title": "A walk", "about": "Slow, by the river.", "note": "Sundays.", "picture": "pair"}
LINE = {
    "name": "Calderford night line", "what_for": "Talk to someone near", "how": "call", "number": "01632 960 111",
    "nation": "england", "hours": "10pm to 6am", "cost": "local rate", "audience": "", "note": "",
}  # fmt: skip


@pytest.fixture
def jo(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    """A lead's browser, where the organisation has begun."""
    actions.describe(by="test", name="Wren Street", nation="england")
    actions.add_default_helplines(by="test", checked_on=clock.today())
    return signed_in(lead)


def line(name: str) -> Helpline:
    return Helpline.objects.get(name=name)


def at(name: str, *keys: str) -> str:
    return reverse(f"information:{name}", args=keys)


def written(did: str) -> int:
    return Entry.objects.filter(did=did).count()


def too_late(browser: Browser) -> None:
    """Let the session end."""
    session = browser.session
    session["seen"] = int(clock.now().timestamp()) - settings.STAFF_IDLE_SECONDS - 1
    session.save()


def sign_in_again(browser: Browser, user: User) -> None:
    browser.force_login(user)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()


def test_what_a_lead_writes_stands_on_the_front_page_at_once(
    jo: Browser, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    Browser().get("/")
    said = {"name": "Wren Street", "nation": "wales", "strapline": "Come in.", "phone": "01632 960 001"}
    with django_capture_on_commit_callbacks(execute=True):
        assert jo.post(at("about"), said).url == PAGE
    front = Browser().get("/").content.decode()
    assert "Come in." in front
    assert 'href="tel:01632960001"' in front
    assert "Press 2." in front  # the helpline of Wales
    assert written("organisation.described") == 2


def test_a_mistake_is_answered_with_what_to_do_and_nothing_typed_is_lost(jo: Browser) -> None:
    said = {"name": "", "nation": "england", "about": "We listen.", "phone": "ring the bell", "email": "us"}
    page = jo.post(at("about"), said).content.decode()
    assert "Enter the organisation’s name" in page
    assert "Enter the phone number in digits and spaces" in page
    assert "Enter an email address" in page
    assert "We listen." in page
    assert "ring the bell" in page
    assert AboutUs.objects.get().name == "Wren Street"


def test_an_email_longer_than_the_record_holds_is_answered_too(jo: Browser) -> None:
    said = {
        "name": "Wren Street",
        "nation": "england",
        "email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org",
    }
    assert "Use 254 letters or fewer" in jo.post(at("about"), said).content.decode()


def test_what_was_being_written_when_the_session_ended_comes_back(jo: Browser, lead: User) -> None:
    too_late(jo)
    assert jo.post(at("offer_add"), OFFER).status_code == 302
    sign_in_again(jo, lead)
    page = jo.get(at("offer_add")).content.decode()
    assert "We kept what you had written" in page
    assert "Slow, by the river." in page


def test_ways_to_get_support_are_added_once_changed_moved_and_taken_away(jo: Browser) -> None:
    key = new_key()
    for _ in range(2):
        jo.post(at("offer_add"), {**OFFER, "key": key})
    jo.post(at("offer_add"), {**OFFER, "title": "A drop-in", "key": new_key()})
    jo.post(at("offer_move", key), {"to": "down"})
    jo.post(at("offer_move", key), {"to": "down"})  # it is the last already
    assert [offer.title for offer in queries.offers()] == ["A drop-in", "A walk"]
    jo.post(at("offer_move", key), {"to": "up"})
    assert jo.post(at("offer_change", key), {**OFFER, "title": "A long walk"}).status_code == 302
    assert [offer.title for offer in queries.offers()] == ["A long walk", "A drop-in"]
    assert "A long walk" in jo.get(at("offer_away", key)).content.decode()
    assert Offer.objects.count() == 2  # asking takes nothing away
    jo.post(at("offer_away", key))
    assert "A long walk" not in Browser().get("/").content.decode()
    assert {did: written(f"offer.{did}") for did in ("added", "changed", "moved", "taken-away")} == {
        "added": 2, "changed": 1, "moved": 2, "taken-away": 1,
    }  # fmt: skip


def test_a_new_helpline_is_seen_once_its_number_is_checked(
    jo: Browser, lead: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    key = new_key()
    for _ in range(2):
        jo.post(at("line_add"), {**LINE, "key": key})
    assert "Waiting to be checked" in jo.get(PAGE).content.decode()
    assert "01632960111" not in Browser().get("/help").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        jo.post(at("line_check", key))
    assert 'href="tel:01632960111"' in Browser().get("/help").content.decode()
    added = Helpline.objects.get(pk=key)
    assert (added.checked_on, added.checked_by, added.live) == (clock.today(), lead.name, True)
    assert f"Checked on {added.checked_on.day} {added.checked_on:%B %Y} by Jo Marsh" in jo.get(PAGE).content.decode()
    assert (written("helpline.added"), written("helpline.checked")) == (1, 1)


def test_a_changed_number_waits_until_it_is_checked_and_other_words_do_not(jo: Browser) -> None:
    papyrus = line("Papyrus HOPELINE247")
    said = {name: getattr(papyrus, name) for name in LINE}
    jo.post(at("line_change", papyrus.pk), {**said, "hours": "9am to midnight"})
    assert line(papyrus.name).live
    jo.post(at("line_change", papyrus.pk), {**said, "number": "01632 960 112"})
    changed = line(papyrus.name)
    assert (changed.link, changed.live, changed.checked_on) == ("tel:01632960112", False, None)
    jo.post(at("line_change", papyrus.pk), {**said, "number": "01632 960 113", "checked": "on"})
    assert line(papyrus.name).live
    assert written("helpline.changed") == 3


def test_the_last_number_to_call_stays(jo: Browser, lead: User) -> None:
    for one in Helpline.objects.filter(live=True, how="call").exclude(name="Samaritans").exclude(name="NHS Wales"):
        actions.hide_helpline(line=one, by=lead)
    before = written("helpline.hidden")
    page = jo.post(at("line_hide", line("Samaritans").pk), follow=True).content.decode()
    assert "People in England or Scotland or Northern Ireland would have no number to call." in page
    assert (line("Samaritans").live, written("helpline.hidden")) == (True, before)
    said = {name: getattr(line("Samaritans"), name) for name in LINE}
    page = jo.post(at("line_change", line("Samaritans").pk), {**said, "number": "01632 960 114"}).content.decode()
    assert "would have no number to call" in page
    assert "01632 960 114" in page
    jo.post(at("line_hide", line("NHS Wales").pk))
    with pytest.raises(ValidationError, match=r"^\['People would have no number to call\."):
        actions.hide_helpline(line=line("Samaritans"), by=lead)
    assert line("Samaritans").live


def test_a_hidden_helpline_says_so_and_is_gone_for_the_public(
    jo: Browser, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    assert "0800 1111" in Browser().get("/help").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        jo.post(at("line_hide", line("Childline").pk))
    assert "0800 1111" not in Browser().get("/help").content.decode()
    assert '<span class="kept">Hidden</span>' in jo.get(PAGE).content.decode()


def test_helplines_can_be_moved(jo: Browser) -> None:
    jo.post(at("line_move", line("Emergency services").pk), {"to": "up"})
    names = [one.name for one in queries.all_helplines()]
    assert names.index("Emergency services") == names.index("Lifeline") - 1


@pytest.mark.parametrize("where", ["offer_move", "line_check", "line_hide", "line_move"])
def test_a_button_pressed_after_the_session_ended_changes_nothing_and_says_so(
    jo: Browser, lead: User, where: str
) -> None:
    offer = actions.add_offer(by="test", **OFFER)
    address = at(where, offer.pk if where == "offer_move" else line("Childline").pk)
    too_late(jo)
    before = Entry.objects.count()
    jo.post(address, {"to": "up"})
    sign_in_again(jo, lead)
    assert "nothing was changed" in jo.get(address, follow=True).content.decode()
    assert Entry.objects.count() == before
    assert line("Childline").live


@pytest.mark.parametrize(
    ("number", "how", "link"),
    [
        ("116 123", "call", "tel:116123"),
        ("+44 1632 960 001", "call", "tel:+441632960001"),
        ("85258", "text", "sms:85258"),
        ("SHOUT to 85258", "text", "sms:85258?body=SHOUT"),
        ("SHOUT to 85258", "call", None),
        ("https://example.org", "call", None),
        ("javascript:alert(1)", "text", None),
        ("A&body=B to 85258", "text", None),
        ("٠٨٠٠", "call", None),
        ("116 123\n", "call", None),
        ("116 123", "fax", None),
    ],
)
def test_a_link_comes_from_the_number_and_from_nothing_else(number: str, how: str, link: str | None) -> None:
    if link:
        assert dialled(number, how) == link
    else:
        with pytest.raises(ValidationError, match="Enter the number"):
            dialled(number, how)


def test_the_links_a_new_organisation_starts_with_come_from_their_numbers(jo: Browser) -> None:
    assert [(one.name, one.link) for one in Helpline.objects.all()] == [
        (one.name, dialled(one.number, one.how)) for one in Helpline.objects.all()
    ]


def test_a_number_that_no_phone_can_call_is_refused_in_words(jo: Browser) -> None:
    page = jo.post(at("line_add"), {**LINE, "number": "//example.org", "key": new_key()}).content.decode()
    assert "Enter the number in digits and spaces, such as 0800 1111" in page
    assert "//example.org" in page
    assert Helpline.objects.filter(name=LINE["name"]).count() == 0


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ((90, 0), ""),
        ((91, 0), "One number has not been checked since August."),
        ((91, 120), "Two numbers have not been checked since August."),
        ((400, 500), "Two numbers have not been checked since October 2025."),
    ],
)
def test_numbers_that_nobody_has_checked_for_90_days_are_said_to_be_old(days: tuple[int, ...], says: str) -> None:
    today = date(2026, 11, 23)
    lines = [Helpline(live=True, checked_on=today - timedelta(days=ago)) for ago in days]
    lines.append(Helpline(live=False, checked_on=today - timedelta(days=999)))
    assert presenters.not_checked_lately(lines, today=today) == says


def test_the_page_says_which_numbers_are_old(jo: Browser) -> None:
    assert "not been checked since" not in jo.get(PAGE).content.decode()
    Helpline.objects.filter(name="NHS").update(checked_on=clock.today() - timedelta(days=100))
    page = jo.get(PAGE).content.decode()
    assert "One number has not been checked since" in page
    assert page.count("To be checked again") == 1


def test_every_link_on_the_page_leads_somewhere(jo: Browser) -> None:
    actions.add_offer(by="test", **OFFER)
    page = jo.get(PAGE).content.decode()
    links = {part.split('"')[0] for part in page.split('href="')[1:]} - {"#main", "#helplines"}
    ours = [address for address in links if address.startswith(PAGE)]
    assert len(ours) == 1 + 2 + 1 + 10  # about, two of the offer, adding a helpline, ten helplines
    assert {address: jo.get(address).status_code for address in ours} == dict.fromkeys(ours, 200)


def test_only_leads_are_shown_the_way_here(jo: Browser, alice: User, signed_in: Callable[[User], Browser]) -> None:
    assert PAGE in jo.get("/manage").content.decode()
    assert "/manage" in jo.get("/today").content.decode()
    assert PAGE not in signed_in(alice).get("/manage").content.decode()
    assert signed_in(alice).get(PAGE).status_code == 404
    assert signed_in(alice).post(at("line_hide", line("Childline").pk)).status_code == 404
    assert line("Childline").live


def test_pages_and_buttons_ask_the_database_little(jo: Browser) -> None:
    offer = actions.add_offer(by="test", **OFFER)
    actions.add_offer(by="test", **OFFER)
    childline = line("Childline").pk
    asked = {}
    for address, said in (
        (PAGE, None), (at("offer_change", offer.pk), None), (at("line_change", childline), None),
        (at("line_change", childline), {**LINE, "checked": "on"}), (at("line_add"), {**LINE, "key": new_key()}),
        (at("line_hide", childline), {}), (at("line_move", childline), {"to": "up"}),
        (at("offer_move", offer.pk), {"to": "down"}), (at("about"), {"name": "Wren", "nation": "england"}),
    ):  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = jo.get(address) if said is None else jo.post(address, said)
        assert answer.status_code == (200 if said is None else 302)
        asked[address, said is None] = sum(
            # an action within an action takes the audit's chain again, which it already holds
            not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT pg_advisory"))
            for query in captured
        )
    assert max(asked.values()) <= 12, asked


def test_what_is_typed_is_shown_as_text(jo: Browser) -> None:
    said = "<script>alert(1)</script>"
    actions.add_offer(by="test", **{**OFFER, "title": said})
    page = jo.get(PAGE).content.decode()
    assert escape(said) in page
    assert said not in page
