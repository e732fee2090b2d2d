"""A note that its writer asks for when its part is over: nothing of it is left, and the document says so."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core.tests.running import script
from alongside.voice.actions import documents, notes, phases
from alongside.voice.models import Board, BoardEvent, Note, Phase, Seat
from alongside.voice.queries import document as queries

WORDS = "A bench beside the quince tree"
TAKEN = f"""
import json
from django.db import connection
from alongside.access.models import User
from alongside.voice.actions import away, documents, loading
from alongside.voice.loading.reading import read
from alongside.voice.models import Note

def sealed(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {{column}} FROM {{table}}")
        return [str(row[0]) for row in cursor.fetchall()]

lead = User.objects.get()
boards = read("Pair 1\\n\\n{WORDS}\\n\\nPair 2\\n\\nTea\\n").boards
workshop = loading.load(boards=boards, title="Light", leads=[lead], agreed=True, by=lead.pk)
documents.issue(workshop=workshop, left_out=[], by=lead)
note = next(one for one in Note.objects.all() if one.text == "{WORDS}")
with connection.cursor() as cursor:
    cursor.execute("SELECT text FROM voice_note WHERE key = %s", [note.pk])
    before = [cursor.fetchone()[0], *sealed("voice_document", "content")]
away.take(note=note, by=lead)
print(json.dumps([str(one) for one in before]))
"""


@pytest.fixture
def note(board: Board, seat: Seat, phase: Phase, lead: User) -> Note:
    """What was written from a seat, in a part that is over."""
    written = notes.add(board=board, seat=seat, text=WORDS, key="ab" * 16)
    phases.end(phase=phase, by=lead)
    return written


def test_a_facilitator_is_told_what_it_does_and_nothing_is_left(
    note: Note, board: Board, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    issued = documents.issue(workshop=board.workshop, left_out=[], by=lead)
    browser = signed_in(lead)
    page = reverse("voice:take-away", args=[note.pk])
    assert WORDS in browser.get(page).content.decode()
    answer = browser.post(page, follow=True).content.decode()
    assert "The note is taken away for good. A document that was issued held its words" in answer
    assert WORDS not in answer
    kept = Note.objects.get()
    assert (kept.text, kept.withdrawn, kept.seat, kept.uses) == ("", True, "", [])
    issued.refresh_from_db()
    assert not queries.stands(issued)
    assert issued.content == ""
    assert browser.get(reverse("voice:version", args=[board.workshop.slug, 1])).status_code == 410
    again = documents.issue(workshop=board.workshop, left_out=[], by=lead)
    assert again.version == 2
    assert WORDS not in again.content
    assert BoardEvent.objects.filter(board=board).order_by("-number")[0].kind == "note.away"
    did = Entry.objects.filter(did="note.taken-away")
    assert [one.subject for one in did] == [f"board:{board.pk}"], "it names no note"


def test_asked_twice_it_is_gone_already(note: Note, lead: User, signed_in: Callable[[User], Browser]) -> None:
    page = reverse("voice:take-away", args=[note.pk])
    browser = signed_in(lead)
    browser.post(page)
    assert browser.post(page).status_code == 404


def test_its_bytes_are_in_no_file_any_more_sealed_or_plain(home: Path) -> None:
    """On the file of SQLite; PostgreSQL’s own traces are told of in the documentation."""
    sealed: list[str] = json.loads(script(home, TAKEN))
    assert len(sealed) == 2
    held = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert any(name.endswith(".sqlite3") or ".sqlite" in name for name in held)
    for words in (WORDS, *sealed):
        assert [name for name, bytes_ in held.items() if words.encode() in bytes_] == []
