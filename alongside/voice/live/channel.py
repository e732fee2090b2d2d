"""One board in one process: its newest events, and who listens to it."""

import asyncio
from collections.abc import Callable, Iterable

from asgiref.sync import sync_to_async

from alongside.voice.live.frames import AUDIENCES, BEAT, Frame, Happened, Listener, Log

POOL = 0.1  # seconds for which what happens is gathered, once something was sent
GAP = 0.2  # seconds to wait for a number that is late before it is looked up
KEPT = 2000  # events that are at hand for somebody who comes back

type Read = Callable[[str, int], Log]


class Channel:
    """Puts events in their order, gathers them, and gives every listener the same frame.

    Of each record only the newest event is kept, so that nobody who comes back is sent what was held meanwhile.
    """

    def __init__(self, board: str, read: Read) -> None:
        self.board, self._read = board, read
        self.listeners: dict[str, set[Listener]] = {audience: set() for audience in AUDIENCES}
        self.floor = self.sent = 0
        self._log: dict[int, Happened] = {}
        self._number_of: dict[str, int] = {}
        self._waiting: dict[int, Happened] = {}
        self._replays: dict[tuple[str, int], Frame] = {}
        self._sent_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None
        self._waits_for_a_gap = False
        self._opened: asyncio.Task[None] | None = None
        self._ready = False
        self._reading: asyncio.Task[None] | None = None

    async def opened(self) -> None:
        """Read the newest events, once."""
        if self._opened is None:
            self._opened = asyncio.create_task(self._open())
        await asyncio.shield(self._opened)

    async def _open(self) -> None:
        log = await sync_to_async(self._read, thread_sensitive=False)(self.board, 0)
        self.floor, self.sent = log.floor, log.last
        self._keep(log.happened)
        self._ready = True
        self._schedule()

    def tell(self, happened: Happened) -> None:
        """Hear of an event."""
        if happened.number > self.sent:
            self._waiting[happened.number] = happened
            self._schedule()

    def replay(self, audience: str, after: int) -> Frame:
        """What somebody has missed since this number."""
        frame = self._replays.get((audience, after))
        if frame is None:
            frame = self._replays[audience, after] = self._missed(audience, after)
        return frame

    def _missed(self, audience: str, after: int) -> Frame:
        if not self.floor <= after <= self.sent:
            return Frame(self.sent, (), "resync")
        return Frame(self.sent, _items((one for number, one in self._log.items() if number > after), audience))

    def beat(self) -> None:
        """Give everybody a sign of life."""
        for one in self._everybody():
            one.give(BEAT, self.sent)

    def close(self) -> None:
        """Let every stream of this board end."""
        for one in self._everybody():
            one.close()

    def _everybody(self) -> list[Listener]:
        return [one for listeners in self.listeners.values() for one in listeners if not one.polls]

    def _schedule(self) -> None:
        """Send at once after a quiet time, else when the tenth of a second is over; wait a little for a late number."""
        if not self._waiting or not self._ready:
            return
        gap = self.sent + 1 not in self._waiting
        if self._timer is not None:
            if gap or not self._waits_for_a_gap:
                return
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        wait = self._sent_at + POOL - loop.time()
        self._waits_for_a_gap = gap
        self._timer = loop.call_later(max(wait, GAP) if gap else max(wait, 0.0), self._flush)

    def _flush(self) -> None:
        self._timer = None
        for number in [number for number in self._waiting if number <= self.sent]:
            del self._waiting[number]
        if not self._waiting:
            return
        ready = self._next_ones()
        if not ready:
            self._reading = asyncio.create_task(self._look_up())
            return
        self._send(ready, ready[-1].number)

    def _next_ones(self) -> list[Happened]:
        """Those that follow on what was sent, without a gap and with what they say."""
        ready = []
        number = self.sent + 1
        while (one := self._waiting.get(number)) is not None and one.items is not None:
            ready.append(one)
            number += 1
        return ready

    async def _look_up(self) -> None:
        log = await sync_to_async(self._read, thread_sensitive=False)(self.board, self.sent)
        if log.last > self.sent:
            self._send(log.happened, log.last)
        self._schedule()

    def _send(self, happened: list[Happened], last: int) -> None:
        self._keep(happened)
        self.sent = last
        self._sent_at = asyncio.get_running_loop().time()
        for audience, listeners in self.listeners.items():
            items = _items(happened, audience) if listeners else ()
            if items:
                frame = Frame(last, items)
                sent, answered = frame.sse(), frame.answer()
                for one in listeners:
                    one.give(answered if one.polls else sent, last)
        self._schedule()

    def _keep(self, happened: Iterable[Happened]) -> None:
        self._replays.clear()
        for one in happened:
            if one.about:
                self._log.pop(self._number_of.pop(one.about, 0), None)
                self._number_of[one.about] = one.number
            self._log[one.number] = one
        while len(self._log) > KEPT:
            self.floor = next(iter(self._log))
            self._number_of.pop(self._log.pop(self.floor).about, None)


def _items(happened: Iterable[Happened], audience: str) -> tuple[dict[str, object], ...]:
    said = ((one.items or {}).get(audience) for one in happened)
    return tuple(item for item in said if item is not None)
