"""Makes a workshop with its boards and seats for `board_load.py`, in the home it is given; prints browsers’ cookies."""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django is set up first

from alongside.access.actions import add_user  # noqa: E402
from alongside.access.roles import Role  # noqa: E402
from alongside.voice import cookies  # noqa: E402
from alongside.voice.actions import seats, workshops  # noqa: E402
from alongside.voice.models import Board, Group, Phase, Session  # noqa: E402


def main(people: int, boards: int) -> None:
    """Seat so many people at so many boards, in one part that is open."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    lead = add_user(email="jo@wrenstreet.example", name="Jo Marsh", role=Role.FACILITATOR, password=None, by="bench")
    workshop = workshops.plan(title="Load", slug="load", rehearsal=True, by=lead)
    workshop = workshops.open_it(workshop=workshop, by=lead)
    group = Group.objects.create(workshop=workshop, name="Everybody")
    session = Session.objects.create(group=group, number=1)
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


main(int(sys.argv[1]), int(sys.argv[2]))
