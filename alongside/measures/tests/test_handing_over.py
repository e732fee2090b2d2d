"""Handing a screen over: the client's form and nothing else, and the way back by signing in."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from alongside.access.models import Session, User
from alongside.audit.models import Entry
from alongside.care.models import Client, Episode
from alongside.measures import actions
from alongside.measures.models import Questionnaire, Response


def test_the_worker_is_signed_out_and_the_form_stays(
    alone: Browser, asked: Questionnaire, client_of_alice: Client
) -> None:
    assert dict(alone.session) == {"answering": asked.pk, "_session_expiry": 7200}
    assert alone.get(f"/forms/{asked.pk}/1/").status_code == 200
    assert Response.objects.get().given == "handed over"
    for page in ("/today", "/clients", f"/clients/{client_of_alice.pk}", f"/clients/{client_of_alice.pk}/forms/new"):
        assert "/accounts/login/" in alone.get(page)["Location"]


def test_the_answers_are_the_clients_own_in_the_record(alone: Browser, asked: Questionnaire) -> None:
    alone.post(f"/forms/{asked.pk}/1/", {"mark": "2", "how": "taps"})
    alone.post(f"/forms/{asked.pk}/send")
    dids = Entry.objects.filter(by=f"client:{asked.client_id}").values_list("did", flat=True)
    assert list(dids) == ["form.answered", "form.sent"]


def test_no_page_of_the_form_says_who_it_is_for(alone: Browser, asked: Questionnaire) -> None:
    pages = [alone.get(f"/forms/{asked.pk}/{page}").text for page in ("", "1/", "3/", "check", "later", "delete")]
    alone.post(f"/forms/{asked.pk}/send")
    pages += [alone.get(f"/forms/{asked.pk}/{page}").text for page in ("thanks", "copy")]
    for page in pages:
        assert "Rowan" not in page
        assert "Ellery" not in page
        assert "WS-0412" not in page
        assert "Help now" in page
        assert "Leave this page" in page


def test_another_form_is_not_open_on_this_screen(alone: Browser, episode: Episode, alice: User) -> None:
    other = actions.open_form(episode=episode, occasion=Questionnaire.Occasion.BEFORE, by=alice)
    page = alone.get(f"/forms/{other.pk}/1/")
    assert (page.status_code, "No form is open on this screen" in page.text) == (404, True)
    assert alone.post(f"/forms/{other.pk}/1/", {"mark": "5"}).status_code == 404
    assert Response.objects.get(questionnaire=other).answers == {}


def test_a_stranger_is_told_the_same_of_a_form_that_exists_and_one_that_does_not(asked: Questionnaire) -> None:
    stranger = Browser()
    real, unreal = (stranger.get(f"/forms/{key}/1/") for key in (asked.pk, "0" * 32))
    assert real.status_code == unreal.status_code == 404
    assert real.text.replace(asked.pk, "") == unreal.text.replace("0" * 32, "")


def test_when_its_time_has_ended_the_answers_are_still_there(alone: Browser, asked: Questionnaire) -> None:
    alone.post(f"/forms/{asked.pk}/1/", {"mark": "2"})
    alone.session.flush()
    page = alone.get(f"/forms/{asked.pk}/2/")
    assert page.status_code == 404
    assert "your answers so far are kept" in page.text
    assert "hand the screen back" in page.text
    assert len(Response.objects.get().answers) == 1


def test_the_way_back_is_the_ordinary_sign_in(
    alone: Browser, asked: Questionnaire, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    alone.post(f"/forms/{asked.pk}/send")
    assert "Give the screen back" in alone.get(f"/forms/{asked.pk}/thanks").text
    back = alone.get(f"/forms/{asked.pk}/give-back")
    assert back["Location"] == f"/accounts/login/?next=/forms/{asked.pk}/give-back"
    assert "answering" not in alone.session
    assert alone.get(f"/forms/{asked.pk}/copy").status_code == 404
    assert signed_in(alice).get(f"/forms/{asked.pk}/give-back")["Location"] == f"/clients/{asked.client_id}"


def test_somebody_else_signing_in_on_that_screen_does_not_inherit_the_form(
    alone: Browser, asked: Questionnaire, charlie: User
) -> None:
    alone.force_login(charlie)
    session = alone.session
    session["second_factor"] = True
    session.save()
    assert session["answering"] == asked.pk
    assert alone.get(f"/forms/{asked.pk}/1/").status_code == 404


def test_leaving_fast_ends_it(alone: Browser, asked: Questionnaire) -> None:
    alone.get("/leave")
    assert alone.get(f"/forms/{asked.pk}/1/").status_code == 404


@pytest.mark.parametrize("page", ["hand-over", "send"])
def test_an_address_that_is_only_for_sending_leads_somewhere_kind(page: str, together: Browser, asked) -> None:
    assert together.get(f"/forms/{asked.pk}/{page}").status_code == 302


def test_a_form_that_was_sent_is_not_handed_over(together: Browser, asked: Questionnaire, alice: User) -> None:
    actions.send(questionnaire=asked, by=alice.pk)
    together.post(f"/forms/{asked.pk}/hand-over")
    assert together.get("/today").status_code == 200


def test_what_is_not_sent_is_not_seen_on_another_screen(
    alone: Browser, asked: Questionnaire, bob: User, signed_in: Callable[[User], Browser]
) -> None:
    alone.post(f"/forms/{asked.pk}/1/", {"mark": "8.3"})
    browser = signed_in(bob)
    for page in ("", "1/", "check", "later", "delete", "copy"):
        seen = browser.get(f"/forms/{asked.pk}/{page}").text
        assert "Rowan is answering this form on a screen. You can see it when it is sent." in seen
        assert "8.3" not in seen
    for page in ("1/", "send", "delete"):
        browser.post(f"/forms/{asked.pk}/{page}", {"mark": "1", "was": "8.3"})
    browser.post(f"/forms/{asked.pk}/hand-over")
    assert browser.get("/today").status_code == 200, "it is not handed over twice"
    response = Response.objects.get()
    assert response.sent_at is None
    assert [kept["value"] for kept in response.answers.values()] == [8.3]
    alone.post(f"/forms/{asked.pk}/send")
    assert "8.3" in browser.get(f"/responses/{response.pk}/").text


def test_taken_over_it_goes_on_together_and_ends_on_the_other_screen(
    alone: Browser, asked: Questionnaire, bob: User, signed_in: Callable[[User], Browser]
) -> None:
    alone.post(f"/forms/{asked.pk}/1/", {"mark": "8.3"})
    browser = signed_in(bob)
    assert "Take it over here" in browser.get(f"/forms/{asked.pk}/").text
    taken = browser.post(f"/forms/{asked.pk}/hand-over", {"here": "1"})
    assert taken["Location"] == f"/forms/{asked.pk}/"
    assert "8.3" in browser.get(f"/forms/{asked.pk}/check").text
    assert Response.objects.get().given == "together"
    assert Entry.objects.filter(did="form.taken-over", by=bob.pk).count() == 1
    ended = alone.post(f"/forms/{asked.pk}/3/", {"mark": "2"})
    assert (ended.status_code, "No form is open on this screen" in ended.text) == (404, True)
    assert "Alice has been asked to check in with you." in ended.text, "as the page had promised"
    assert len(Response.objects.get().answers) == 1
    browser.post(f"/forms/{asked.pk}/hand-over", {"here": "1"})
    assert Entry.objects.filter(did="form.taken-over").count() == 1


def test_somebody_elses_form_is_not_taken_over(
    alone: Browser, asked: Questionnaire, charlie: User, signed_in: Callable[[User], Browser]
) -> None:
    assert signed_in(charlie).post(f"/forms/{asked.pk}/hand-over", {"here": "1"}).status_code == 404
    assert Response.objects.get().given == "handed over"


def test_after_sending_the_screen_keeps_it_for_ten_minutes_and_no_longer(alone: Browser, asked: Questionnaire) -> None:
    alone.post(f"/forms/{asked.pk}/1/", {"mark": "2"})
    assert alone.session.get_expiry_age() == 2 * 60 * 60
    alone.post(f"/forms/{asked.pk}/send")
    assert alone.session.get_expiry_age() == 10 * 60
    ends = Session.objects.get(pk=alone.session.session_key).expire_date
    alone.post(f"/forms/{asked.pk}/send")
    alone.post(f"/forms/{asked.pk}/1/", {"mark": "2"})
    assert Session.objects.get(pk=alone.session.session_key).expire_date == ends, "nothing makes it longer"


def test_a_colleague_of_another_team_who_takes_the_screen_back_comes_to_their_own_page(
    asked: Questionnaire, charlie: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(charlie)
    for key in (asked.pk, "0" * 32):
        page = browser.get(f"/forms/{key}/give-back", follow=True)
        assert page.status_code == 200
        assert "That form belongs to another team" in page.text
        assert "Rowan" not in page.text
