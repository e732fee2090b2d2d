"""What is too long is stopped before it fills anything, whether or not it says how long it is."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import override_settings

from alongside.core.sizes import within_size

MOST = 1_000


async def reads_all(scope: Any, receive: Any, send: Any) -> None:
    """A site that reads whatever it is sent, and answers how much it was."""
    read, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            scope["left"] = read
            return
        read += len(message["body"])
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(read).encode()})


def asked(*parts: bytes, said: int | None = None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Send these parts; gives the scope, and what came back."""
    headers = [] if said is None else [(b"content-length", str(said).encode())]
    scope: dict[str, Any] = {"type": "http", "headers": headers}
    waiting: Iterator[bytes] = iter(parts)
    left = len(parts)
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": next(waiting), "more_body": left > 0}

    async def send(message: Any) -> None:
        answers.append(message)

    # apart, since a browser of another test may hold a loop in this thread
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=MOST), ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, within_size(reads_all)(scope, receive, send)).result()
    return scope, answers


@pytest.mark.parametrize("said", [None, MOST])
def test_what_is_short_enough_goes_through(said: int | None) -> None:
    _, answers = asked(b"a" * 400, b"b" * 600, said=said)
    assert (answers[0]["status"], answers[1]["body"]) == (200, b"1000")


def test_what_says_that_it_is_too_long_is_not_read() -> None:
    scope, answers = asked(b"a", said=MOST + 1)
    assert "left" not in scope
    assert answers[0]["status"] == 413


def test_what_is_too_long_and_does_not_say_so_is_stopped_on_the_way() -> None:
    scope, answers = asked(*[b"a" * 300] * 9)
    assert scope["left"] == 900
    assert [message["type"] for message in answers] == ["http.response.start", "http.response.body"]
    told = dict(answers[0]["headers"])
    assert (answers[0]["status"], told[b"cache-control"], told[b"x-content-type-options"]) == (
        413,
        b"no-store",
        b"nosniff",
    )
    assert "This site takes words, and no files" in answers[1]["body"].decode()
