"""Who works in the data folder: several may serve from it, or one alone may put something else in its place."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Somebody else works in this folder."""


@contextmanager
def using(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold a folder while the block runs; a process that is killed lets go of it.

    Raises
    ------
    InUse : another process holds it alone, or holds it at all and this one wants to be alone
    """
    held = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(str(folder)) from error
        yield
    finally:
        os.close(held)
