"""Everything that is listened to in this process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alongside.voice.live import elsewhere
from alongside.voice.live.channel import Channel, Read
from alongside.voice.live.frames import Happened, Listener

BEAT_EVERY = 20.0  # seconds between signs of life, which keep proxies from closing a quiet stream


class Hub:
    """The channels of the boards that somebody listens to; it lives in the loop that serves, and hears from threads."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._channels: dict[str, Channel] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def tell(self, board: str, happened: Happened) -> None:
        """Hear, from any thread, of an event that is committed."""
        loop = self._loop
        if loop is not None and board in self._channels:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it everybody who listened
                loop.call_soon_threadsafe(self._told, board, happened)

    def _told(self, board: str, happened: Happened) -> None:
        if channel := self._channels.get(board):
            channel.tell(happened)

    @asynccontextmanager
    async def listening(self, board: str, listener: Listener) -> AsyncIterator[Channel]:
        """Let somebody listen to a board for as long as this lasts."""
        self._begin()
        channel = self._channels.get(board)
        if channel is None:
            channel = self._channels[board] = Channel(board, self._read)
        among = channel.listeners[listener.audience]
        try:
            await channel.opened()
            among.add(listener)
            yield channel
        finally:
            among.discard(listener)
            if not any(channel.listeners.values()) and self._channels.get(board) is channel:
                del self._channels[board]

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is loop and self._tasks:
            return
        self._loop, self._channels = loop, {}
        self._tasks = [loop.create_task(self._beating()), loop.create_task(elsewhere.hear(self.tell))]

    async def _beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT_EVERY)
            for channel in self._channels.values():
                channel.beat()

    def close(self) -> None:
        """Let every stream end."""
        for channel in self._channels.values():
            channel.close()
