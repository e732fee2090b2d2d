from collections.abc import Callable

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import contacts, goals
from alongside.care.models import Client, Episode
from alongside.care.presenters.day import summary
from alongside.core import clock
from alongside.core.sockets import ClientPanel, Shown, sockets

type SignedIn = Callable[[User], Browser]


@pytest.fixture
def page(signed_in: SignedIn, alice: User) -> Callable[[], str]:
    browser = signed_in(alice)

    def look() -> str:
        return browser.get("/today").content.decode()

    return look


def test_the_day_stands_by_time_with_what_people_asked_for(
    page, client_of_alice: Client, episode: Episode, add_client, meet, at
) -> None:
    ali = add_client("Ali Rahman")
    meet(episode, at(0, 15))
    meet(ali.episodes.get(), at(0, 9, 30), mode="video", place="")
    day = page().split("Please")[0]
    assert day.index("09:30") < day.index("Ali Rahman") < day.index("By video") < day.index("15:00")
    assert "Room 2" in day
    assert "Text, don’t ring" in day
    assert "Not asked yet" in day, "nobody has asked Ali, and the page says so"
    assert "Two people today." in day


def test_a_meeting_that_has_been_can_be_said_of(page, episode: Episode, meet, at) -> None:
    contact = meet(episode, at(0, 9))
    meet(episode, at(0, 16))
    assert page().count("Say what became of it") == 1
    assert f"/contacts/{contact.pk}" in page()


def test_only_today_and_only_ones_own_people(page, signed_in, bob: User, episode: Episode, meet, at) -> None:
    meet(episode, at(-1, 11))
    meet(episode, at(1, 11))
    assert "Nobody is planned for today." in page()
    assert "Rowan" not in signed_in(bob).get("/today").content.decode(), "Bob sees her under Clients"


def test_a_cancelled_meeting_is_nobody_to_expect(episode: Episode, alice: User, meet, at) -> None:
    contact = meet(episode, at(0, 15))
    assert summary([contact]) == "One person today."
    contacts.change(contact=contact, seen={}, outcome="cancelled", by=alice)
    contact.refresh_from_db()
    assert summary([contact]) == "Nobody is planned for today."


def test_people_stand_a_to_z_with_their_first_goal_and_next_meeting(page, add_client, meet, at) -> None:
    add_client("Łukasz Wójcik", words="Walk the dog every day")
    add_client("Émile Zola")
    marcus = add_client("marcus obi")
    meet(marcus.episodes.get(), at(3, 9))
    meet(marcus.episodes.get(), at(1, 14, 30))
    people = page().split("People you are working with")[1]
    names = [people.index(name) for name in ("Émile Zola", "Łukasz Wójcik", "marcus obi")]
    assert names == sorted(names)
    assert '<span class="said">Walk the dog every day</span>' in people
    assert people.count("Not said yet") == 2
    assert "Tomorrow, 14:30" in people
    assert "3 people" in people


def test_somebody_with_no_name_stands_under_their_code(page, add_client) -> None:
    client = add_client("")
    assert f">{client.code}</a>" in page()


def test_somebody_who_goes_by_another_name_is_called_that(page, add_client) -> None:
    add_client("Samantha Field", known_as="Sam")
    assert ">Sam</a>" in page()
    assert "Samantha" not in page()


@pytest.mark.parametrize("marks", [(0, 10), (10, 0)])
def test_no_rating_and_no_panel_moves_anybody(page, alice: User, add_client, marks, monkeypatch) -> None:
    first, second = add_client("Ali Rahman", words="Sleep"), add_client("Beth Hollis", words="Eat")
    for client, mark in zip((first, second), marks, strict=True):
        goals.rate(goal=client.goals.get(), rating=mark, rated_on=clock.today(), by=alice)
    cells = {first.pk: f"<b>{marks[0]}</b>", second.pk: f"<b>{marks[1]}</b>"}
    panel = ClientPanel(
        order=1, title="", permission="see clients", column_title="Forms", show=lambda *_: Shown(body=""),
        column=lambda keys: {key: cells[key] for key in keys},
    )  # fmt: skip
    monkeypatch.setattr(sockets, "client_panels", [panel])
    people = page().split("People you are working with")[1]
    assert people.index("Ali Rahman") < people.index("Beth Hollis")
    rows = people.split('<tr role="row">')[2:]
    assert [row.split("<div><b>")[0].count("class=") for row in rows] == [4, 4], "no class hangs on a number"
    assert "<b>10</b>" in people, "a panel's cell is shown as it is"


def test_looking_at_today_is_written_once(page, alice: User, client_of_alice: Client) -> None:
    before = Entry.objects.count()
    page()
    (row,) = Entry.objects.order_by("number")[before:]
    assert (row.did, row.subject) == ("today.viewed", f"user:{alice.pk}")


def test_an_empty_today_is_kind(page) -> None:
    assert "People whose support you begin stand here" in page()
    assert "What you plan stands here by time" in page()
