from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import actions as access
from alongside.access.models import Team, User
from alongside.addressbook.models import Organisation
from alongside.audit.models import Entry
from alongside.care.actions import codes, services
from alongside.care.models import Client, Episode, Referral, Service
from alongside.care.queries import visible_to
from alongside.core import clock
from alongside.core.models import new_key
from alongside.information.actions import describe


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    return signed_in(alice)


@pytest.fixture
def sent(service: Service, alice: User) -> Callable[..., dict[str, str]]:
    """Return what the form sends."""

    def form(**said: str) -> dict[str, str]:
        day = clock.today()
        dates = {
            f"{name}_{part}": f"{getattr(day, part)}"
            for name in ("received_on", "started_on")
            for part in ("day", "month", "year")
        }
        given = {
            "key": new_key(), "name": "Ines Costa", "way": "self", "sent_by": "", "service": service.pk,
            "practitioner": alice.pk, "funder": "",
        }  # fmt: skip
        return dates | given | said

    return form


def test_somebody_is_added_with_support_that_begins(
    browser: Browser, sent, client_of_alice: Client, funder: Organisation, alice: User, bob: User, charlie: User
) -> None:
    answer = browser.post(reverse("care:add"), sent(funder=funder.pk, pronouns="she/her"))
    client = Client.objects.exclude(pk=client_of_alice.pk).get()
    assert answer.url == reverse("care:client", args=[client.pk])
    assert (client.name, client.pronouns, client.code) == ("Ines Costa", "she/her", "WS-0413")
    episode = client.episodes.get()
    assert (episode.practitioner, episode.funder, episode.referral.way) == (alice, funder, "self")
    assert [visible_to(user).filter(pk=client.pk).exists() for user in (alice, bob, charlie)] == [True, True, False]


def test_the_same_press_arriving_twice_adds_one(browser: Browser, sent) -> None:
    form = sent()
    first, second = (browser.post(reverse("care:add"), form) for _ in range(2))
    assert first.url == second.url
    assert (Client.objects.count(), Referral.objects.count(), Episode.objects.count()) == (1, 1, 1)
    assert Entry.objects.filter(did="client.added").count() == 1


def test_somebody_who_gives_no_name_gets_a_code(browser: Browser, sent) -> None:
    browser.post(reverse("care:add"), sent(name=""))
    client = Client.objects.get()
    assert client.called == client.code


def test_the_first_code_takes_the_organisations_initials(browser: Browser, sent) -> None:
    describe(name="Émilie’s open house", by="test")
    browser.post(reverse("care:add"), sent())
    assert Client.objects.get().code == "EOH-0001"


@pytest.mark.parametrize(
    ("highest", "following"), [("WS-0412", "WS-0413"), ("WS-9999", "WS-10000"), ("A-10009", "A-10010")]
)
def test_the_next_code_follows_the_highest(alice: User, add_client, highest: str, following: str) -> None:
    Client.objects.filter(pk=add_client().pk).update(code=highest)
    assert codes.next_free() == following


def test_a_code_taken_at_the_same_moment_is_passed_over(browser: Browser, sent, add_client, monkeypatch) -> None:
    taken = add_client().code
    free = codes.next_free
    answers = iter([taken])
    monkeypatch.setattr(codes, "next_free", lambda: next(answers, None) or free())
    browser.post(reverse("care:add"), sent())
    assert Client.objects.count() == 2


def test_nothing_is_half_done(browser: Browser, sent, monkeypatch) -> None:
    def breaks(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("alongside.care.actions.arrivals.episodes.start", breaks)
    with pytest.raises(RuntimeError):
        browser.post(reverse("care:add"), sent())
    assert (Client.objects.count(), Referral.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "say"),
    [
        ({"way": ""}, "Choose who asked"),
        ({"service": ""}, "Choose the support they will receive"),
        ({"practitioner": ""}, "Choose who they will work with"),
        ({"received_on_day": "", "received_on_month": "", "received_on_year": ""}, "Enter the day they asked"),
        ({"started_on_year": "1999"}, "Enter a day on or after the day they asked"),
    ],
)
def test_a_mistake_says_what_to_do(browser: Browser, sent, wrong: dict[str, str], say: str) -> None:
    page = browser.post(reverse("care:add"), sent(**wrong)).content.decode()
    assert page.count(say) == 2
    assert "Ines Costa" in page
    assert not Client.objects.exists()


def test_only_somebody_in_the_team_that_gives_it(
    browser: Browser, sent, alice: User, charlie: User, bob: User, service: Service
) -> None:
    other = access.add_team(name="Hill team", members=[alice, charlie], by="test")
    services.add(name="Drop-in", tier=Service.Tier.PREVENTION, team=other, uses_form=False, by="test")
    page = browser.post(reverse("care:add"), sent(practitioner=charlie.pk)).content.decode()
    assert "Choose somebody in the team that gives Counselling" in page
    browser.post(reverse("care:add"), sent(practitioner=bob.pk))
    assert Episode.objects.get().practitioner == bob


def test_a_service_of_another_team_is_not_offered(browser: Browser, sent, charlie: User) -> None:
    other: Team = access.add_team(name="Hill team", members=[charlie], by="test")
    theirs = services.add(name="Drop-in", tier=Service.Tier.PREVENTION, team=other, uses_form=False, by="test")
    assert "Drop-in" not in browser.get(reverse("care:add")).content.decode()
    browser.post(reverse("care:add"), sent(service=theirs.pk))
    assert not Client.objects.exists()


def test_support_ends_and_its_team_still_sees_them(
    browser: Browser, client_of_alice: Client, episode: Episode, alice: User
) -> None:
    address = reverse("care:end", args=[client_of_alice.pk, episode.pk])
    day = clock.today()
    form = {"ended_on_day": f"{day.day}", "ended_on_month": f"{day.month}", "ended_on_year": f"{day.year}"}
    assert "Choose how it ended" in browser.post(address, form).content.decode()
    early = form | {"ending": "planned", "ended_on_year": f"{day.year - 5}"}
    assert "when it began" in browser.post(address, early).content.decode()
    answer = browser.post(address, form | {"ending": "planned"}, follow=True)
    assert "Support has ended" in answer.content.decode()
    browser.post(address, form | {"ending": "unplanned"})
    episode.refresh_from_db()
    assert (episode.ended_on, episode.ending) == (day, "planned"), "ending twice changes nothing"
    assert Entry.objects.filter(did="episode.ended").count() == 1


def test_somebody_comes_back_and_it_is_linked(
    browser: Browser, sent, client_of_alice: Client, episode: Episode, alice: User
) -> None:
    address = reverse("care:episode", args=[client_of_alice.pk])
    assert "They already receive Counselling" in browser.post(address, sent()).content.decode()
    from alongside.care.actions import episodes

    episodes.end(episode=episode, ended_on=clock.today() - timedelta(days=1), ending=Episode.Ending.PLANNED, by=alice)
    form = sent(way="gp")
    browser.post(address, form)
    browser.post(address, form)
    again = client_of_alice.episodes.exclude(pk=episode.pk).get()
    assert again.referral.previous == episode.referral
