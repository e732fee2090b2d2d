"""The log of a board under load: eight threads write, and the numbers have no gap and none stands there twice."""

from pathlib import Path

import pytest
from django.db import connection

from alongside.core import shuffled
from alongside.core.models import new_key
from alongside.core.tests.running import script
from alongside.voice.actions import notes
from alongside.voice.live import said
from alongside.voice.live.frames import FACILITATORS, PARTICIPANTS
from alongside.voice.models import Board, BoardEvent, Note, Seat

EIGHT = """
import threading
from django.db import connection
from alongside.access.actions import add_user
from alongside.access.roles import Role
from alongside.core.models import new_key
from alongside.voice.actions import notes, seats, workshops
from alongside.voice.models import Board, BoardEvent, Note

by = add_user(email="jo@ws.example", name="Jo", role=Role.FACILITATOR, password=None, by="test")
planned = workshops.plan(title="Load", slug="load", rehearsal=True, by=by)
workshop = workshops.open_it(workshop=planned, by=by)
board = Board.objects.create(workshop=workshop, kind=Board.Kind.WHOLE_GROUP, title="Everybody")
wrong = []
def write(number):
    try:
        seat = seats.take(workshop=workshop, uses=[])
        for place in range(20):
            notes.add(board=board, seat=seat, text=f"{number} {place}", key=new_key())
    except Exception as error:
        wrong.append(repr(error))
    finally:
        connection.close()
writing = [threading.Thread(target=write, args=[number]) for number in range(8)]
for thread in writing: thread.start()
for thread in writing: thread.join()
numbers = sorted(BoardEvent.objects.filter(board=board).values_list("number", flat=True))
print(wrong, numbers == list(range(1, 161)), Note.objects.count(), Note.objects.values("place").distinct().count())
"""


def test_eight_threads_leave_no_gap_and_no_number_twice(home: Path) -> None:
    """On PostgreSQL, test_live_served.py has it."""
    assert script(home, EIGHT).splitlines()[-1] == "[] True 160 160"


@pytest.mark.django_db
def test_only_keys_stand_in_the_log(board: Board, seat: Seat) -> None:
    note = notes.add(board=board, seat=seat, text="Words of somebody", key=new_key())
    notes.take_back(note=note, seat=seat)
    events = BoardEvent.objects.filter(board=board).order_by("number")
    assert [(one.kind, one.payload) for one in events] == [
        ("note", {"note": note.pk}), ("note.away", {"note": note.pk}),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_was_taken_back_is_sent_to_nobody_who_comes_back(board: Board, seat: Seat) -> None:
    note = notes.add(board=board, seat=seat, text="Words of somebody", key=new_key())
    notes.take_back(note=note, seat=seat)
    (happened,) = said.since(board.pk, 0).happened
    assert happened.items == {audience: {"kind": "gone", "note": note.pk} for audience in (PARTICIPANTS, FACILITATORS)}


@pytest.mark.django_db
def test_tables_of_what_people_make_keep_no_order(board: Board, seat: Seat) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL numbers no rows")
    for text in ("one", "two", "three"):
        notes.add(board=board, seat=seat, text=text, key=new_key())
    with connection.cursor() as cursor:
        for table in shuffled.tables():
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
            assert cursor.fetchone()[0].endswith("WITHOUT ROWID"), table
        cursor.execute("SELECT key, text FROM voice_note")
        assert [key for key, _words in cursor.fetchall()] == sorted(Note.objects.values_list("pk", flat=True))
