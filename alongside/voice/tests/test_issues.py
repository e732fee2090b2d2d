"""Key issues: proposed, selected, written under; and what came of them."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core import clock
from alongside.voice.actions import issues, phases, themes, votes
from alongside.voice.models import Action, Board, Group, KeyIssue, Phase, Seat, Total

pytestmark = pytest.mark.django_db

SAID = {
    "title": "Evenings", "tension": "People want them; staff need theirs.", "principles": "Nobody is turned away.",
    "questions": "How can it be paid for?\n\nWhat would be enough?",
}  # fmt: skip


@pytest.fixture
def naming(phase: Phase, lead: User) -> Phase:
    part = Phase.objects.create(session=phase.session, place=5, kind=Phase.Kind.KEY_ISSUES)
    return phases.begin(phase=part, by=lead)


@pytest.fixture
def issue(group: Group, phase: Phase, lead: User) -> KeyIssue:
    return issues.add(group=group, title="Evenings", tension="", questions=["How?"], principles="", by=lead)


def test_somebody_proposes_a_key_issue_and_nothing_says_who(
    naming: Phase, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    browser, board = browser_at(seat), naming.boards.get()
    before = Entry.objects.count()
    answer = browser.post(reverse("w:propose", args=[board.pk]), SAID, follow=True)
    for said in ("Evenings", "What would be enough?", "Nobody is turned away.", "Nothing says who proposed it"):
        assert said in answer.content.decode()
    made = KeyIssue.objects.get()
    assert made.questions == ["How can it be paid for?", "What would be enough?"]
    assert Entry.objects.count() == before
    assert {field.name for field in KeyIssue._meta.fields}.isdisjoint({"seat", "made_at", "by"})


def test_a_key_issue_and_the_theme_it_comes_from_lead_to_each_other(
    naming: Phase, seat: Seat, lead: User, browser_at: Callable[[Seat], Browser], signed_in: Callable[[User], Browser]
) -> None:
    browser, board = browser_at(seat), naming.boards.get()
    assert "Which theme does it come from" not in browser.get(reverse("w:board", args=[board.pk])).content.decode()
    theme = themes.add(group=naming.session.group, title="Opening hours", by=lead)
    browser.post(reverse("w:propose", args=[board.pk]), SAID | {"theme": theme.pk})
    assert KeyIssue.objects.get().theme == theme
    document = signed_in(lead).get(reverse("voice:document", args=[board.workshop.slug])).content.decode()
    assert "Key issue: Evenings" in document
    assert "Theme: Opening hours" in document
    answer = browser.post(reverse("w:propose", args=[board.pk]), SAID | {"theme": "0" * 32})
    assert (answer.status_code, KeyIssue.objects.count()) == (400, 1)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    naming: Phase, seat: Seat, lead: User, browser_at: Callable[[Seat], Browser]
) -> None:
    browser, board = browser_at(seat), naming.boards.get()
    answer = browser.post(reverse("w:propose", args=[board.pk]), SAID | {"title": ""})
    assert answer.status_code == 400
    assert "People want them" in answer.content.decode()
    phases.end(phase=naming, by=lead)
    answer = browser.post(reverse("w:propose", args=[board.pk]), SAID)
    assert "can’t be proposed now" in answer.content.decode()
    assert "People want them" in answer.content.decode()


def test_where_notes_are_read_first_so_are_key_issues(
    naming: Phase, seat: Seat, lead: User, browser_at: Callable[[Seat], Browser], signed_in: Callable[[User], Browser]
) -> None:
    Phase.objects.filter(pk=naming.pk).update(held_first=True)
    browser, board = browser_at(seat), naming.boards.get()
    page = browser.post(reverse("w:propose", args=[board.pk]), SAID, follow=True).content.decode()
    assert "Evenings" not in page
    made = KeyIssue.objects.get()
    signed_in(lead).post(reverse("voice:switch", args=[made.pk, "show"]))
    assert "Evenings" in browser.get(reverse("w:board", args=[board.pk])).content.decode()


def test_those_that_were_selected_get_a_board_under_which_everybody_writes(
    issue: KeyIssue, group: Group, phase: Phase, seat: Seat, lead: User,
    browser_at: Callable[[Seat], Browser], signed_in: Callable[[User], Browser],
) -> None:  # fmt: skip
    left = issues.add(group=group, title="Chairs", tension="", questions=[], principles="", by=lead)
    browser = signed_in(lead)
    browser.post(reverse("voice:switch", args=[issue.pk, "select"]))
    part = Phase.objects.create(session=phase.session, place=6, kind=Phase.Kind.WHOLE_GROUP)
    phases.begin(phase=part, by=lead)
    assert [board.title for board in part.boards.all()] == ["Evenings"]
    browser.post(reverse("voice:switch", args=[left.pk, "select"]))
    assert [board.title for board in part.boards.all()] == ["Evenings", "Chairs"]
    page = browser_at(seat).get(reverse("w:board", args=[part.boards.get(title="Evenings").pk])).content.decode()
    assert "How?" in page


def test_a_group_votes_on_its_key_issues(issue: KeyIssue, phase: Phase, seat: Seat, lead: User) -> None:
    part = Phase.objects.create(session=phase.session, place=6, kind=Phase.Kind.SELECT)
    phases.begin(phase=part, by=lead)
    votes.cast(board=part.boards.get(), seat=seat, choices=[issue.pk])
    phases.end(phase=part, by=lead)
    total = Total.objects.get()
    assert (total.key_issue, total.theme, total.votes) == (issue, None, 1)


def test_you_said_we_did(issue: KeyIssue, board: Board, lead: User, signed_in: Callable[[User], Browser]) -> None:
    browser, slug = signed_in(lead), board.workshop.slug
    browser.post(reverse("voice:recommend", args=[issue.pk]), {"text": "Open on two evenings"})
    made = issue.recommendations.get()
    due = clock.today()
    said = {
        "what": "Ask the night team", "owner": lead.pk, "status": "planned", "why": "",
        "due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year,
    }  # fmt: skip
    answer = browser.post(reverse("voice:act", args=[made.pk]), said)
    assert answer.status_code == 302, answer.content.decode()
    action = Action.objects.get()
    assert (action.due_on, action.owner) == (due, lead)
    browser.post(reverse("voice:action", args=[action.pk]), said | {"status": "done"})
    public = reverse("w:did", args=[slug])
    assert Browser().get(public).status_code == 404
    browser.post(reverse("voice:said", args=[slug]), {"publish": "1"})
    page = Browser().get(public).content.decode()
    assert "Ask the night team" in page
    assert "Done" in page
    assert lead.name not in page
    browser.post(reverse("voice:said", args=[slug]), {"take-back": "1"})
    assert Browser().get(public).status_code == 404
