"""A value that was moved or edited does not open: people read a kind sentence, and the doctor names it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.care.actions import clients
from alongside.care.models import Client, Contact, Episode, Goal
from alongside.care.queries import people
from alongside.core import clock
from alongside.core.backup import looking
from alongside.todo.models import Task

SENTENCE = "This record cannot be opened"


def stored(column: str, of: Client) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM care_client WHERE key = %s", [of.pk])
        return str(cursor.fetchone()[0])


def put(column: str, into: Client, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE care_client SET {column} = %s WHERE key = %s", [value, into.pk])


@pytest.fixture
def gwen(alice: User, client_of_alice: Client) -> Client:
    return clients.add(code="WS-0500", name="Gwen Tolland", address="9 Mill Street", by=alice)


@pytest.fixture
def spoil(client_of_alice: Client, gwen: Client) -> Callable[[str], None]:
    """Return a way to do what somebody could who can write in the database and has no key."""

    def do(how: str) -> None:
        was = stored("address", client_of_alice)
        put("address", client_of_alice, {
            "moved from another row": stored("address", gwen),
            "moved from another column": stored("phone", client_of_alice),
            "edited": was[:-6] + ("A" if was[-6] != "A" else "B") + was[-5:],
            "cut off": was[:20],
            "written in plain words": "3 Brook Lane",
            "of the older form": was.replace("r", "k", 1),
        }[how])  # fmt: skip

    return do


@pytest.mark.parametrize(
    "how",
    [
        "moved from another row", "moved from another column", "edited", "cut off", "written in plain words",
        "of the older form",
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_never_shown_and_the_page_says_what_to_do(
    how: str, spoil: Callable[[str], None], client_of_alice: Client, alice: User,
    signed_in: Callable[[User], Browser], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    spoil(how)
    browser = signed_in(alice)
    answer = browser.get(reverse("care:client", args=[client_of_alice.pk]))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert SENTENCE in page
    assert "alongside doctor" in page
    assert "Help now" in page
    assert not any(word in page for word in ("Mill Street", "Brook Lane", "Traceback", "01632"))
    assert browser.get(reverse("care:clients")).status_code == 200, "one record does not close the list"


def test_the_doctor_finds_it_wherever_it_stands_and_names_the_record(
    spoil: Callable[[str], None], client_of_alice: Client, alice: User
) -> None:
    for number in range(3):
        clients.add(code=f"WS-060{number}", name="Somebody", address="1 Low Road", by=alice)
    assert looking.unreadable_records("default") == {}
    spoil("edited")
    assert looking.unreadable_records("default") == {"care_client.address": [client_of_alice.pk]}


def test_a_name_that_does_not_open_leaves_its_record_in_the_list_by_its_code(
    client_of_alice: Client, gwen: Client, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    put("name", client_of_alice, stored("name", gwen))
    put("known_as", client_of_alice, "")
    page = signed_in(alice).get(reverse("care:clients")).content.decode()
    assert "WS-0412" in page
    assert "Gwen" not in page


def test_one_damaged_word_closes_no_list_and_no_day(
    client_of_alice: Client, episode: Episode, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    at = clock.now().replace(hour=12, minute=0)
    Contact.objects.create(episode=episode, starts_at=at, mode="in person", outcome="planned", place="Room 2")
    Goal.objects.create(client=client_of_alice, words="Sleep well", added_on=clock.today())
    Task.objects.create(kind="check in", title="Ring Rowan", subject_key="x", link="/", worker=alice, due_at=at)
    put("needs", client_of_alice, "r1.AAAA")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE care_contact SET place = 'r1.AAAA'")
        cursor.execute("UPDATE care_goal SET words = 'r1.AAAA'")
        cursor.execute("UPDATE todo_task SET title = 'r1.AAAA'")
    browser = signed_in(alice)
    today = browser.get(reverse("today")).content.decode()
    listed = browser.get(reverse("care:clients")).content.decode()
    assert "What is asked here cannot be opened" in today
    assert "These words cannot be opened" in today
    assert "Cannot be opened" in today
    assert "Rowan Ellery" in today
    assert "Cannot be opened" in listed
    assert "Rowan Ellery" in listed


def test_somebody_whose_name_does_not_open_is_found_and_listed_by_the_other(
    client_of_alice: Client, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    clients.change(client=client_of_alice, revision=client_of_alice.revision, known_as="Robin", by=alice)
    put("name", client_of_alice, "r1.AAAA")
    assert people.found(alice, "robin") == [client_of_alice.pk]
    assert "Robin" in signed_in(alice).get(reverse("care:clients")).content.decode()
