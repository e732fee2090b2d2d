"""Says what is going on once work has taken more than a second, to a person at a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

QUIET_SECONDS = 1.0


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """Give a function to call with a few words at each stage; they show on standard error."""
    console = Console(stderr=True)
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    task = progress.add_task("Starting", total=None)
    timer = Timer(QUIET_SECONDS, progress.start)
    timer.daemon = True
    if console.is_terminal:
        timer.start()
    try:
        yield lambda words: progress.update(task, description=words)
    finally:
        timer.cancel()
        # stopping what never showed would still print an empty line
        if progress.live.is_started:
            progress.stop()
