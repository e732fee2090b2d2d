"""Issuing a workshop’s document, and taking its words back."""

import hashlib
import json
from collections.abc import Collection

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.core.words import day
from alongside.information.queries import about_us
from alongside.press.prose import Prose, as_data, from_data
from alongside.voice.document.taking_out import without
from alongside.voice.loading.boards import Board, BoardWords, as_words, from_words
from alongside.voice.models import Document, Workshop
from alongside.voice.presenters.document import prose
from alongside.voice.queries import document as queries
from alongside.voice.queries.loading import as_written


@audit.recorded
def issue(*, workshop: Workshop, left_out: Collection[str], by: User, taken_out: Collection[str] = ()) -> Document:
    """Issue the next version: what it says is kept as it is now. `left_out` are the keys of notes that stay out of it,
    `taken_out` are words that are replaced in it wherever they stand; on the boards they stay.

    Where nothing would be new, the last version stands.
    """
    held = Workshop.objects.select_for_update().get(pk=workshop.pk)
    found = queries.gathered(held, left_out=left_out, taken_out=taken_out)
    version, name = queries.next_version(held), about_us().name
    words = prose(found, organisation=name, made="")
    printed = sorted(note.pk for notes in found.notes.values() for note in notes)
    fingerprint = hashlib.sha256(json.dumps(as_data(words), sort_keys=True).encode()).hexdigest()
    last = queries.documents(held).first()
    if last and last.fingerprint == fingerprint and queries.stands(last):
        return last
    whole = prose(found, organisation=name, made=_made(held, f"Issued on {day(clock.today())}, version {version}."))
    boards = _without(as_words(as_written(held, only=printed)), taken_out)
    content = {"prose": as_data(whole), "boards": boards, "taken_out": sorted(taken_out)}
    document = Document(
        workshop=held, version=version, issued_by=by, content=json.dumps(content, ensure_ascii=False),
        notes=printed, left_out=sorted(left_out), fingerprint=fingerprint,
    )  # fmt: skip
    document.full_clean()
    document.save(force_insert=True)
    audit.record(
        by=by.pk,
        did="document.issued",
        subject=f"workshop:{held.pk}",
        details={"document": document.pk, "version": version},
    )
    return document


def draft(workshop: Workshop) -> Prose:
    """What the document would say now."""
    found = queries.gathered(workshop)
    return prose(found, organisation=about_us().name, made=_made(workshop, "This is a draft. It has not been issued."))


def _without(boards: list[BoardWords], words: Collection[str]) -> list[BoardWords]:
    return [
        {**board, "title": without(board["title"], words), "notes": [without(note, words) for note in board["notes"]]}
        for board in boards
    ]


def _made(workshop: Workshop, how: str) -> str:
    return f"This was a rehearsal, and its people are invented. {how}" if workshop.rehearsal else how


def taken_out_of(document: Document | None) -> list[str]:
    """The words that were taken out of an issued document, so that the next one begins with them."""
    content = json.loads(document.content) if document and document.content else {}
    return list(content.get("taken_out", ()))


def words_of(document: Document) -> tuple[Prose, list[Board]]:
    """What an issued document says, and the boards of its table."""
    content = json.loads(document.content)
    return from_data(content["prose"]), [from_words(one) for one in content["boards"]]


@audit.recorded
def take_back(*, note: str, by: str) -> int:
    """Empty every issued document that holds a note; gives how many there were. A new version may be issued."""
    emptied = 0
    for document in Document.objects.all():
        if note in document.notes and document.content:
            document.content, document.notes = "", [key for key in document.notes if key != note]
            document.save(update_fields=["content", "notes"])
            audit.record(
                by=by, did="document.taken-back", subject=f"workshop:{document.workshop_id}",
                details={"document": document.pk},
            )  # fmt: skip
            emptied += 1
    return emptied
