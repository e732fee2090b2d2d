"""Running a workshop: what is now and next, two who lead it, pairs that come and go, and closing it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.access.models import User
from alongside.core import clock
from alongside.core.models import new_key
from alongside.voice.actions import notes, phases, seats, workshops
from alongside.voice.models import Board, BoardEvent, Note, Phase, Seat, Told, Workshop
from alongside.voice.queries import boards
from alongside.voice.refusals import Refused
from alongside.voice.templates import TEMPLATES, TWO_SESSIONS

pytestmark = pytest.mark.django_db
Kind, State = Phase.Kind, Phase.State


@pytest.fixture
def browser(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(lead)


@pytest.fixture
def script(workshop: Workshop, lead: User) -> list[Phase]:
    """The first session of a workshop that runs for real, in one group."""
    Workshop.objects.filter(pk=workshop.pk).update(rehearsal=False)
    workshops.script.add_group(workshop=workshop, name="Tuesday", sessions=TEMPLATES[TWO_SESSIONS].sessions, by=lead)
    return list(Phase.objects.filter(session__number=1).order_by("place"))


def press(browser: Browser, phase: Phase, how: str, seen: str) -> str:
    address = reverse("voice:step", args=[phase.pk, how])
    return browser.post(address, {"seen": seen}, follow=True).content.decode()


def state(phase: Phase) -> str:
    return Phase.objects.get(pk=phase.pk).state


def write(seat: Seat, board: Board, text: str) -> Note:
    return notes.add(board=Board.objects.get(pk=board.pk), seat=seat, text=text, key=new_key())


def test_parts_begin_end_are_left_out_and_open_again(browser: Browser, script: list[Phase]) -> None:
    first, second, third = script[:3]
    press(browser, first, "begin", "to_come")
    assert state(first) == State.OPEN
    to = reverse("voice:go-on", args=[first.pk, second.pk])
    browser.post(to, {"seen": "open"})
    assert (state(first), state(second)) == (State.CLOSED, State.OPEN)
    press(browser, third, "skip", "to_come")
    assert state(third) == State.SKIPPED
    press(browser, third, "bring-back", "skipped")
    assert state(third) == State.TO_COME
    press(browser, first, "begin", "closed")
    assert state(first) == State.OPEN


def test_a_part_that_is_left_out_in_the_middle_forgets_who_wrote(
    browser: Browser, board: Board, seat: Seat, phase: Phase
) -> None:
    note = write(seat, board, "A kettle within reach")
    press(browser, phase, "skip", "open")
    assert (state(phase), Note.objects.get(pk=note.pk).seat) == (State.SKIPPED, "")


def test_the_page_says_what_is_now_and_what_is_next(browser: Browser, script: list[Phase], workshop: Workshop) -> None:
    address = reverse("voice:workshop", args=[workshop.slug])
    shown = browser.get(address).content.decode()
    assert "Nothing is open now" in shown
    assert "Begin it" in shown
    assert workshop.code in shown
    phases.begin(phase=script[0], by=workshop.leads.get())
    shown = browser.get(address).content.decode()
    assert "End it and begin: Gather into themes" in shown


def test_the_second_of_two_facilitators_is_told_and_changes_nothing(browser: Browser, script: list[Phase]) -> None:
    first, second = script[:2]
    press(browser, first, "begin", "to_come")
    told = press(browser, first, "begin", "to_come")
    assert "Somebody else who leads this workshop" in told
    assert state(first) == State.OPEN
    to = reverse("voice:go-on", args=[first.pk, second.pk])
    browser.post(to, {"seen": "open"})
    assert "Somebody else" in browser.post(to, {"seen": "open"}, follow=True).content.decode()
    assert (state(first), state(second)) == (State.CLOSED, State.OPEN)


def test_nothing_begins_before_the_workshop_is_open(browser: Browser, script: list[Phase], workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state=Workshop.State.DRAFT)
    assert "Open the workshop first" in press(browser, script[0], "begin", "to_come")
    assert state(script[0]) == State.TO_COME


def test_a_part_that_all_share_has_its_board_once_it_begins(script: list[Phase], lead: User) -> None:
    gather, vote = script[1], script[2]
    for _ in range(2):
        phases.begin(phase=gather, by=lead)
        phases.end(phase=gather, by=lead)
    phases.begin(phase=vote, by=lead)
    assert list(gather.boards.values_list("kind", flat=True)) == [Board.Kind.WALL]
    assert list(vote.boards.values_list("kind", flat=True)) == [Board.Kind.VOTE]


def test_pairs_are_laid_out_one_more_for_latecomers_and_one_for_the_phone(
    browser: Browser, script: list[Phase]
) -> None:
    address = reverse("voice:pairs", args=[script[0].pk])
    browser.post(address, {"count": "3"})
    browser.post(address, {"count": "1"})
    browser.post(address, {"phone": "1", "count": "1"})
    titles = list(script[0].boards.order_by("place").values_list("title", flat=True))
    assert titles == ["Pair 1", "Pair 2", "Pair 3", "Pair 4", "By phone or email"]
    assert "whole number" in browser.post(address, {"count": "many"}, follow=True).content.decode()
    assert browser.post(reverse("voice:pairs", args=[script[1].pk]), {"count": "1"}).status_code == 404


def test_whoever_comes_late_finds_a_seat_in_a_group_whose_pairs_are_done(
    script: list[Phase], lead: User, workshop: Workshop
) -> None:
    group = script[0].session.group
    workshops.add_pairs(group=group, phase=script[0], count=2, by=lead)
    phases.begin(phase=script[0], by=lead)
    phases.go_on(phase=script[0], to=script[1], by=lead)
    late = seats.take(workshop=workshop, uses=[])
    assert [board.title for board in boards.to_sit_at(late)] == ["Pair 1", "Pair 2"]
    seats.sit(seat=late, board=boards.to_sit_at(late)[0])
    assert [board.kind for board in boards.open_now(late)] == [Board.Kind.WALL]


@pytest.fixture
def two(script: list[Phase], lead: User, workshop: Workshop) -> tuple[list[Board], list[Seat]]:
    """Two pairs that have written, one of them with one person only."""
    made = workshops.add_pairs(group=script[0].session.group, phase=script[0], count=2, by=lead)
    phases.begin(phase=script[0], by=lead)
    sitting = [seats.take(workshop=workshop, uses=["verbatim"]) for _ in range(3)]
    for seat, board in zip(sitting, [made[0], made[0], made[1]], strict=True):
        seats.sit(seat=seat, board=board)
    write(sitting[0], made[0], "A lamp")
    write(sitting[2], made[1], "A longer table")
    return made, sitting


def test_two_pairs_become_one_and_nothing_they_wrote_is_lost(
    browser: Browser, two: tuple[list[Board], list[Seat]], browser_at: Callable[[Seat], Browser]
) -> None:
    (stays, gone), (_, _, alone) = two
    browser.post(reverse("voice:merge", args=[gone.pk]), {"into": stays.pk})
    stays.refresh_from_db()
    assert stays.title == "Pair 1 and Pair 2"
    assert [note.text for note in Note.objects.filter(board=stays).order_by("place")] == ["A lamp", "A longer table"]
    assert set(Seat.objects.values_list("board", flat=True)) == {stays.pk}
    assert BoardEvent.objects.filter(board=gone).latest("number").kind == "merged"
    numbers = list(BoardEvent.objects.filter(board=stays).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    own = Note.objects.get(seat=alone.pk)
    answer = browser_at(alone).post(reverse("w:change", args=[own.pk]), {"text": "A long table"})
    assert answer.status_code == 302
    own.refresh_from_db()
    assert own.text == "A long table"


def test_whoever_had_the_other_board_open_is_led_on_and_what_they_send_arrives(
    browser: Browser, two: tuple[list[Board], list[Seat]], browser_at: Callable[[Seat], Browser]
) -> None:
    (stays, gone), (_, _, alone) = two
    browser.post(reverse("voice:merge", args=[gone.pk]), {"into": stays.pk})
    person = browser_at(alone)
    sent = person.post(reverse("w:write", args=[gone.pk]), {"text": "Written meanwhile", "key": new_key()})
    assert sent.url == reverse("w:board", args=[stays.pk])
    shown = person.get(reverse("w:board", args=[gone.pk]), follow=True)
    assert shown.redirect_chain[0][0] == reverse("w:board", args=[stays.pk])
    assert "one with another now" in shown.content.decode()
    assert "Written meanwhile" in shown.content.decode()
    assert person.get(reverse("w:door", args=[gone.pk])).json()["board"] == gone.pk  # it hears that they are one


def test_a_note_that_crosses_with_a_merge_is_not_lost_on_a_board_that_nobody_reads(
    browser: Browser, two: tuple[list[Board], list[Seat]]
) -> None:
    (stays, gone), (_, _, alone) = two
    seen_before = Board.objects.get(pk=gone.pk)
    browser.post(reverse("voice:merge", args=[gone.pk]), {"into": stays.pk})
    with pytest.raises(Refused, match="still in the box"):
        notes.add(board=seen_before, seat=alone, text="At that very moment", key=new_key())
    told = browser.post(reverse("voice:board", args=[gone.pk]), {"text": "Said on the phone"}).content.decode()
    assert "became one with another" in told
    assert "Said on the phone" in told
    assert not Note.objects.filter(board=gone).exists()


def test_boards_of_different_parts_or_of_a_part_that_is_over_are_not_merged(
    browser: Browser, two: tuple[list[Board], list[Seat]], script: list[Phase], lead: User
) -> None:
    (stays, gone), _ = two
    phases.end(phase=script[0], by=lead)
    shown = browser.post(reverse("voice:merge", args=[gone.pk]), {"into": stays.pk}, follow=True).content.decode()
    assert "can’t be one board" in shown
    gone.refresh_from_db()
    assert gone.merged_into is None
    other = Board.objects.create(workshop=gone.workshop, group=gone.group, kind=Board.Kind.CLOSING, title="Closing")
    assert browser.post(reverse("voice:merge", args=[gone.pk]), {"into": other.pk}).status_code == 404


def test_closing_joins_no_note_to_a_seat_and_nobody_can_join(
    browser: Browser, two: tuple[list[Board], list[Seat]], workshop: Workshop, script: list[Phase]
) -> None:
    address = reverse("voice:close", args=[workshop.slug])
    assert "All seats are gone" in browser.get(address).content.decode()
    assert Workshop.objects.get(pk=workshop.pk).state == Workshop.State.OPEN
    browser.post(address)
    closed = Workshop.objects.get(pk=workshop.pk)
    assert closed.state == Workshop.State.CLOSED
    assert closed.lists_until == clock.today() + workshops.LISTS_LAST
    assert not Seat.objects.exists()
    assert set(Note.objects.values_list("seat", flat=True)) == {""}
    assert state(script[0]) == State.CLOSED
    assert Browser().get(reverse("w:welcome", args=[workshop.code])).status_code == 404


def test_lists_are_for_facilitators_and_go_with_a_press_or_on_their_day(
    browser: Browser, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshops.note_for_later(workshop=workshop, email="wren@example.org", needs="Captions")
    address = reverse("voice:lists", args=[workshop.slug])
    shown = browser.get(address).content.decode()
    assert "wren@example.org" in shown
    assert "Captions" in shown
    browser.post(address, {"delete": "1"})
    assert not Told.objects.exists()
    workshops.note_for_later(workshop=workshop, email="wren@example.org", needs="")
    workshops.keep_lists_until(workshop=workshop, day=clock.today(), by=workshop.leads.get())
    assert "wren@example.org" not in browser.get(address).content.decode()
    assert not Told.objects.exists()


def test_the_script_on_paper_has_every_question_and_room(
    browser: Browser, script: list[Phase], workshop: Workshop
) -> None:
    shown = browser.get(reverse("voice:paper", args=[workshop.slug])).content.decode()
    assert all(phase.question in shown for phase in Phase.objects.all())
    assert reverse("voice:load") in shown


def test_a_rehearsal_fills_itself_and_goes_with_one_press(browser: Browser, lead: User, workshop: Workshop) -> None:
    workshops.script.add_group(workshop=workshop, name="Tuesday", sessions=TEMPLATES[TWO_SESSIONS].sessions, by=lead)
    first = Phase.objects.get(session__number=1, place=1)
    press(browser, first, "begin", "to_come")
    assert Board.objects.filter(phase=first).count() == 3
    assert Seat.objects.count() == 6
    written = Note.objects.count()
    assert written == 12
    press(browser, first, "end", "open")
    press(browser, first, "begin", "closed")
    assert Note.objects.count() == written
    closing = Phase.objects.get(session__number=1, kind=Kind.CLOSING)
    press(browser, closing, "begin", "to_come")
    assert Note.objects.filter(board__phase=closing).count() == 6
    shown = browser.post(reverse("voice:remove", args=[workshop.slug]), follow=True).content.decode()
    assert "The rehearsal is gone" in shown
    assert not any(model.objects.exists() for model in (Workshop, Phase, Board, Note, Seat, BoardEvent))


def test_a_workshop_that_is_no_rehearsal_is_not_removed_by_that_press(
    browser: Browser, workshop: Workshop, script: list[Phase]
) -> None:
    assert browser.post(reverse("voice:remove", args=[workshop.slug])).status_code == 404
    assert Workshop.objects.exists()


def test_a_note_for_somebody_on_the_phone_goes_where_people_read_it(
    browser: Browser, two: tuple[list[Board], list[Seat]], script: list[Phase], lead: User
) -> None:
    (pair, _), _ = two
    phases.begin(phase=script[1], by=lead)
    wall = script[1].boards.get()
    shown = browser.post(reverse("voice:board", args=[wall.pk]), {"text": "Said on the phone"}).content.decode()
    assert "entered on the board of a pair" in shown
    assert "Said on the phone" in shown
    browser.post(reverse("voice:board", args=[pair.pk]), {"text": "Said on the phone"})
    assert Note.objects.get(entered_for=True).board == pair


@pytest.mark.parametrize("page", ["workshop", "plan", "lists", "paper", "close", "change", "assess", "add-group"])
def test_a_page_asks_as_much_with_one_group_as_with_eight(
    browser: Browser, script: list[Phase], workshop: Workshop, lead: User, page: str
) -> None:
    workshops.note_for_later(workshop=workshop, email="wren@example.org", needs="Captions")
    costs = []
    for _ in range(2):
        browser.get("/help")  # the organisation is remembered for a minute
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse(f"voice:{page}", args=[workshop.slug])).status_code == 200
        costs.append(len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]))
        for number in range(7):
            name = f"Group {number}"
            workshops.script.add_group(workshop=workshop, name=name, sessions=TEMPLATES[TWO_SESSIONS].sessions, by=lead)
        workshops.add_pairs(group=script[0].session.group, phase=script[0], count=20, by=lead)
    assert costs[0] == costs[1]
    assert costs[1] <= 12
