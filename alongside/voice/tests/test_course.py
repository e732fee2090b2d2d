"""What somebody at a board is told of the way: what is now, what comes next, and about how long it takes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.core import clock
from alongside.voice.actions import forgetting, phases
from alongside.voice.models import Board, BoardEvent, Phase, Seat, Workshop

type BrowserAt = Callable[[Seat], Browser]


@pytest.fixture
def gathering(phase: Phase) -> Phase:
    return Phase.objects.create(session=phase.session, place=2, kind=Phase.Kind.GATHER, minutes=15)


def page(seat: Seat, board: Board, browser_at: BrowserAt) -> str:
    return browser_at(seat).get(reverse("w:board", args=[board.pk])).content.decode()


def opened_ago(phase: Phase, minutes: int) -> None:
    Phase.objects.filter(pk=phase.pk).update(minutes=25, opened_at=clock.now() - timedelta(minutes=minutes))


def test_a_participant_reads_what_comes_next_and_about_how_long(
    board: Board, seat: Seat, phase: Phase, gathering: Phase, browser_at: BrowserAt
) -> None:
    opened_ago(phase, 13)
    shown = page(seat, board, browser_at)
    assert "About 12 minutes left for this." in shown
    assert "No rush: a facilitator asks before going on." in shown
    assert f"Next: <strong>{gathering.get_kind_display()}</strong>" in shown


def test_when_the_planned_time_is_over_it_is_said_and_nothing_else_happens(
    board: Board, seat: Seat, phase: Phase, browser_at: BrowserAt
) -> None:
    opened_ago(phase, 40)
    shown = page(seat, board, browser_at)
    assert "The planned time is over." in shown
    assert "Add a note" in shown
    phase.refresh_from_db()
    assert phase.open


def test_a_clock_that_is_five_minutes_off_changes_nothing(
    board: Board, seat: Seat, phase: Phase, browser_at: BrowserAt
) -> None:
    """The page is told how many seconds are left, and at no place what time it is."""
    opened_ago(phase, 13)
    phase.refresh_from_db()
    shown = page(seat, board, browser_at)
    left = int(shown.partition('data-left="')[2].partition('"')[0])
    assert 11 * 60 < left <= 12 * 60
    assert phase.opened_at
    for way in ("%H:%M", "%H.%M", "T%H"):
        assert phase.opened_at.strftime(way) not in shown
    note = {"text": "A kettle", "key": "cd" * 16}
    written = browser_at(seat).post(
        reverse("w:write", args=[board.pk]), note, headers={"Date": "Thu, 01 Jan 1970 00:00:00 GMT"}
    )
    assert written.status_code == 302


def test_only_a_part_that_is_open_keeps_when_it_was_opened(phase: Phase, gathering: Phase, lead: User) -> None:
    begun = phases.begin(phase=gathering, by=lead)
    assert begun.opened_at is not None
    assert phases.end(phase=begun, by=lead).opened_at is None


def test_whoever_is_elsewhere_hears_that_a_part_has_begun_and_its_own_board_does_not(
    pairs: list[Board],
    phase: Phase,
    gathering: Phase,
    lead: User,
    django_capture_on_commit_callbacks: Callable[..., list[Callable[[], None]]],
) -> None:
    with django_capture_on_commit_callbacks() as then:  # type: ignore[attr-defined]
        phases.go_on(phase=phase, to=gathering, by=lead)
    for one in then:
        if one is not forgetting.clear_away:  # PostgreSQL does not clear away inside the transaction of a test
            one()
    for pair in pairs:
        last = BoardEvent.objects.filter(board=pair).order_by("-number")[0]
        assert (last.kind, last.payload) == ("next", {"part": "Gather into themes"})
    assert not BoardEvent.objects.filter(board__phase=gathering, kind="next").exists()


def test_a_board_whose_part_is_over_shows_the_way_to_what_is_open(
    board: Board, seat: Seat, phase: Phase, gathering: Phase, lead: User, browser_at: BrowserAt
) -> None:
    phases.end(phase=phase, by=lead)
    assert "This part is over." in page(seat, board, browser_at)
    phases.begin(phase=gathering, by=lead)
    shown = page(seat, board, browser_at)
    assert "Now: <strong>Gather into themes</strong>" in shown
    answer = browser_at(seat).get(reverse("w:places"))
    wall = Board.objects.get(phase=gathering)
    assert answer["Location"] == reverse("w:board", args=[wall.pk])


def test_somebody_with_a_place_waits_for_the_next_part_and_is_not_asked_to_choose_again(
    board: Board, seat: Seat, phase: Phase, lead: User, browser_at: BrowserAt
) -> None:
    phases.end(phase=phase, by=lead)
    browser = browser_at(seat)
    shown = browser.get(reverse("w:places")).content.decode()
    assert "Nothing is open just now." in shown
    assert "Choose a board" not in shown
    assert f"/w/live/{board.pk}?after=" in shown
    assert "Choose a board" in browser.get(reverse("w:places"), {"move": "1"}).content.decode()


def test_a_facilitator_goes_on_from_the_board(
    board: Board, phase: Phase, gathering: Phase, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(lead)
    shown = browser.get(reverse("voice:board", args=[board.pk])).content.decode()
    assert "End it and begin: Gather into themes" in shown
    answer = browser.post(reverse("voice:go-on", args=[phase.pk, gathering.pk]), {"seen": phase.state, "from": "board"})
    wall = Board.objects.get(phase=gathering)
    assert answer["Location"] == reverse("voice:board", args=[wall.pk])


def test_the_room_is_shown_the_code_and_a_pattern_that_opens_the_link(
    workshop: Workshop, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(lead)
    for name in ("voice:join", "voice:workshop"):
        shown = browser.get(reverse(name, args=[workshop.slug])).content.decode()
        assert workshop.code in shown
        assert f'aria-label="A pattern for a phone’s camera. It opens http://testserver/w/{workshop.code}/"' in shown
        assert "<svg aria-hidden" in shown
    Workshop.objects.filter(pk=workshop.pk).update(state=Workshop.State.CLOSED)
    shown = browser.get(reverse("voice:join", args=[workshop.slug])).content.decode()
    assert workshop.code not in shown
