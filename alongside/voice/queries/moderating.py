"""What a seat may read of what was decided on its own notes, and by what facilitators decide."""

from django.db.models import QuerySet

from alongside.moderation import queries
from alongside.moderation.models import Clause
from alongside.voice.models import Note, Seat


def offered(seat: Seat) -> bool:
    """Whether somebody quietly offered support to this seat, in a part that is not over."""
    return Note.objects.filter(seat=seat.pk, offered=True).exists()


def waiting(seat: Seat) -> QuerySet[Note]:
    """The notes of this seat that are not on their board, with why."""
    notes = Note.objects.filter(seat=seat.pk, withdrawn=False).exclude(state=Note.State.SHOWN)
    return notes.select_related("decision__clause")


def clauses() -> list[Clause]:
    """The clauses by which a note can be kept back today."""
    return queries.to_keep_back_by()
