"""Serving the site from this machine: one process, in the foreground, on loopback unless told otherwise."""

import errno
import os
import signal
import socket
import sys
import warnings

from alongside.core import begun, starting
from alongside.core.home import home
from alongside.core.using import InUse, using, using_database
from alongside.evaluation.problems import MachineLacks, WrongUse

LEAVE_WITHIN = 2  # seconds that answers under way get when the site is stopped


def serve(host: str, port: int) -> None:
    """Bring the database up to date and serve until Ctrl-C or a SIGTERM."""
    listening = listen(host, port)
    begun.here()
    starting.set_up()
    try:
        with starting.reachable(), using(home()), using_database():
            begun.records()
            starting.migrate()
            _make_ready()
            starting.say(f"Alongside is at {address(listening)}. Press Ctrl-C to stop.")
            run(listening)
    except InUse as error:
        raise MachineLacks(f"A backup is being restored to {home()}; start again when that is done.") from error


def _make_ready() -> None:
    """Let each room do beforehand what would keep the first person waiting."""
    from django.db import connections

    from alongside.core.sockets import sockets

    for prepare in sockets.before_serving:
        prepare()
    connections.close_all()


def listen(host: str, port: int) -> socket.socket:
    """Take the port; before anything slow, so that a taken one is said at once."""
    if not host.strip():
        raise WrongUse("Enter an address after --host, or leave it out to serve only to this computer.")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                said = f"Port {port} is taken, perhaps by another Alongside. Stop it, or choose another with --port."
            case errno.EACCES:
                said = f"Only an administrator may use port {port}. Choose one above 1023 with --port."
            case _:
                said = f"This computer has no address {host}. Leave out --host to serve only to this computer."
        raise MachineLacks(said) from error


def address(listening: socket.socket, name: str = "") -> str:
    """Where to point a browser."""
    host, port = listening.getsockname()[:2]
    shown = name or (f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def run(listening: socket.socket, *, behind_proxy: bool = True) -> None:
    """Serve on this socket until told to stop; a proxy on this computer may say for whom it asks."""
    import uvicorn

    # the server hands these signals on once it has stopped; both are a good ending
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: sys.exit(0))
    # WhiteNoise opens files as they are; ours are small, and Django reads each in a thread of its own
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    config = uvicorn.Config(
        "alongside.config.asgi:application",
        lifespan="off",
        ws="none",
        log_level="warning",
        access_log=False,  # nobody's address is written down
        server_header=False,
        proxy_headers=behind_proxy,
        timeout_graceful_shutdown=LEAVE_WITHIN,
    )
    uvicorn.Server(config).run(sockets=[listening])
