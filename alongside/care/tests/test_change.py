from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Client
from alongside.care.tests.test_contacts import hidden
from alongside.core import clock

type Form = Callable[[str], dict[str, str]]


@pytest.fixture
def address(client_of_alice: Client) -> str:
    return reverse("care:change", args=[client_of_alice.pk])


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    return signed_in(alice)


def form(page: str, **said: str) -> dict[str, str]:
    """What the page sends when only these were changed."""
    held = {
        "revision": hidden(page, "revision"), "seen": hidden(page, "seen"), "name": "Rowan Ellery", "known_as": "Rowan",
        "pronouns": "they/them", "born_day": "2", "born_month": "3", "born_year": "1999", "gender": "non-binary",
        "phone": "01632 960 412", "email": "", "address": "3 Brook Lane, Calderford", "postcode_area": "",
        "someone_close": "", "needs": "Text, don’t ring",
    }  # fmt: skip
    return held | said


def test_what_was_changed_is_saved_and_only_the_names_of_fields_are_recorded(
    browser: Browser, address: str, client_of_alice: Client
) -> None:
    page = browser.get(address).content.decode()
    needs = "Large print\r\n\r\n  Nothing before 11am "
    browser.post(address, form(page, phone="01632 960 999", needs=needs, checked_today="on", postcode_area="ng7"))
    client_of_alice.refresh_from_db()
    assert client_of_alice.phone == "01632 960 999"
    assert client_of_alice.needs == ["Large print", "Nothing before 11am"]
    assert client_of_alice.needs_checked_on == clock.today()
    assert client_of_alice.postcode_area == "NG7"
    row = Entry.objects.filter(did="client.changed").get()
    assert row.details == {"fields": ["needs", "phone", "postcode_area"]}


def test_saving_without_a_change_changes_nothing(browser: Browser, address: str, client_of_alice: Client) -> None:
    page = browser.get(address).content.decode()
    assert browser.post(address, form(page)).status_code == 302
    client_of_alice.refresh_from_db()
    assert client_of_alice.revision == 1
    assert not Entry.objects.filter(did="client.changed").exists()


def test_the_second_of_two_workers_is_shown_what_the_first_changed(
    browser: Browser, signed_in, bob: User, address: str, client_of_alice: Client
) -> None:
    page = browser.get(address).content.decode()
    bobs = signed_in(bob)
    bobs.post(address, form(bobs.get(address).content.decode(), phone="01632 960 777", email="rowan@calder.example"))
    shown = browser.post(address, form(page, phone="01632 960 999", pronouns="they")).content.decode()

    box = shown.split("Somebody else changed this while you were writing")[1].split("</section>")[0]
    assert "01632 960 777" in box
    assert "01632 960 999" in box, "beside it, what was typed"
    assert "rowan@calder.example" in box
    assert box.count("Bob Brandt, ") == 2
    assert "Pronouns" not in box, "nobody else touched these"
    assert 'name="phone" type="text" value="01632 960 999"' in shown, "what was typed stays in its field"
    assert 'value="rowan@calder.example"' in shown, "what was not touched says what it says now"
    client_of_alice.refresh_from_db()
    assert (client_of_alice.phone, client_of_alice.pronouns) == ("01632 960 777", "they/them"), "not saved yet"

    again = form(shown, phone="01632 960 999", pronouns="they", email="rowan@calder.example")
    assert browser.post(address, again).status_code == 302
    client_of_alice.refresh_from_db()
    assert (client_of_alice.phone, client_of_alice.pronouns) == ("01632 960 999", "they")
    assert client_of_alice.email == "rowan@calder.example", "what Bob wrote is not undone"


def test_nobody_is_stopped_by_a_change_when_they_changed_nothing(
    browser: Browser, signed_in, bob: User, address: str, client_of_alice: Client
) -> None:
    page = browser.get(address).content.decode()
    bobs = signed_in(bob)
    bobs.post(address, form(bobs.get(address).content.decode(), phone="01632 960 777"))
    assert browser.post(address, form(page)).status_code == 302
    client_of_alice.refresh_from_db()
    assert client_of_alice.phone == "01632 960 777", "an old page does not put an old number back"


@pytest.mark.parametrize("name", ["🌻", "Zoë " + "Featherstonehaugh-" * 15, "", "<b>Rowan</b>", "Ó Súilleabháin"])
def test_any_name_is_a_name(browser: Browser, address: str, client_of_alice: Client, name: str) -> None:
    page = browser.get(address).content.decode()
    answer = browser.post(address, form(page, name=name, known_as=""), follow=True)
    client_of_alice.refresh_from_db()
    assert client_of_alice.name == name
    assert answer.status_code == 200
    assert "<b>Rowan</b>" not in answer.content.decode()
    assert (client_of_alice.first_name in answer.content.decode()) or "<" in name


@pytest.mark.parametrize(
    ("wrong", "say"),
    [
        ({"born_day": "30", "born_month": "2"}, "Enter a date that exists"),
        ({"born_year": "2999"}, "Enter a date of birth that has been"),
        ({"email": "rowan at calder"}, "Enter an email address with an @"),
        ({"postcode_area": "NG7 2AB"}, "Enter only the first part"),
        ({"name": "x" * 301}, "Use 300 letters or fewer"),
    ],
)
def test_a_mistake_says_what_to_do(browser: Browser, address: str, wrong: dict[str, str], say: str) -> None:
    page = browser.get(address).content.decode()
    shown = browser.post(address, form(page, phone="typed and kept", **wrong)).content.decode()
    assert shown.count(say) == 2
    assert "typed and kept" in shown


def test_what_was_typed_outlives_the_session(
    browser: Browser, address: str, alice: User, client_of_alice: Client, end_session, come_back
) -> None:
    page = browser.get(address).content.decode()
    end_session(browser)
    browser.post(address, form(page, phone="01632 960 999"))
    come_back(browser, alice)
    kept = browser.get(address).content.decode()
    assert "We kept what you had written" in kept
    assert 'value="01632 960 999"' in kept
    assert browser.post(address, form(kept, phone="01632 960 999")).status_code == 302
    client_of_alice.refresh_from_db()
    assert client_of_alice.phone == "01632 960 999"


def test_nothing_that_was_typed_stands_in_the_database_as_it_is(
    browser: Browser, address: str, client_of_alice: Client
) -> None:
    page = browser.get(address).content.decode()
    browser.post(
        address, form(page, name="SENTINEL", someone_close="SENTINEL", needs="SENTINEL", email="a@sentinel.example")
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM care_client")
        stored = " ".join(str(value) for row in cursor.fetchall() for value in row)
        cursor.execute("SELECT * FROM audit_entry")
        written = " ".join(str(value) for row in cursor.fetchall() for value in row)
    assert "sentinel" not in stored.lower()
    assert "sentinel" not in written.lower()
