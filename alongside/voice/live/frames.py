"""What travels: events with what each audience is sent of them, and frames that hold several."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

PARTICIPANTS, FACILITATORS = "participants", "facilitators"
AUDIENCES = (PARTICIPANTS, FACILITATORS)
WAITING = 50  # frames that may wait for one listener
BEAT = b": here\n\n"

type Item = dict[str, Any]
type Items = dict[str, Item | None]


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: its number, the record it is about, and what each audience is sent; None: it is in the records."""

    number: int
    about: str = ""
    items: Items | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """The newest events of a board, after `floor` up to `last`."""

    floor: int
    last: int
    happened: list[Happened]


@dataclass(frozen=True, slots=True)
class Frame:
    """What one audience is sent at one moment. `last` is the number that it reaches."""

    last: int
    items: tuple[Item, ...] = ()
    event: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.items and not self.event

    def sse(self) -> bytes:
        """As a server-sent event."""
        named = f"event: {self.event}\n" if self.event else ""
        return f"{named}id: {self.last}\ndata: {_json(self.items)}\n\n".encode()

    def answer(self) -> bytes:
        """As the answer to somebody who asks again and again."""
        said = {"last": self.last, "items": self.items}
        return _json(said | {"event": self.event} if self.event else said).encode()


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody who is listening. One who does not keep up loses what waits, and is told to load the board anew."""

    audience: str
    polls: bool = False
    closed: bool = False
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(WAITING + 1))

    def give(self, frame: bytes, last: int) -> None:
        """Add one to what waits for them."""
        if self.closed:
            return
        if self.queue.qsize() >= WAITING:
            while not self.queue.empty():
                self.queue.get_nowait()
            frame = Frame(last, (), "resync").sse()
        self.queue.put_nowait(frame)

    def close(self) -> None:
        """Let it end once what waits has been sent."""
        if not self.closed:
            self.closed = True
            self.queue.put_nowait(None)  # there is always a place for it
