"""A note is kept back only by a clause, its writer alone reads why, and support goes to a seat that nobody knows."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core.models import new_key
from alongside.moderation.models import Clause, Decision
from alongside.voice.actions import moderating, notes, phases, seats, workshops
from alongside.voice.models import Board, BoardEvent, Note, Phase, Seat, Workshop
from alongside.voice.queries.moderating import clauses

pytestmark = pytest.mark.django_db

QUIET = "w:quiet"


@pytest.fixture
def note(board: Board, seat: Seat) -> Note:
    return notes.add(board=board, seat=seat, text="Somebody called Wren", key=new_key())


@pytest.fixture
def clause() -> Clause:
    return next(one for one in clauses() if "tells who" in one.title)


@pytest.fixture
def jo(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(lead)


def put(browser: Browser, note: Note, how: str, *, json: bool = False, **said: str):
    headers = {"accept": "application/json"} if json else {}
    return browser.post(reverse("voice:put", args=[note.pk, how]), said, headers=headers)


def page(browser: Browser, board: Board) -> str:
    return browser.get(reverse("w:board", args=[board.pk])).content.decode()


def test_a_note_is_kept_back_only_by_a_clause(jo: Browser, note: Note, clause: Clause) -> None:
    answer = put(jo, note, "hold", reason="Please leave out the name")
    assert answer.status_code == 400
    assert "Choose why first" in answer.content.decode()
    assert "Please leave out the name" in answer.content.decode()
    assert put(jo, note, "set-aside", json=True).json()["error"].startswith("Choose why first")
    assert not Decision.objects.exists()
    assert put(jo, note, "hold", clause=clause.pk, reason="Please leave out the name").status_code == 302
    note.refresh_from_db()
    assert (note.state, note.decision.clause, note.text) == (Note.State.HELD, clause, "Somebody called Wren")
    decision = Decision.objects.get()
    assert (decision.subject, decision.did, decision.reason) == (
        f"note:{note.pk}", Decision.Did.HELD, "Please leave out the name",
    )  # fmt: skip


def test_its_writer_alone_reads_why_it_waits_and_what_to_do(
    jo: Browser, board: Board, note: Note, seat: Seat, clause: Clause, sit: Callable[[Board], Seat],
    browser_at: Callable[[Seat], Browser],
) -> None:  # fmt: skip
    put(jo, note, "hold", clause=clause.pk, reason="Please leave out the name")
    mine = page(browser_at(seat), board)
    for said in ("This note waits", clause.words, "Please leave out the name", "You can change it", "Ruth, in the"):
        assert said in mine
    theirs = page(browser_at(sit(board)), board)
    for said in ("Somebody called Wren", clause.words, "Please leave out the name"):
        assert said not in theirs
    change = browser_at(seat).get(reverse("w:change", args=[note.pk])).content.decode()
    assert clause.words in change
    waits = browser_at(seat).get(reverse(QUIET)).json()["waits"]
    assert waits[note.pk]["words"] == clause.words
    put(jo, note, "show")
    assert clause.words not in page(browser_at(seat), board)
    assert browser_at(seat).get(reverse(QUIET)).json() == {"offered": False, "waits": {}}


def test_a_note_that_waits_can_be_changed_and_is_shown_by_nobody_but_a_facilitator(
    jo: Browser, board: Board, note: Note, seat: Seat, clause: Clause, browser_at: Callable[[Seat], Browser]
) -> None:
    put(jo, note, "hold", clause=clause.pk)
    browser_at(seat).post(reverse("w:change", args=[note.pk]), {"text": "Somebody I know"})
    note.refresh_from_db()
    assert (note.text, note.state) == ("Somebody I know", Note.State.HELD)
    assert "Somebody I know" in jo.get(reverse("voice:board", args=[board.pk])).content.decode()


def test_a_note_that_is_read_first_says_so_and_cites_nothing(
    board: Board, phase: Phase, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    Phase.objects.filter(pk=phase.pk).update(held_first=True)
    board.refresh_from_db()
    notes.add(board=board, seat=seat, text="A chair", key=new_key())
    assert "A facilitator reads it before it goes on the board" in page(browser_at(seat), board)


def test_neither_the_audit_nor_the_log_joins_a_clause_to_a_note(jo: Browser, note: Note, clause: Clause) -> None:
    put(jo, note, "hold", clause=clause.pk)
    put(jo, note, "hold", clause=clause.pk)
    put(jo, note, "show")
    rows = Entry.objects.filter(did__startswith="note.").order_by("number")
    assert [(row.did, row.subject) for row in rows] == [
        ("note.held", f"board:{note.board_id}"), ("note.shown", f"board:{note.board_id}"),
    ]  # fmt: skip
    assert all(row.details == {} for row in rows)
    assert sorted(Decision.objects.values_list("did", flat=True)) == ["held", "shown"]


def test_support_is_offered_to_a_seat_that_nobody_knows(
    jo: Browser, board: Board, note: Note, seat: Seat, sit: Callable[[Board], Seat],
    browser_at: Callable[[Seat], Browser],
) -> None:  # fmt: skip
    events = BoardEvent.objects.count()
    answer = put(jo, note, "offer", json=True)
    assert answer.status_code == 200
    assert "nobody is told" in answer.json()["said"]
    put(jo, note, "offer")
    other = browser_at(sit(board))
    hidden = 'aria-labelledby="quiet-title" hidden'
    assert hidden not in page(browser_at(seat), board)
    assert "Ruth, in the blue scarf" in page(browser_at(seat), board)
    assert browser_at(seat).get(reverse(QUIET)).json()["offered"] is True
    assert hidden in page(other, board)
    assert other.get(reverse(QUIET)).json()["offered"] is False
    assert BoardEvent.objects.count() == events, "nothing is sent to anybody else"
    leads = jo.get(reverse("voice:board", args=[board.pk])).content.decode()
    assert seat.pk not in leads
    decision = Decision.objects.get()
    assert (decision.subject, decision.clause.does) == (f"board:{board.pk}", Clause.Does.OFFER)
    assert not Entry.objects.filter(subject__contains=note.pk).exists()


def test_the_answer_is_the_same_whether_the_seat_is_still_there(jo: Browser, note: Note, seat: Seat) -> None:
    there = put(jo, note, "offer", json=True).json()
    Note.objects.update(offered=False)
    seats.leave(seat=seat)
    assert put(jo, note, "offer", json=True).json() == there


def test_an_offer_is_forgotten_when_the_part_ends(
    jo: Browser, board: Board, note: Note, phase: Phase, seat: Seat, lead: User, browser_at: Callable[[Seat], Browser]
) -> None:
    put(jo, note, "offer")
    phases.end(phase=phase, by=lead)
    note.refresh_from_db()
    assert (note.offered, note.seat) == (False, "")
    assert browser_at(seat).get(reverse(QUIET)).json() == {"offered": False, "waits": {}}
    assert "nobody knows any more which seat" in put(jo, note, "offer", json=True).json()["error"]


def test_a_note_entered_for_somebody_has_no_page_to_offer_on(jo: Browser, board: Board, lead: User) -> None:
    entered = notes.enter(board=board, text="Said on the phone", by=lead)
    assert put(jo, entered, "offer", json=True).status_code == 409


def test_why_a_note_waits_is_nobodys_when_the_part_is_over_and_a_decision_can_still_be_made(
    jo: Browser, board: Board, note: Note, phase: Phase, seat: Seat, clause: Clause, lead: User,
    browser_at: Callable[[Seat], Browser],
) -> None:  # fmt: skip
    put(jo, note, "hold", clause=clause.pk)
    phases.end(phase=phase, by=lead)
    assert clause.words not in page(browser_at(seat), board)
    note.refresh_from_db()
    assert note.decision.clause == clause
    put(jo, note, "set-aside", clause=clause.pk)
    note.refresh_from_db()
    assert note.state == Note.State.SET_ASIDE


def test_what_was_said_of_words_goes_with_them(
    jo: Browser, note: Note, seat: Seat, clause: Clause, browser_at: Callable[[Seat], Browser]
) -> None:
    put(jo, note, "hold", clause=clause.pk, reason="Please leave out the name")
    browser_at(seat).post(reverse("w:take-back", args=[note.pk]))
    assert Decision.objects.get().reason == ""


def test_decisions_of_a_rehearsal_go_with_it(jo: Browser, note: Note, clause: Clause, workshop: Workshop, lead) -> None:
    put(jo, note, "hold", clause=clause.pk)
    put(jo, note, "offer")
    workshops.remove_rehearsal(workshop=workshop, by=lead)
    assert not Decision.objects.exists()


def test_a_facilitator_of_another_workshop_decides_nothing(
    note: Note, clause: Clause, bob: User, signed_in: Callable[[User], Browser]
) -> None:
    bob.role = "facilitator"
    bob.save()
    for how in ("hold", "set-aside", "show", "offer"):
        assert put(signed_in(bob), note, how, clause=clause.pk).status_code == 404


def test_twice_the_same_is_one_decision_and_another_clause_is_another(note: Note, lead: User) -> None:
    first, second = clauses()[:2]
    for clause in (first, first, second):
        note = moderating.hold(note=note, clause=clause, by=lead)
    assert note.decision.clause == second
    assert Decision.objects.count() == 2
