"""What a channel sends, to whom and when: in order, together, once, and nothing that was held meanwhile."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from alongside.voice.live.channel import Channel
from alongside.voice.live.frames import FACILITATORS, PARTICIPANTS, WAITING, Happened, Listener, Log
from alongside.voice.live.hub import Hub

type Read = Callable[[str, int], Log]


def note(number: int, about: str = "", *, held: bool = False) -> Happened:
    said = {"kind": "note", "note": about or f"n{number}", "text": f"words {number}"}
    return Happened(number, about or f"n{number}", {PARTICIPANTS: None if held else said, FACILITATORS: said})


def nothing_before(board: str, number: int) -> Log:
    return Log(0, number, [])


def texts(frame: bytes) -> list[str]:
    data = next(line for line in frame.decode().split("\n") if line.startswith("data: "))
    return [item["text"] for item in json.loads(data[6:])]


def ids(frame: bytes) -> int:
    return int(next(line for line in frame.decode().split("\n") if line.startswith("id: "))[4:])


def with_channel(read: Read, test: Callable[[Channel, Listener, Listener], Awaitable[None]]) -> None:
    async def run() -> None:
        hub = Hub(read)
        people, leads = Listener(PARTICIPANTS), Listener(FACILITATORS)
        async with hub.listening("b", people) as channel, hub.listening("b", leads):
            await test(channel, people, leads)

    with ThreadPoolExecutor(1) as apart:  # a browser of another test may hold a loop in this thread
        apart.submit(asyncio.run, run()).result()


async def arrives(listener: Listener) -> bytes:
    frame = await asyncio.wait_for(listener.queue.get(), 2)
    assert frame is not None
    return frame


def test_what_happens_on_a_quiet_board_is_sent_at_once_and_then_together() -> None:
    async def test(channel: Channel, people: Listener, leads: Listener) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        channel.tell(note(1))
        assert texts(await arrives(people)) == ["words 1"]
        assert loop.time() - began < 0.05
        for number in (2, 3, 4):
            channel.tell(note(number))
        frame = await arrives(people)
        assert (texts(frame), ids(frame)) == (["words 2", "words 3", "words 4"], 4)
        assert loop.time() - began >= 0.09

    with_channel(nothing_before, test)


def test_everybody_at_a_board_is_sent_the_very_same_frame() -> None:
    async def run() -> None:
        hub = Hub(nothing_before)
        first, second = Listener(PARTICIPANTS), Listener(PARTICIPANTS)
        async with hub.listening("b", first) as channel, hub.listening("b", second):
            channel.tell(note(1))
            assert await arrives(first) is await arrives(second)

    with ThreadPoolExecutor(1) as apart:  # a browser of another test may hold a loop in this thread
        apart.submit(asyncio.run, run()).result()


def test_numbers_that_come_out_of_order_are_sent_in_order() -> None:
    async def test(channel: Channel, people: Listener, leads: Listener) -> None:
        channel.tell(note(2))
        channel.tell(note(1))
        assert texts(await arrives(people)) == ["words 1", "words 2"]

    with_channel(nothing_before, test)


def test_a_number_that_never_comes_is_looked_up() -> None:
    def read(board: str, number: int) -> Log:
        return Log(0, 0, []) if number == 0 else Log(number, 3, [note(2), note(3)])

    async def test(channel: Channel, people: Listener, leads: Listener) -> None:
        channel.tell(note(1))
        await arrives(people)
        channel.tell(note(3))
        assert texts(await arrives(people)) == ["words 2", "words 3"]
        channel.tell(note(3))
        await asyncio.sleep(0.3)
        assert people.queue.empty()

    with_channel(read, test)


def test_what_participants_may_not_see_is_in_no_frame_of_theirs() -> None:
    async def test(channel: Channel, people: Listener, leads: Listener) -> None:
        channel.tell(note(1, held=True))
        assert texts(await arrives(leads)) == ["words 1"]
        assert people.queue.empty()

    with_channel(nothing_before, test)


def test_whoever_comes_back_is_sent_what_they_missed_and_nothing_that_was_held_since() -> None:
    async def test(channel: Channel, people: Listener, leads: Listener) -> None:
        for number in range(1, 5):
            channel.tell(note(number))
        while channel.sent < 4:
            await asyncio.sleep(0.01)
        gone = {"kind": "gone", "note": "n3"}
        channel.tell(Happened(5, "n3", {PARTICIPANTS: gone, FACILITATORS: gone}))
        await asyncio.sleep(0.15)
        missed = channel.replay(PARTICIPANTS, 2)
        assert [item.get("text", item["kind"]) for item in missed.items] == ["words 4", "gone"]
        assert missed.last == 5
        assert channel.replay(PARTICIPANTS, 5).empty
        assert "words 3" not in channel.replay(PARTICIPANTS, 0).sse().decode()

    with_channel(nothing_before, test)


def test_whoever_was_away_too_long_or_says_what_never_was_loads_the_board_anew() -> None:
    def read(board: str, number: int) -> Log:
        return Log(100, 101, [note(101)])

    async def test(channel: Channel, people: Listener, leads: Listener) -> None:
        assert channel.replay(PARTICIPANTS, 99).event == "resync"
        assert channel.replay(PARTICIPANTS, 5_000).event == "resync"
        assert channel.replay(PARTICIPANTS, 100).items

    with_channel(read, test)


def test_whoever_does_not_keep_up_loses_what_waits_and_is_told_to_load_the_board_anew() -> None:
    listener = Listener(PARTICIPANTS)
    for number in range(WAITING + 1):
        listener.give(b"frame", number)
    assert listener.queue.qsize() == 1
    frame = listener.queue.get_nowait()
    assert frame is not None
    assert b"event: resync" in frame
    for number in range(WAITING):
        listener.give(b"frame", number)
    listener.close()
    listener.give(b"after the end", 1)
    assert [listener.queue.get_nowait() for _ in range(listener.queue.qsize())][-1] is None
