"""Writing and moving files so that a stop at any moment leaves the old ones or the new, never half."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


def replace(file: Path, text: str) -> None:
    """Put a text in a file's place, readable for its owner only; the file is the old one or the new, never half."""
    new = file.with_name(f".{file.name}.new")
    write_new(new, text.encode())
    new.replace(file)


def write_new(file: Path, held: bytes) -> None:
    """Write a new file that only its owner can read, and wait until the disk has it."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(held)
        opened.flush()
        os.fsync(opened.fileno())


def settle(folder: Path) -> None:
    """Wait until the disk has a folder's new names; some disks cannot be asked."""
    with contextlib.suppress(OSError):
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)


@contextmanager
def moved(moves: list[tuple[Path, Path]]) -> Iterator[None]:
    """Rename each file or folder in turn; when one cannot be, or the block fails, all get their old names back."""
    with ExitStack() as back:
        for old, new in moves:
            back.callback(_move_back, old, new)
            old.rename(new)
        yield
        back.pop_all()
    for folder in {path.parent for move in moves for path in move}:
        settle(folder)


def _move_back(old: Path, new: Path) -> None:
    if new.exists() and not old.exists():
        new.rename(old)
