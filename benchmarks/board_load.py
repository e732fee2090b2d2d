"""Measures boards: how long until a note that one person sends stands on everybody’s screen, under load.

With `--votes` people choose instead of writing: how long until everybody’s page says that one more has chosen.

Starts and stops its own server (the real command, with every middleware) and its own data folder. Each person holds a
stream open; notes are sent at fixed times over sixteen connections, each from a seat of its own turn, as the page
sends them. The time counts from when a note was due. Then the server is killed, and everybody comes back at once.
Beside it, in turns, the bare core (`board_bare.py`).
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

POSTERS, MISSED, PATIENCE = 16, 100, 20.0
ALONGSIDE = Path(sys.executable).with_name("alongside")
ROOT = Path(__file__).parents[1]
STAMP = re.compile(r"#(\d+) @([\d.]+) ")
FILLER = (
    "what helped was a quiet room and somebody who stayed and asked what i wanted to happen next and then wrote it down"
)


def words(number: int, due: float) -> str:
    """A note of about 160 letters that says when it was due."""
    return f"#{number} @{due:.6f} {FILLER}"[:160]


class Stream(asyncio.Protocol):
    """One person’s open board: what arrived, how long it took, and up to which event."""

    def __init__(self, request: bytes, took: list[float], due: list[float]) -> None:
        self.request, self.took, self.due = request, took, due
        self.got: dict[int, int] = {}
        self.last = 0
        self.rest = b""
        self.open = asyncio.get_running_loop().create_future()
        self.began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.began = time.monotonic()
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        now = time.time()
        if not self.open.done():
            self.open.set_result(None)
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"id: "):
                self.last = int(line[4:])
            elif line.startswith(b"data: "):
                for item in json.loads(line[6:]):
                    if stamp := STAMP.match(item.get("text", "")):
                        number = int(stamp[1])
                        self.got[number] = self.got.get(number, 0) + 1
                        self.took.append(now - float(stamp[2]))
                    for number in range(len(self.got), item.get("voters", 0)):
                        self.got[number] = 1
                        self.took.append(now - self.due[number])

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.open.done():
            self.open.set_exception(ConnectionResetError())


@dataclass
class Site:
    """A server under load: how to listen, how to send a note, and how to start it."""

    port: int
    command: list
    environment: dict
    people: list[dict]
    bare: bool
    server: subprocess.Popen | None = None
    tokens: dict[str, tuple[str, str]] = field(default_factory=dict)
    due: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the server and wait until it accepts a connection."""
        self.server = subprocess.Popen(self.command, env=self.environment, cwd=ROOT, stderr=subprocess.DEVNULL)
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.01)

    def stop(self, *, kill: bool = False) -> None:
        """Stop the server, or kill it."""
        self.server.kill() if kill else self.server.terminate()
        self.server.wait()

    def memory(self) -> float:
        """The most memory that the server held, in MB."""
        status = Path(f"/proc/{self.server.pid}/status").read_text("utf-8")
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def worked(self) -> float:
        """Seconds of one core that the server has used."""
        user, system = Path(f"/proc/{self.server.pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def listen(self, person: dict, after: int) -> bytes:
        """What a browser sends to hear a board."""
        if self.bare:
            return f"GET /events?board={person['board']} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        return (
            f"GET /w/live/{person['board']} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
            f"Cookie: {person['cookie']}\r\nLast-Event-ID: {after}\r\n\r\n"
        ).encode()

    def note(self, person: dict, number: int, due: float) -> bytes:
        """What a page sends to add a note."""
        text = words(number, due)
        if self.bare:
            body = json.dumps({"board": person["board"], "text": text, "t": due})
            head = "POST /note HTTP/1.1\r\nHost: localhost\r\n"
        else:
            cookie, token = self.tokens[person["cookie"]]
            choices = person.get("choices")
            said = {"choice": random.sample(choices, 2)} if choices else {"text": text, "key": os.urandom(16).hex()}
            body = urlencode(said, doseq=True)
            where = f"/w/boards/{person['board']}/{'votes' if choices else 'notes'}"
            head = (
                f"POST {where} HTTP/1.1\r\nHost: localhost\r\nX-CSRFToken: {token}\r\n"
                f"Cookie: {person['cookie']}; {cookie}\r\nAccept: application/json\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
            )
        return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()

    async def open_page(self, person: dict, connection: tuple) -> None:
        """Load the board’s page, as a browser does first; it gives the token that sending needs."""
        where = f"GET /w/boards/{person['board']}/ HTTP/1.1"
        page = await ask(connection, f"{where}\r\nHost: localhost\r\nCookie: {person['cookie']}\r\n\r\n".encode())
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
        cookie = re.search(rb"[Ss]et-[Cc]ookie: +(csrf=\w+)", page)[1].decode()
        self.tokens[person["cookie"]] = cookie, token


async def ask(connection: tuple, request: bytes) -> bytes:
    """Send a request over a connection that stays open, and read the whole answer."""
    reader, writer = connection
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode(errors="replace")[:300])
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if length:
        return head + await reader.readexactly(int(length[1]))
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return head + body


async def listen(site: Site, took: list[float], before: list[Stream] | None = None) -> list[Stream]:
    """Let everybody open their stream at once; those who were there before say up to where they had read."""
    loop = asyncio.get_running_loop()
    made = [
        Stream(site.listen(person, before[place].last if before else 0), took, site.due)
        for place, person in enumerate(site.people)
    ]
    for start in range(0, len(made), 100):
        some = made[start : start + 100]
        await asyncio.gather(*(loop.create_connection(lambda one=one: one, "127.0.0.1", site.port) for one in some))
    await asyncio.gather(*(one.open for one in made))
    return made


async def write(site: Site, count: int, rate: float, first: int) -> tuple[list[float], dict[int, str]]:
    """Send notes at fixed times; gives how long each took to be taken, and to which board it went."""
    due: asyncio.Queue = asyncio.Queue()
    posted, boards = [], {}

    async def poster() -> None:
        connection = await asyncio.open_connection("127.0.0.1", site.port)
        while (one := await due.get()) is not None:
            number, at, person = one
            began = time.perf_counter()
            await ask(connection, site.note(person, number, at))
            posted.append(time.perf_counter() - began)
        connection[1].close()

    posters = [asyncio.create_task(poster()) for _ in range(POSTERS)]
    start = time.time() + 0.2
    for place in range(count):
        at = start + place / rate
        await asyncio.sleep(max(0, at - time.time()))
        person = site.people[(first + place) * 7 % len(site.people)]
        boards[first + place] = person["board"]
        site.due.append(at)
        due.put_nowait((first + place, at, person))
    for _ in posters:
        due.put_nowait(None)
    await asyncio.gather(*posters)
    return posted, boards


async def arrived(site: Site, streams: list[Stream], boards: dict[int, str]) -> tuple[int, int]:
    """Wait until everybody has every note of their board; gives how many never came, and how many came twice."""
    until = time.monotonic() + PATIENCE
    expected: dict[str, set[int]] = {}
    for number, board in boards.items():
        expected.setdefault(board, set()).add(number)
    wanted = [expected.get(person["board"], set()) for person in site.people]
    while time.monotonic() < until and any(
        not want <= one.got.keys() for want, one in zip(wanted, streams, strict=True)
    ):
        await asyncio.sleep(0.02)
    lost = sum(len(want - one.got.keys()) for want, one in zip(wanted, streams, strict=True))
    return lost, sum(times - 1 for one in streams for times in one.got.values())


async def measure(site: Site, rate: float, seconds: float) -> dict:
    """Put the server under load, and, if it is the site, kill it and let everybody come back."""
    if not site.bare:
        connections = [await asyncio.open_connection("127.0.0.1", site.port) for _ in range(4)]

        async def some(place: int) -> None:
            for person in site.people[place::4]:
                await site.open_page(person, connections[place])

        await asyncio.gather(*(some(place) for place in range(4)))
        for _reader, writer in connections:
            writer.close()
    took: list[float] = []
    began = time.monotonic()
    streams = await listen(site, took)
    opened = time.monotonic() - began
    worked, began = site.worked(), time.monotonic()
    posted, boards = await write(site, int(rate * seconds), rate, 0)
    share = (site.worked() - worked) / (time.monotonic() - began)
    lost, doubled = await arrived(site, streams, boards)
    result = {
        "propagation_ms": percentiles(took),
        "post_ms": {"p50": at(posted, 50), "p95": at(posted, 95)},
        "lost": lost,
        "doubled": doubled,
        "rss_mb": round(site.memory(), 1),
        "of_one_core": round(share, 2),
        "opened_s": round(opened, 2),
    }
    return result if site.bare or "choices" in site.people[0] else result | await come_back(site, streams, len(boards))


async def come_back(site: Site, before: list[Stream], first: int) -> dict:
    """Nobody listens while notes are written; then the server is killed and started, and everybody comes back."""
    for one in before:
        one.transport.abort()
    _, boards = await write(site, MISSED, 100, first)
    site.stop(kill=True)
    site.start()
    began = time.monotonic()
    streams = await listen(site, [], before)
    lost, doubled = await arrived(site, streams, boards)
    after = {"caught_up_s": round(time.monotonic() - began, 2), "lost": lost, "doubled": doubled}
    for one in streams:
        one.transport.abort()
    return {"after_kill": after}


def at(values: list[float], share: int) -> float:
    """A percentile, in milliseconds."""
    return round(1000 * statistics.quantiles(values, n=100)[share - 1], 1)


def percentiles(values: list[float]) -> dict[str, float]:
    """What the slow ones waited, in milliseconds."""
    return {f"p{share}": at(values, share) for share in (50, 95, 99)} | {"max": round(1000 * max(values), 1)}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def the_site(home: str, clients: int, boards: int, *, votes: bool) -> Site:
    """The site with a workshop in a new home."""
    environment = os.environ | {
        "ALONGSIDE_HOME": f"{home}/home", "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }  # fmt: skip
    prepared = subprocess.run(
        [sys.executable, "-m", "benchmarks.board_people", str(clients), str(boards), "votes" if votes else "notes"],
        env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    port = free_port()
    command = [ALONGSIDE, "serve", "--port", str(port)]
    return Site(port, command, environment, json.loads(prepared.stdout), bare=False)


def the_bare_core(home: str, clients: int, boards: int) -> Site:
    """The bare core, run by the same server with the same options."""
    port = free_port()
    options = ["--lifespan", "off", "--ws", "none", "--log-level", "warning", "--no-access-log", "--backlog", "1024"]
    command = [
        sys.executable, "-m", "uvicorn", "benchmarks.board_bare:application", "--port", str(port), *options,
        "--timeout-graceful-shutdown", "2",
    ]  # fmt: skip
    people = [{"board": f"{place % boards:032x}"} for place in range(clients)]
    return Site(port, command, os.environ | {"BARE_HOME": home}, people, bare=True)


def run(clients: int, boards: int, rate: float, seconds: float, *, bare: bool, votes: bool) -> dict:
    """One turn on a new server."""
    with tempfile.TemporaryDirectory() as home:
        site = the_bare_core(home, clients, boards) if bare else the_site(home, clients, boards, votes=votes)
        site.start()
        try:
            return asyncio.run(measure(site, rate, seconds))
        finally:
            site.stop()


def main() -> None:
    """Run both in turns and print the turn in the middle of each."""
    ask_for = argparse.ArgumentParser(description=__doc__)
    ask_for.add_argument("--clients", type=int, default=500)
    ask_for.add_argument("--boards", type=int, default=1)
    ask_for.add_argument("--rate", type=float, default=50)
    ask_for.add_argument("--seconds", type=float, default=20)
    ask_for.add_argument("--votes", action="store_true", help="one vote from each person, so clients / rate seconds")
    ask_for.add_argument("--turns", type=int, default=1)
    ask_for.add_argument("--json", action="store_true")
    said = ask_for.parse_args()
    turns: dict[bool, list[dict]] = {False: [], True: []}
    for _ in range(said.turns):
        for bare in (False, True):
            seconds = min(said.seconds, said.clients / said.rate) if said.votes else said.seconds
            done = run(said.clients, said.boards, said.rate, seconds, bare=bare, votes=said.votes)
            print("bare core:" if bare else "site:", json.dumps(done), file=sys.stderr)
            turns[bare].append(done)
    site, bare_core = (
        sorted(some, key=lambda one: one["propagation_ms"]["p95"])[len(some) // 2] for some in turns.values()
    )
    times = round(site["propagation_ms"]["p95"] / bare_core["propagation_ms"]["p95"], 2)
    result = site | {"bare": bare_core, "p95_times_bare": times, "load": os.getloadavg()}
    print(json.dumps(result) if said.json else json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
