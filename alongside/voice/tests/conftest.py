"""A workshop that is open, with two pairs who write, and a browser for a seat."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client as Browser

from alongside.access.models import User
from alongside.voice import cookies
from alongside.voice.actions import seats, workshops
from alongside.voice.models import Board, Group, Phase, Seat, Session, Workshop
from alongside.voice.votes import file

QUESTION = "What makes a place feel safe to come to?"


@pytest.fixture(autouse=True)
def no_box_is_left() -> Iterator[None]:
    """A test’s transaction is rolled back; a box that is a file would stay."""
    yield
    if connection.vendor == "sqlite":
        file.File.sweep(())


@pytest.fixture
def workshop(lead: User) -> Workshop:
    planned = workshops.plan(
        title="Safe to come to", slug="safe-to-come-to", rehearsal=True, named_supporter="Ruth, in the blue scarf",
        by=lead,
    )  # fmt: skip
    return workshops.open_it(workshop=planned, by=lead)


@pytest.fixture
def group(workshop: Workshop) -> Group:
    return Group.objects.create(workshop=workshop, name="Tuesday group")


@pytest.fixture
def phase(group: Group) -> Phase:
    session = Session.objects.create(group=group, number=1)
    return Phase.objects.create(
        session=session, place=1, kind=Phase.Kind.BREAKOUT, question=QUESTION, state=Phase.State.OPEN
    )


@pytest.fixture
def pairs(group: Group, phase: Phase, lead: User) -> list[Board]:
    return workshops.add_pairs(group=group, phase=phase, count=2, by=lead)


@pytest.fixture
def board(pairs: list[Board]) -> Board:
    return pairs[0]


@pytest.fixture
def sit(workshop: Workshop) -> Callable[[Board], Seat]:
    """Take a seat and sit down at a board."""

    def at(board: Board) -> Seat:
        seat = seats.take(workshop=workshop, uses=["analysis", "verbatim"])
        seats.sit(seat=seat, board=board)
        return seat

    return at


@pytest.fixture
def seat(sit: Callable[[Board], Seat], board: Board) -> Seat:
    return sit(board)


@pytest.fixture
def browser_at() -> Callable[[Seat], Browser]:
    """A browser that holds a seat."""

    def holding(seat: Seat) -> Browser:
        browser = Browser()
        browser.cookies[cookies.NAME] = cookies.signed(seat.pk)
        return browser

    return holding
