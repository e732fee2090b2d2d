"""What a participant meets on a board: writing, changing and taking back, and nothing lost on the way."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import DayNote, Entry
from alongside.core.models import new_key
from alongside.voice.actions import phases
from alongside.voice.models import Board, BoardEvent, Note, Phase, Seat, Told, Workshop

pytestmark = pytest.mark.django_db


def write(browser: Browser, board: Board, text: str, key: str = "", **headers: str):
    said = {"text": text, "key": key or new_key()}
    return browser.post(reverse("w:write", args=[board.pk]), said, headers=headers)


def test_a_note_stands_on_the_board_with_the_pair_and_never_the_person(
    board: Board, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    browser = browser_at(seat)
    assert write(browser, board, "Somebody at the door").status_code == 302
    page = browser.get(reverse("w:board", args=[board.pk])).content.decode()
    assert "Somebody at the door" in page
    assert "Pair 1" in page
    assert seat.pk not in page


def test_nothing_says_who_wrote_or_when(
    board: Board, seat: Seat, lead: User, browser_at: Callable[[Seat], Browser]
) -> None:
    before = Entry.objects.count()
    write(browser_at(seat), board, "Somebody at the door")
    assert Entry.objects.count() == before
    noted = DayNote.objects.get(kind="note.added")
    assert {field.name for field in DayNote._meta.fields} == {"key", "board", "kind", "day"}
    assert noted.board == board.pk
    event = BoardEvent.objects.get()
    assert event.payload == {"note": Note.objects.get().pk}


def test_the_same_note_sent_twice_is_one(board: Board, seat: Seat, browser_at: Callable[[Seat], Browser]) -> None:
    key = new_key()
    for _ in range(2):
        assert write(browser_at(seat), board, "Once", key, accept="application/json").status_code == 200
    assert Note.objects.count() == BoardEvent.objects.count() == 1


def test_the_key_of_somebody_elses_note_changes_nothing(
    board: Board, seat: Seat, sit: Callable[[Board], Seat], browser_at: Callable[[Seat], Browser]
) -> None:
    key = new_key()
    write(browser_at(seat), board, "Mine", key)
    answer = write(browser_at(sit(board)), board, "Theirs", key, accept="application/json")
    assert answer.status_code == 409
    assert Note.objects.get().text == "Mine"


def test_a_script_is_shown_as_the_text_it_is(board: Board, seat: Seat, browser_at: Callable[[Seat], Browser]) -> None:
    write(browser_at(seat), board, "<script>alert(1)</script>")
    page = browser_at(seat).get(reverse("w:board", args=[board.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_what_is_too_long_is_refused_kindly_and_stays_in_the_box(
    board: Board, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    answer = write(browser_at(seat), board, "a" * 501)
    assert answer.status_code == 400
    assert "Make two notes of it" in answer.content.decode()
    assert "a" * 501 in answer.content.decode()
    assert write(browser_at(seat), board, "a" * 500).status_code == 302


def test_ten_megabytes_are_refused_with_a_page(board: Board, seat: Seat, browser_at: Callable[[Seat], Browser]) -> None:
    answer = write(browser_at(seat), board, "a" * 10_000_000)
    assert answer.status_code == 413
    assert "too much" in answer.content.decode()


@pytest.mark.usefixtures("one_moment")
def test_a_thousand_notes_from_a_seat_are_stopped_and_others_write_on(
    board: Board,
    seat: Seat,
    sit: Callable[[Board], Seat],
    browser_at: Callable[[Seat], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = browser_at(seat)
    answers = [write(browser, board, f"note {number}").status_code for number in range(61)]
    assert answers == [302] * 60 + [429]
    answer = write(browser, board, "one more")
    assert "Please wait a minute" in answer.content.decode()
    assert "one more" in answer.content.decode()
    assert write(browser_at(sit(board)), board, "somebody else").status_code == 302
    monkeypatch.setattr("alongside.voice.actions.notes.A_MINUTE", 10_000)
    monkeypatch.setattr("alongside.voice.actions.notes.A_SEAT", 60)
    assert "tell a facilitator" in write(browser, board, "the last").content.decode()


def test_own_notes_can_be_changed_and_taken_back_until_the_part_is_over(
    board: Board, seat: Seat, phase: Phase, lead: User, browser_at: Callable[[Seat], Browser]
) -> None:
    browser = browser_at(seat)
    write(browser, board, "A quite room")
    write(browser, board, "Mint tea")
    quiet, tea = Note.objects.order_by("place")
    assert browser.post(reverse("w:change", args=[quiet.pk]), {"text": "A quiet room"}).status_code == 302
    assert browser.post(reverse("w:take-back", args=[tea.pk])).status_code == 302
    page = browser.get(reverse("w:board", args=[board.pk])).content.decode()
    assert "A quiet room" in page
    assert "Mint tea" not in page
    tea.refresh_from_db()
    assert tea.text == ""
    phases.end(phase=phase, by=lead)
    quiet.refresh_from_db()
    assert quiet.seat == ""
    assert browser.post(reverse("w:change", args=[quiet.pk]), {"text": "Loud"}).status_code == 404
    answer = write(browser, board, "Too late")
    assert answer.status_code == 409
    assert "This part is over" in answer.content.decode()
    assert "Too late" in answer.content.decode()


def test_a_note_is_changed_only_from_its_seat(
    board: Board, seat: Seat, sit: Callable[[Board], Seat], browser_at: Callable[[Seat], Browser]
) -> None:
    write(browser_at(seat), board, "Mine")
    other = browser_at(sit(board))
    note = Note.objects.get()
    assert other.post(reverse("w:change", args=[note.pk]), {"text": "Theirs"}).status_code == 404
    assert other.post(reverse("w:take-back", args=[note.pk])).status_code == 404
    assert Note.objects.get().text == "Mine"


def test_another_pairs_board_is_no_page_to_a_seat(
    pairs: list[Board], seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    for page in ("w:board", "w:door"):
        assert browser_at(seat).get(reverse(page, args=[pairs[1].pk])).status_code == 404
    assert write(browser_at(seat), pairs[1], "Over there").status_code == 404


def test_without_a_seat_people_are_asked_for_the_code(board: Board) -> None:
    assert Browser().get(reverse("w:board", args=[board.pk])).url == reverse("w:code")
    forged = Browser()
    forged.cookies["seat"] = f"{'0' * 32}:forged"
    assert forged.get(reverse("w:board", args=[board.pk])).url == reverse("w:code")


def test_leaving_this_page_takes_the_seat_out_of_the_browser(
    board: Board, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    browser = browser_at(seat)
    gone = browser.get(reverse("leave")).cookies["seat"]
    assert (gone.value, gone["max-age"], gone["path"]) == ("", 0, "/w/")


def test_somebody_joins_with_a_code_sits_down_and_leaves_and_nobody_is_told(
    board: Board, workshop: Workshop, lead: User
) -> None:
    browser = Browser()
    answer = browser.post(reverse("w:code"), {"code": f" {workshop.code.upper().replace('-', ' ')} "})
    assert answer.url == reverse("w:welcome", args=[workshop.code])
    page = browser.get(answer.url).content.decode()
    assert "We cannot find you" in page
    assert "checked" not in page
    before = Entry.objects.count()
    browser.post(answer.url, {"uses": ["analysis"]})
    seat = Seat.objects.get()
    assert seat.consents == {"analysis": True, "verbatim": False, "paraphrase": False, "archive": False}
    held = browser.cookies["seat"]
    assert (held["path"], held["httponly"], held["samesite"]) == ("/w/", True, "Lax")
    assert browser.post(reverse("w:places"), {"board": board.pk}).url == reverse("w:board", args=[board.pk])
    write(browser, board, "Tea")
    assert Note.objects.get().uses == ["analysis"]
    assert browser.get(reverse("w:pause")).status_code == 200
    assert browser.post(reverse("w:leave")).url == reverse("w:left")
    assert not Seat.objects.exists()
    assert Note.objects.get().seat == ""
    assert Entry.objects.count() == before


def test_a_code_that_opens_nothing_is_answered_in_a_sentence() -> None:
    answer = Browser().post(reverse("w:code"), {"code": "abcd-efgh"})
    assert "That code opens no workshop" in answer.content.decode()
    assert "abcd-efgh" in answer.content.decode()
    assert Browser().get(reverse("w:welcome", args=["abcd-efgh"])).status_code == 404


def test_the_lists_know_no_seat_and_no_order(workshop: Workshop) -> None:
    emails = {f"person{number}@example.org" for number in range(6)}
    for email in emails:
        Browser().post(reverse("w:stay-in-touch", args=[workshop.code]), {"email": email, "needs": ""})
    told = Told.objects.get()
    assert set(told.updates) == emails
    assert {field.name for field in Told._meta.fields} == {"key", "workshop", "updates", "needs"}
