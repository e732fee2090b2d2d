"""The log of a board: append-only, numbered without gaps, written inside the transaction of what happened."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from alongside.voice.live import elsewhere, said
from alongside.voice.live.frames import PARTICIPANTS, Happened, Items
from alongside.voice.live.hub import Hub
from alongside.voice.models import Board, BoardEvent

ALL = BoardEvent.Audience.ALL
FACILITATOR = BoardEvent.Audience.FACILITATOR
HUB = Hub(said.since)


def append(
    *,
    board: Board,
    kind: str,
    payload: dict[str, Any] | None = None,
    audience: BoardEvent.Audience = ALL,
    items: Items | None = None,
    number: int = 0,
) -> int:
    """Add an event to the board’s log and give its number; call it inside the transaction of the deed.

    `payload` holds keys and counts, never words. `items` is what each audience is sent of it, where the action has
    that at hand; otherwise it is read from the records. `number` is what `next_number` gave, where it was asked
    already. From here on nobody else appends to this board until the transaction is over, so that numbers are
    committed in their order.
    """
    payload = payload or {}
    number = number or next_number(board)
    BoardEvent.objects.bulk_create(
        [BoardEvent(board=board, number=number, kind=kind, payload=payload, audience=audience)]
    )
    if items is not None and audience == FACILITATOR:
        items = items | {PARTICIPANTS: None}
    _tell_once_committed(board, Happened(number, said.about(kind, payload), items))
    return number


def append_each(*, board: Board, kind: str, payloads: Iterable[dict[str, Any]]) -> int:
    """Add several events of a kind that everybody hears of, and give the number of the last."""
    payloads = list(payloads)
    last = next_number(board) - 1
    BoardEvent.objects.bulk_create(
        BoardEvent(board=board, number=number, kind=kind, payload=payload)
        for number, payload in enumerate(payloads, start=last + 1)
    )
    if payloads:
        _tell_once_committed(board, Happened(last + len(payloads)))
    return last + len(payloads)


def hold(board: Board) -> None:
    """Let nobody else write on this board until the transaction is over; SQLite has but one writer anyway."""
    if connection.vendor == "postgresql":
        Board.objects.select_for_update(no_key=True).values_list("pk").get(pk=board.pk)


def next_number(board: Board) -> int:
    """The number that the next event of a board will have; nobody else takes it meanwhile."""
    hold(board)
    return said.last_number(board.pk) + 1


def _tell_once_committed(board: Board, happened: Happened) -> None:
    elsewhere.tell(board.pk, happened.number)
    transaction.on_commit(lambda: HUB.tell(board.pk, happened))
