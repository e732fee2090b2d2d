"""The streams of boards through the site's own application: who may listen, what comes, and how it ends."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.asgi import get_asgi_application
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core.models import new_key
from alongside.voice.actions import moderating, notes, phases
from alongside.voice.live.events import HUB
from alongside.voice.live.stream import live
from alongside.voice.models import Board, Phase, Seat
from alongside.voice.queries.moderating import clauses

pytestmark = pytest.mark.django_db


class Streaming:
    """A browser that holds a stream open, as the server's side of a connection sees it."""

    def __init__(self, path: str, browser: Browser, *, method: str = "GET", last: int | None = None) -> None:
        path, _, query = path.partition("?")
        cookie = "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())
        headers = [(b"host", b"testserver"), (b"cookie", cookie.encode())]
        headers += [(b"last-event-id", str(last).encode())] if last is not None else []
        self.scope: dict[str, Any] = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "headers": headers,
            "query_string": query.encode(), "client": ("203.0.113.9", 5),
            "server": ("testserver", 80), "scheme": "http",
        }  # fmt: skip
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.put_nowait(message)

    async def begin(self) -> "Streaming":
        for ends in (request_started, request_finished):  # as Django's own test client does
            ends.disconnect(close_old_connections)
        application: Any = live(get_asgi_application())  # type: ignore[arg-type]
        self.task = asyncio.create_task(application(self.scope, self.receive, self.send))
        start = await self.next()
        self.status, self.headers = start["status"], dict(start["headers"])
        return self

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.sent.get(), 5)

    async def items(self) -> list[dict[str, Any]]:
        while b"data: " not in (body := (await self.next())["body"]):
            assert body.startswith(b":")
        return json.loads(body.decode().split("data: ")[1])

    async def leave(self) -> None:
        self.gone.set()
        await asyncio.wait_for(self.task, 5)


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run it in a loop beside this thread, in which everything that asks the database does, as the test itself."""

    async def whole() -> None:
        loop, real = asyncio.get_running_loop(), HUB._read

        def here(board: str, number: int) -> Any:
            return asyncio.run_coroutine_threadsafe(sync_to_async(real)(board, number), loop).result(5)

        HUB._read = here
        try:
            await test()
        finally:
            HUB._read = real
            for ends in (request_started, request_finished):
                ends.connect(close_old_connections)

    async_to_sync(whole)()


@pytest.fixture
def at_work(signed_in: Callable[[User], Browser]) -> Callable[[User], Awaitable[Browser]]:
    """A browser in which this person has signed in and opened a page, which binds the session to it."""

    def opened(user: User) -> Browser:
        browser = signed_in(user)
        browser.get("/help")
        return browser

    return sync_to_async(opened)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    """Do something as a request would, up to what follows once it is committed."""

    async def do(deed: Callable[..., Any], **said: Any) -> Any:
        def whole() -> Any:
            with django_capture_on_commit_callbacks(execute=True):
                return deed(**said)

        return await sync_to_async(whole)()

    return do


def test_who_may_listen(
    pairs: list[Board], seat: Seat, lead: User, alice: User, browser_at: Callable[[Seat], Browser],
    at_work: Callable[[User], Awaitable[Browser]],
) -> None:  # fmt: skip
    mine, theirs = pairs

    async def status(path: str, browser: Browser, method: str = "GET") -> int:
        streaming = await Streaming(path, browser, method=method).begin()
        if streaming.status == 200:
            await streaming.leave()
        return streaming.status

    async def test() -> None:
        at_seat, leading = browser_at(seat), await at_work(lead)
        practitioner = await at_work(alice)
        assert await status(f"/w/live/{mine.pk}", at_seat) == 200
        assert await status(f"/w/live/{theirs.pk}", at_seat) == 404
        assert await status(f"/w/live/{mine.pk}", Browser()) == 403
        assert await status(f"/w/live/{mine.pk}", leading) == 403
        assert await status(f"/w/live/{new_key()}", at_seat) == 404
        assert await status(f"/w/live/{mine.pk}", at_seat, "POST") == 405
        assert await status(f"/workshops/live/{mine.pk}", leading) == 200
        assert await status(f"/workshops/live/{mine.pk}", practitioner) == 404
        assert await status(f"/workshops/live/{mine.pk}", at_seat) == 403
        assert await status(f"/workshops/live/{mine.pk}", Browser()) == 403

    run(test)


def test_a_participant_who_listens_leaves_no_row_and_a_facilitator_leaves_one(
    board: Board,
    seat: Seat,
    lead: User,
    browser_at: Callable[[Seat], Browser],
    at_work: Callable[[User], Awaitable[Browser]],
) -> None:
    async def test() -> None:
        leading = await at_work(lead)
        before = await sync_to_async(Entry.objects.count)()
        await (await Streaming(f"/w/live/{board.pk}", browser_at(seat)).begin()).leave()
        assert await sync_to_async(Entry.objects.count)() == before
        await (await Streaming(f"/workshops/live/{board.pk}", leading).begin()).leave()

    run(test)
    assert [row.did for row in Entry.objects.order_by("-number")[:2]].count("board.followed") == 1


def test_the_answer_is_a_stream_that_nobody_keeps(
    board: Board, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    async def test() -> None:
        streaming = await Streaming(f"/w/live/{board.pk}", browser_at(seat)).begin()
        assert streaming.headers[b"content-type"] == b"text/event-stream"
        assert streaming.headers[b"cache-control"] == b"no-cache, no-store"
        assert streaming.headers[b"x-accel-buffering"] == b"no"
        assert streaming.headers[b"x-content-type-options"] == b"nosniff"
        assert b"set-cookie" not in streaming.headers
        await streaming.leave()
        assert HUB._channels == {}

    run(test)


def test_a_note_reaches_everybody_at_the_board_and_a_held_one_only_facilitators(
    board: Board, seat: Seat, phase: Phase, lead: User, sit: Callable[[Board], Seat],
    browser_at: Callable[[Seat], Browser], at_work: Callable[[User], Awaitable[Browser]], committed: Callable[..., Any],
) -> None:  # fmt: skip
    other, clause = sit(board), clauses()[0]
    Phase.objects.filter(pk=phase.pk).update(held_first=True)
    board.refresh_from_db()

    async def test() -> None:
        people = await Streaming(f"/w/live/{board.pk}", browser_at(other)).begin()
        leading = await Streaming(f"/workshops/live/{board.pk}", await at_work(lead)).begin()
        note = await committed(notes.add, board=board, seat=seat, text="A door that is open", key=new_key())
        (item,) = await leading.items()
        assert (item["text"], item["state"], item["from"]) == ("A door that is open", "held", "Pair 1")
        await committed(moderating.show, note=note, by=lead)
        (item,) = await people.items()
        assert (item["text"], item["from"]) == ("A door that is open", "Pair 1")
        assert seat.pk not in json.dumps(item)
        await committed(moderating.set_aside, note=note, clause=clause, by=lead)
        assert await people.items() == [{"kind": "gone", "note": note.pk}]
        await people.leave()
        back = await Streaming(f"/w/live/{board.pk}", browser_at(other), last=0).begin()
        assert await back.items() == [{"kind": "gone", "note": note.pk}]
        await back.leave()
        await leading.leave()

    run(test)


def test_hidden_notes_come_when_they_are_revealed_and_not_before(
    board: Board, seat: Seat, phase: Phase, lead: User, sit: Callable[[Board], Seat],
    browser_at: Callable[[Seat], Browser], committed: Callable[..., Any],
) -> None:  # fmt: skip
    other = sit(board)
    Phase.objects.filter(pk=phase.pk).update(hidden_until_reveal=True)
    board.refresh_from_db()

    async def test() -> None:
        people = await Streaming(f"/w/live/{board.pk}", browser_at(other)).begin()
        for text in ("first", "second"):
            await committed(notes.add, board=board, seat=seat, text=text, key=new_key())
        await asyncio.sleep(0.3)
        assert people.sent.qsize() == 1, "only the sign that the stream is open"
        await committed(phases.reveal, phase=phase, by=lead)
        items = await people.items()
        assert [item.get("text") for item in items if item["kind"] == "note"] == ["first", "second"]
        assert items[-1] == {"kind": "phase", "phase": phase.pk, "state": "open", "hidden": False}
        await people.leave()

    run(test)
    page = browser_at(other).get(f"/w/boards/{board.pk}/").content.decode()
    assert "second" in page


def test_whoever_comes_back_is_sent_what_they_missed(
    board: Board, seat: Seat, browser_at: Callable[[Seat], Browser], committed: Callable[..., Any]
) -> None:
    async def test() -> None:
        for text in ("one", "two", "three"):
            await committed(notes.add, board=board, seat=seat, text=text, key=new_key())
        back = await Streaming(f"/w/live/{board.pk}", browser_at(seat), last=1).begin()
        assert [item["text"] for item in await back.items()] == ["two", "three"]
        await back.leave()
        asks = await Streaming(f"/w/live/{board.pk}?poll=1&after=2", browser_at(seat)).begin()
        assert asks.headers[b"content-type"] == b"application/json"
        said = json.loads((await asks.next())["body"])
        assert (said["last"], [item["text"] for item in said["items"]]) == (3, ["three"])
        waits = asyncio.create_task(Streaming(f"/w/live/{board.pk}?poll=1&after=3", browser_at(seat)).begin())
        while board.pk not in HUB._channels:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        await committed(notes.add, board=board, seat=seat, text="four", key=new_key())
        said = json.loads((await (await waits).next())["body"])
        assert (said["last"], [item["text"] for item in said["items"]]) == (4, ["four"])

    run(test)
