"""Opening a form: which one, for whom, and only once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import episodes, services
from alongside.care.models import Client, Episode, Referral, Service
from alongside.core import clock
from alongside.measures import actions
from alongside.measures.answers import Answer, How, questions
from alongside.measures.models import Questionnaire

Occasion = Questionnaire.Occasion


def open_page(client: Client) -> str:
    return f"/clients/{client.pk}/forms/new"


def test_a_worker_opens_a_form_and_the_practitioner_reads_it(
    signed_in: Callable[[User], Browser], bob: User, alice: User, client_of_alice: Client
) -> None:
    answer = signed_in(bob).post(open_page(client_of_alice), {"occasion": "fortnight"})
    form = Questionnaire.objects.get()
    assert answer["Location"] == f"/forms/{form.pk}/"
    assert (form.reader, form.opened_by) == (alice, bob)
    assert Entry.objects.filter(did="form.opened", by=bob.pk, subject=f"client:{client_of_alice.pk}").count() == 1


def test_pressed_twice_it_is_one_form_that_goes_on(together: Browser, client_of_alice: Client) -> None:
    first = together.post(open_page(client_of_alice), {"occasion": "fortnight"})
    again = together.post(open_page(client_of_alice), {"occasion": "fortnight"})
    assert first["Location"] == again["Location"]
    assert Questionnaire.objects.count() == 1
    assert "Go on with it" in together.get(open_page(client_of_alice)).text


def test_the_database_refuses_a_second_open_form(asked: Questionnaire, alice: User) -> None:
    second = Questionnaire(
        client=asked.client, episode=asked.episode, instrument=asked.instrument, version=asked.version,
        occasion=asked.occasion, reader=alice, opened_by=alice, open=True,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_after_it_was_sent_a_new_one_is_opened(asked: Questionnaire, episode: Episode, alice: User) -> None:
    actions.send(questionnaire=asked, by=alice.pk)
    assert actions.open_form(episode=episode, occasion=Occasion.FORTNIGHT, by=alice) != asked


def test_nothing_chosen_is_asked_for_again(together: Browser, client_of_alice: Client) -> None:
    page = together.post(open_page(client_of_alice), {}).text
    assert "Choose when it is taken" in page
    assert "checked" not in page


def test_before_a_session_nine_are_asked_and_the_one_after_points_to_it(episode: Episode, alice: User) -> None:
    before = actions.open_form(episode=episode, occasion=Occasion.BEFORE, by=alice)
    actions.send(questionnaire=before, by=alice.pk)
    after = actions.open_form(episode=episode, occasion=Occasion.AFTER, by=alice)
    assert [item.number for item in questions(before)] == list(range(1, 10))
    assert [item.number for item in questions(after)] == list(range(1, 12))
    assert after.before == before


def test_yesterdays_form_is_not_before_todays_session(
    episode: Episode, alice: User, noon, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.open_form(episode=episode, occasion=Occasion.BEFORE, by=alice)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1))
    assert actions.open_form(episode=episode, occasion=Occasion.AFTER, by=alice).before is None


@pytest.mark.parametrize("occasion", [Occasion.BEFORE, Occasion.AFTER])
def test_a_form_about_a_session_is_gone_on_with_on_its_own_day_only(
    occasion: Occasion, together: Browser, client_of_alice: Client, episode: Episode, alice: User, noon, monkeypatch
) -> None:
    stale = actions.open_form(episode=episode, occasion=occasion, by=alice)
    given = Answer(value=5.0, how=How.LINE)
    actions.answer(questionnaire=stale, item=questions(stale)[0].key, given=given, was="", by=alice.pk)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1))
    assert "Go on with it" not in together.get(open_page(client_of_alice)).text
    today = actions.open_form(episode=episode, occasion=occasion, by=alice)
    assert today != stale
    stale.refresh_from_db()
    assert (stale.open, stale.response.answers) == (False, {})
    assert Entry.objects.get(did="form.taken-back").why == "Its last day has passed."
    assert together.get(f"/forms/{stale.pk}/").status_code == 410


def test_the_form_after_points_to_the_one_of_the_same_day(
    episode: Episode, alice: User, noon, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.open_form(episode=episode, occasion=Occasion.BEFORE, by=alice)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=14))
    before = actions.open_form(episode=episode, occasion=Occasion.BEFORE, by=alice)
    actions.send(questionnaire=before, by=alice.pk)
    assert actions.open_form(episode=episode, occasion=Occasion.AFTER, by=alice).before == before


@pytest.mark.parametrize(("days", "same"), [(13, True), (14, False)])
def test_a_fortnightly_form_is_gone_on_with_for_a_fortnight(
    days: int, same: bool, asked: Questionnaire, together: Browser, episode: Episode, alice: User, noon, monkeypatch
) -> None:
    last = (noon + timedelta(days=13)).date()
    assert f"until the end of {last.day} {last:%B}." in together.get(f"/forms/{asked.pk}/later").text
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=days))
    assert (actions.open_form(episode=episode, occasion=Occasion.FORTNIGHT, by=alice) == asked) is same


def test_the_page_says_who_reads_it_once_the_practitioner_has_left(
    signed_in: Callable[[User], Browser], bob: User, alice: User, lead: User, client_of_alice: Client
) -> None:
    alice.is_active = False
    alice.save()
    page = signed_in(bob).get(open_page(client_of_alice)).text
    assert f"{lead.name} reads it." in page
    assert "Alice Adeyemi reads it." not in page


def test_a_session_has_one_form_before_it(episode: Episode, alice: User) -> None:
    actions.open_form(episode=episode, occasion=Occasion.BEFORE, by=alice)
    first = actions.open_form(episode=episode, occasion=Occasion.AFTER, by=alice)
    actions.send(questionnaire=first, by=alice.pk)
    second = actions.open_form(episode=episode, occasion=Occasion.AFTER, by=alice)
    assert (first.before is None, second.before) == (False, None)


def test_with_two_kinds_of_support_one_says_which(
    together: Browser, client_of_alice: Client, team, alice: User, bob: User, episode: Episode
) -> None:
    other = services.add(name="Project work", tier=Service.Tier.PREVENTION, team=team, uses_form=True, by="test")
    way_in = episodes.refer(client=client_of_alice, way=Referral.Way.SELF, received_on=clock.today(), by=alice)
    second = episodes.start(
        referral=way_in, service=other, practitioner=bob, funder=None, started_on=clock.today(), by=alice
    )
    page = together.post(open_page(client_of_alice), {"occasion": "fortnight"}).text
    assert "Choose the support it is for" in page
    together.post(open_page(client_of_alice), {"occasion": "fortnight", "episode": second.pk})
    assert Questionnaire.objects.get().reader == bob


def test_without_support_that_uses_it_there_is_a_kind_sentence(
    together: Browser, client_of_alice: Client, episode: Episode, alice: User
) -> None:
    episodes.end(episode=episode, ended_on=clock.today(), ending=Episode.Ending.PLANNED, by=alice)
    assert "Rowan has none now" in together.get(open_page(client_of_alice)).text
    assert together.post(open_page(client_of_alice), {"occasion": "fortnight"}).status_code == 200
    assert not Questionnaire.objects.exists()


def test_what_was_chosen_when_the_session_had_ended_is_given_back(
    together: Browser, client_of_alice: Client, alice: User
) -> None:
    session = together.session
    session["seen"] = int(clock.now().timestamp()) - 24 * 60 * 60
    session.save()
    assert together.post(open_page(client_of_alice), {"occasion": "before"}).status_code == 302
    together.force_login(alice)
    session = together.session
    session["second_factor"] = True
    session.save()
    page = together.get(open_page(client_of_alice)).text
    assert "We kept what you had chosen" in page
    assert 'value="before" checked' in " ".join(page.split())


def test_charlie_never_gets_in(
    signed_in: Callable[[User], Browser], charlie: User, asked: Questionnaire, client_of_alice: Client
) -> None:
    browser = signed_in(charlie)
    pages = ["", "1/", "check", "thanks", "copy", "later", "delete"]
    assert {browser.get(f"/forms/{asked.pk}/{page}").status_code for page in pages} == {404}
    posts = ["1/", "send", "delete", "hand-over"]
    assert {browser.post(f"/forms/{asked.pk}/{page}", {"mark": "3"}).status_code for page in posts} == {404}
    assert browser.post(open_page(client_of_alice), {"occasion": "after"}).status_code == 404
    assert Questionnaire.objects.get().response.answers == {}
