"""Runs the reading of one file in a process beside the site, and hands on what it says page by page."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

LIGHT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
TOO_MUCH = "This page took too long or too much memory, so reading it was stopped; scan it again, by itself."
NEEDED = ("cv2", "zxingcpp", "pypdfium2", "PIL")


def can_read() -> bool:
    """Whether this machine has what reads pictures."""
    return all(find_spec(name) for name in NEEDED)


def pages(content: bytes, wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give what is read, page by page. A page that ends the process is unreadable, and the next is read after it."""
    first = wanted["first"]
    while True:
        began, ended = first, False
        for said in _run(content, {**wanted, "first": first}):
            if "began" in said:
                began = said["began"]
            ended = ended or "end" in said
            if "page" in said:
                first = said["page"] + 1
            if "page" in said or said.get("expected"):
                yield said
        if ended:
            return
        yield {"page": max(began, first), "outcome": "unreadable", "why": TOO_MUCH, "opened": True}
        if began < first or wanted.get("last"):
            return  # it failed before it came to a page
        first = began + 1


def _run(content: bytes, wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "alongside.measures.paper.apart"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **LIGHT}
    ) as process:
        giving = threading.Thread(target=_give, args=(process, content, wanted), daemon=True)
        giving.start()
        try:
            for line in process.stdout or ():
                yield json.loads(line)
        finally:
            process.kill()
            giving.join()


def _give(process: "subprocess.Popen[bytes]", content: bytes, wanted: dict[str, Any]) -> None:
    if process.stdin is None:
        return
    with contextlib.suppress(BrokenPipeError), process.stdin as there:
        there.write(json.dumps(wanted).encode() + b"\n")
        there.write(content)
