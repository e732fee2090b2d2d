"""Other processes of the same site: on PostgreSQL each is told by the database what happened in another."""

import asyncio
import logging
import secrets
from collections.abc import Callable

from django.db import connection, connections

from alongside.voice.live.frames import Happened

NAME = "alongside_boards"
ME = secrets.token_hex(8)
AGAIN = 2.0  # seconds until a lost connection is tried again
logger = logging.getLogger("django.request")

type Tell = Callable[[str, Happened], None]


def tell(board: str, number: int) -> None:
    """Let other processes know, once this transaction is committed; of what happened only the number is said."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [NAME, f"{ME} {board} {number}"])


async def hear(told: Tell) -> None:
    """Pass on what other processes say, as long as this one lives. With one file of SQLite there are no others."""
    if connections["default"].vendor != "postgresql":
        return
    from psycopg import OperationalError

    while True:
        try:
            await _listen(told)
        except OperationalError:
            logger.warning("Boards hear nothing from other processes just now; trying again.")
            await asyncio.sleep(AGAIN)


async def _listen(told: Tell) -> None:
    from psycopg import AsyncConnection, sql

    parameters = connections["default"].get_connection_params()
    wanted = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters}
    async with await AsyncConnection.connect(**wanted, autocommit=True) as listening:
        await listening.execute(sql.SQL("LISTEN {}").format(sql.Identifier(NAME)))
        async for one in listening.notifies():
            who, board, number = one.payload.split(" ")
            if who != ME:
                told(board, Happened(int(number)))
