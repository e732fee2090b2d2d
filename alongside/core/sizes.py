"""How much somebody may send at once. The site takes words; files at the pages of FILES_TAKEN_AT, and nowhere else."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler

from alongside.core.middleware import CARRIED

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Message, Receive, Send], Awaitable[None]]

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FILES_AT_ONCE = 2  # each may fill the memory that its page allows


class InMemoryWhereTaken(MemoryFileUploadHandler):
    """Keeps a file in memory where files are taken, and refuses it everywhere else. None ever lies on the disk."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        """Take it, however long: what is too long never comes so far."""
        self.activated = self.request is not None and self.request.path in settings.FILES_TAKEN_AT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin one, or refuse it."""
        if not self.activated:
            raise TooManyFilesSent
        super().new_file(*args, **kwargs)


def within_size(application: Application) -> Application:
    """Stop reading what is too long, said or unsaid how long it is, before it fills the memory or the disk."""

    files = asyncio.Semaphore(FILES_AT_ONCE)

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if scope.get("path") in settings.FILES_TAKEN_AT and await sync_to_async(_signed_in)(scope):
            most = settings.FILES_TAKEN_AT[scope["path"]]
        if _said(scope) > most:
            await _refuse(send)
            return
        async with files if most > settings.DATA_UPLOAD_MAX_MEMORY_SIZE else contextlib.nullcontext():
            await within(most, scope, receive, send)

    async def within(most: int, scope: Message, receive: Receive, send: Send) -> None:
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


def _signed_in(scope: Message) -> bool:
    """Whether somebody's session comes with it; nobody else may fill the memory."""
    said = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    cookie = SimpleCookie(said).get(settings.SESSION_COOKIE_NAME)
    if cookie is None:
        return False
    return bool(import_module(settings.SESSION_ENGINE).SessionStore(cookie.value).get("_auth_user_id"))


async def _refuse(send: Send) -> None:
    from django.template.loader import render_to_string

    page = (await sync_to_async(render_to_string)("413.html")).encode()
    headers = {**CARRIED, "Content-Type": "text/html; charset=utf-8", "Connection": "close"}
    said = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 413, "headers": said})
    await send({"type": "http.response.body", "body": page})
