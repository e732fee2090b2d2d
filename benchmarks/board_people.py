"""Makes a workshop with its boards and seats for `board_load.py`, in the home it is given; prints browsers’ cookies."""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django is set up first

from alongside.access.actions import add_user  # noqa: E402
from alongside.access.models import User  # noqa: E402
from alongside.access.roles import Role  # noqa: E402
from alongside.voice import cookies  # noqa: E402
from alongside.voice.actions import phases, seats, themes, workshops  # noqa: E402
from alongside.voice.models import Board, Group, Phase, Session  # noqa: E402


def main(people: int, boards: int, *, votes: bool) -> None:
    """Seat so many people at so many boards, or before one vote, in one part that is open."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    lead = add_user(email="jo@wrenstreet.example", name="Jo Marsh", role=Role.FACILITATOR, password=None, by="bench")
    workshop = workshops.plan(title="Load", slug="load", rehearsal=True, by=lead)
    workshop = workshops.open_it(workshop=workshop, by=lead)
    group = Group.objects.create(workshop=workshop, name="Everybody")
    session = Session.objects.create(group=group, number=1)
    if votes:
        seat_voters(people, group, session, lead)
        return
    pairs = boards > 1
    kind = Phase.Kind.BREAKOUT if pairs else Phase.Kind.WHOLE_GROUP
    phase = Phase.objects.create(session=session, place=1, kind=kind, state=Phase.State.OPEN)
    of_board = Board.Kind.BREAKOUT if pairs else Board.Kind.WHOLE_GROUP
    made = [
        Board.objects.create(workshop=workshop, group=group, phase=phase, kind=of_board, title=f"Pair {place}")
        for place in range(1, boards + 1)
    ]
    browsers = []
    for number in range(people):
        seat, board = seats.take(workshop=workshop, uses=["analysis", "verbatim"]), made[number % boards]
        seats.sit(seat=seat, board=board)
        browsers.append({"cookie": f"{cookies.NAME}={cookies.signed(seat.pk)}", "board": board.pk})
    json.dump(browsers, sys.stdout)


def seat_voters(people: int, group: Group, session: Session, lead: User) -> None:
    """Seat so many people at one pair's board and open a vote on six themes for them."""
    where = Board.objects.create(workshop=group.workshop, group=group, kind=Board.Kind.BREAKOUT, title="Everybody")
    choices = [themes.add(group=group, title=f"Theme {number}", by=lead).pk for number in range(6)]
    vote = Phase.objects.create(session=session, place=1, kind=Phase.Kind.VOTE, budget=2)
    board = phases.begin(phase=vote, by=lead).boards.get()
    browsers = []
    for _ in range(people):
        seat = seats.take(workshop=group.workshop, uses=["analysis"])
        seats.sit(seat=seat, board=where)
        cookie = f"{cookies.NAME}={cookies.signed(seat.pk)}"
        browsers.append({"cookie": cookie, "board": board.pk, "choices": choices})
    json.dump(browsers, sys.stdout)


main(int(sys.argv[1]), int(sys.argv[2]), votes=sys.argv[3] == "votes")
