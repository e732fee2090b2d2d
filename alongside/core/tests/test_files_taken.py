"""Files are taken on one page, up to its size, from somebody who has signed in; and they lie on no disk on the way."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client as Browser
from django.test import override_settings

from alongside.core import sizes
from alongside.core.tests.test_sizes import reads_all

PAGE = "/measures/paper/"


def asked(path: str, body: bytes, *, signed_in: bool, monkeypatch: pytest.MonkeyPatch) -> int:
    """Send this much to a page; gives the status."""
    monkeypatch.setattr(sizes, "_signed_in", lambda _scope: signed_in)
    scope = {"type": "http", "path": path, "headers": [(b"content-length", str(len(body)).encode())]}
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        answers.append(message)

    limits = override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1_000, FILES_TAKEN_AT={PAGE: 5_000})
    with limits, ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, sizes.within_size(reads_all)(scope, receive, send)).result()
    return int(answers[0]["status"])


@pytest.mark.parametrize(
    ("path", "length", "signed_in", "status"),
    [
        (PAGE, 5_000, True, 200),
        (PAGE, 5_001, True, 413),
        (PAGE, 1_001, False, 413),
        (PAGE, 1_000, False, 200),
        ("/clients/add", 1_001, True, 413),
    ],
)
def test_only_one_page_takes_more_and_only_from_somebody_who_has_signed_in(
    path: str, length: int, signed_in: bool, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(path, b"a" * length, signed_in=signed_in, monkeypatch=monkeypatch) == status


@pytest.mark.django_db
def test_a_session_of_somebody_who_has_signed_in_is_known_and_no_other(
    alice: Any, signed_in: Callable[[Any], Browser]
) -> None:
    def known(cookie: str) -> bool:
        return sizes._signed_in({"headers": [(b"cookie", cookie.encode())]})

    key = signed_in(alice).cookies["session"].value
    assert known(f"session={key}")
    assert not known("session=made-up")
    assert not known("")
