"""How much somebody may send at once. The site takes words, and no files."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent

from alongside.core.middleware import CARRIED

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Message, Receive, Send], Awaitable[None]]

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def within_size(application: Application) -> Application:
    """Stop reading what is too long, said or unsaid how long it is, before it fills the memory or the disk."""

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if _said(scope) > most:
            await _refuse(send)
            return
        counted = 0
        refused = False

        async def counting() -> Message:
            nonlocal counted, refused
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > most and not refused:
                refused = True
                await _refuse(send)
                return {"type": "http.disconnect"}
            return message

        async def unless_refused(message: Message) -> None:
            if not refused:
                await send(message)

        await application(scope, counting, unless_refused)

    return guarded


def _said(scope: Message) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(send: Send) -> None:
    from django.template.loader import render_to_string

    page = (await sync_to_async(render_to_string)("413.html")).encode()
    headers = {**CARRIED, "Content-Type": "text/html; charset=utf-8", "Connection": "close"}
    said = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 413, "headers": said})
    await send({"type": "http.response.body", "body": page})
