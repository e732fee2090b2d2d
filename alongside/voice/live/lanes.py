"""A few threads that stay, for the pages of those who take part in workshops.

Otherwise each request gets a thread of its own, which opens the database anew: more work than taking a note is. Five
hundred people who press at once wait their turn here, and the rest of the site goes on beside them.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from alongside.core.sizes import Application, Message, Receive, Send

OURS = "/w/"
READERS, WRITERS = 3, 3
ONE_WRITER = 1  # SQLite lets one write at a time, and makes the others sleep longer than they would have to wait
TIDY_EVERY = 5.0  # seconds
_here = threading.local()
_tidying: set[asyncio.Task[None]] = set()

type Lanes = asyncio.Queue[ThreadPoolExecutor]


def in_lanes(application: Application) -> Application:
    """Answer participants’ requests in threads that stay: some for reading, some for writing."""
    laid_out: dict[asyncio.AbstractEventLoop, tuple[Lanes, Lanes]] = {}

    async def routed(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(OURS):
            await application(scope, receive, send)
            return
        reading, writing = laid_out.get(asyncio.get_running_loop()) or _lay_out(laid_out)
        lanes = writing if scope["method"] == "POST" else reading
        lane = await lanes.get()
        try:
            async with ThreadSensitiveContext(executor=lane):
                await application(scope, receive, send)
        finally:
            lanes.put_nowait(lane)

    return routed


def _lay_out(laid_out: dict[asyncio.AbstractEventLoop, tuple[Lanes, Lanes]]) -> tuple[Lanes, Lanes]:
    laid_out.clear()  # of a loop that has ended
    loop, one_file = asyncio.get_running_loop(), connections["default"].vendor == "sqlite"
    made = laid_out[loop] = _lanes(READERS), _lanes(ONE_WRITER if one_file else WRITERS)
    if one_file:
        _tidying.clear()
        _tidying.add(loop.create_task(_tidy()))
    return made


def _lanes(count: int) -> Lanes:
    lanes: Lanes = asyncio.Queue()
    for _ in range(count):
        lanes.put_nowait(ThreadPoolExecutor(1, "board", initializer=_stay))
    return lanes


async def _tidy() -> None:
    """Move what was written from the log of SQLite into its file, beside those who write; they would wait for it."""
    beside = ThreadPoolExecutor(1, "board", initializer=_stay)
    while True:
        await asyncio.sleep(TIDY_EVERY)
        await asyncio.get_running_loop().run_in_executor(beside, _into_the_file)


def _into_the_file() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _stay() -> None:
    _here.stays = True


def keep_open(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Leave a lane its connection to the file of SQLite; connections to PostgreSQL come from a pool."""
    if getattr(_here, "stays", False) and connection.vendor == "sqlite":
        connection.close_at = None
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint = 0")


connection_created.connect(keep_open)
