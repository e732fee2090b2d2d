"""The page on which people choose, with and without a script; and the talks that follow."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.voice.actions import phases, talks, themes, votes
from alongside.voice.models import Board, Group, Phase, Seat, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(group: Group, phase: Phase, lead: User) -> list[Theme]:
    return [themes.add(group=group, title=title, by=lead) for title in ("The door", "The chairs")]


@pytest.fixture
def vote(phase: Phase, two: list[Theme], lead: User) -> Phase:
    asked = Phase.objects.create(session=phase.session, place=3, kind=Phase.Kind.VOTE, budget=1)
    return phases.begin(phase=asked, by=lead)


@pytest.fixture
def voting(vote: Phase) -> Board:
    return vote.boards.get()


def test_choices_are_kept_and_shown_again(
    voting: Board, two: list[Theme], seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    browser = browser_at(seat)
    answer = browser.post(reverse("w:vote", args=[voting.pk]), {"choice": two[0].pk}, follow=True)
    page = answer.content.decode()
    assert "Your choices are kept" in page
    assert "1 person has chosen so far" in page
    assert page.count("checked") == 1
    assert seat.pk not in page


def test_over_the_budget_what_was_ticked_is_shown_again_with_a_sentence(
    voting: Board, two: list[Theme], seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    browser, sent = browser_at(seat), {"choice": [theme.pk for theme in two]}
    answer = browser.post(reverse("w:vote", args=[voting.pk]), sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "more than one choice" in page
    assert page.count("checked") == 2
    asked = browser.post(reverse("w:vote", args=[voting.pk]), sent, headers={"accept": "application/json"})
    assert "more than one choice" in asked.json()["error"]
    assert "0 people have chosen" in browser.get(reverse("w:board", args=[voting.pk])).content.decode()


def test_nobody_sees_how_many_votes_each_has_before_it_is_over(
    voting: Board, vote: Phase, two: list[Theme], seat: Seat, lead: User,
    browser_at: Callable[[Seat], Browser], signed_in: Callable[[User], Browser],
) -> None:  # fmt: skip
    votes.cast(board=voting, seat=seat, choices=[two[1].pk])
    seen_by = ((browser_at(seat), "w:board"), (signed_in(lead), "voice:board"))

    def pages() -> list[str]:
        return [browser.get(reverse(name, args=[voting.pk])).content.decode() for browser, name in seen_by]

    assert all("1 vote<" not in page for page in pages())
    phases.end(phase=vote, by=lead)
    for shown in pages():
        assert "1 vote<" in shown
        assert shown.index("The chairs") < shown.index("The door")
        assert "0 votes" in shown
    phases.begin(phase=vote, by=lead)
    assert all("opened again" in page and "1 vote<" not in page for page in pages())


def test_a_vote_that_is_over_or_of_others_takes_nothing(
    voting: Board, vote: Phase, two: list[Theme], seat: Seat, lead: User, browser_at: Callable[[Seat], Browser]
) -> None:
    phases.end(phase=vote, by=lead)
    answer = browser_at(seat).post(reverse("w:vote", args=[voting.pk]), {"choice": two[0].pk})
    assert answer.status_code == 409
    assert "This vote is over" in answer.content.decode()
    Seat.objects.filter(pk=seat.pk).update(board=None)
    assert browser_at(seat).post(reverse("w:vote", args=[voting.pk]), {"choice": two[0].pk}).status_code == 404


def test_the_winners_get_boards_and_one_may_have_two(
    voting: Board, vote: Phase, two: list[Theme], seat: Seat, lead: User,
    browser_at: Callable[[Seat], Browser], signed_in: Callable[[User], Browser],
) -> None:  # fmt: skip
    votes.cast(board=voting, seat=seat, choices=[two[1].pk])
    phases.end(phase=vote, by=lead)
    part = Phase.objects.create(session=vote.session, place=4, kind=Phase.Kind.DISCUSS)
    phases.begin(phase=part, by=lead)
    assert [board.title for board in part.boards.all()] == ["The chairs"]
    signed_in(lead).post(reverse("voice:talk", args=[part.pk]), {"theme": two[1].pk})
    assert [board.title for board in part.boards.all()] == ["The chairs", "The chairs, 2"]
    browser = browser_at(seat)
    page = browser.get(reverse("w:places")).content.decode()
    assert "The chairs, 2" in page
    assert "Pair 1" not in page
    second = part.boards.get(place=2)
    assert browser.post(reverse("w:places"), {"board": second.pk}).url == reverse("w:board", args=[second.pk])
    assert browser.get(reverse("w:board", args=[second.pk])).status_code == 200


def test_a_part_to_talk_without_a_vote_waits_for_whoever_leads(phase: Phase, two: list[Theme], lead: User) -> None:
    part = Phase.objects.create(session=phase.session, place=4, kind=Phase.Kind.DISCUSS)
    phases.begin(phase=part, by=lead)
    assert not part.boards.exists()
    assert talks.add(phase=part, theme=two[0], by=lead).about == two[0]
