"""Reads what was brought in, one file at a time, in a thread of the site that begins again wherever it was stopped."""

import contextlib
import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import close_old_connections, connections

from alongside.measures.paper import beside

HOUR = 60 * 60
_log = logging.getLogger("django.paper")
_called = threading.Event()
_threads: list[threading.Thread] = []
_starting = threading.Lock()


def wake() -> None:
    """Say that there is something to read."""
    with _starting:
        if not _threads:
            _threads.append(threading.Thread(target=_go_on, name="paper", daemon=True))
            _threads[0].start()
    _called.set()


def begin() -> None:
    """Read what waited while the site was not there."""
    wake()


def read_waiting() -> None:
    """Read everything that waits. A machine that cannot read leaves it waiting."""
    from alongside.measures.actions.paper import reading

    if not beside.can_read():
        return
    with _alone():
        while reading.read_next():
            pass


def _go_on() -> None:
    from alongside.measures.actions.paper import forgetting

    while True:
        _called.clear()
        try:
            read_waiting()
            forgetting.forget_old_pages()
        except Exception:
            _log.exception("Reading paper stopped; it is tried again.")
        finally:
            close_old_connections()
            connections.close_all()
        _called.wait(HOUR)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold this home's reading while the block runs; a process that is killed lets go of it."""
    held = os.open(settings.HOME / ".reading-paper", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(held)
