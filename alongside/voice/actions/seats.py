"""Taking a seat, sitting down at a board, and leaving. Nobody is told of any of it."""

from collections.abc import Iterable

from django.db import transaction

from alongside.audit.actions import note_for_the_day
from alongside.voice.actions import forgetting
from alongside.voice.models import Board, Note, Seat, Workshop


@transaction.atomic
def take(*, workshop: Workshop, uses: Iterable[str]) -> Seat:
    """Make a seat, with what its holder agrees to."""
    agreed = set(uses)
    seat = Seat(workshop=workshop, consents={use: use in agreed for use in Seat.Use.values})
    seat.full_clean()
    forgetting.hold(workshop.pk)
    seat.save(force_insert=True)
    note_for_the_day(board=workshop.pk, kind="seat.taken")
    return seat


@transaction.atomic
def sit(*, seat: Seat, board: Board) -> None:
    """Sit down at a board."""
    forgetting.hold(seat.workshop_id)
    seat.board = board
    seat.save(update_fields=["board"])


@transaction.atomic
def leave(*, seat: Seat) -> None:
    """Give the seat up; what was written stays, and is nobody’s from now on."""
    Note.objects.filter(seat=seat.pk).update(seat="")
    forgetting.hold(seat.workshop_id)
    seat.delete()
