"""The streams of boards, answered before Django: each would hold one of its threads for as long as a page is open.

Who may listen is still asked of Django, with every middleware, by a page of its own: the door. What it lets in is
streamed from here.
"""

import asyncio
import contextlib
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from alongside.core.middleware import CARRIED
from alongside.core.sizes import Application, Message, Receive, Send
from alongside.voice.live.channel import Channel
from alongside.voice.live.events import HUB
from alongside.voice.live.frames import BEAT, Listener

PATH = re.compile(r"/(w|workshops)/live/([0-9a-f]{32})")
LONGEST = 600.0  # seconds until a browser has to show again who it is
POLL = 25.0  # seconds that one question of a browser without streams may wait
FOUND, FORBIDDEN, NOT_FOUND, ONLY_READING = 302, 403, 404, 405


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser asks for."""

    board: str
    audience: str
    after: int
    polls: bool


def live(application: Application) -> Application:
    """Stream the boards, and leave everything else to the site."""

    async def routed(scope: Message, receive: Receive, send: Send) -> None:
        found = PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await application(scope, receive, send)
        elif scope["method"] != "GET":
            await _refuse(send, ONLY_READING)
        else:
            status, body = await _door(application, scope, f"/{found[1]}/door/{found[2]}")
            if status == 200:
                await _answer(_asked(scope, json.loads(body)), receive, send)
            else:
                await _refuse(send, FORBIDDEN if status == FOUND else status)

    return routed


async def _door(application: Application, scope: Message, path: str) -> tuple[int, bytes]:
    """Ask the site for the page that says who may listen; gives the status and what it says."""
    status, body = NOT_FOUND, b""
    asked = False
    for_ever = asyncio.Event()

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await for_ever.wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, body
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            body += message.get("body", b"")

    inner = {**scope, "path": path, "raw_path": path.encode(), "query_string": b"", "state": {}, "extensions": {}}
    await application(inner, receive, send)
    return status, body


def _asked(scope: Message, said: dict[str, Any]) -> Asked:
    query = parse_qs(scope["query_string"].decode("latin-1"))
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    named = headers.get(b"last-event-id") or query.get("after", [""])[0]
    after = int(named) if named.isascii() and named.isdigit() and len(named) < 10 else 0
    return Asked(said["board"], said["audience"], after, "poll" in query)


async def _answer(asked: Asked, receive: Receive, send: Send) -> None:
    listener = Listener(asked.audience, polls=asked.polls)
    async with HUB.listening(asked.board, listener) as channel:
        await (_poll if asked.polls else _stream)(channel, listener, asked.after, receive, send)


async def _stream(channel: Channel, listener: Listener, after: int, receive: Receive, send: Send) -> None:
    missed = channel.replay(listener.audience, after)
    await _start(send, 200, "text/event-stream")
    await _more(send, BEAT if missed.empty else missed.sse())
    leaving = asyncio.create_task(_until_they_leave(receive, listener))
    ending = asyncio.get_running_loop().call_later(LONGEST, listener.close)
    try:
        while (frame := await listener.queue.get()) is not None:
            await _more(send, frame)
    finally:
        ending.cancel()
        leaving.cancel()
    await send({"type": "http.response.body", "body": b""})


async def _poll(channel: Channel, listener: Listener, after: int, receive: Receive, send: Send) -> None:
    missed = channel.replay(listener.audience, after)
    answer = missed.answer()
    if missed.empty:
        leaving = asyncio.create_task(_until_they_leave(receive, listener))
        with contextlib.suppress(TimeoutError):
            said: bytes | None = await asyncio.wait_for(listener.queue.get(), POLL)
            answer = said or answer
        leaving.cancel()
    await _start(send, 200, "application/json")
    await send({"type": "http.response.body", "body": answer})


async def _until_they_leave(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.close()


async def _more(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _start(send: Send, status: int, kind: str) -> None:
    headers = {**CARRIED, "Cache-Control": "no-cache, no-store", "Content-Type": kind, "X-Accel-Buffering": "no"}
    said = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": said})


async def _refuse(send: Send, status: int) -> None:
    await _start(send, status, "text/plain")
    await send({"type": "http.response.body", "body": b""})
