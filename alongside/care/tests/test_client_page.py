from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.care.actions import clients, episodes, goals
from alongside.care.models import Client, Episode, Referral
from alongside.core import clock
from alongside.core.sockets import ClientPanel, Person, Shown, sockets

type SignedIn = Callable[[User], Browser]


@pytest.fixture
def page(signed_in: SignedIn, alice: User, client_of_alice: Client) -> Callable[[], str]:
    browser = signed_in(alice)

    def look() -> str:
        return browser.get(reverse("care:client", args=[client_of_alice.pk])).content.decode()

    return look


def since(page: str) -> str:
    return page.split("Since last time")[1].split("</section>", maxsplit=1)[0]


def test_the_head_says_who_it_is_and_what_they_receive(page, episode: Episode, meet, at) -> None:
    meet(episode, at(0, 15, 30))
    head = page().split('<div class="sw body">')[0]
    assert "Rowan Ellery" in head
    assert "they/them" in head
    assert "WS-0412" in head
    assert f"Counselling with you since {episode.started_on.day} {episode.started_on:%B %Y}." in head
    assert "Next: today 15:30, Room 2." in head


def test_a_colleague_reads_who_works_with_them(signed_in: SignedIn, bob: User, client_of_alice: Client) -> None:
    head = (
        signed_in(bob)
        .get(reverse("care:client", args=[client_of_alice.pk]))
        .content.decode()
        .split('<div class="sw body">')[0]
    )
    assert "Counselling with Alice Adeyemi since" in head


@pytest.mark.parametrize("name", ["client", "contacts", "contact", "change", "goal", "event", "episode"])
def test_what_they_asked_for_stands_on_top_of_every_page(
    name: str, signed_in: SignedIn, alice: User, client_of_alice: Client
) -> None:
    top = (
        signed_in(alice)
        .get(reverse(f"care:{name}", args=[client_of_alice.pk]))
        .content.decode()
        .split('<div class="sw body">')[0]
    )
    assert "Text, don’t ring" in top
    assert "Checked with Rowan today" in top


def test_a_need_nobody_asked_about_is_a_place_kept_open(page, client_of_alice: Client, alice: User) -> None:
    clients.change(client=client_of_alice, revision=1, needs=[], needs_checked_on=None, by=alice)
    assert "Not asked yet" in page().split('<div class="sw body">')[0]
    clients.change(client=client_of_alice, revision=2, needs_checked_on=clock.today(), by=alice)
    assert "Nothing, when we asked" in page().split('<div class="sw body">')[0]


def test_goals_stand_above_the_panels_in_lilac(page, client_of_alice: Client, alice: User, monkeypatch) -> None:
    told: list[Person] = []

    def show(_: object, person: Person) -> Shown:
        told.append(person)
        return Shown(body="<h2>The panel</h2>", since=(("Form", "Came back"),), actions=(("Take a form", "/taken"),))

    panel = ClientPanel(
        order=1, title="", permission="see clients", show=show, column_title="", column=lambda _: {}
    )  # fmt: skip
    hidden = ClientPanel(
        order=2, title="", permission="read own reports", show=lambda *_: Shown(body="Never"), column_title="",
        column=lambda _: {},
    )  # fmt: skip
    monkeypatch.setattr(sockets, "client_panels", [hidden, panel])
    goals.add(client=client_of_alice, words="Walk the dog", added_on=clock.today(), by=alice)
    goals.add_event(client=client_of_alice, on=date(2026, 1, 5), words="Moved house", by=alice)
    shown = page()
    assert shown.index("“Walk the dog”") < shown.index("<h2>The panel</h2>")
    assert '<li class="words">' in shown
    assert "Never" not in shown
    assert "Came back" in since(shown)
    assert '<a class="button button--quiet button--small" href="/taken">Take a form</a>' in shown
    assert (told[0].pk, told[0].called, told[0].events) == (
        client_of_alice.pk, "Rowan", [(date(2026, 1, 5), "Moved house")],
    )  # fmt: skip


def test_since_last_time_tells_what_became_of_it_and_what_changed(
    page, client_of_alice: Client, episode: Episode, alice: User, meet, at
) -> None:
    old = goals.add(client=client_of_alice, words="Sleep", added_on=clock.today() - timedelta(days=60), by=alice)
    goals.rate(goal=old, rating=2, rated_on=clock.today() - timedelta(days=50), by=alice)
    meet(episode, at(-9, 11), "came")
    meet(episode, at(-2, 11), "did not come")
    assert "They did not come." in since(page())
    assert "Last came" in since(page())
    assert "Nothing added or rated since" in since(page())
    goals.rate(goal=old, rating=6, rated_on=clock.today(), by=alice)
    goals.add(client=client_of_alice, words="Tell Dad", added_on=clock.today() - timedelta(days=1), by=alice)
    told = since(page())
    assert "6 out of 10 today, 2 before" in told
    assert '<span class="said">Tell Dad</span> added yesterday' in told


def test_since_last_time_before_the_first_contact(page) -> None:
    assert "None recorded yet" in since(page())


def test_twenty_contacts_and_then_a_way_to_the_rest(
    page, signed_in, client_of_alice: Client, episode: Episode, alice: User, meet, at
) -> None:
    for days in range(1, 31):
        meet(episode, at(-days, 9), "came", note=f"Note of day {days}.")
    meet(episode, at(2, 9))
    shown = page()
    assert "Note of day 20." in shown
    assert "Note of day 21." not in shown
    assert "All contacts" in shown
    everything = signed_in(alice).get(reverse("care:contacts", args=[client_of_alice.pk])).content.decode()
    assert "Note of day 30." in everything
    assert "31 contacts" in everything


def test_who_can_see_this_is_said_in_words(page) -> None:
    told = page().split("Who can see this")[1]
    assert "Alice Adeyemi" in told
    assert "Works with them" in told
    assert "Calder team (3 people)" in told
    assert "Charlie" not in told


def test_support_is_told_with_how_it_came_about_and_coming_back_is_linked(
    page, client_of_alice: Client, episode: Episode, alice: User
) -> None:
    episodes.end(episode=episode, ended_on=clock.today(), ending=Episode.Ending.PLANNED, by=alice)
    assert "Support ended today." in page()
    again = episodes.refer(client=client_of_alice, way=Referral.Way.GP, received_on=clock.today(), by=alice)
    episodes.start(
        referral=again, service=episode.service, practitioner=alice, funder=None, started_on=clock.today(), by=alice
    )
    told = page().split("Support, and how it came about")[1]
    assert "Paid for by Calder Community Fund." in told
    assert "Paid for by our own money." in told
    assert "They asked themselves" in told
    assert f'They had come to us before, <a href="#support-{episode.pk}">' in told


def test_no_name_stands_in_an_address_or_a_title(page) -> None:
    shown = page()
    assert "Rowan" not in shown.split("<title>")[1].split("</title>")[0]
    assert not [part for part in shown.split('href="')[1:] if "owan" in part.split('"')[0]]
