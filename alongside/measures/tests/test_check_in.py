"""The check-in rule: any mark above 0 on two questions, whatever it is, the same panel and one neutral request."""

import re

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.care.actions import episodes, services
from alongside.care.models import Client, Episode, Referral, Service
from alongside.core import clock
from alongside.measures import actions
from alongside.measures.models import Questionnaire
from alongside.todo import actions as todo
from alongside.todo.models import Task

ASKED = "Alice has been asked to check in with you."
WILL_ASK = "When you continue, we will ask Alice to check in with you."
SILENT: list[dict[str, str]] = [{"mark": "0"}, {"mark": ""}, {"declined": "on"}]
SAYING: list[dict[str, str]] = [{"mark": "0.1"}, {"mark": "5"}, {"mark": "10"}, {"whole": "1"}]


def panel(page: str) -> str:
    return " ".join(page.split('<div class="support">')[1].split("</ul>", maxsplit=1)[0].split())


@pytest.mark.parametrize("number", [3, 4])
@pytest.mark.parametrize("said", SAYING)
def test_any_mark_above_0_shows_the_panel_and_asks_once(
    said: dict[str, str], number: int, say, together: Browser, client_of_alice: Client, alice: User, lead: User
) -> None:
    page = together.get(say(number, **said)["Location"]).text
    assert "Thank you for saying so" in page
    assert ASKED in panel(page)
    assert "not watched in real time" in panel(page)
    assert 'href="tel:116123"' in panel(page)
    task = Task.objects.get()
    assert task.title == "Please check in with Rowan"
    assert (task.kind, task.worker, task.cover) == (Task.Kind.CHECK_IN, alice, lead)
    assert task.subject_key == client_of_alice.pk
    assert task.link == f"/clients/{client_of_alice.pk}"
    assert task.due_at == clock.next_working_afternoon(clock.now())


@pytest.mark.parametrize("number", [3, 4])
@pytest.mark.parametrize("said", SILENT)
def test_nothing_above_0_shows_no_panel_and_asks_nothing(said: dict[str, str], number: int, say, together) -> None:
    page = together.get(say(number, **said)["Location"]).text
    assert ASKED not in page
    assert not Task.objects.exists()


@pytest.mark.parametrize("number", [1, 2, 5, 11])
def test_no_other_question_asks(number: int, say, together: Browser) -> None:
    page = together.get(say(number, mark="10")["Location"]).text
    assert ASKED not in page
    assert not Task.objects.exists()


def test_a_tenth_and_ten_are_the_same_to_the_letter(say, together: Browser) -> None:
    def after(mark: str, was: str) -> str:
        page = together.get(say(3, mark=mark, was=was)["Location"]).text
        return re.sub(r'(nonce|value)="[^"]*"', "", page)

    assert after("0.1", "") == after("10", "0.1")
    assert Task.objects.count() == 1


def test_the_request_says_nothing_of_the_answer(say) -> None:
    say(3, mark="9.7")
    task = Task.objects.get()
    assert not re.search(r"\d", task.title)
    assert "9.7" not in str(Task.objects.values())


def test_marking_can_show_the_panel_at_once_on_these_two_questions_only(
    together: Browser, asked: Questionnaire
) -> None:
    shown = {
        number: WILL_ASK in together.get(f"/forms/{asked.pk}/{number}/").text.replace("\n", " ") for number in (2, 5)
    }
    assert shown == {2: False, 5: False}
    for number in (3, 4):
        page = together.get(f"/forms/{asked.pk}/{number}/").text
        assert "<div data-support hidden>" in page
        assert WILL_ASK in panel(page)


def test_one_request_is_open_at_a_time(say) -> None:
    say(3, mark="4")
    say(4, mark="2")
    assert Task.objects.count() == 1


def test_once_it_is_done_the_same_answer_does_not_ask_again_and_a_new_one_does(say, alice: User) -> None:
    say(3, mark="4")
    todo.finish(task=Task.objects.get(), by=alice)
    say(3, mark="4", was="4.0")
    assert Task.objects.count() == 1
    say(4, mark="0.1")
    assert Task.objects.open().count() == 1


def test_the_panel_stays_until_the_end(say, together: Browser, asked: Questionnaire) -> None:
    say(4, mark="0.1")
    for page in ("check", "later"):
        assert ASKED in panel(together.get(f"/forms/{asked.pk}/{page}").text)
    together.post(f"/forms/{asked.pk}/send")
    assert ASKED in panel(together.get(f"/forms/{asked.pk}/thanks").text)


def test_without_a_lead_nobody_covers(say, lead: User) -> None:
    lead.is_active = False
    lead.save()
    say(3, mark="1")
    assert Task.objects.get().cover is None


def test_deleting_the_form_says_that_the_check_in_stays(say, together: Browser, asked: Questionnaire) -> None:
    say(3, mark="1")
    assert "That stays." in together.get(f"/forms/{asked.pk}/delete").text
    together.post(f"/forms/{asked.pk}/delete")
    assert Task.objects.open().count() == 1


def test_two_readers_of_one_client_are_both_asked(
    say, together: Browser, client_of_alice: Client, team, alice: User, bob: User
) -> None:
    other = services.add(name="Project work", tier=Service.Tier.PREVENTION, team=team, uses_form=True, by="test")
    way_in = episodes.refer(client=client_of_alice, way=Referral.Way.SELF, received_on=clock.today(), by=alice)
    support: Episode = episodes.start(
        referral=way_in, service=other, practitioner=bob, funder=None, started_on=clock.today(), by=alice
    )
    second = actions.open_form(episode=support, occasion=Questionnaire.Occasion.FORTNIGHT, by=bob)
    say(3, mark="5")
    together.post(f"/forms/{second.pk}/3/", {"mark": "5"})
    assert {task.worker for task in Task.objects.open()} == {alice, bob}
    assert "Bob has been asked to check in with you." in panel(together.get(f"/forms/{second.pk}/check").text)
    together.post(f"/forms/{second.pk}/4/", {"mark": "5"})
    assert Task.objects.count() == 2


def test_once_the_readers_account_has_ended_a_lead_is_asked_and_named(
    asked: Questionnaire, signed_in, alice: User, bob: User, lead: User
) -> None:
    alice.is_active = False
    alice.save()
    browser = signed_in(bob)
    page = browser.get(browser.post(f"/forms/{asked.pk}/3/", {"mark": "5"})["Location"]).text
    assert (Task.objects.get().worker, Task.objects.get().cover) == (lead, None)
    assert "Jo has been asked to check in with you." in panel(page)
    assert "Alice" not in page
    browser.post(f"/forms/{asked.pk}/send")
    read = browser.get(f"/responses/{asked.response.pk}/").text
    assert f"{lead.name} reads it." in read


def test_without_a_lead_whoever_opened_the_form_is_asked(
    episode: Episode, signed_in, alice: User, bob: User, lead: User
) -> None:
    User.objects.filter(pk__in=[alice.pk, lead.pk]).update(is_active=False)
    form = actions.open_form(episode=episode, occasion=Questionnaire.Occasion.FORTNIGHT, by=bob)
    browser = signed_in(bob)
    page = browser.get(browser.post(f"/forms/{form.pk}/3/", {"mark": "5"})["Location"]).text
    assert Task.objects.get().worker == bob
    assert "Bob has been asked to check in with you." in panel(page)


@pytest.mark.parametrize("number", [3, 4])
def test_without_javascript_a_mark_that_is_kept_shows_the_panel_where_it_is(
    number: int, say, together: Browser, asked: Questionnaire
) -> None:
    say(number, mark="0.1")
    page = together.get(f"/forms/{asked.pk}/{number}/").text
    assert "<div data-support>" in page
    assert ASKED in panel(page)
    say(number, mark="0", was="0.1")
    assert "<div data-support hidden>" in together.get(f"/forms/{asked.pk}/{number}/").text


@pytest.mark.parametrize("end", ["send", "delete"])
@pytest.mark.parametrize("number", [3, 4])
def test_an_answer_that_comes_too_late_still_asks_as_the_page_promised(
    end: str, number: int, alone: Browser, asked: Questionnaire, alice: User
) -> None:
    alone.post(f"/forms/{asked.pk}/{end}")
    answer = alone.post(f"/forms/{asked.pk}/{number}/", {"mark": "8", "how": "line"})
    assert answer.status_code == (200 if end == "send" else 410)
    assert ASKED in panel(answer.text)
    assert Task.objects.get().worker == alice
    assert asked.response.answers == {}


@pytest.mark.parametrize("end", ["send", "delete"])
@pytest.mark.parametrize(("number", "mark"), [(3, "0"), (3, "eleven"), (3, ""), (5, "8"), (99, "8")])
def test_too_late_nothing_else_asks(end: str, number: int, mark: str, alone: Browser, asked: Questionnaire) -> None:
    alone.post(f"/forms/{asked.pk}/{end}")
    assert ASKED not in alone.post(f"/forms/{asked.pk}/{number}/", {"mark": mark}).text
    assert not Task.objects.exists()


def test_too_late_the_answer_that_is_kept_already_does_not_ask_again(
    say, together: Browser, asked: Questionnaire, alice: User
) -> None:
    say(3, mark="4")
    todo.finish(task=Task.objects.get(), by=alice)
    together.post(f"/forms/{asked.pk}/send")
    assert ASKED in panel(say(3, mark="4", was="4.0").text)
    assert Task.objects.count() == 1
